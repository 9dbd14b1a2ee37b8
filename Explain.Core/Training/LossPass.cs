namespace Explain.Core;

/// <summary>
/// Compares a batch of outputs with its targets: total loss, number of hits, and the gradient that goes back. Allocated once for a
/// capacity.
/// </summary>
internal sealed class LossPass
{
    private const int BlockRows = 64;

    /// <summary>Fewest outputs worth another thread: some microseconds of one core.</summary>
    private const int MinimumParallelValues = 1 << 10;

    private readonly Readout _readout;
    private readonly float _cancels;
    private readonly double[] _losses;
    private readonly int[] _hits;

    public LossPass(Readout readout, Activation last, int capacity)
    {
        _readout = readout;
        _cancels = readout.Loss.Cancels(last);
        _losses = new double[(capacity + BlockRows - 1) / BlockRows];
        _hits = new int[_losses.Length];
    }

    /// <summary>
    /// True where <see cref="Run"/> gives the gradient by the last layer's pre-activations, because loss and activation cancel to k·(y −
    /// t).
    /// </summary>
    public bool Fused => _cancels > 0;

    /// <summary>Looks at outputs [n,u] against targets [n,u] and labels [n].</summary>
    /// <param name="outputs">[n,u]</param>
    /// <param name="targets">[n,u]</param>
    /// <param name="labels">[n]</param>
    /// <param name="gradient">[n,u], or empty where none is wanted.</param>
    /// <param name="scale">What each sample's gradient is multiplied with, beside its class weight.</param>
    /// <returns>The sum of the samples' weighted losses and the number of samples classified correctly.</returns>
    public (double Loss, int Hits) Run(Matrix outputs, Matrix targets, Memory<int> labels, Matrix gradient, float scale)
    {
        var operation = new Operation(this, outputs, targets, labels, gradient, scale);
        if (outputs.Length >= MinimumParallelValues) Rows.For(outputs.Rows, BlockRows, operation);
        else Each(outputs.Rows, operation);
        double loss = 0;
        int hits = 0, blocks = (outputs.Rows + BlockRows - 1) / BlockRows;
        for (int b = 0; b < blocks; b++)
        {
            loss += _losses[b];
            hits += _hits[b];
        }
        return (loss, hits);
    }

    private static void Each(int rows, Operation operation)
    {
        for (int first = 0; first < rows; first += BlockRows) operation.Invoke(first, Math.Min(BlockRows, rows - first));
    }

    private readonly struct Operation(LossPass pass, Matrix outputs, Matrix targets, Memory<int> labels, Matrix gradient, float scale)
        : IRowOperation
    {
        public void Invoke(int first, int count)
        {
            double loss = 0;
            int hits = 0;
            var truth = labels.Span;
            var (compared, weights) = (pass._readout.Loss, pass._readout.ClassWeights);
            for (int n = first; n < first + count; n++)
            {
                ReadOnlySpan<float> y = outputs.Row(n), t = targets.Row(n);
                float weight = weights is null ? 1 : weights[truth[n]];
                loss += weight * compared.Sample(y, t);
                if (pass._readout.PredictedClass(y) == truth[n]) hits++;
                if (gradient.IsEmpty) continue;
                if (pass.Fused) SumOfSquaresLoss.Errors(y, t, weight * scale * pass._cancels, gradient.Row(n));
                else compared.Gradient(y, t, weight * scale, gradient.Row(n));
            }
            pass._losses[first / BlockRows] = loss;
            pass._hits[first / BlockRows] = hits;
        }
    }
}
