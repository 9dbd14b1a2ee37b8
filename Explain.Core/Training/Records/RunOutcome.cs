namespace Explain.Core;

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
/// <param name="KeptEpoch">The epoch whose weights the network ended with: the best where the best is kept, else the last.</param>
/// <param name="FinalMetrics">Names (see <see cref="Metric"/>) and values, e.g. ("test accuracy", 0.978), of the kept weights.</param>
public sealed record RunOutcome(
    RunStatus Status,
    string Message,
    int EpochsDone,
    int KeptEpoch,
    IReadOnlyList<KeyValuePair<string, double>> FinalMetrics)
{
    /// <summary>
    /// The epoch that was best by what the run watched (see <see cref="BestEpochs.Measure"/>), whether its weights were kept or not; 0
    /// where no epoch was measured.
    /// </summary>
    public int BestEpoch { get; init; }

    /// <summary>SHA-256 of all parameters after the last epoch, lower-case hexadecimal; empty before the first.</summary>
    public string WeightsHash { get; init; } = "";
}
