namespace Explain.Render;

/// <summary>Cuts polylines into dashes by arc length. Each contour starts its pattern afresh; a pattern of odd length is repeated once, as in SVG.</summary>
internal static class Dasher
{
    /// <summary>A line that would fall into more dashes than this is drawn solid: they would be far below a pixel.</summary>
    private const int MaxDashes = 100_000;

    /// <summary>Whether <paramref name="dashes"/> is a pattern at all.</summary>
    public static bool IsPattern(IReadOnlyList<double>? dashes) =>
        dashes is { Count: > 0 } && dashes.All(d => d >= 0 && double.IsFinite(d)) && dashes.Sum() > 0;

    /// <summary>Appends the dashes of <paramref name="source"/> to <paramref name="output"/> as open contours.</summary>
    public static void Dash(Contours source, IReadOnlyList<double> dashes, Contours output)
    {
        double mean = dashes.Sum() / dashes.Count;
        for (int k = 0; k < source.Count; k++)
        {
            var points = source.Points(k);
            bool closed = source.Closed(k);
            bool solid = Length(points, closed) / mean > MaxDashes;
            DashContour(points, source.Smooth(k), closed, solid ? [double.MaxValue] : dashes, output);
        }
    }

    private static void DashContour(ReadOnlySpan<Point> points, ReadOnlySpan<bool> smooth, bool closed, IReadOnlyList<double> dashes, Contours output)
    {
        int index = 0;
        bool on = true;
        double left = dashes[0];
        output.Add(points[0]);
        for (int i = 1; i < points.Length + (closed ? 1 : 0); i++)
        {
            var (from, to) = (points[i - 1], points[i % points.Length]);
            double dx = to.X - from.X, dy = to.Y - from.Y, length = Math.Sqrt((dx * dx) + (dy * dy)), done = 0;
            if (length == 0)
                continue;
            while (length - done > left)
            {
                done += left;
                var cut = new Point(from.X + (dx * (done / length)), from.Y + (dy * (done / length)));
                if (on)
                {
                    output.Add(cut);
                    output.End(closed: false);
                }
                else
                {
                    output.Add(cut);
                }
                on = !on;
                index = (index + 1) % dashes.Count;
                left = dashes[index];
            }
            left -= length - done;
            if (on)
                output.Add(to, smooth[i % points.Length]);
        }
        output.End(closed: false);
    }

    private static double Length(ReadOnlySpan<Point> points, bool closed)
    {
        double sum = 0;
        for (int i = 1; i < points.Length + (closed ? 1 : 0); i++)
        {
            var (p, q) = (points[i - 1], points[i % points.Length]);
            sum += Math.Sqrt(((q.X - p.X) * (q.X - p.X)) + ((q.Y - p.Y) * (q.Y - p.Y)));
        }
        return sum;
    }
}
