namespace Explain.Render;

/// <summary>
/// The key of a colour scale: a thin bar with its limits and round values between them. Where values lie beyond the limits the bar is
/// pointed and their share is said.
/// </summary>
public static class ColorBar
{
    /// <summary>Height of a horizontal bar with its labels.</summary>
    public const double Height = Thickness + 3 + Typography.Small;

    private const double Thickness = 8;
    private const double Tip = 5;
    private const double TickLength = 2.5;
    private const int Steps = 64;

    /// <summary>A horizontal bar at <paramref name="origin"/>.</summary>
    /// <param name="scale">The colours and limits.</param>
    /// <param name="origin">Upper left corner.</param>
    /// <param name="width">Width of the bar, points included.</param>
    /// <param name="theme">Colours of the labels.</param>
    /// <param name="label">
    /// What the values are; set right of the bar with what is to be said of the colours. Nothing stands there where null.
    /// </param>
    /// <param name="clipped">Share of the values beyond the limits, 0 … 1; said, and the bar pointed, where it is not zero.</param>
    /// <param name="percent">Limits in percent.</param>
    public static IEnumerable<Node> Draw(
        ColorScale scale, Point origin, double width, Theme theme, string? label, double clipped = 0, bool percent = false)
    {
        double left = origin.X + (IsPointedBelow(scale, clipped) ? Tip : 0), right = origin.X + width - (clipped > 0 ? Tip : 0);
        double bottom = origin.Y + Thickness, middle = origin.Y + (Thickness / 2);
        yield return new PixelsNode(Steps, 1, Pixels(scale), new Rect(left, origin.Y, right - left, Thickness), Sampling.Bilinear);
        if (left > origin.X) yield return Triangle(scale.Map.At(0), new(left, origin.Y), new(origin.X, middle), new(left, bottom));
        if (right < origin.X + width)
            yield return Triangle(scale.Map.At(1), new(right, origin.Y), new(origin.X + width, middle), new(right, bottom));
        double baseline = bottom + 3 + (Typography.Small * 0.8);
        var ticks = new ColorBarTicks(scale, left, right, theme.Face) { Percent = percent }.Place();
        for (int i = 0; i < ticks.Count; i++)
        {
            var (tick, x) = ticks[i];
            yield return new PathNode(PathData.Line(x, bottom, x, bottom + TickLength), Stroke: new Stroke(theme.Muted, 0.8));
            yield return new TextNode(
                tick.Label,
                new Point(x, baseline),
                Typography.Small,
                theme.Muted,
                i switch { 0 => TextAnchor.Start, 1 => TextAnchor.End, _ => TextAnchor.Middle });
        }
        string text = label is null ? "" : Note(label, scale.Spread, clipped);
        if (text.Length > 0)
            yield return new TextNode(
                text,
                new Point(origin.X + width + 10, middle + (theme.Face.CapHeight * Typography.Small / 2)),
                Typography.Small,
                theme.Muted);
    }

    /// <summary>
    /// An upright bar at the left of <paramref name="room"/>, values rising upwards, labels right of it and what they are above it.
    /// </summary>
    /// <param name="scale">The colours and limits.</param>
    /// <param name="room">For bar, labels and title; the title wraps to its width.</param>
    /// <param name="theme">Colours of the labels.</param>
    /// <param name="label">What the values are.</param>
    /// <param name="clipped">Share of the values beyond the limits, 0 … 1; said, and the bar pointed, where it is not zero.</param>
    /// <param name="percent">Limits in percent.</param>
    public static IEnumerable<Node> DrawUpright(
        ColorScale scale, Rect room, Theme theme, string label, double clipped = 0, bool percent = false)
    {
        double y = room.Y;
        foreach (string line in theme.Face.Wrap(Note(label, scale.Spread, clipped), room.Width, Typography.Small))
        {
            yield return new TextNode(line, new Point(room.X, y + (0.8 * Typography.Small)), Typography.Small, theme.Muted);
            y += 1.3 * Typography.Small;
        }
        // Half a line stays free at both ends for the labels of the limits.
        double top = y + (Typography.Small / 2) + (clipped > 0 ? Tip : 0);
        double bottom = Math.Max(top + 1, room.Bottom - (Typography.Small / 2) - (IsPointedBelow(scale, clipped) ? Tip : 0));
        double right = room.X + Thickness, center = room.X + (Thickness / 2);
        yield return new PixelsNode(
            1, Steps, [.. Pixels(scale).Reverse()], new Rect(room.X, top, Thickness, bottom - top), Sampling.Bilinear);
        if (clipped > 0) yield return Triangle(scale.Map.At(1), new(room.X, top), new(center, top - Tip), new(right, top));
        if (IsPointedBelow(scale, clipped))
            yield return Triangle(scale.Map.At(0), new(room.X, bottom), new(center, bottom + Tip), new(right, bottom));
        foreach (var (tick, at) in new ColorBarTicks(scale, bottom, top, theme.Face) { Percent = percent }.Place())
        {
            yield return new PathNode(PathData.Line(right, at, right + TickLength, at), Stroke: new Stroke(theme.Muted, 0.8));
            yield return new TextNode(
                tick.Label, new Point(right + 5, theme.Face.Centered(at, Typography.Small)), Typography.Small, theme.Muted);
        }
    }

    /// <summary>The words beside the bar.</summary>
    public static string Note(string label, Spread spread, double clipped)
    {
        var parts = new List<string>();
        if (label.Length > 0) parts.Add(label);
        if (spread != Spread.Linear) parts.Add(spread == Spread.Log ? "logarithmic colours" : "square-root colours");
        if (clipped > 0) parts.Add($"{(clipped < 0.0005 ? "under 0.1\u00A0%" : NumberFormat.Percent(clipped))} beyond the limits");
        return string.Join(", ", parts);
    }

    // Magnitudes are cut at their upper limit only.
    private static bool IsPointedBelow(ColorScale scale, double clipped) => clipped > 0 && scale.Limits.Min < 0;

    private static Color[] Pixels(ColorScale scale) => [.. Enumerable.Range(0, Steps).Select(i => scale.Map.At(i / (Steps - 1.0)))];

    private static PathNode Triangle(Color color, Point a, Point b, Point c) => new(PathData.Polyline([a, b, c]), color);
}
