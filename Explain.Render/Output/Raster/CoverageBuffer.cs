using System.Numerics;

namespace Explain.Render;

/// <summary>Takes runs of equal coverage.</summary>
internal interface ISpanSink
{
    /// <summary>Pixels <paramref name="x"/> … <paramref name="end"/> − 1 of device row <paramref name="y"/>, 0 &lt; coverage ≤ 1.</summary>
    void Span(int x, int end, int y, float coverage);
}

/// <summary>
/// Edges → exact-area coverage → runs. Each edge adds, to the pixels it crosses, how much it changes the covered area from there to the
/// right, so that a running sum along the row is the mean winding number of each pixel (the accumulation of Levien's font-rs, 2016). One
/// bit a pixel says where the sum changes; the rest is skipped, so a wide shape costs its edges and one run a row.
/// Where outlines overlap or meet inside a pixel, their areas add up there, as in all rasterisers of this kind: a pixel that two opposite
/// windings share may come out too pale, one that two equal windings share too dark, at worst altogether wrong; whole pixels are right. So
/// outlines that may overlap (<see cref="StrokeOverlap"/>, <see cref="FillOverlap"/>) go through <see cref="UnionScan"/>, which gives the
/// buffer pieces that do not. A row's sums depend only on the edges and their order, not on how rows are cut into bands.
/// </summary>
internal sealed class CoverageBuffer
{
    /// <summary>Less than half a step of 8 bits shows in no pixel; this also swallows what rounding leaves behind a shape.</summary>
    public const float Least = 0.001f;

    private readonly int _width;
    private readonly int _rows;
    private readonly int _stride;
    private readonly int _words;
    private readonly float[] _change;
    private readonly ulong[] _touched;
    private int _top;
    private int _firstRow;
    private int _endRow;
    private int _firstWord;
    private int _endWord;

    public CoverageBuffer(int width, int rows)
    {
        _width = width;
        _rows = rows;
        _stride = width + 2;
        _words = (_stride + 63) / 64;
        _change = new float[_stride * rows];
        _touched = new ulong[_words * rows];
    }

    /// <summary>Starts at device row <paramref name="top"/>; the buffer is clear after every sweep.</summary>
    /// <param name="top">Device row of the buffer's first row.</param>
    /// <param name="area">Holds all edges that will be added; nothing else is swept.</param>
    public void Begin(int top, in Bounds area)
    {
        _top = top;
        _firstRow = Math.Clamp(area.FirstRow - top, 0, _rows);
        _endRow = Math.Clamp(area.EndRow - top, 0, _rows);
        // A change is noted in the pixel right of the last one, too.
        _firstWord = Math.Clamp(area.FirstColumn >> 6, 0, _words);
        _endWord = Math.Clamp((area.EndColumn >> 6) + 1, 0, _words);
    }

    /// <summary>Adds the part of each edge that lies in the buffer's rows. All edges lie within 0 … width.</summary>
    public void Add(ReadOnlySpan<Edge> edges)
    {
        double top = _top, bottom = _top + _rows;
        foreach (ref readonly var e in edges)
        {
            if (e.Y1 > top && e.Y0 < bottom)
                Add(e, top, bottom);
        }
    }

    /// <summary>Gives all runs with more than <paramref name="least"/> coverage, row by row from the left, and clears the buffer.</summary>
    public void Sweep<TSink>(FillRule rule, ref TSink sink, float least = Least)
        where TSink : struct, ISpanSink
    {
        for (int row = _firstRow; row < _endRow; row++)
        {
            var change = _change.AsSpan(row * _stride, _stride);
            var touched = _touched.AsSpan(row * _words, _words);
            float sum = 0;
            int start = 0;
            for (int word = _firstWord; word < _endWord; word++)
            {
                ulong bits = touched[word];
                if (bits == 0)
                    continue;
                touched[word] = 0;
                for (; bits != 0; bits &= bits - 1)
                {
                    int x = (word << 6) + BitOperations.TrailingZeroCount(bits);
                    float coverage = Cover(sum, rule);
                    if (coverage > least && start < _width)
                        sink.Span(start, Math.Min(x, _width), _top + row, coverage);
                    sum += change[x];
                    change[x] = 0;
                    start = x;
                }
            }
        }
    }

