namespace Explain.Core;

/// <summary>
/// The greatest value of each window of each channel: outputs[y,x,c] = maxᵢⱼ inputs[y·stride + i, x·stride + j, c]. The gradient goes to the value that was the
/// greatest: the first among equals, or the first that is not a number.
/// </summary>
public sealed class MaxPoolLayer : Layer
{
    private const int BlockRows = 4;

    private readonly SlidingWindow _window;

    internal MaxPoolLayer(string name, Shape inputShape, SlidingWindow window)
        : base(name, inputShape, window.Over(inputShape, inputShape.Channels, name, "max pool"), Activation.Identity) => _window = window;

    /// <inheritdoc/>
    public override string Kind => "max pool";

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, double>> Settings =>
        [new("size", _window.Height), new("size width", _window.Width), new("stride", _window.StrideHeight), new("stride width", _window.StrideWidth)];

    internal override int WeightRows => 0;

    internal override int WeightColumns => 0;

    internal override int BiasCount => 0;

    internal override void Initialize(ulong seed)
    {
        // Nothing to fill.
    }

    internal override LayerBuffers CreateBuffers(int capacity, bool backward, bool statistics) => new Buffers(this, capacity, backward, statistics);

    internal override void Forward(Matrix inputs, LayerBuffers buffers, PassContext context) =>
        Rows.For(inputs.Rows, BlockRows, new ForwardOperation(this, inputs, buffers.Outputs, ((Buffers)buffers).Winners));

    internal override bool Backward(Matrix inputs, LayerBuffers buffers, bool fused, float[]? gradients, bool accumulate, Matrix inputGradient)
    {
        if (!inputGradient.IsEmpty) Rows.For(inputs.Rows, BlockRows, new BackwardOperation(buffers.Gradient, ((Buffers)buffers).Winners, inputGradient));
        return true;
    }

    private sealed class Buffers : LayerBuffers
    {
        public Buffers(MaxPoolLayer layer, int capacity, bool backward, bool statistics)
            : base(layer, capacity, backward, statistics) => Winners = backward ? new int[capacity * layer.OutputShape.Size] : [];

        /// <summary>[n, out]: which of the sample's inputs was the greatest; empty where nothing goes back.</summary>
        public int[] Winners { get; }
    }

    private readonly struct ForwardOperation(MaxPoolLayer layer, Matrix inputs, Matrix outputs, int[] winners) : IRowOperation
    {
        public void Invoke(int first, int count)
        {
            var window = layer._window;
            int width = layer.InputShape.Width, channels = layer.InputShape.Channels;
            var shape = layer.OutputShape;
            for (int n = first; n < first + count; n++)
            {
                var x = inputs.Row(n);
                var y = outputs.Row(n);
                var winner = winners.Length == 0 ? default : winners.AsSpan(n * y.Length, y.Length);
                int at = 0;
                for (int row = 0; row < shape.Height; row++)
                {
                    for (int column = 0; column < shape.Width; column++)
                    {
                        int corner = ((row * window.StrideHeight * width) + (column * window.StrideWidth)) * channels;
                        for (int c = 0; c < channels; c++, at++)
                        {
                            int best = corner + c;
                            for (int i = 0; i < window.Height; i++)
                            {
                                for (int j = 0; j < window.Width; j++)
                                {
                                    int place = corner + c + (((i * width) + j) * channels);
                                    if (!(x[place] <= x[best]) && !float.IsNaN(x[best])) best = place;
                                }
                            }
                            y[at] = x[best];
                            if (!winner.IsEmpty) winner[at] = best;
                        }
                    }
                }
            }
        }
    }

    private readonly struct BackwardOperation(Matrix gradient, int[] winners, Matrix inputGradient) : IRowOperation
    {
        public void Invoke(int first, int count)
        {
            for (int n = first; n < first + count; n++)
            {
                var g = gradient.Row(n);
                var winner = winners.AsSpan(n * g.Length, g.Length);
                var into = inputGradient.Row(n);
                into.Clear();
                for (int i = 0; i < g.Length; i++) into[winner[i]] += g[i];
            }
        }
    }
}
