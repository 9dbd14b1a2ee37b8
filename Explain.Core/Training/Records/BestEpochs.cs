namespace Explain.Core;

/// <summary>Which epochs were better than all before them, told from a run's metrics.</summary>
public static class BestEpochs
{
    /// <summary>
    /// What a run watches: the measure whose best epoch it keeps, or else validation accuracy where there is validation data, or else
    /// training loss.
    /// </summary>
    public static KeepBest Measure(KeepBest? keep, IReadOnlyList<EpochMetrics> metrics) =>
        keep ?? new KeepBest(
            metrics.Any(row => double.IsFinite(row.ValidationAccuracy)) ? Core.Measure.ValidationAccuracy : Core.Measure.TrainLoss);

    /// <summary>
    /// Every epoch that was the best when it came, in order; the last of them is the best of all. Empty where there is no epoch.
    /// </summary>
    public static IReadOnlyList<int> Of(KeepBest? keep, IReadOnlyList<EpochMetrics> metrics)
    {
        var (measure, improvement) = Measure(keep, metrics);
        var best = new BestSoFar(measure, improvement);
        return [.. metrics.Where(best.Offer).Select(row => row.Epoch)];
    }
}
