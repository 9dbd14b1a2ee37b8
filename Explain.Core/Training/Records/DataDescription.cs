namespace Explain.Core;

/// <summary>The data a run was trained on.</summary>
public sealed record DataDescription
{
    /// <summary>Name of the data set.</summary>
    public required string Name { get; init; }

    /// <summary>Where it came from, as recipes name it, e.g. "mnist" or "strokes"; empty where a program made it.</summary>
    public string Source { get; init; } = "";

    /// <summary>The seed it was drawn or split by; null where chance had no part in it, or where it is not recorded.</summary>
    public ulong? Seed { get; init; }

    /// <summary>The source's other options by name, e.g. the number of samples; empty where there are none.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Options { get; init; } = [];

    /// <summary>Number of training samples.</summary>
    public required int Train { get; init; }

    /// <summary>Number of validation samples.</summary>
    public int Validation { get; init; }

    /// <summary>Number of test samples.</summary>
    public int Test { get; init; }

    /// <summary>One name a class.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>One name a feature, e.g. the columns of a CSV file; null where they have none.</summary>
    public IReadOnlyList<string>? FeatureNames { get; init; }

    /// <summary>SHA-256 of the training data, see <see cref="Dataset.Fingerprint"/>.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>How inputs were normalised, in words; empty where they were not.</summary>
    public string Normalisation { get; init; } = "";
}
