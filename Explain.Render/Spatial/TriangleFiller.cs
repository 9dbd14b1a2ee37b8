using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Explain.Render;

/// <summary>
/// Paints a triangle into a tile: which samples it covers is decided by whole numbers (Pineda, "A parallel algorithm for polygon
/// rasterization", 1988), corners at 256 steps a pixel and samples on an edge going to one side only, so that triangles which meet leave
/// neither gap nor overlap. Nearness is worked out for each sample, colour once a pixel.
/// </summary>
internal static class TriangleFiller
{
    private const int Steps = 256;
    private const int SampleStep = Steps / DepthTile.Samples;
    private const double MostCoordinate = 1 << 15;
    private static readonly Vector256<int> XLow = Vector256.Create<int>([.. Enumerable.Range(0, 8).Select(SampleX)]);
    private static readonly Vector256<int> XHigh = Vector256.Create<int>([.. Enumerable.Range(8, 8).Select(SampleX)]);
    private static readonly Vector256<int> YLow = Vector256.Create<int>([.. Enumerable.Range(0, 8).Select(SampleY)]);
    private static readonly Vector256<int> YHigh = Vector256.Create<int>([.. Enumerable.Range(8, 8).Select(SampleY)]);

    /// <summary>
    /// Paints the part of <paramref name="t"/> that lies in the tile whose first pixel is (<paramref name="left"/>,
    /// <paramref name="top"/>).
    /// </summary>
    /// <param name="t">In scene pixels.</param>
    /// <param name="origin">Scene position of device pixel (0, 0).</param>
    /// <param name="density">Device pixels a scene pixel.</param>
    /// <param name="tile">Where to.</param>
    /// <param name="left">Device column of the tile.</param>
    /// <param name="top">Device row of the tile.</param>
    public static void Fill(in Triangle t, Point origin, double density, DepthTile tile, int left, int top)
    {
        long x0 = Fixed(t.X0, origin.X, density), y0 = Fixed(t.Y0, origin.Y, density), x1 = Fixed(t.X1, origin.X, density),
            y1 = Fixed(t.Y1, origin.Y, density), x2 = Fixed(t.X2, origin.X, density), y2 = Fixed(t.Y2, origin.Y, density);
        long area = ((x1 - x0) * (y2 - y0)) - ((y1 - y0) * (x2 - x0));
        if (area == 0) return;
        bool turned = area < 0;
        if (turned)
        {
            (x1, x2) = (x2, x1);
            (y1, y2) = (y2, y1);
            area = -area;
        }
        int firstX = (int)Math.Max(0, (Math.Min(x0, Math.Min(x1, x2)) >> 8) - left),
            lastX = (int)Math.Min(DepthTile.Side - 1, (Math.Max(x0, Math.Max(x1, x2)) >> 8) - left);
        int firstY = (int)Math.Max(0, (Math.Min(y0, Math.Min(y1, y2)) >> 8) - top),
            lastY = (int)Math.Min(DepthTile.Side - 1, (Math.Max(y0, Math.Max(y1, y2)) >> 8) - top);
        if (firstX > lastX || firstY > lastY) return;

        Edge e0 = new(x1, y1, x2, y2), e1 = new(x2, y2, x0, y0), e2 = new(x0, y0, x1, y1);
        var pen = new Pen(in t, turned);
        // Nearness over the picture: Q0 + dx·gx + dy·gy, in fixed steps.
        double qa = pen.QB - pen.QA, qb = pen.QC - pen.QA;
        double gx = ((qa * (y2 - y0)) - (qb * (y1 - y0))) / area, gy = ((qb * (x1 - x0)) - (qa * (x2 - x0))) / area;
        Span<float> offsets = stackalloc float[DepthTile.Samples];
        for (int i = 0; i < offsets.Length; i++)
            offsets[i] = (float)((gx * SampleX(i)) + (gy * SampleY(i)));
        Vector256<float> offsetLow = Vector256.Create<float>(offsets), offsetHigh = Vector256.Create<float>(offsets[8..]);
        bool opaque = t.Alpha >= 1;
        for (int y = firstY; y <= lastY; y++)
        {
            long py = (long)(top + y) << 8;
            for (int x = firstX; x <= lastX; x++)
            {
                long px = (long)(left + x) << 8;
                long w0 = e0.At(px, py), w1 = e1.At(px, py), w2 = e2.At(px, py);
                if (w0 + e0.Most < 0 || w1 + e1.Most < 0 || w2 + e2.Most < 0) continue;
                var low = Vector256<int>.AllBitsSet;
                var high = low;
                if (w0 + e0.Least < 0) e0.Cover(w0, ref low, ref high);
                if (w1 + e1.Least < 0) e1.Cover(w1, ref low, ref high);
                if (w2 + e2.Least < 0) e2.Cover(w2, ref low, ref high);
                float q = (float)(pen.QA + (gx * (px - x0)) + (gy * (py - y0)));
                int pixel = ((y * DepthTile.Side) + x) * DepthTile.Samples;
                ref float near = ref tile.Near[pixel];
                Vector256<float> q0 = Vector256.Create(q) + offsetLow, q1 = Vector256.Create(q) + offsetHigh;
                Vector256<float> n0 = Vector256.LoadUnsafe(ref near), n1 = Vector256.LoadUnsafe(ref near, 8);
                low &= Vector256.GreaterThan(q0, n0).AsInt32();
                high &= Vector256.GreaterThan(q1, n1).AsInt32();
                if ((low | high) == Vector256<int>.Zero) continue;
                const int Middle = Steps / 2;
                uint color = pen.At(e0.At(px + Middle, py + Middle), e1.At(px + Middle, py + Middle), e2.At(px + Middle, py + Middle));
                ref uint colors = ref tile.Colors[pixel];
                if (opaque)
                {
                    Vector256.ConditionalSelect(low.AsSingle(), q0, n0).StoreUnsafe(ref near);
                    Vector256.ConditionalSelect(high.AsSingle(), q1, n1).StoreUnsafe(ref near, 8);
                    var solid = Vector256.Create(color);
                    Vector256.ConditionalSelect(low.AsUInt32(), solid, Vector256.LoadUnsafe(ref colors)).StoreUnsafe(ref colors);
                    Vector256.ConditionalSelect(high.AsUInt32(), solid, Vector256.LoadUnsafe(ref colors, 8)).StoreUnsafe(ref colors, 8);
                }
                else
                {
                    Over(
                        low.ExtractMostSignificantBits() | (high.ExtractMostSignificantBits() << 8),
                        color,
                        MemoryMarshal.CreateSpan(ref colors, DepthTile.Samples));
                }
            }
        }
    }

