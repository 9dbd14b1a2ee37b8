namespace Explain.Core;

/// <summary>What a run came to: the final metrics of one that came to its end, or else those of its last whole epoch.</summary>
/// <param name="OfLastEpoch">Whether the run did not come to its end, so that these are metrics of an epoch on the way.</param>
/// <param name="Metrics">Names and values as in <see cref="RunOutcome.FinalMetrics"/>; empty where nothing was recorded.</param>
public sealed record RunResults(bool OfLastEpoch, IReadOnlyList<KeyValuePair<string, double>> Metrics)
{
    /// <summary>
    /// The results of a run. A run that was killed has measured nothing at its end; what a diverged one measured there, of weights that are
    /// no result of training, says nothing. Of both the last epoch with a finite loss counts.
    /// </summary>
    public static RunResults Of(RunOutcome outcome, IReadOnlyList<EpochMetrics> epochs)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        ArgumentNullException.ThrowIfNull(epochs);
        if (outcome.Status != RunStatus.Diverged && outcome.FinalMetrics.Count > 0) return new(false, outcome.FinalMetrics);
        if (epochs.LastOrDefault(epoch => double.IsFinite(epoch.Loss)) is not { } last) return new(true, []);
        KeyValuePair<string, double>[] metrics =
        [
            new("train loss", last.Loss), new("train accuracy", last.Accuracy),
            new("validation loss", last.ValidationLoss), new("validation accuracy", last.ValidationAccuracy),
        ];
        return new(true, [.. metrics.Where(metric => double.IsFinite(metric.Value))]);
    }

    /// <summary>The value called <paramref name="name"/>, or NaN.</summary>
    public double Final(string name) =>
        Metrics.Where(metric => metric.Key == name).Select(metric => metric.Value).FirstOrDefault(double.NaN);
}
