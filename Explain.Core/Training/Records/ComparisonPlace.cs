namespace Explain.Core;

/// <summary>The place of a run among those of a comparison.</summary>
/// <param name="Group">Name of the comparison: that of its recipe.</param>
/// <param name="Variant">
/// What sets the run's variant apart, in words, e.g. "relu, he normal"; the same in all its repeats. Empty where only the seed changes.
/// </param>
/// <param name="Repeat">Counts the runs of a variant, which differ in their seed alone, from 1.</param>
/// <param name="Repeats">How many there are of the variant.</param>
public sealed record ComparisonPlace(string Group, string Variant, int Repeat, int Repeats);
