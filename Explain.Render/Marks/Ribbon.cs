namespace Explain.Render;

/// <summary>
/// What lies between two edges over the same places. Where the edges cross, one outline ends and another begins: the areas on both sides of
/// a crossing would have opposite signs in a single outline, and take from each other in the pixels that they share.
/// </summary>
internal static class Ribbon
{
    // So many outlines a run are always drawn one by one.
    private const int MostPlain = 30;

    /// <summary>The areas, and the line along the upper edge.</summary>
    /// <param name="count">Places.</param>
    /// <param name="edges">
    /// Of each place, in pixels, one over the other; a place where one is not finite interrupts the ribbon, and one that stands alone is a
    /// short line.
    /// </param>
    /// <param name="fill">Colour of the areas.</param>
    /// <param name="line">Along the upper edge; none where null.</param>
    public static IEnumerable<Node> Draw(int count, Func<int, (Point Upper, Point Lower)> edges, Color fill, Stroke? line = null)
    {
        foreach (var run in Gaps.Between(Enumerable.Range(0, count).Select(edges), e => double.IsFinite(e.Upper.X + e.Upper.Y + e.Lower.Y)))
        {
            List<Point> upper = [.. run.Select(e => e.Upper)], lower = [.. run.Select(e => e.Lower)];
            if (run.Count == 1)
            {
                yield return new PathNode(PathData.Line(upper[0].X, upper[0].Y, lower[0].X, lower[0].Y), Stroke: new Stroke(fill, 4));
                continue;
            }
            foreach (var outline in Outlines(upper, lower)) yield return new PathNode(outline, fill);
            if (line is not null) yield return new PathNode(PathData.Polyline(LineThinning.Where(upper)), Stroke: line);
        }
    }

    private static List<PathData> Outlines(List<Point> upper, List<Point> lower)
    {
        // All places and crossings, and where among them a new outline begins.
        var above = new List<Point>();
        var below = new List<Point>();
        List<int> starts = [0];
        int side = 0;
        for (int i = 0; i < upper.Count; i++)
        {
            double gap = upper[i].Y - lower[i].Y;
            int now = Math.Sign(gap);
            if (now != 0 && now == -side)
            {
                double before = upper[i - 1].Y - lower[i - 1].Y;
                // Else they met at the place before.
                if (before != 0)
                {
                    double t = before / (before - gap);
                    var at = new Point(((1 - t) * upper[i - 1].X) + (t * upper[i].X), ((1 - t) * upper[i - 1].Y) + (t * upper[i].Y));
                    above.Add(at);
                    below.Add(at);
                }
                starts.Add(above.Count - 1);
            }
            if (now != 0) side = now;
            above.Add(upper[i]);
            below.Add(lower[i]);
        }
        if (starts.Count > Math.Max(MostPlain, Math.Abs(upper[^1].X - upper[0].X) / 2)) return Sides(above, below);
        starts.Add(above.Count - 1);
        return [.. starts.Zip(starts.Skip(1), (from, to) => Outline(above[from..(to + 1)], below[from..(to + 1)]))];
    }

    // Of edges that cross everywhere, all that lies on one side of the lower edge and all that lies on the other.
    private static List<PathData> Sides(List<Point> above, List<Point> below) =>
    [
        Outline([.. above.Zip(below, (a, b) => a with { Y = Math.Min(a.Y, b.Y) })], below),
        Outline([.. above.Zip(below, (a, b) => a with { Y = Math.Max(a.Y, b.Y) })], below),
    ];

    private static PathData Outline(List<Point> above, List<Point> below) =>
        PathData.Polygon([.. LineThinning.Where(above), .. LineThinning.Where(below).AsEnumerable().Reverse()]);
}
