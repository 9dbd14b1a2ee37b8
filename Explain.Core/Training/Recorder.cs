namespace Explain.Core;

/// <summary>Turns what an epoch left behind into metrics and snapshots for the sink.</summary>
internal sealed class Recorder
{
    private readonly Network _network;
    private readonly ISnapshotSink? _sink;
    private readonly Probe? _probe;
    private readonly SnapshotTaker? _taker;
    private readonly Evaluator? _validation;
    private readonly Evaluator? _heldOut;

    public Recorder(Network network, Readout readout, DataSplit data, ISnapshotSink? sink, int evaluatedSamples, int? batch)
    {
        _network = network;
        _sink = sink;
        if (data.Validation is { Count: > 0 } validation) _validation = new Evaluator(network, readout, validation, batch);
        if (sink is null) return;
        _heldOut = _validation ?? (data.Test is { Count: > 0 } test ? new Evaluator(network, readout, test, batch) : null);
        _probe = ProbeSelection.Select(data);
        _taker = new SnapshotTaker(network, readout, data.Train, _probe, ProbeSelection.Even(data.Train.Count, evaluatedSamples), batch);
    }

    /// <summary>Begins the record, or goes on with it.</summary>
    /// <exception cref="InputException">The checkpoint or the record is of another training.</exception>
    public void Begin(RunInfo info, TrainingState? from)
    {
        if (_sink is null) return;
        if (from is not null)
        {
            _taker!.Restore(from);
            _sink.Continue(info, _probe!, from);
            return;
        }
        _sink.Begin(info, _probe!);
        if (_sink.WantsSnapshot(0)) _sink.Record(_taker!.Take(0, null, HeldOutCounts(fresh: false)));
    }

    /// <summary>The metrics of a finished epoch; records them, and a snapshot where one is wanted.</summary>
    public EpochMetrics Record(int number, TrainingEpoch epoch)
    {
        _validation?.Run();
        var metrics = new EpochMetrics
        {
            Epoch = number,
            Loss = epoch.Loss,
            Accuracy = epoch.Accuracy,
            ValidationLoss = _validation?.Loss ?? double.NaN,
            ValidationAccuracy = _validation?.Accuracy ?? double.NaN,
            Rate = epoch.Rate,
            Seconds = epoch.Seconds,
            Layers = epoch.Layers(),
        };
        if (_sink is null) return metrics;
        _sink.Record(metrics, _network.WeightsHash());
        if (_sink.WantsSnapshot(number)) _sink.Record(_taker!.Take(number, epoch.Gradients, HeldOutCounts(fresh: _validation is not null)));
        return metrics;
    }

    /// <summary>Whether a checkpoint is due at the end of an epoch.</summary>
    public bool WantsCheckpoint(int number) => _sink?.WantsCheckpoint(number) == true;

    /// <summary>Records a checkpoint.</summary>
    public void Save(TrainingState state) => _sink?.Record(_taker!.Save(state));

    /// <summary>A snapshot of the last whole epoch of a training that ended before its plan, unless that epoch has one.</summary>
    /// <param name="number">The epoch; the network has its parameters.</param>
    /// <param name="gradients">Of its last step; null where they are gone, because the next epoch had begun.</param>
    public void RecordLast(int number, float[]? gradients)
    {
        if (_sink is null || _taker!.LastEpoch == number) return;
        _sink.Record(_taker.Take(number, gradients, HeldOutCounts(fresh: false)));
    }

    private int[,] HeldOutCounts(bool fresh)
    {
        if (_heldOut is null) return new int[0, 0];
        if (!fresh) _heldOut.Run();
        return (int[,])_heldOut.Counts.Clone();
    }
}
