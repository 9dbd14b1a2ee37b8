using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Explain.Render;

/// <summary>
/// Where shapes that meet edge to edge are added up: for each pixel of a band the sum of their premultiplied colours, weighted by the areas
/// they cover (the operator "plus" of Porter and Duff 1984, without rounding in between). Two halves of a pixel make a whole one, so
/// nothing shines through between them. Where shapes overlap after all, so that a pixel is covered more than once, each has a share of it.
/// </summary>
internal sealed class AreaSum(int width, int rows)
{
    /// <summary>A part of a pixel smaller than this cannot show even if hundreds of shapes have one there.</summary>
    public const float Least = 2e-6f;

    // Areas that add up to exactly half a step fall short of it by rounding; they are to be rounded as the whole shape would be.
    private const float Rounding = 0.5f + (1f / 4096);

    private readonly Vector128<float>[] _sums = new Vector128<float>[width * rows];
    private int _top;

    /// <summary>Starts at device row <paramref name="top"/>; the sums are clear after every <see cref="Lay{TSink}"/>.</summary>
    public void Begin(int top) => _top = top;

    /// <summary>Hands the sums within <paramref name="area"/> to a <see cref="Layer"/>, row by row, and clears them.</summary>
    public void Lay<TSink>(in Bounds area, ref TSink sink)
        where TSink : struct, ISpanSink
    {
        int left = Math.Max(0, area.FirstColumn), right = Math.Min(width, area.EndColumn);
        for (int y = Math.Max(_top, area.FirstRow); y < Math.Min(_top + rows, area.EndRow); y++)
        {
            sink.Span(left, right, y, 1);
            Row(y)[left..right].Clear();
        }
    }

    /// <summary>The sums of a device row.</summary>
    public Span<Vector128<float>> Row(int y) => _sums.AsSpan((y - _top) * width, width);

    /// <summary>A sum as an opaque colour and its alpha, as if one shape of the mean colour covered the whole area.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Take(Vector128<float> sum, float coverage, out uint alpha)
    {
        float area = sum.GetElement(3);
        alpha = (uint)((Math.Min(area, 255) * coverage) + Rounding);
        return alpha == 0 ? 0 : Pixel.Pack((sum * (255 / area)).WithElement(3, 255));
    }

    /// <summary>Adds runs of one colour.</summary>
    public readonly struct Solid : ISpanSink
    {
        private readonly AreaSum _sum;
        private readonly Vector128<float> _color;

        public Solid(AreaSum sum, Color color)
        {
            _sum = sum;
            _color = Vector128.Create((float)color.R, color.G, color.B, 255) * (color.A / 255f);
        }

        public void Span(int x, int end, int y, float coverage)
        {
            var add = _color * coverage;
            foreach (ref var pixel in _sum.Row(y)[x..end])
                pixel += add;
        }
    }

    /// <summary>Adds runs of a gradient.</summary>
    public readonly struct Shaded(AreaSum sum, Gradient gradient) : ISpanSink
    {
        public void Span(int x, int end, int y, float coverage)
        {
            var walk = gradient.Along(x, y);
            foreach (ref var pixel in sum.Row(y)[x..end])
                pixel += walk.Next() * coverage;
        }
    }

    /// <summary>Lays sums over a surface.</summary>
    public readonly struct Layer(AreaSum sum, Surface surface) : ISpanSink
    {
        public void Span(int x, int end, int y, float coverage)
        {
            var from = sum.Row(y);
            var to = surface.Row(y);
            for (int i = x; i < end; i++)
            {
                uint color = Take(from[i], coverage, out uint alpha);
                if (alpha > 0)
                    to[i] = Blend.Mix(to[i], color, alpha);
            }
        }
    }
}
