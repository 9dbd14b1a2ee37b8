using SkiaSharp;

namespace Explain.Render;

/// <summary>
/// Outlines as Skia's paths. By the rule of every output, points that are not finite are left out (<see cref="FinitePath"/>), and those too
/// far away for single precision are moved towards the origin, which no pixel shows.
/// </summary>
internal sealed class SkiaOutline : IDisposable
{
    private const double Farthest = 1e9;
    private readonly SKPathBuilder _builder = new();
    private SKPoint[] _points = new SKPoint[64];

    public void Dispose() => _builder.Dispose();

    /// <summary>The path; the caller disposes it.</summary>
    public SKPath Path(PathData data, FillRule rule)
    {
        data = FinitePath.Of(data);
        _builder.FillType = rule == FillRule.EvenOdd ? SKPathFillType.EvenOdd : SKPathFillType.Winding;
        var verbs = Flattener.AsSpan(data.Verbs);
        var points = Points(Flattener.AsSpan(data.Points));
        int next = 0;
        for (int i = 0; i < verbs.Length;)
        {
            // A contour of lines in one call: most of what charts draw.
            int end = i + 1;
            while (end < verbs.Length && verbs[end] == PathVerb.Line)
                end++;
            bool closed = end < verbs.Length && verbs[end] == PathVerb.Close,
                whole = end == verbs.Length || closed || verbs[end] == PathVerb.Move;
            if (verbs[i] == PathVerb.Move && whole)
            {
                _builder.AddPoly(points.Slice(next, end - i), closed);
                next += end - i;
                i = closed ? end + 1 : end;
                continue;
            }
            next += Step(verbs[i++], points[next..]);
        }
        return _builder.Detach();
    }

    private int Step(PathVerb verb, ReadOnlySpan<SKPoint> points)
    {
        switch (verb)
        {
            case PathVerb.Move:
                _builder.MoveTo(points[0]);
                return 1;
            case PathVerb.Line:
                _builder.LineTo(points[0]);
                return 1;
            case PathVerb.Quad:
                _builder.QuadTo(points[0], points[1]);
                return 2;
            case PathVerb.Cubic:
                _builder.CubicTo(points[0], points[1], points[2]);
                return 3;
            default:
                _builder.Close();
                return 0;
        }
    }

    private ReadOnlySpan<SKPoint> Points(ReadOnlySpan<Point> points)
    {
        if (_points.Length < points.Length)
            _points = new SKPoint[Math.Max(points.Length, 2 * _points.Length)];
        for (int i = 0; i < points.Length; i++)
        {
            var (x, y) = points[i];
            double far = Math.Max(Math.Abs(x), Math.Abs(y));
            if (far > Farthest)
                (x, y) = (x * (Farthest / far), y * (Farthest / far));
            _points[i] = new SKPoint((float)x, (float)y);
        }
        return _points.AsSpan(0, points.Length);
    }
}