    private static float Cover(float winding, FillRule rule)
    {
        winding = Math.Abs(winding);
        if (rule == FillRule.NonZero)
            return Math.Min(winding, 1);
        winding -= 2 * MathF.Floor(winding / 2);
        return winding > 1 ? 2 - winding : winding;
    }

    private void Add(in Edge e, double top, double bottom)
    {
        double slope = (e.X1 - e.X0) / (e.Y1 - e.Y0);
        double low = Math.Min(e.X0, e.X1), high = Math.Max(e.X0, e.X1);
        double y = Math.Max(e.Y0, top), end = Math.Min(e.Y1, bottom);
        double x = Math.Clamp(e.X0 + (slope * (y - e.Y0)), low, high);
        int row = (int)Math.Floor(y) - _top;
        while (y < end)
        {
            double nextY = Math.Min(row + 1 + (double)_top, e.Y1);
            // From the edge's own start each time, so that a row does not depend on the band it is in.
            double nextX = Math.Clamp(e.X0 + (slope * (nextY - e.Y0)), low, high);
            AddPiece(row, x, nextX, (nextY - y) * e.Sign);
            y = nextY;
            x = nextX;
            row++;
        }
    }

    /// <summary>
    /// Adds what lies inside by <paramref name="rule"/>, in a strip <paramref name="height"/> high, given its <paramref name="crossings"/>
    /// from the left and the <paramref name="winding"/> number before them.
    /// </summary>
    public void AddUnion(int row, ReadOnlySpan<Crossing> crossings, FillRule rule, int winding, double height)
    {
        int mask = rule == FillRule.NonZero ? -1 : 1;
        foreach (ref readonly var crossing in crossings)
        {
            bool before = (winding & mask) != 0;
            winding += crossing.Sign;
            bool after = (winding & mask) != 0;
            if (before != after)
                AddPiece(row, crossing.Above, crossing.Below, after ? height : -height);
        }
    }

    /// <summary>
    /// Adds a piece within one of the buffer's rows, from <paramref name="x0"/> to <paramref name="x1"/> (either order), that goes down by
    /// <paramref name="height"/> (signed).
    /// </summary>
    public void AddPiece(int row, double x0, double x1, double height)
    {
        if (x0 > x1)
            (x0, x1) = (x1, x0);
        var change = _change.AsSpan(row * _stride, _stride);
        int first = (int)x0, last = (int)x1;
        if (first == last)
        {
            double right = height * (((x0 + x1) / 2) - first);
            change[first] += (float)(height - right);
            change[first + 1] += (float)right;
            Touch(row, first, first + 1);
            return;
        }
        // Area right of the piece within pixel i, summed from pixel to pixel: quadratic in the first and last, linear between.
        double perPixel = height / (x1 - x0);
        double inFirst = first + 1 - x0, inLast = x1 - last;
        double covered = 0.5 * perPixel * inFirst * inFirst;
        change[first] += (float)covered;
        double before = covered;
        for (int x = first + 1; x < last; x++)
        {
            double now = perPixel * (x + 0.5 - x0);
            change[x] += (float)(now - before);
            before = now;
        }
        double lastCovered = height - (0.5 * perPixel * inLast * inLast);
        change[last] += (float)(lastCovered - before);
        change[last + 1] += (float)(height - lastCovered);
        Touch(row, first, last + 1);
    }

    private void Touch(int row, int first, int last)
    {
        var touched = _touched.AsSpan(row * _words, _words);
        int a = first >> 6, b = last >> 6;
        ulong from = ulong.MaxValue << (first & 63), to = ulong.MaxValue >> (63 - (last & 63));
        if (a == b)
        {
            touched[a] |= from & to;
            return;
        }
        touched[a] |= from;
        for (int i = a + 1; i < b; i++)
            touched[i] = ulong.MaxValue;
        touched[b] |= to;
    }
}
