using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Explain.Core;

/// <summary>
/// The greatest value of each window of each channel: outputs[y,x,c] = maxᵢⱼ inputs[y·stride + i, x·stride + j, c]. The gradient goes to
/// the value that was the greatest: the first among equals, or the first that is not a number.
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
        [
            new("size", _window.Height),
            new("size width", _window.Width),
            new("stride", _window.StrideHeight),
            new("stride width", _window.StrideWidth),
        ];

    internal override int WeightRows => 0;

    internal override int WeightColumns => 0;

    internal override int BiasCount => 0;

    internal override void Initialize(ulong seed)
    {
        // Nothing to fill.
    }

    internal override LayerBuffers CreateBuffers(int capacity, bool backward, bool statistics) =>
        new Buffers(this, capacity, backward, statistics);

    internal override void Forward(Matrix inputs, LayerBuffers buffers, PassContext context) =>
        Rows.For(inputs.Rows, BlockRows, new ForwardOperation(this, inputs, buffers.Outputs, ((Buffers)buffers).Winners));

    internal override bool Backward(
        Matrix inputs, LayerBuffers buffers, bool fused, float[]? gradients, bool accumulate, Matrix inputGradient)
    {
        if (!inputGradient.IsEmpty)
            Rows.For(inputs.Rows, BlockRows, new BackwardOperation(this, buffers.Gradient, ((Buffers)buffers).Winners, inputGradient));
        return true;
    }

    private sealed class Buffers : LayerBuffers
    {
        public Buffers(MaxPoolLayer layer, int capacity, bool backward, bool statistics)
            : base(layer, capacity, backward, statistics) => Winners = backward ? new Matrix(capacity, layer.OutputShape.Size) : default;

        /// <summary>[n, out]: which value of its window, counted row by row, was the greatest; empty where nothing goes back.</summary>
        public Matrix Winners { get; }
    }

    private readonly unsafe struct ForwardOperation(MaxPoolLayer layer, Matrix inputs, Matrix outputs, Matrix winners) : IRowOperation
    {
        public void Invoke(int first, int count)
        {
            for (int n = first; n < first + count; n++)
            {
                fixed (float* x = inputs.Row(n), y = outputs.Row(n), w = winners.IsEmpty ? default : winners.Row(n))
                {
                    int c = 0;
                    if (Vector512.IsHardwareAccelerated) c = Channels<Lanes16, Vector512<float>>(x, y, w, c);
                    if (Vector256.IsHardwareAccelerated) c = Channels<Lanes8, Vector256<float>>(x, y, w, c);
                    if (Vector128.IsHardwareAccelerated) c = Channels<Lanes4, Vector128<float>>(x, y, w, c);
                    Channels<Lanes1, float>(x, y, w, c);
                }
            }
        }

        /// <summary>One sample's windows in as many channels from c on as fill vectors; returns the next channel.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private int Channels<TLanes, TVector>(float* x, float* y, float* w, int c)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
        {
            int channels = layer.InputShape.Channels, line = layer.InputShape.Width * channels, rows = layer.OutputShape.Height,
                columns = layer.OutputShape.Width;
            int height = layer._window.Height, width = layer._window.Width, down = layer._window.StrideHeight * line,
                across = layer._window.StrideWidth * channels;
            TVector all = TLanes.CreateBits(-1);
            for (; c + TLanes.Count <= channels; c += TLanes.Count)
            {
                int at = c;
                for (int row = 0; row < rows; row++)
                {
                    float* corner = x + ((nint)row * down) + c;
                    for (int column = 0; column < columns; column++, corner += across, at += channels)
                    {
                        TVector best = TLanes.Load(corner), winner = TLanes.Create(0);
                        float place = 0;
                        for (int i = 0; i < height; i++)
                        {
                            float* from = corner + ((nint)i * line);
                            for (int j = 0; j < width; j++, from += channels, place++)
                            {
                                // Greater, or not a number while the best so far is one.
                                TVector value = TLanes.Load(from);
                                TVector better = TLanes.Or(
                                    TLanes.Less(best, value),
                                    TLanes.And(TLanes.Xor(TLanes.Equal(value, value), all), TLanes.Equal(best, best)));
                                best = TLanes.Select(better, value, best);
                                winner = TLanes.Select(better, TLanes.Create(place), winner);
                            }
                        }
                        TLanes.Store(y + at, best);
                        if (w != null) TLanes.Store(w + at, winner);
                    }
                }
            }
            return c;
        }
    }

    private readonly unsafe struct BackwardOperation(MaxPoolLayer layer, Matrix gradient, Matrix winners, Matrix inputGradient)
        : IRowOperation
    {
        public void Invoke(int first, int count)
        {
            for (int n = first; n < first + count; n++)
            {
                inputGradient.Row(n).Clear();
                fixed (float* g = gradient.Row(n), w = winners.Row(n), into = inputGradient.Row(n))
                {
                    int c = 0;
                    if (Vector512.IsHardwareAccelerated) c = Channels<Lanes16, Vector512<float>>(g, w, into, c);
                    if (Vector256.IsHardwareAccelerated) c = Channels<Lanes8, Vector256<float>>(g, w, into, c);
                    if (Vector128.IsHardwareAccelerated) c = Channels<Lanes4, Vector128<float>>(g, w, into, c);
                    Channels<Lanes1, float>(g, w, into, c);
                }
            }
        }

        /// <summary>Each window's gradient goes to its greatest value, 0 to the others.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private int Channels<TLanes, TVector>(float* g, float* w, float* into, int c)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
        {
            int channels = layer.InputShape.Channels, line = layer.InputShape.Width * channels, rows = layer.OutputShape.Height,
                columns = layer.OutputShape.Width;
            int height = layer._window.Height, width = layer._window.Width, down = layer._window.StrideHeight * line,
                across = layer._window.StrideWidth * channels;
            for (; c + TLanes.Count <= channels; c += TLanes.Count)
            {
                int at = c;
                for (int row = 0; row < rows; row++)
                {
                    float* corner = into + ((nint)row * down) + c;
                    for (int column = 0; column < columns; column++, corner += across, at += channels)
                    {
                        TVector share = TLanes.Load(g + at), winner = TLanes.Load(w + at);
                        float place = 0;
                        for (int i = 0; i < height; i++)
                        {
                            float* to = corner + ((nint)i * line);
                            for (int j = 0; j < width; j++, to += channels, place++)
                                TLanes.Store(
                                    to, TLanes.Add(TLanes.Load(to), TLanes.And(TLanes.Equal(winner, TLanes.Create(place)), share)));
                        }
                    }
                }
            }
            return c;
        }
    }
}
