namespace Explain.Render;

/// <summary>
/// Cuts polylines into dashes by arc length. Each contour starts its pattern afresh; a pattern of odd length is repeated once, as in SVG.
/// </summary>
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

    private static void DashContour(
        ReadOnlySpan<Point> points, ReadOnlySpan<bool> smooth, bool closed, IReadOnlyList<double> dashes, Contours output)
    {
        int index = 0;
        bool on = true;
        double left = dashes[0];
        var cuts = new Contours();
        var into = closed ? cuts : output;
        into.Add(points[0]);
        for (int i = 1; i < points.Length + (closed ? 1 : 0); i++)
        {
            var (from, to) = (points[i - 1], points[i % points.Length]);
            double dx = to.X - from.X, dy = to.Y - from.Y, length = Math.Sqrt((dx * dx) + (dy * dy)), done = 0;
            if (length == 0)
                continue;
            while (length - done > left)
            {
                done += left;
                into.Add(new Point(from.X + (dx * (done / length)), from.Y + (dy * (done / length))));
                if (on)
                    into.End(closed: false);
                on = !on;
                index = (index + 1) % dashes.Count;
                left = dashes[index];
            }
            left -= length - done;
            if (on)
                into.Add(to, smooth[i % points.Length]);
        }
        bool endsOn = on && into.Pending > 1;
        into.End(closed: false);
        if (closed)
            JoinEnds(cuts, endsOn, output);
    }

    /// <summary>
    /// Where the pattern of a closed contour ends on a dash, that and the one at the start are one, with a join between them; a contour
    /// that was never cut stays closed.
    /// </summary>
    private static void JoinEnds(Contours dashes, bool endsOn, Contours output)
    {
        int last = dashes.Count - 1;
        for (int k = endsOn && last > 0 ? 1 : 0; k <= last; k++)
        {
            Copy(dashes, k, 0, output);
            if (k == last && endsOn && last > 0)
                Copy(dashes, 0, 1, output);
            output.End(closed: endsOn && last == 0);
        }
    }

    private static void Copy(Contours from, int contour, int start, Contours output)
    {
        var points = from.Points(contour);
        for (int i = start; i < points.Length; i++)
            output.Add(points[i], from.Smooth(contour)[i]);
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
