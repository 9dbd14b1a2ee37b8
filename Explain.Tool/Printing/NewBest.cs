using Explain.Core;

namespace Explain.Tool;

/// <summary>
/// Tells while a run trains that an epoch is the best so far. Small networks find a better one hundreds of times a second, so that it is
/// told at most once a second; the last one is always told.
/// </summary>
/// <param name="tell">Takes the lines.</param>
/// <param name="run">The run's name in front of the lines; empty where there is but one.</param>
/// <param name="keep">What is better.</param>
/// <param name="time">The clock.</param>
internal sealed class NewBest(Action<string> tell, string run, KeepBest keep, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private EpochMetrics? _untold;
    private long? _last;

    /// <summary>The metric that a measure is.</summary>
    public static Metric MetricOf(Measure measure) => measure switch
    {
        Measure.ValidationLoss => Metric.Of(DataPart.Validation, Quantity.Loss),
        Measure.ValidationAccuracy => Metric.Of(DataPart.Validation, Quantity.Accuracy),
        Measure.TrainLoss => Metric.Of(DataPart.Train, Quantity.Loss),
        _ => Metric.Of(DataPart.Train, Quantity.Accuracy),
    };

    /// <summary>An epoch that is the best so far.</summary>
    public void Found(EpochMetrics epoch)
    {
        _untold = epoch;
        if (_last is not { } last || time.GetElapsedTime(last) >= Interval) Flush();
    }

    /// <summary>At the end of the run: what has not been told yet.</summary>
    public void Flush()
    {
        if (_untold is not { } epoch) return;
        Metric metric = MetricOf(keep.Measure);
        double value = keep.Measure switch
        {
            Measure.ValidationLoss => epoch.ValidationLoss,
            Measure.ValidationAccuracy => epoch.ValidationAccuracy,
            Measure.TrainLoss => epoch.Loss,
            _ => epoch.Accuracy,
        };
        tell(
            $"{(run.Length > 0 ? $"{run}: " : "")}new best model at epoch {epoch.Epoch} ({metric.Name} "
                + $"{Numbers.Metric(metric.Name, value)})");
        _untold = null;
        _last = time.GetTimestamp();
    }
}
