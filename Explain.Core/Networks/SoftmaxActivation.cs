namespace Explain.Core;

/// <summary>y[u] = exp(x[u]) / Σ exp(x) over the units of a sample.</summary>
internal sealed class SoftmaxActivation : Activation
{
    public SoftmaxActivation()
        : base("softmax")
    {
        Range = (0, 1);
        LargestSlope = 0.25f;
    }

    public override bool IsElementwise => false;

    internal override void Forward(
        Matrix inputs, Matrix weights, ReadOnlySpan<float> bias, Matrix preActivations, Matrix outputs, bool transposed = false)
    {
        Product(inputs, weights, bias, outputs, default(Lanewise<IdentityFormula>), transposed);
        Apply(outputs, outputs);
    }

    internal override void Apply(Matrix preActivations, Matrix outputs) => MatrixRows.Softmax(preActivations, outputs);

    /// <summary>∂loss/∂x[u] = y[u]·(g[u] − Σ g·y).</summary>
    internal override bool Backward(Matrix preActivations, Matrix outputs, Matrix gradient, ActivationStatistics? statistics)
    {
        if (!gradient.IsEmpty)
            Rows.For(outputs.Rows, ActivationStatistics.RowsFor(outputs.Columns), new BackwardOperation(outputs, gradient));
        // ∂y[u]/∂x[u] = y·(1 − y), as for the sigmoid.
        return statistics is null || Sigmoid.Backward(preActivations, outputs, default, statistics);
    }

    private readonly struct BackwardOperation(Matrix outputs, Matrix gradient) : IRowOperation
    {
        public void Invoke(int first, int count)
        {
            for (int r = first; r < first + count; r++)
            {
                var y = outputs.Row(r);
                var g = gradient.Row(r);
                float dot = 0;
                for (int u = 0; u < y.Length; u++) dot += g[u] * y[u];
                for (int u = 0; u < y.Length; u++) g[u] = y[u] * (g[u] - dot);
            }
        }
    }
}

/// <summary>
/// y[n,u] = exp(x[n,u]) / Σₙ exp(x[n,u]) over the samples of the batch: the softmax along the wrong axis. A loss of ln(batch size) then
/// means chance.
/// </summary>
internal sealed class BatchSoftmaxActivation : Activation
{
    public BatchSoftmaxActivation()
        : base("softmax over batch")
    {
        Range = (0, 1);
        LargestSlope = 0.25f;
    }

    public override bool CouplesSamples => true;

    public override bool IsElementwise => false;

    internal override void Forward(
        Matrix inputs, Matrix weights, ReadOnlySpan<float> bias, Matrix preActivations, Matrix outputs, bool transposed = false)
    {
        Product(inputs, weights, bias, outputs, default(Lanewise<IdentityFormula>), transposed);
        Apply(outputs, outputs);
    }

    internal override void Apply(Matrix preActivations, Matrix outputs)
    {
        for (int u = 0; u < outputs.Columns; u++)
        {
            float largest = float.NegativeInfinity, sum = 0;
            for (int n = 0; n < outputs.Rows; n++) largest = MathF.Max(largest, preActivations[n, u]);
            for (int n = 0; n < outputs.Rows; n++)
            {
                float e = VectorMath.Exp(preActivations[n, u] - largest);
                outputs[n, u] = e;
                sum += e;
            }
            for (int n = 0; n < outputs.Rows; n++) outputs[n, u] /= sum;
        }
    }

    internal override bool Backward(Matrix preActivations, Matrix outputs, Matrix gradient, ActivationStatistics? statistics)
    {
        if (!gradient.IsEmpty)
        {
            for (int u = 0; u < outputs.Columns; u++)
            {
                float dot = 0;
                for (int n = 0; n < outputs.Rows; n++) dot += gradient[n, u] * outputs[n, u];
                for (int n = 0; n < outputs.Rows; n++) gradient[n, u] = outputs[n, u] * (gradient[n, u] - dot);
            }
        }
        return statistics is null || Sigmoid.Backward(preActivations, outputs, default, statistics);
    }
}
