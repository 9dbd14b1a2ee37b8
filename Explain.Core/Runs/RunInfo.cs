using System.Text.Json.Serialization;

namespace Explain.Core;

/// <summary>What a run is, known before its first step; the head of run.json.</summary>
public sealed record RunInfo
{
    /// <summary>Short name, for tables and file names.</summary>
    public required string Name { get; init; }

    /// <summary>One line for headings.</summary>
    public required string Title { get; init; }

    /// <summary>The recipe as resolved, in YAML, or empty where the run was made by a program.</summary>
    public string Recipe { get; init; } = "";

    /// <summary>Notes in Markdown shown on the run's page.</summary>
    public string Notes { get; init; } = "";

    /// <summary>Seed of every random stream of the run.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Epochs asked for.</summary>
    public required int Epochs { get; init; }

    /// <summary>The network, enough to build it again.</summary>
    public required NetworkDescription Network { get; init; }

    /// <summary>The settings that differ between runs and are worth a column in a table, in order, e.g. ("activation", "relu").</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Settings { get; init; }

    /// <summary>The data's name, number of samples and fingerprint.</summary>
    public required DataDescription Data { get; init; }
}

/// <summary>The data a run was trained on.</summary>
/// <param name="Name">Name of the data set.</param>
/// <param name="Train">Number of training samples.</param>
/// <param name="Validation">Number of validation samples.</param>
/// <param name="Test">Number of test samples.</param>
/// <param name="ClassNames">One name a class.</param>
/// <param name="Fingerprint">SHA-256 of the training data, see <see cref="Dataset.Fingerprint"/>.</param>
/// <param name="Normalisation">How inputs were normalised, in words; empty where they were not.</param>
/// <param name="FeatureNames">One name a feature, e.g. the columns of a CSV file; null where they have none.</param>
public sealed record DataDescription(
    string Name,
    int Train,
    int Validation,
    int Test,
    IReadOnlyList<string> ClassNames,
    string Fingerprint,
    string Normalisation = "",
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? FeatureNames = null);

/// <summary>How a run ended.</summary>
public enum RunStatus
{
    /// <summary>Under way, or killed.</summary>
    Running,

    /// <summary>All epochs done.</summary>
    Finished,

    /// <summary>Stopped early by the early-stopping rule.</summary>
    StoppedEarly,

    /// <summary>A loss, weight or activation was not finite.</summary>
    Diverged,

    /// <summary>Stopped by the user.</summary>
    Cancelled,
}

/// <summary>The end of a run.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Message">One or two sentences: for <see cref="RunStatus.Diverged"/> which layer, which epoch and what to try.</param>
/// <param name="EpochsDone">Epochs finished.</param>
/// <param name="BestEpoch">The epoch whose weights were kept as best, or the last.</param>
/// <param name="FinalMetrics">Names and values, e.g. ("test accuracy", 0.978). Accuracies are shares.</param>
public sealed record RunOutcome(RunStatus Status, string Message, int EpochsDone, int BestEpoch, IReadOnlyList<KeyValuePair<string, double>> FinalMetrics);
