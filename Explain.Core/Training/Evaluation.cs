namespace Explain.Core;

/// <summary>How a network does on a set of samples.</summary>
/// <param name="Loss">Mean loss.</param>
/// <param name="Confusion">Which class was taken for which.</param>
public sealed record Evaluation(double Loss, ConfusionMatrix Confusion)
{
    /// <summary>Share of samples classified correctly.</summary>
    public double Accuracy => Confusion.Accuracy;

    /// <summary>Runs the network over all samples, in passes, so that memory does not grow with their number.</summary>
    /// <param name="network">The network.</param>
    /// <param name="readout">How its outputs are read.</param>
    /// <param name="data">The samples.</param>
    /// <param name="batch">Samples a pass, see <see cref="Network.Predict"/>.</param>
    public static Evaluation Of(Network network, Readout readout, Dataset data, int? batch = null)
    {
        var evaluator = new Evaluator(network, readout, data, batch);
        evaluator.Run();
        return new Evaluation(evaluator.Loss, new ConfusionMatrix(evaluator.Counts));
    }
}

/// <summary>Evaluates one data set again and again without allocating.</summary>
internal sealed class Evaluator
{
    private readonly Dataset _data;
    private readonly Readout _readout;
    private readonly Matrix _targets;
    private readonly Workspace _workspace;
    private readonly LossPass _pass;

    public Evaluator(Network network, Readout readout, Dataset data, int? batch)
    {
        _data = data;
        _readout = readout;
        _targets = readout.Encode(data.Labels, network.OutputShape.Size);
        int capacity = Math.Max(1, network.PassSamples(data.Count, batch));
        _workspace = new Workspace(network, capacity, backward: false, statistics: false);
        _pass = new LossPass(readout, network.Layers[^1].Activation, capacity);
        Counts = new int[data.ClassCount, data.ClassCount];
    }

    /// <summary>Mean loss of the last run.</summary>
    public double Loss { get; private set; }

    /// <summary>Share of samples classified correctly in the last run.</summary>
    public double Accuracy { get; private set; }

    /// <summary>Counts [true class, predicted class] of the last run.</summary>
    public int[,] Counts { get; }

    public void Run()
    {
        Array.Clear(Counts);
        double loss = 0;
        long hits = 0;
        for (int first = 0; first < _data.Count; first += _workspace.Capacity)
        {
            int count = Math.Min(_workspace.Capacity, _data.Count - first);
            _workspace.Forward(_data.Inputs.RowRange(first, count));
            var (partLoss, partHits) = _pass.Run(
                _workspace.Outputs, _targets.RowRange(first, count), _data.Labels.AsMemory(first, count), default, 1);
            loss += partLoss;
            hits += partHits;
            for (int n = 0; n < count; n++) Counts[_data.Labels[first + n], _readout.PredictedClass(_workspace.Outputs.Row(n))]++;
        }
        Loss = _data.Count == 0 ? double.NaN : loss / _data.Count;
        Accuracy = _data.Count == 0 ? double.NaN : hits / (double)_data.Count;
    }
}
