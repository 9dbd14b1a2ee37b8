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
    /// <summary>
    /// Samples that go through the network at a time. A larger batch goes in pieces whose gradients add up in the same order as in one piece, hence to the same
    /// bits, while the activations stay in the cache.
    /// </summary>
    private const int PieceSamples = 2048;

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

    public TrainingEpoch(Network network, Readout readout, Optimizer optimizer, Schedule schedule, Dataset data, int? batchSize, GradientReduction reduction, ulong seed, int epochs)
    {
        _network = network;
        _optimizer = optimizer;
        _schedule = schedule;
        _mean = reduction == GradientReduction.Mean;
        _seed = seed;
        _epochs = epochs;
        _batches = new TrainingBatches(data, readout.Encode(data.Labels, network.OutputShape.Size), batchSize, seed);
        int piece = network.CouplesSamplesInTraining ? _batches.Size : Math.Min(_batches.Size, PieceSamples);
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

    /// <summary>Flat gradient of the last step.</summary>
    public float[] Gradients { get; }

    /// <summary>Runs one epoch's steps.</summary>
    /// <param name="epoch">From 1.</param>
    /// <param name="cancellation">Looked at before every step.</param>
    /// <returns>What stopped being finite, or null.</returns>
    /// <exception cref="OperationCanceledException">Cancelled between two steps.</exception>
    public Divergence? Run(int epoch, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        _batches.Shuffle(epoch);
        var trouble = RunSteps(epoch, cancellation);
        Seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return trouble;
    }

    /// <summary>The epoch's steps in the order that <see cref="Run"/> has drawn; allocates nothing.</summary>
    internal Divergence? RunSteps(int epoch, CancellationToken cancellation)
    {
        _workspace.ResetStatistics();
        double loss = 0;
        long hits = 0;
        for (int step = 0; step < Steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            long totalStep = ((long)(epoch - 1) * Steps) + step;
            Rate = _schedule.RateAt(_optimizer.Rate, totalStep, Steps, _epochs);
            var batch = _batches.At(step);
            var (stepLoss, stepHits, broken) = Differentiate(batch, totalStep);
            if (broken >= 0 || !double.IsFinite(stepLoss)) return Broken(epoch, step, broken, stepLoss);
            loss += stepLoss;
            hits += stepHits;
            _lastLoss = stepLoss / batch.Inputs.Rows;
            if (step == Steps - 1) _network.Parameters.CopyTo(_before);
            _optimizer.Step(_network.ParameterBuffer, Gradients, Rate);
            if (!Reduce.IsAllFinite(_network.Parameters))
            {
                int weight = FirstNotFinite(_network.Parameters);
                return new Divergence(epoch, step + 1, LayerOf(weight), "a weight", _network.Parameters[weight], _lastLoss, Rate);
            }
        }
        Loss = loss / _batches.Samples;
        Accuracy = hits / (double)_batches.Samples;
        return null;
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
            var (partLoss, partHits) = _pass.Run(_workspace.Outputs, targets.RowRange(piece, rows), labels.Slice(piece, rows), _workspace.OutputGradient, scale);
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
