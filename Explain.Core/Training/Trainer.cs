using System.Globalization;

namespace Explain.Core;

/// <summary>
/// Trains a network and tells a sink what happened. An epoch's training loss and accuracy count every sample as the network was when it saw
/// it: for full batches before the epoch's one update, for mini-batches while the epoch went on, and both as the augmentation had changed
/// the sample. So do a layer's activation statistics in <see cref="EpochMetrics"/>.
/// </summary>
/// <param name="network">The network, which training changes.</param>
/// <param name="loss">What is made small.</param>
/// <param name="optimizer">How. It serves one training at a time.</param>
public sealed class Trainer(Network network, Loss loss, Optimizer optimizer)
{
    /// <summary>
    /// Training samples that a snapshot's statistics are gathered over with mini-batches (spread evenly over the data); with full batches
    /// it is all.
    /// </summary>
    private const int EvaluatedSamples = 2_500;

    /// <summary>Samples a step; all of them where null or more than there are.</summary>
    public int? BatchSize { get; init; } = 128;

    /// <summary>Whether the gradients of a batch's samples are averaged or summed.</summary>
    public GradientReduction Gradient { get; init; }

    /// <summary>How the rate changes.</summary>
    public Schedule Schedule { get; init; } = Schedule.Constant;

    /// <summary>Null to run all epochs.</summary>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>Null to end with the parameters of the last epoch.</summary>
    public KeepBest? KeepBest { get; init; }

    /// <summary>How labels are encoded; see <see cref="Readout.For"/> for null.</summary>
    public TargetEncoding? Targets { get; init; }

    /// <summary>
    /// See <see cref="Readout.LabelSmoothing"/>. Every loss that is told (training, validation, test) is that of smoothed targets.
    /// </summary>
    public double LabelSmoothing { get; init; }

    /// <summary>
    /// How much the classes count; null for all the same. Every loss that is told (training, validation, test) is weighted.
    /// </summary>
    public ClassWeights? ClassWeights { get; init; }

    /// <summary>What large weights cost; null for nothing. Not part of any loss that is told.</summary>
    public Penalty? Penalty { get; init; }

    /// <summary>
    /// A bound for the gradient of each step; null for none. Snapshots and metrics hold the gradient as the optimiser took it.
    /// </summary>
    public GradientClip? Clip { get; init; }

    /// <summary>Seed of the shuffles.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>
    /// How training pictures are changed anew in every epoch; null for not at all. What is measured on data that is not trained on is
    /// measured on it as it is.
    /// </summary>
    public Augmentation? Augmentation { get; init; }

    /// <summary>Told every epoch's metrics.</summary>
    public IProgress<EpochMetrics>? Progress { get; init; }

    /// <summary>
    /// Trains. Where training breaks off, the network ends with the parameters of the last whole epoch (or of the best), and all that was
    /// recorded stays.
    /// </summary>
    /// <param name="data">Training data; validation data where something is measured on it; test data for the final metrics.</param>
    /// <param name="epochs">Passes over the training data.</param>
    /// <param name="sink">Takes the record; null for none.</param>
    /// <param name="details">What the record says beside what the trainer knows.</param>
    /// <param name="from">
    /// Where to go on instead of at the beginning: what the same training gave its sink. The rest then has the very same bits as without
    /// the interruption, and the result has the epochs from there on. Settings of the trainer, the optimiser and the layers must be those
    /// of then; only progress may differ. There may be more <paramref name="epochs"/> than were asked for then, unless the schedule runs
    /// over all of them.
    /// </param>
    /// <param name="cancellation">Ends the training between two steps with <see cref="RunStatus.Cancelled"/>.</param>
    /// <exception cref="InputException">Network, loss, data, settings and checkpoint don't fit together.</exception>
    public TrainingResult Fit(
        DataSplit data, int epochs, ISnapshotSink? sink = null, RunDetails? details = null, TrainingState? from = null,
        CancellationToken cancellation = default)
    {
        var readout = Check(data, epochs);
        var epoch = new TrainingEpoch(
            network, readout, optimizer, Schedule, data.Train, BatchSize, Gradient, Seed, epochs, Augmentation,
            data.Normalisation) { Shaping = GradientShaping.For(network, Penalty, Clip) };
        int? batch = network.CouplesSamples ? Math.Min(BatchSize ?? data.Train.Count, data.Train.Count) : null;
        var recorder = new Recorder(network, readout, data, sink, epoch.FullBatch ? data.Train.Count : EvaluatedSamples, batch);
        var course = new TrainingCourse(
            network, KeepBest, EarlyStopping, TrainingIdentity.Of(this, network, readout, optimizer, data.Train.Count));
        if (from is not null)
        {
            if (from.Epoch > epochs)
                throw new InputException($"The checkpoint stands after epoch {from.Epoch}; {epochs} epochs are asked for.");
            course.Restore(from);
            epoch.Restore(from);
        }
        recorder.Begin(new RunDescription(this, network, loss, optimizer).Make(data, readout, epochs, details ?? new RunDetails()), from);

        var metrics = new List<EpochMetrics>();
        var (status, message) = Run(epochs, epoch, recorder, course, metrics, cancellation);
        course.GoBack();
        if (status != RunStatus.Finished) recorder.RecordLast(course.Epoch, status == RunStatus.StoppedEarly ? epoch.Gradients : null);
        course.Keep();
        var outcome = new RunOutcome(status, message, course.Epoch, course.KeptEpoch, FinalMetrics(readout, data, batch))
        {
            BestEpoch = BestEpochs.Of(KeepBest, metrics).DefaultIfEmpty(0).Last(),
            WeightsHash = course.WeightsHash,
        };
        sink?.End(outcome);
        return new TrainingResult(outcome, metrics);
    }

