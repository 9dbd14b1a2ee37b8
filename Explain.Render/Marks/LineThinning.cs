namespace Explain.Render;

/// <summary>
/// Lines with more points than pixels: each half pixel keeps its first, least, largest and last value, which draws the same picture (M4;
/// Jugel, Jerzak, Hackenbroich and Markl, "M4: a visualization-oriented time series data aggregation", 2014).
/// </summary>
internal static class LineThinning
{
    // So few points are never thinned.
    private const int MostPlain = 60;

    /// <summary>Whether the points lie closer together than pixels.</summary>
    public static bool IsCrowded(List<Point> points) => points.Count > MostPlain && points.Count > Math.Abs(points[^1].X - points[0].X);

    /// <summary>Whether no point lies left of the one before.</summary>
    public static bool IsRising(List<Point> points)
    {
        for (int i = 1; i < points.Count; i++)
        {
            if (points[i].X < points[i - 1].X) return false;
        }
        return true;
    }

    /// <summary>
    /// The points themselves, where they are few or neither in rising nor in falling order, or the fewer that draw the same.
    /// </summary>
    public static List<Point> Where(List<Point> points)
    {
        if (!IsCrowded(points)) return points;
        if (IsRising(points)) return Thinned(points);
        List<Point> turned = [.. points.AsEnumerable().Reverse()];
        if (!IsRising(turned)) return points;
        turned = Thinned(turned);
        turned.Reverse();
        return turned;
    }

    /// <summary>At most four points a half pixel, of points in rising order, in pixels.</summary>
    public static List<Point> Thinned(List<Point> points)
    {
        var kept = new List<Point>();
        for (int start = 0; start < points.Count;)
        {
            int end = start, least = start, largest = start;
            double column = Math.Floor(2 * points[start].X);
            for (; end < points.Count && Math.Floor(2 * points[end].X) == column; end++)
            {
                if (points[end].Y < points[least].Y) least = end;
                if (points[end].Y > points[largest].Y) largest = end;
            }
            int last = -1;
            foreach (int i in (int[])[start, Math.Min(least, largest), Math.Max(least, largest), end - 1])
            {
                if (i > last) kept.Add(points[i]);
                last = Math.Max(last, i);
            }
            start = end;
        }
        return kept;
    }
}
