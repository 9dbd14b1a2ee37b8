using System.Runtime.Intrinsics;

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
        if (!inputGradient.IsEmpty) Rows.For(inputs.Rows, BlockRows, new BackwardOperation(this, buffers.Gradient, ((Buffers)buffers).Winners, inputGradient));
        return true;
    }

    private sealed class Buffers : LayerBuffers
    {
        public Buffers(MaxPoolLayer layer, int capacity, bool backward, bool statistics)
            : base(layer, capacity, backward, statistics) => Winners = backward ? new Matrix(capacity, layer.OutputShape.Size) : default;

        /// <summary>[n, out]: which value of its window, counted row by row, was the greatest; empty where nothing goes back.</summary>
        public Matrix Winners { get; }
    }

    /// <summary>Where a window begins in a sample's values.</summary>
    private int Corner(int row, int column) => ((row * _window.StrideHeight * InputShape.Width) + (column * _window.StrideWidth)) * InputShape.Channels;

    private readonly unsafe struct ForwardOperation(MaxPoolLayer layer, Matrix inputs, Matrix outputs, Matrix winners) : IRowOperation
    {
        public void Invoke(int first, int count)
        {
            int channels = layer.InputShape.Channels;
            for (int n = first; n < first + count; n++)
            {
                fixed (float* x = inputs.Row(n), y = outputs.Row(n), w = winners.IsEmpty ? default : winners.Row(n))
                {
                    int at = 0;
                    for (int row = 0; row < layer.OutputShape.Height; row++)
                    {
                        for (int column = 0; column < layer.OutputShape.Width; column++, at += channels)
                            Window(x + layer.Corner(row, column), y + at, w == null ? null : w + at, channels);
                    }
                }
            }
        }

        private void Window(float* x, float* y, float* w, int channels)
        {
            int c = 0;
            if (Vector512.IsHardwareAccelerated) c = Channels<Lanes16, Vector512<float>>(x, y, w, c, channels);
            if (Vector256.IsHardwareAccelerated) c = Channels<Lanes8, Vector256<float>>(x, y, w, c, channels);
            if (Vector128.IsHardwareAccelerated) c = Channels<Lanes4, Vector128<float>>(x, y, w, c, channels);
            Channels<Lanes1, float>(x, y, w, c, channels);
        }

        /// <summary>As many channels from c on as fill vectors; returns the next.</summary>
        private int Channels<TLanes, TVector>(float* x, float* y, float* w, int c, int channels)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
        {
            int line = layer.InputShape.Width * channels, height = layer._window.Height, width = layer._window.Width;
            TVector all = TLanes.CreateBits(-1);
            for (; c + TLanes.Count <= channels; c += TLanes.Count)
            {
                TVector best = TLanes.Load(x + c), winner = TLanes.Create(0);
                for (int i = 0, place = 0; i < height; i++)
                {
                    for (int j = 0; j < width; j++, place++)
                    {
                        // Greater, or not a number while the best so far is one.
                        TVector value = TLanes.Load(x + ((nint)i * line) + (j * channels) + c);
                        TVector better = TLanes.Or(TLanes.Less(best, value), TLanes.And(TLanes.Xor(TLanes.Equal(value, value), all), TLanes.Equal(best, best)));
                        best = TLanes.Select(better, value, best);
                        winner = TLanes.Select(better, TLanes.Create(place), winner);
                    }
                }
                TLanes.Store(y + c, best);
                if (w != null) TLanes.Store(w + c, winner);
            }
            return c;
        }
    }

    private readonly unsafe struct BackwardOperation(MaxPoolLayer layer, Matrix gradient, Matrix winners, Matrix inputGradient) : IRowOperation
    {
        public void Invoke(int first, int count)
        {
            int channels = layer.InputShape.Channels;
            for (int n = first; n < first + count; n++)
            {
                inputGradient.Row(n).Clear();
                fixed (float* g = gradient.Row(n), w = winners.Row(n), into = inputGradient.Row(n))
                {
                    int at = 0;
                    for (int row = 0; row < layer.OutputShape.Height; row++)
                    {
                        for (int column = 0; column < layer.OutputShape.Width; column++, at += channels)
                            Window(g + at, w + at, into + layer.Corner(row, column), channels);
                    }
                }
            }
        }

        private void Window(float* g, float* w, float* into, int channels)
        {
            int c = 0;
            if (Vector512.IsHardwareAccelerated) c = Channels<Lanes16, Vector512<float>>(g, w, into, c, channels);
            if (Vector256.IsHardwareAccelerated) c = Channels<Lanes8, Vector256<float>>(g, w, into, c, channels);
            if (Vector128.IsHardwareAccelerated) c = Channels<Lanes4, Vector128<float>>(g, w, into, c, channels);
            Channels<Lanes1, float>(g, w, into, c, channels);
        }

        private int Channels<TLanes, TVector>(float* g, float* w, float* into, int c, int channels)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
        {
            int line = layer.InputShape.Width * channels, height = layer._window.Height, width = layer._window.Width;
            for (; c + TLanes.Count <= channels; c += TLanes.Count)
            {
                TVector share = TLanes.Load(g + c), winner = TLanes.Load(w + c);
                for (int i = 0, place = 0; i < height; i++)
                {
                    for (int j = 0; j < width; j++, place++)
                    {
                        float* to = into + ((nint)i * line) + (j * channels) + c;
                        TLanes.Store(to, TLanes.Add(TLanes.Load(to), TLanes.And(TLanes.Equal(winner, TLanes.Create(place)), share)));
                    }
                }
            }
            return c;
        }
    }
}
