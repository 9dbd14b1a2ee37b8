namespace Explain.Render;

/// <summary>
/// A curve as small as a word (Tufte, "Beautiful Evidence", 2006): no axes, the last value as a dot. Curves that are to be compared share
/// their limits.
/// </summary>
public static class Sparkline
{
    private const double Dot = 1.8;

    /// <summary>The line through the values, from the left to the right; values that are not finite leave a gap.</summary>
    /// <param name="values">The values, evenly spaced.</param>
    /// <param name="bounds">The line and its dot stay within it.</param>
    /// <param name="limits">Values of the lower and upper border; those of the values where empty.</param>
    /// <param name="color">Colour.</param>
    /// <param name="log">Whether equal ratios take equal heights; values that are not positive are then left out.</param>
    public static IEnumerable<Node> Draw(IReadOnlyList<double> values, Rect bounds, Limits limits, Color color, bool log = false)
    {
        var range = (limits.IsEmpty ? Limits.Of(log ? values.Where(v => v > 0) : values) : limits).OrWidened();
        var area = bounds.Inset(Dot + 0.5);
        Scale y = log && range.Min > 0 ? new LogScale(range, area.Bottom, area.Y) : new LinearScale(range, area.Bottom, area.Y);
        var runs = Gaps.Between(values.Select((value, i) =>
            new Point(area.X + (area.Width * (values.Count == 1 ? 1 : i / (values.Count - 1.0))), y.Map(value))));
        if (runs.Count == 0) yield break;
        var builder = new PathBuilder();
        var end = default(Point);
        foreach (var run in runs)
        {
            List<Point> within = [.. run.Select(p => p with { Y = Math.Clamp(p.Y, area.Y, area.Bottom) })];
            // Of more values than the width can show, the least and the largest stay.
            builder.Append(PathData.Polyline(LineThinning.Where(within)));
            end = within[^1];
        }
        yield return new PathNode(builder.Build(), Stroke: new Stroke(color, 1.2, Cap: LineCap.Round, Join: LineJoin.Round));
        yield return new PathNode(PathData.Circle(end, Dot), color);
    }
}
