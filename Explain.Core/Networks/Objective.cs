namespace Explain.Core;

/// <summary>What a training makes small, with all its parts as they were in use: enough to measure the same loss again.</summary>
public sealed record Objective
{
    /// <summary>How far outputs are from targets.</summary>
    public required Loss Loss { get; init; }

    /// <summary>How labels became targets.</summary>
    public TargetEncoding Targets { get; init; }

    /// <summary>See <see cref="Readout.LabelSmoothing"/>.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>
    /// What a sample's loss was multiplied with, by its true class, as counted from the training data where they were balanced; null for 1
    /// always.
    /// </summary>
    public IReadOnlyList<float>? ClassWeights { get; init; }

    /// <summary>Whether <see cref="ClassWeights"/> were counted from the training data rather than given.</summary>
    public bool BalancedClasses { get; init; }

    /// <summary>What large weights cost; null for nothing. No part of the losses that are told.</summary>
    public Penalty? Penalty { get; init; }

    /// <summary>
    /// What an old record does not say of the objective, as the end of a sentence, e.g. "its class weights were balanced, by numbers that
    /// it does not record"; null where it says all. The loss itself cannot be measured again then; classes and scores can be read all the
    /// same.
    /// </summary>
    public string? Unrecorded { get; init; }

    /// <summary>How outputs are read, and the loss measured.</summary>
    public Readout Readout() => new(Loss, Targets) { LabelSmoothing = LabelSmoothing, ClassWeights = ClassWeights };
}
