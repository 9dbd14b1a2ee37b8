using System.Diagnostics;

namespace Explain.Core;

/// <summary>Where and how a training stopped being finite.</summary>
/// <param name="Epoch">The epoch under way.</param>
/// <param name="Step">The step in it, from 1.</param>
/// <param name="Layer">The layer, or −1 where it is the loss.</param>
/// <param name="What">"an output", "a weight", "the loss".</param>
/// <param name="Value">NaN or an infinity.</param>
/// <param name="LastLoss">Mean loss of the step before, or NaN.</param>
/// <param name="Rate">The learning rate.</param>
internal sealed record Divergence(int Epoch, int Step, int Layer, string What, float Value, double LastLoss, float Rate);

/// <summary>Everything the steps of a training need; allocated once, so that an epoch's steps allocate nothing.</summary>
internal sealed class TrainingEpoch
{
    private readonly Network _network;
    private readonly Optimizer _optimizer;
    private readonly Schedule _schedule;
    private readonly bool _mean;
    private readonly ulong _seed;
    private readonly int _epochs;
    private readonly TrainingBatches _batches;
    private readonly Workspace _workspace;
    private readonly LossPass _pass;
    private readonly float[] _before;
    private double _lastLoss = double.NaN;
    private int _step;
    private double _lossSum;
    private long _hits;
    private double _seconds;

    public TrainingEpoch(Network network, Readout readout, Optimizer optimizer, Schedule schedule, Dataset data, int? batchSize,
        GradientReduction reduction, ulong seed, int epochs,
        Augmentation? augmentation = null, Normalisation? normalisation = null)
    {
        _network = network;
        _optimizer = optimizer;
        _schedule = schedule;
        _mean = reduction == GradientReduction.Mean;
        _seed = seed;
        _epochs = epochs;
        _batches = new TrainingBatches(
            data, readout.Encode(data.Labels, network.OutputShape.Size), batchSize, seed, augmentation, normalisation);

        // A larger batch goes through the network in pieces, whose gradients add up in order.
        int piece = network.CouplesSamplesInTraining ? _batches.Size : Math.Min(_batches.Size, network.PieceSamples);
        _workspace = new Workspace(network, piece, backward: true, statistics: true);
        _pass = new LossPass(readout, network.Layers[^1].Activation, piece);
        Gradients = new float[network.ParameterCount];
        _before = new float[network.ParameterCount];
        optimizer.Begin(network.ParameterCount);
    }

    /// <summary>True where every step sees all samples.</summary>
    public bool FullBatch => _batches.FullBatch;

    /// <summary>Steps in an epoch.</summary>
    public int Steps => _batches.Count;

    /// <summary>Mean loss over the epoch's samples, each as the network was when it saw it.</summary>
    public double Loss { get; private set; }

    /// <summary>Share of the epoch's samples classified correctly, each as the network was when it saw it.</summary>
    public double Accuracy { get; private set; }

    /// <summary>Learning rate of the last step.</summary>
    public float Rate { get; private set; }

    /// <summary>Seconds that the epoch's steps took.</summary>
    public double Seconds { get; private set; }

    /// <summary>What is done to a gradient before the optimiser takes it; null for nothing.</summary>
    public GradientShaping? Shaping { get; init; }

    /// <summary>Flat gradient of the last step, as the optimiser took it.</summary>
    public float[] Gradients { get; }

    /// <summary>Steps done of the epoch under way; 0 between two epochs.</summary>
    public int StepsDone => _step;

