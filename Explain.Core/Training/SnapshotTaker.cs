namespace Explain.Core;

/// <summary>Looks inside a network at the end of an epoch.</summary>
internal sealed class SnapshotTaker
{
    private readonly Network _network;
    private readonly Readout _readout;
    private readonly Dataset _train;
    private readonly Probe _probe;
    private readonly int[] _evaluated;
    private readonly int? _batch;
    private readonly Workspace _workspace;
    private readonly Matrix _inputs;
    private readonly ActivationHistogram[] _histograms;
    private readonly float[] _lastParameters;

    /// <summary>Prepares snapshots of one training; updates count from the parameters as they are now.</summary>
    /// <param name="network">The network.</param>
    /// <param name="readout">How its outputs are read.</param>
    /// <param name="train">The training data.</param>
    /// <param name="probe">The samples whose activations are kept.</param>
    /// <param name="evaluated">Indices of the training samples that statistics are gathered over.</param>
    /// <param name="batch">Samples a pass, where the network couples them.</param>
    public SnapshotTaker(Network network, Readout readout, Dataset train, Probe probe, int[] evaluated, int? batch)
    {
        _network = network;
        _readout = readout;
        _train = train;
        _probe = probe;
        _evaluated = evaluated;
        _batch = batch;
        int capacity = network.PassSamples(evaluated.Length, batch);
        _workspace = new Workspace(network, capacity, backward: false, statistics: false);
        _inputs = new Matrix(capacity, train.Inputs.Columns);
        _histograms = [.. network.Layers.Select(l => new ActivationHistogram(l.Activation.Range))];
        _lastParameters = network.Parameters.ToArray();
    }

    /// <summary>Epoch of the last snapshot; −1 before the first.</summary>
    public int LastEpoch { get; private set; } = -1;

    /// <summary>Adds what a checkpoint needs of this.</summary>
    public TrainingState Save(TrainingState state) => state with { SnapshotEpoch = LastEpoch, SnapshotParameters = [.. _lastParameters] };

    /// <summary>Goes on from a checkpoint.</summary>
    /// <exception cref="InputException">It has parameters of another number.</exception>
    public void Restore(TrainingState state)
    {
        if (state.SnapshotParameters.Length != _lastParameters.Length)
            throw new InputException(
                $"The checkpoint's last snapshot has {state.SnapshotParameters.Length} parameters; "
                    + $"the network has {_lastParameters.Length}.");
        LastEpoch = state.SnapshotEpoch;
        state.SnapshotParameters.CopyTo(_lastParameters, 0);
    }

    /// <summary>Looks inside the network now.</summary>
    /// <param name="epoch">Finished epochs.</param>
    /// <param name="gradients">Flat gradient of the last step; null before the first.</param>
    /// <param name="heldOut">Confusion counts on held-out data; 0×0 where there is none.</param>
    public Snapshot Take(int epoch, float[]? gradients, int[,] heldOut)
    {
        var means = new double[_network.Layers.Count][];
        for (int l = 0; l < means.Length; l++)
        {
            means[l] = new double[_network.Layers[l].OutputShape.Size];
            _histograms[l].Reset();
        }
        var confusion = new int[_train.ClassCount, _train.ClassCount];
        for (int first = 0; first < _evaluated.Length; first += _workspace.Capacity)
            Look(first, Math.Min(_workspace.Capacity, _evaluated.Length - first), means, confusion);

        var probe = _network.Activations(_probe.Samples.Inputs, _batch, Kept);
        var layers = new List<LayerSnapshot>();
        for (int l = 0; l < means.Length; l++)
        {
            var layer = _network.Layers[l];
            if (!layer.HasWeights) continue;
            layers.Add(new LayerSnapshot
            {
                Name = layer.Name,
                Weights = layer.Weights.Clone(),
                Bias = layer.Bias.ToArray(),
                Update = Difference(layer),
                Gradient = gradients is null ? new Matrix(layer.Weights.Rows, layer.Weights.Columns)
                    : new Matrix(gradients, layer.Offset, layer.Weights.Rows, layer.Weights.Columns).Clone(),
                Activations = _histograms[l].Take(),
                MeanActivation = [.. means[l].Select(sum => (float)(sum / _evaluated.Length))],
                ProbeActivations = probe[l].RowRange(0, Math.Min(probe[l].Rows, ImagesKept(layer))).Clone(),
                KernelShape = (layer as ConvLayer)?.KernelShape,
                OutputShape = IsImage(layer) ? layer.OutputShape : null,
                State = layer.State.ToArray(),
            });
        }
        _network.Parameters.CopyTo(_lastParameters);
        LastEpoch = epoch;
        return new Snapshot
        {
            Epoch = epoch,
            Layers = layers,
            ProbeOutputs = probe[^1].Clone(),
            TrainConfusion = confusion,
            HeldOutConfusion = heldOut,
            WeightsHash = _network.WeightsHash(),
        };
    }

    /// <summary>
    /// Of how many probe samples a snapshot wants a layer's activations: of the last layer of all, of a layer without weights of none.
    /// </summary>
    private int Kept(Layer layer) => layer == _network.Layers[^1] ? int.MaxValue : layer.HasWeights ? ImagesKept(layer) : 0;

    private static int ImagesKept(Layer layer) =>
        IsImage(layer) ? Math.Max(1, LayerSnapshot.MostImageValues / layer.OutputShape.Size) : int.MaxValue;

    private static bool IsImage(Layer layer) => layer.OutputShape.IsImage || layer.OutputShape.Channels > 1;

    private void Look(int first, int count, double[][] means, int[,] confusion)
    {
        var inputs = _inputs.RowRange(0, count);
        for (int n = 0; n < count; n++) _train.Inputs.Row(_evaluated[first + n]).CopyTo(inputs.Row(n));
        _workspace.Forward(inputs);
        for (int l = 0; l < means.Length; l++)
        {
            var outputs = _workspace[l].Outputs;
            _histograms[l].Add(outputs.Span);
            var sums = means[l];
            for (int n = 0; n < count; n++)
            {
                var row = outputs.Row(n);
                for (int u = 0; u < sums.Length; u++) sums[u] += row[u];
            }
        }
        for (int n = 0; n < count; n++)
            confusion[_train.Labels[_evaluated[first + n]], _readout.PredictedClass(_workspace.Outputs.Row(n))]++;
    }

    private Matrix Difference(Layer layer)
    {
        var update = layer.Weights.Clone();
        var old = _lastParameters.AsSpan(layer.Offset, update.Length);
        for (int i = 0; i < update.Length; i++) update.Span[i] -= old[i];
        return update;
    }
}