    /// <summary>Position in 256ths of a device pixel.</summary>
    public static long Fixed(double position, double origin, double density) =>
        (long)Math.Round(Math.Clamp((position - origin) * density, -MostCoordinate, MostCoordinate) * Steps);

    /// <summary>Lays a translucent colour over the samples of the mask.</summary>
    public static void Over(uint mask, uint color, Span<uint> samples)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            if ((mask & (1u << i)) != 0) samples[i] = Blend.Over(samples[i], color);
        }
    }

    public static int SampleX(int i) => (DepthTile.Columns[i] * SampleStep) + (SampleStep / 2);

    public static int SampleY(int i) => (i * SampleStep) + (SampleStep / 2);

    /// <summary>Positive on the inner side of the line from one corner to the next.</summary>
    private readonly struct Edge
    {
        private readonly long _a;
        private readonly long _b;
        private readonly long _x;
        private readonly long _y;
        private readonly int _bias;
        private readonly Vector256<int> _low;
        private readonly Vector256<int> _high;

        public Edge(long x0, long y0, long x1, long y1)
        {
            (_a, _b, _x, _y) = (y0 - y1, x1 - x0, x0, y0);
            // A sample on the line belongs to the triangle whose left or upper edge it is.
            _bias = _a > 0 || (_a == 0 && _b > 0) ? 0 : -1;
            _low = (XLow * (int)_a) + (YLow * (int)_b);
            _high = (XHigh * (int)_a) + (YHigh * (int)_b);
            Least = Steps * (Math.Min(0, _a) + Math.Min(0, _b));
            Most = Steps * (Math.Max(0, _a) + Math.Max(0, _b));
        }

        /// <summary>No sample of the pixel has less, seen from its upper left corner.</summary>
        public long Least { get; }

        /// <summary>No sample of the pixel has more.</summary>
        public long Most { get; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public long At(long x, long y) => (_a * (x - _x)) + (_b * (y - _y)) + _bias;

        /// <summary>Takes the samples outside away; called only where the line crosses the pixel, so that the numbers are small.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Cover(long at, ref Vector256<int> low, ref Vector256<int> high)
        {
            var w = Vector256.Create((int)at);
            low &= Vector256.GreaterThanOrEqual(w + _low, Vector256<int>.Zero);
            high &= Vector256.GreaterThanOrEqual(w + _high, Vector256<int>.Zero);
        }
    }

    /// <summary>The colour at weights of the three corners.</summary>
    private readonly ref struct Pen
    {
        private readonly ref readonly Triangle _t;
        private readonly bool _turned;
        private readonly bool _uniform;

        public Pen(ref readonly Triangle t, bool turned)
        {
            _t = ref t;
            _turned = turned;
            (QA, QB, QC) = turned ? (t.Q0, t.Q2, t.Q1) : (t.Q0, t.Q1, t.Q2);
            _uniform = t.C0 == t.C1 && t.C1 == t.C2 && t.L0 == t.L1 && t.L1 == t.L2;
        }

        public double QA { get; }

        public double QB { get; }

        public double QC { get; }

        public uint At(long w0, long w1, long w2)
        {
            // Where the middle of the pixel lies outside, the nearest colour inside counts.
            float a = Math.Max(0, w0), b = Math.Max(0, w1), c = Math.Max(0, w2);
            if (_turned) (b, c) = (c, b);
            if (_t.Perspective)
            {
                a *= _t.Q0;
                b *= _t.Q1;
                c *= _t.Q2;
            }
            float sum = a + b + c;
            if (_uniform || !(sum > 0)) (a, b, c) = (1, 0, 0);
            else (a, b, c) = (a / sum, b / sum, c / sum);
            float red = (a * _t.C0.R) + (b * _t.C1.R) + (c * _t.C2.R), green, blue;
            if (_t.Palette != Palette.None)
            {
                var color = _t.Palette.At(red);
                (red, green, blue) = (color.R, color.G, color.B);
            }
            else
            {
                green = (a * _t.C0.G) + (b * _t.C1.G) + (c * _t.C2.G);
                blue = (a * _t.C0.B) + (b * _t.C1.B) + (c * _t.C2.B);
            }
            float body = (a * _t.L0.Body) + (b * _t.L1.Body) + (c * _t.L2.Body),
                gloss = (a * _t.L0.Gloss) + (b * _t.L1.Gloss) + (c * _t.L2.Gloss);
            float alpha = _t.Alpha;
            return Channel(red) | (Channel(green) << 8) | (Channel(blue) << 16) | ((uint)((255 * alpha) + 0.5f) << 24);

            uint Channel(float value)
            {
                value *= body;
                return (uint)(Math.Clamp((value + ((255 - value) * gloss)) * alpha, 0, 255 * alpha) + 0.5f);
            }
        }
    }
}