    /// <summary>Runs one epoch's steps, or those that are left of it.</summary>
    /// <param name="epoch">From 1.</param>
    /// <param name="cancellation">Looked at before every step.</param>
    /// <returns>What stopped being finite, or null.</returns>
    /// <exception cref="OperationCanceledException">Cancelled between two steps.</exception>
    public Divergence? Run(int epoch, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            _batches.Shuffle(epoch);
            var trouble = RunSteps(epoch, cancellation);
            Seconds = _seconds + Stopwatch.GetElapsedTime(start).TotalSeconds;
            _seconds = 0;
            return trouble;
        }
        catch (OperationCanceledException)
        {
            _seconds += Stopwatch.GetElapsedTime(start).TotalSeconds;
            throw;
        }
    }

    /// <summary>The epoch's steps in the order that <see cref="Run"/> has drawn; allocates nothing.</summary>
    internal Divergence? RunSteps(int epoch, CancellationToken cancellation)
    {
        if (_step == 0)
        {
            _workspace.ResetStatistics();
            _lossSum = 0;
            _hits = 0;
        }
        for (int step = _step; step < Steps; step++)
        {
            _step = step;
            cancellation.ThrowIfCancellationRequested();
            long totalStep = ((long)(epoch - 1) * Steps) + step;
            Rate = _schedule.RateAt(_optimizer.Rate, totalStep, Steps, _epochs);
            var batch = _batches.At(step);
            var (stepLoss, stepHits, broken) = Differentiate(batch, totalStep);
            if (broken >= 0 || !double.IsFinite(stepLoss)) return Broken(epoch, step, broken, stepLoss);
            _lossSum += stepLoss;
            _hits += stepHits;
            _lastLoss = stepLoss / batch.Inputs.Rows;
            if (step == Steps - 1) _network.Parameters.CopyTo(_before);
            Shaping?.Apply(Gradients);
            if (!_optimizer.Step(_network.ParameterBuffer, Gradients, Rate))
            {
                int weight = FirstNotFinite(_network.Parameters);
                return new Divergence(epoch, step + 1, LayerOf(weight), "a weight", _network.Parameters[weight], _lastLoss, Rate);
            }
        }
        _step = 0;
        Loss = _lossSum / _batches.Samples;
        Accuracy = _hits / (double)_batches.Samples;
        return null;
    }

    /// <summary>The steps' part of a checkpoint; the epochs' part is to be added.</summary>
    public TrainingState Save() => new()
    {
        Epoch = 0,
        Step = _step,
        Epochs = _epochs,
        Network = NetworkValues.Of(_network),
        Optimizer = _optimizer.Save(),
        LastLoss = _lastLoss,
        UnderWay = _step == 0 ? null
            : new EpochUnderWay(
                _lossSum, _hits, _seconds, [.. Measured().Select(m => m.Statistics.Save(m.Layer))], new NetworkValues([], [])),
    };

    /// <summary>Goes on from a checkpoint, whose network is in place.</summary>
    /// <exception cref="InputException">It is not of such a training.</exception>
    public void Restore(TrainingState state)
    {
        if (state.Step < 0 || state.Step >= Steps || state.Step > 0 != state.UnderWay is not null)
            throw new InputException($"The checkpoint stands after step {state.Step} of an epoch; an epoch of this training has {Steps}.");
        if (state.Epochs != _epochs && _schedule.DependsOnEpochs)
            throw new InputException(
                $"The checkpoint is of a training of {state.Epochs} epochs, over which its {_schedule.Name} schedule runs; "
                    + $"with {_epochs} the rate would have been another from the first step, so it has to be trained anew.");
        _optimizer.Restore(state.Optimizer);
        _step = state.Step;
        _lastLoss = state.LastLoss;
        if (state.UnderWay is not { } underWay) return;
        (_lossSum, _hits, _seconds) = (underWay.LossSum, underWay.Hits, underWay.Seconds);
        var measured = Measured().ToList();
        bool fits = measured.Select(m => m.Layer).SequenceEqual(underWay.Activations.Select(a => a.Layer))
            && measured.Zip(underWay.Activations).All(pair => pair.First.Statistics.Restore(pair.Second));
        if (!fits) throw new InputException("The checkpoint's measurements of activations are of other layers than the network has.");
    }

    private IEnumerable<(string Layer, ActivationStatistics Statistics)> Measured()
    {
        for (int l = 0; l < _network.Layers.Count; l++)
        {
            if (_workspace[l].Statistics is { } statistics) yield return (_network.Layers[l].Name, statistics);
        }
    }

    /// <summary>What the last epoch did to every layer that has weights.</summary>
    public LayerMetrics[] Layers()
    {
        var metrics = new List<LayerMetrics>();
        for (int l = 0; l < _network.Layers.Count; l++)
        {
            var layer = _network.Layers[l];
            if (!layer.HasWeights) continue;
            var weights = layer.Weights.Span;
            int count = weights.Length;
            (double mean, double std) = Reduce.MeanAndStd(weights);
            double squares = Reduce.SumOfSquares(weights);
            var update = _before.AsSpan(layer.Offset, count);
            for (int i = 0; i < count; i++) update[i] = weights[i] - update[i];
            var statistics = _workspace[l].Statistics!;
            metrics.Add(new LayerMetrics
            {
                Name = layer.Name,
                WeightMean = mean,
                WeightStd = std,
                UpdateMean = Reduce.SumAbs(update) / count,
                GradientMean = Reduce.SumAbs(Gradients.AsSpan(layer.Offset, count)) / count,
                UpdateRatio = squares == 0 ? double.NaN : Math.Sqrt(Reduce.SumOfSquares(update) / squares),
                ActivationMean = statistics.Mean,
                ActivationStd = statistics.StandardDeviation,
                DeadShare = statistics.DeadShare,
                SaturatedShare = statistics.FlatShare,
            });
        }
        return [.. metrics];
    }

    /// <summary>Fills <see cref="Gradients"/> from a batch.</summary>
    private (double Loss, int Hits, int Broken) Differentiate(TrainingBatch batch, long step)
    {
        var (inputs, targets, labels) = batch;
        int count = inputs.Rows;
        float scale = _mean ? 1f / count : 1f;
        double loss = 0;
        int hits = 0, broken = -1;
        for (int piece = 0; piece < count; piece += _workspace.Capacity)
        {
            int rows = Math.Min(_workspace.Capacity, count - piece);
            _workspace.Forward(inputs.RowRange(piece, rows), new PassContext(Training: true, _seed, step, piece));
            var (partLoss, partHits) = _pass.Run(
                _workspace.Outputs, targets.RowRange(piece, rows), labels.Slice(piece, rows), _workspace.OutputGradient, scale);
            loss += partLoss;
            hits += partHits;
            broken = _workspace.Backward(_pass.Fused, Gradients, accumulate: piece > 0);
            if (broken >= 0) break;
        }
        return (loss, hits, broken);
    }

    private Divergence Broken(int epoch, int step, int layer, double loss)
    {
        if (layer < 0) return new Divergence(epoch, step + 1, -1, "the loss", (float)loss, _lastLoss, Rate);
        var outputs = _workspace[layer].Outputs.Span;
        int at = FirstNotFinite(outputs);
        return new Divergence(epoch, step + 1, layer, "an output", at < 0 ? float.PositiveInfinity : outputs[at], _lastLoss, Rate);
    }

    private static int FirstNotFinite(ReadOnlySpan<float> values)
    {
        int i = 0;
        while (i < values.Length && float.IsFinite(values[i])) i++;
        return i < values.Length ? i : -1;
    }

    private int LayerOf(int parameter)
    {
        int l = 0;
        while (l + 1 < _network.Layers.Count && _network.Layers[l + 1].Offset <= parameter) l++;
        return l;
    }
}
