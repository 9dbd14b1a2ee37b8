namespace Explain.Core;

/// <summary>
/// In training each value is 0 with probability <see cref="Rate"/>, and the others are 1/(1 − rate) as large, so that the mean stays;
/// otherwise nothing happens ("inverted" dropout; Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov, "Dropout: a simple way to
/// prevent neural networks from overfitting", 2014). What is dropped depends on the training's seed, the layer's name, the step and the
/// sample's place in the batch, on nothing else.
/// </summary>
public sealed class DropoutLayer : Layer
{
    private const int BlockRows = 8;

    private readonly uint _purpose;

    internal DropoutLayer(string name, Shape inputShape, double rate)
        : base(name, inputShape, inputShape, Activation.Identity)
    {
        Rate = rate;
        _purpose = CounterRandom.Purpose("dropout/" + name);
    }

    /// <summary>Probability that a value is dropped.</summary>
    public double Rate { get; }

    /// <inheritdoc/>
    public override string Kind => "dropout";

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, double>> Settings => [new("rate", Rate)];

    internal override int WeightRows => 0;

    internal override int WeightColumns => 0;

    internal override int BiasCount => 0;

    internal override void Initialize(ulong seed)
    {
        // Nothing to fill.
    }

    internal override LayerBuffers CreateBuffers(int capacity, bool backward, bool statistics) =>
        new Buffers(this, capacity, backward, statistics);

    internal override void Forward(Matrix inputs, LayerBuffers buffers, PassContext context)
    {
        var own = (Buffers)buffers;
        own.Dropped = context.Training && Rate > 0;
        if (own.Dropped) Rows.For(inputs.Rows, BlockRows, new ForwardOperation(inputs, own.Outputs, own.Factors, Rate, _purpose, context));
        else inputs.Span.CopyTo(own.Outputs.Span);
    }

    internal override bool Backward(
        Matrix inputs, LayerBuffers buffers, bool fused, float[]? gradients, bool accumulate, Matrix inputGradient)
    {
        if (inputGradient.IsEmpty) return true;
        var own = (Buffers)buffers;
        if (own.Dropped) Elementwise.Multiply(own.Gradient.Span, own.Factors.Span[..inputGradient.Length], inputGradient.Span);
        else own.Gradient.Span.CopyTo(inputGradient.Span);
        return true;
    }

    private sealed class Buffers : LayerBuffers
    {
        public Buffers(DropoutLayer layer, int capacity, bool backward, bool statistics)
            : base(layer, capacity, backward, statistics)
        {
            // Only training drops, and only training gathers statistics.
            if (statistics || backward) Factors = new Matrix(capacity, layer.OutputShape.Size);
        }

        /// <summary>[n, out]: 0 where dropped, 1/(1 − rate) elsewhere.</summary>
        public Matrix Factors { get; }

        /// <summary>Whether the last pass dropped anything.</summary>
        public bool Dropped { get; set; }
    }

    private readonly struct ForwardOperation(Matrix inputs, Matrix outputs, Matrix factors, double rate, uint purpose, PassContext context)
        : IRowOperation
    {
        public void Invoke(int first, int count)
        {
            // 24 bits of a word against the rate, as CounterRandom.NextSingle would compare them.
            uint threshold = (uint)Math.Ceiling(rate * (1 << 24));
            float kept = (float)(1 / (1 - rate));
            for (int r = first; r < first + count; r++)
            {
                var factor = factors.Row(r);
                for (int i = 0; i < factor.Length; i += 4)
                {
                    // The last word of the counter tells these numbers from CounterRandom's streams, where it is 0.
                    var (a, b, c, d) = CounterRandom.Philox(
                        (uint)(i / 4), (uint)(context.FirstRow + r), purpose, (uint)context.Step + 1, (uint)context.Seed,
                        (uint)(context.Seed >> 32));
                    factor[i] = a >> 8 < threshold ? 0 : kept;
                    if (i + 1 < factor.Length) factor[i + 1] = b >> 8 < threshold ? 0 : kept;
                    if (i + 2 < factor.Length) factor[i + 2] = c >> 8 < threshold ? 0 : kept;
                    if (i + 3 < factor.Length) factor[i + 3] = d >> 8 < threshold ? 0 : kept;
                }
                var x = inputs.Row(r);
                var y = outputs.Row(r);
                for (int i = 0; i < y.Length; i++) y[i] = x[i] * factor[i];
            }
        }
    }
}
