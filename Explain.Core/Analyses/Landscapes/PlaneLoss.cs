using System.Collections.Concurrent;

namespace Explain.Core;

/// <summary>
/// The mean loss of the networks of a plane on one set of samples. What the first layer with weights is given does not depend on the
/// parameters, so its sums are a plane too where it is dense: three matrix products serve all points, and of most fully connected networks
/// only the small later layers are computed anew.
/// </summary>
internal sealed class PlaneLoss
{
    private const int Reports = 100;
    private readonly ParameterPlane _plane;
    private readonly NetworkDescription _description;
    private readonly Readout _readout;
    private readonly Dataset _data;
    private readonly Matrix _targets;
    private readonly ConcurrentBag<PointEvaluator> _evaluators = [];
    private readonly Matrix[] _sums = [];
    private readonly int _shared = -1;

    public PlaneLoss(ParameterPlane plane, NetworkDescription description, Readout readout, Dataset data)
    {
        (_plane, _description, _readout, _data) = (plane, description, readout, data);
        var network = Network.FromDescription(description);
        _targets = readout.Encode(data.Labels, network.OutputShape.Size);
        int first = network.Layers.ToList().FindIndex(l => l.HasWeights);
        if (first < 0 || network.Layers[first] is not DenseLayer layer || data.Count == 0
            || network.Layers.Take(first).Any(l => l.CouplesSamples(training: false)))
            return;
        _shared = first;
        Matrix inputs = first == 0 ? data.Inputs : network.Activations(data.Inputs)[first - 1];
        _sums = [Sums(plane.Origin.Parameters), Sums(plane.First), Sums(plane.Second)];

        Matrix Sums(ReadOnlySpan<float> parameters)
        {
            parameters.CopyTo(network.Parameters);
            var sums = new Matrix(inputs.Rows, layer.OutputShape.Size);
            Gemm.NT(inputs, layer.Weights, sums);
            for (int n = 0; layer.HasBias && n < sums.Rows; n++) Elementwise.Add(sums.Row(n), layer.Bias, sums.Row(n));
            return sums;
        }
    }

    /// <summary>Multiply-adds of one pass of a sample through the layers that are computed anew at every point.</summary>
    public static long WorkOf(Network network)
    {
        long work = 0;
        bool first = true;
        foreach (var layer in network.Layers.Where(l => l.HasWeights))
        {
            if (!first || layer is not DenseLayer) work += (long)layer.Weights.Length * (layer.OutputShape.Size / layer.Units);
            first = false;
            work += 4L * layer.OutputShape.Size; // activations
        }
        return work;
    }

    /// <summary>The losses at the given places.</summary>
    public double[] At(IReadOnlyList<(double A, double B)> places, IProgress<double>? progress, CancellationToken cancellation)
    {
        double[] losses = new double[places.Count];
        int done = 0, step = Math.Max(1, places.Count / Reports);
        Rows.For(places.Count, 1, new Operation(this, places, losses, Tell, cancellation));
        cancellation.ThrowIfCancellationRequested();
        return losses;

        void Tell()
        {
            int now = Interlocked.Increment(ref done);
            if (now % step == 0) progress?.Report((double)now / places.Count);
        }
    }

    private readonly struct Operation(
        PlaneLoss owner, IReadOnlyList<(double A, double B)> places, double[] losses, Action tell, CancellationToken cancellation)
        : IRowOperation
    {
        public void Invoke(int first, int count)
        {
            if (cancellation.IsCancellationRequested) return;
            if (!owner._evaluators.TryTake(out var evaluator)) evaluator = new PointEvaluator(owner);
            for (int i = first; i < first + count; i++)
            {
                losses[i] = evaluator.At(places[i].A, places[i].B);
                tell();
            }
            owner._evaluators.Add(evaluator);
        }
    }

    /// <summary>A network and buffers of its own; used by one thread at a time.</summary>
    private sealed class PointEvaluator
    {
        private readonly PlaneLoss _owner;
        private readonly Network _network;
        private readonly Workspace _workspace;
        private readonly LossPass _pass;
        private readonly Matrix _before;

        public PointEvaluator(PlaneLoss owner)
        {
            _owner = owner;
            _network = Network.FromDescription(owner._description);
            owner._plane.Origin.State.CopyTo(_network.State);
            int capacity = Math.Max(1, _network.PassSamples(owner._data.Count, null));
            _workspace = new Workspace(_network, capacity, backward: false, statistics: false);
            _pass = new LossPass(owner._readout, _network.Layers[^1].Activation, capacity);
            if (owner._shared >= 0) _before = new Matrix(capacity, _network.Layers[owner._shared].OutputShape.Size);
        }

        public double At(double a, double b)
        {
            int shared = _owner._shared;
            _owner._plane.CopyTo(
                a, b, shared < 0 ? 0 : _network.Layers[shared].Offset + _network.Layers[shared].ParameterCount, _network.Parameters);
            int samples = _owner._data.Count;
            double loss = 0;
            for (int first = 0; first < samples; first += _workspace.Capacity)
            {
                int count = Math.Min(_workspace.Capacity, samples - first);
                if (shared < 0) _workspace.Forward(_owner._data.Inputs.RowRange(first, count));
                else Forward(first, count, (float)a, (float)b);
                loss += _pass.Run(
                    _workspace.Outputs,
                    _owner._targets.RowRange(first, count),
                    _owner._data.Labels.AsMemory(first, count),
                    default,
                    1).Loss;
            }
            return samples == 0 ? double.NaN : loss / samples;
        }

        private void Forward(int first, int count, float a, float b)
        {
            int shared = _owner._shared;
            var sums = _before.RowRange(0, count);
            _owner._sums[0].RowRange(first, count).Span.CopyTo(sums.Span);
            Elementwise.Axpy(a, _owner._sums[1].RowRange(first, count).Span, sums.Span);
            Elementwise.Axpy(b, _owner._sums[2].RowRange(first, count).Span, sums.Span);
            _workspace[shared].Resize(count);
            _network.Layers[shared].Activation.Apply(sums, _workspace[shared].Outputs);
            for (int l = shared + 1; l < _network.Layers.Count; l++)
            {
                _workspace[l].Resize(count);
                _network.Layers[l].Forward(_workspace[l - 1].Outputs, _workspace[l], default);
            }
        }
    }
}
