namespace Explain.Core;

/// <summary>How a network was, or is to be, optimised, with all numbers.</summary>
/// <param name="Kind">Registered name of the <see cref="Optimizer"/>.</param>
/// <param name="Settings">All its numbers by name, the rate among them.</param>
/// <param name="Gradient">Whether a batch's gradients are averaged or summed.</param>
/// <param name="Schedule">Registered name of the <see cref="Explain.Core.Schedule"/>.</param>
/// <param name="ScheduleSettings">The schedule's numbers by name; those that are left to it are missing.</param>
public sealed record OptimizerSettings(
    string Kind,
    IReadOnlyDictionary<string, double> Settings,
    GradientReduction Gradient,
    string Schedule,
    IReadOnlyDictionary<string, double> ScheduleSettings);