    private (RunStatus Status, string Message) Run(
        int epochs, TrainingEpoch epoch, Recorder recorder, TrainingCourse course, List<EpochMetrics> metrics,
        CancellationToken cancellation)
    {
        for (int e = course.Epoch + 1; e <= epochs; e++)
        {
            if (course.StoppedSince is > 0 and int since)
                return (
                    RunStatus.StoppedEarly,
                    $"Stopped after epoch {course.Epoch} of {epochs}: "
                        + $"the {Words.Of(EarlyStopping!.Measure)} has not improved since epoch {since}.");
            if (!Try(epoch, e, cancellation, out var trouble))
            {
                recorder.Save(course.Save(epoch.Save()));
                string place = epoch.StepsDone == 0 ? $"after epoch {e - 1} of {epochs}"
                    : $"in epoch {e} of {epochs}, after step {epoch.StepsDone} of {epoch.Steps}";
                return (RunStatus.Cancelled, $"Stopped by the user {place}.");
            }
            if (trouble is not null) return (RunStatus.Diverged, Explanation(trouble));
            var row = recorder.Record(e, epoch);
            if (course.Finish(row)) row = row with { IsNewBest = true };
            metrics.Add(row);
            Progress?.Report(row);
            // Not where early stopping ends the training: its last snapshot needs the gradient, which a checkpoint does not have.
            if (e == epochs || (course.StoppedSince == 0 && recorder.WantsCheckpoint(e))) recorder.Save(course.Save(epoch.Save()));
        }
        return (RunStatus.Finished, "");
    }

    private static bool Try(TrainingEpoch epoch, int number, CancellationToken cancellation, out Divergence? trouble)
    {
        try
        {
            trouble = epoch.Run(number, cancellation);
            return true;
        }
        catch (OperationCanceledException)
        {
            trouble = null;
            return false;
        }
    }

    private Readout Check(DataSplit data, int epochs)
    {
        if (epochs < 1) throw new InputException($"Training needs at least 1 epoch; it was asked for {epochs}.");
        if (BatchSize < 1) throw new InputException($"The batch size is {BatchSize}; it must be at least 1.");
        if (data.Train.Count == 0) throw new InputException($"The training data '{data.Train.Name}' has no samples.");
        foreach (var set in new[] { data.Train, data.Validation, data.Test }.OfType<Dataset>())
        {
            if (set.Inputs.Columns != network.InputShape.Size)
                throw new InputException(
                    $"The network takes {network.InputShape.Size} inputs ({network.InputShape}), "
                        + $"but samples of '{set.Name}' have {set.Inputs.Columns} values ({set.SampleShape}).");
        }
        Augmentation?.Check(data.Train);
        foreach (var measure in new[] { KeepBest?.Measure, EarlyStopping?.Measure }.OfType<Measure>())
        {
            if (BestSoFar.NeedsValidation(measure) && data.Validation is not { Count: > 0 })
                throw new InputException(
                    $"The {Words.Of(measure)} is to be watched, but there is no validation data; "
                        + "split some off, or watch the training data.");
        }
        if (EarlyStopping is { Patience: < 1 })
            throw new InputException($"The patience of early stopping is {EarlyStopping.Patience} epochs; it must be at least 1.");
        var last = network.Layers[^1];
        if (loss.Misfit(last.Activation) is { } misfit) throw new InputException($"Layer '{last.Name}': {misfit}.");
        return Readout.ForTraining(loss, Targets, network.OutputShape.Size, data.Train, LabelSmoothing, ClassWeights);
    }

    private List<KeyValuePair<string, double>> FinalMetrics(Readout readout, DataSplit data, int? batch)
    {
        var final = new List<KeyValuePair<string, double>>();
        foreach (var (
            part, set) in new[] { (DataPart.Train, data.Train), (DataPart.Validation, data.Validation), (DataPart.Test, data.Test) })
        {
            if (set is not { Count: > 0 }) continue;
            var evaluation = Evaluation.Of(network, readout, set, batch);
            final.Add(new(Metric.Of(part, Quantity.Loss).Name, evaluation.Loss));
            final.Add(new(Metric.Of(part, Quantity.Accuracy).Name, evaluation.Accuracy));
        }
        return final;
    }

    /// <summary>Which layer, where, what, and what to try.</summary>
    private string Explanation(Divergence d)
    {
        string value = float.IsNaN(d.Value) ? "not a number" : "infinite";
        string what = d.Layer < 0 ? "the loss" : $"{d.What} of layer '{network.Layers[d.Layer].Name}'";
        string before = double.IsNaN(d.LastLoss) ? "This was the first step."
            : $"The loss of the step before was {d.LastLoss.ToString("G4", CultureInfo.InvariantCulture)}.";
        var first = network.Layers[0];
        return $"Training stopped in epoch {d.Epoch}, step {d.Step}: {what} became {value}. "
            + $"{before} The learning rate was {d.Rate.ToString("G4", CultureInfo.InvariantCulture)}: try "
            + $"{(d.Rate / 10).ToString("G3", CultureInfo.InvariantCulture)} "
            + $"or less{(Gradient == GradientReduction.Sum ? ", or the mean gradient instead of the sum" : "")}, "
            + $"or smaller initial weights than {first.Initializer.Name}. All epochs before are recorded.";
    }
}
