namespace Explain.Core;

/// <summary>The mean of each window of each channel: outputs[y,x,c] = Σᵢⱼ inputs[y·stride + i, x·stride + j, c] ÷ window size, added row by row.</summary>
public sealed class AveragePoolLayer : Layer
{
    private const int BlockRows = 4;

    private readonly SlidingWindow _window;

    internal AveragePoolLayer(string name, Shape inputShape, SlidingWindow window)
        : base(name, inputShape, window.Over(inputShape, inputShape.Channels, name, "average pool"), Activation.Identity) => _window = window;

    /// <inheritdoc/>
    public override string Kind => "average pool";

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

    internal override void Forward(Matrix inputs, LayerBuffers buffers, PassContext context) =>
        Rows.For(inputs.Rows, BlockRows, new Operation(this, inputs, buffers.Outputs, back: false));

    internal override bool Backward(Matrix inputs, LayerBuffers buffers, bool fused, float[]? gradients, bool accumulate, Matrix inputGradient)
    {
        if (!inputGradient.IsEmpty) Rows.For(inputs.Rows, BlockRows, new Operation(this, inputGradient, buffers.Gradient, back: true));
        return true;
    }

    /// <summary>Small (outputs or their gradient) from large (inputs or theirs), or the other way round.</summary>
    private readonly struct Operation(AveragePoolLayer layer, Matrix large, Matrix small, bool back) : IRowOperation
    {
        public void Invoke(int first, int count)
        {
            var window = layer._window;
            int width = layer.InputShape.Width, channels = layer.InputShape.Channels;
            var shape = layer.OutputShape;
            for (int n = first; n < first + count; n++)
            {
                Span<float> x = large.Row(n), y = small.Row(n);
                if (back) x.Clear();
                int at = 0;
                for (int row = 0; row < shape.Height; row++)
                {
                    for (int column = 0; column < shape.Width; column++, at += channels)
                    {
                        int corner = ((row * window.StrideHeight * width) + (column * window.StrideWidth)) * channels;
                        Place(x, y.Slice(at, channels), corner, width * channels);
                    }
                }
            }
        }

        /// <summary>One window, whose first value is <paramref name="corner"/>; rows are <paramref name="line"/> apart.</summary>
        private void Place(Span<float> x, Span<float> y, int corner, int line)
        {
            var window = layer._window;
            float size = window.Size;
            if (!back) y.Clear();
            for (int i = 0; i < window.Height; i++)
            {
                for (int j = 0; j < window.Width; j++)
                {
                    var part = x.Slice(corner + (i * line) + (j * y.Length), y.Length);
                    for (int c = 0; c < y.Length; c++)
                    {
                        if (back) part[c] += y[c] / size;
                        else y[c] += part[c];
                    }
                }
            }
            if (back) return;
            for (int c = 0; c < y.Length; c++) y[c] /= size;
        }
    }
}
