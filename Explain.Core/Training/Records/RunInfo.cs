namespace Explain.Core;

/// <summary>What a network is to learn.</summary>
public enum LearningTask
{
    /// <summary>One class of several for each sample.</summary>
    Classification,
}

/// <summary>
/// What a run is, in typed facts known before its first step; the head of run.json. Nobody needs to read the recipe to learn any of it.
/// </summary>
public sealed record RunInfo
{
    /// <summary>Short name, for tables and file names.</summary>
    public required string Name { get; init; }

    /// <summary>One line for headings.</summary>
    public required string Title { get; init; }

    /// <summary>Notes in Markdown shown on the run's page.</summary>
    public string Notes { get; init; } = "";

    /// <summary>Seed of every random stream of the run; the data has one of its own.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Epochs asked for.</summary>
    public required int Epochs { get; init; }

    /// <summary>What is learned.</summary>
    public LearningTask Task { get; init; }

    /// <summary>The data.</summary>
    public required DataDescription Data { get; init; }

    /// <summary>The network, enough to build it again.</summary>
    public required NetworkDescription Network { get; init; }

    /// <summary>What was made small.</summary>
    public required Objective Objective { get; init; }

    /// <summary>How it was made small; null where an old record does not say.</summary>
    public OptimizerSettings? Optimizer { get; init; }

    /// <summary>Samples a step; null for all.</summary>
    public int? BatchSize { get; init; }

    /// <summary>A bound for the gradient of each step; null for none.</summary>
    public GradientClip? Clip { get; init; }

    /// <summary>How training pictures were changed anew in every epoch; null for not at all.</summary>
    public Augmentation? Augmentation { get; init; }

    /// <summary>By what the best epoch's weights were kept; null where the last one's were.</summary>
    public KeepBest? KeepBest { get; init; }

    /// <summary>When training was to stop early; null for never.</summary>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>Its place in a comparison; null where it stands alone.</summary>
    public ComparisonPlace? Comparison { get; init; }

    /// <summary>The settings that differ between runs and are worth a column in a table, in order, e.g. ("activation", "relu").</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Settings { get; init; }

    /// <summary>The recipe as resolved, in YAML, to train it again; empty where the run was made by a program.</summary>
    public string Recipe { get; init; } = "";
}
