using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Explain.Core;

/// <summary>
/// The mean of each window of each channel: outputs[y,x,c] = Σᵢⱼ inputs[y·stride + i, x·stride + j, c] ÷ window size, added row by row.
/// </summary>
public sealed class AveragePoolLayer : Layer
{
    private const int BlockRows = 4;

    private readonly SlidingWindow _window;

    internal AveragePoolLayer(string name, Shape inputShape, SlidingWindow window)
        : base(name, inputShape, window.Over(inputShape, inputShape.Channels, name, "average pool"), Activation.Identity) =>
        _window = window;

    /// <inheritdoc/>
    public override string Kind => "average pool";

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

    internal override void Forward(Matrix inputs, LayerBuffers buffers, PassContext context) =>
        Rows.For(inputs.Rows, BlockRows, new Operation(this, inputs, buffers.Outputs, back: false));

    internal override bool Backward(
        Matrix inputs, LayerBuffers buffers, bool fused, float[]? gradients, bool accumulate, Matrix inputGradient)
    {
        if (!inputGradient.IsEmpty) Rows.For(inputs.Rows, BlockRows, new Operation(this, inputGradient, buffers.Gradient, back: true));
        return true;
    }

    /// <summary>Small (outputs or their gradient) from large (inputs or theirs), or the other way round.</summary>
    private readonly unsafe struct Operation(AveragePoolLayer layer, Matrix large, Matrix small, bool back) : IRowOperation
    {
        public void Invoke(int first, int count)
        {
            for (int n = first; n < first + count; n++)
            {
                if (back) large.Row(n).Clear();
                fixed (float* x = large.Row(n), y = small.Row(n))
                {
                    int c = 0;
                    if (Vector512.IsHardwareAccelerated) c = Channels<Lanes16, Vector512<float>>(x, y, c);
                    if (Vector256.IsHardwareAccelerated) c = Channels<Lanes8, Vector256<float>>(x, y, c);
                    if (Vector128.IsHardwareAccelerated) c = Channels<Lanes4, Vector128<float>>(x, y, c);
                    Channels<Lanes1, float>(x, y, c);
                }
            }
        }

        /// <summary>One sample's windows in as many channels from c on as fill vectors; returns the next channel.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private int Channels<TLanes, TVector>(float* x, float* y, int c)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
        {
            int channels = layer.InputShape.Channels, line = layer.InputShape.Width * channels, rows = layer.OutputShape.Height,
                columns = layer.OutputShape.Width;
            int height = layer._window.Height, width = layer._window.Width, down = layer._window.StrideHeight * line,
                across = layer._window.StrideWidth * channels;
            TVector size = TLanes.Create(layer._window.Size);
            for (; c + TLanes.Count <= channels; c += TLanes.Count)
            {
                int at = c;
                for (int row = 0; row < rows; row++)
                {
                    float* corner = x + ((nint)row * down) + c;
                    for (int column = 0; column < columns; column++, corner += across, at += channels)
                    {
                        TVector sum = TLanes.Create(0), share = back ? TLanes.Divide(TLanes.Load(y + at), size) : sum;
                        for (int i = 0; i < height; i++)
                        {
                            float* place = corner + ((nint)i * line);
                            for (int j = 0; j < width; j++, place += channels)
                            {
                                if (back) TLanes.Store(place, TLanes.Add(TLanes.Load(place), share));
                                else sum = TLanes.Add(sum, TLanes.Load(place));
                            }
                        }
                        if (!back) TLanes.Store(y + at, TLanes.Divide(sum, size));
                    }
                }
            }
            return c;
        }
    }
}
