namespace Explain.Core;

/// <summary>Every unit sees every input: outputs[n,u] = f(Σᵢ inputs[n,i]·weights[u,i] + bias[u]).</summary>
public sealed class DenseLayer : Layer
{
    private readonly bool _bias;
    private readonly float _biasStart;
    private readonly Initializer _initializer;

    internal DenseLayer(
        string name, Shape inputShape, Shape outputShape, Activation activation, bool bias, Initializer initializer, float biasStart)
        : base(name, inputShape, outputShape, activation)
    {
        _bias = bias;
        _biasStart = biasStart;
        _initializer = initializer;
    }

    /// <inheritdoc/>
    public override string Kind => "dense";

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, double>> Settings => [new("units", OutputShape.Size)];

    /// <inheritdoc/>
    public override Initializer Initializer => _initializer;

    /// <inheritdoc/>
    public override float BiasStart => _bias ? _biasStart : 0;

    internal override int WeightRows => OutputShape.Size;

    internal override int WeightColumns => InputShape.Size;

    internal override int BiasCount => _bias ? OutputShape.Size : 0;

    internal override void Initialize(ulong seed)
    {
        _initializer.Fill(Weights.Span, fanIn: WeightColumns, fanOut: WeightRows, new CounterRandom(seed, "init/" + Name));
        Bias.Fill(_biasStart);
    }

    internal override void Forward(Matrix inputs, LayerBuffers buffers, PassContext context) =>
        Activation.Forward(inputs, Weights, Bias, buffers.PreActivations, buffers.Outputs);

    internal override bool Backward(
        Matrix inputs, LayerBuffers buffers, bool fused, float[]? gradients, bool accumulate, Matrix inputGradient)
    {
        var delta = buffers.Gradient; // From here on ∂loss/∂pre-activations [n, out].
        bool finite = Activation.Backward(buffers.PreActivations, buffers.Outputs, fused ? default : delta, buffers.Statistics);
        if (gradients is not null)
        {
            Gemm.TN(delta, inputs, new Matrix(gradients, Offset, WeightRows, WeightColumns), accumulate);
            if (_bias) MatrixRows.ColumnSums(delta, gradients.AsSpan(Offset + (WeightRows * WeightColumns), BiasCount), accumulate);
        }
        if (!inputGradient.IsEmpty) Gemm.NN(delta, Weights, inputGradient);
        return finite;
    }
}
