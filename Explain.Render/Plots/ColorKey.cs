namespace Explain.Render;

/// <summary>The bar that says what the colours of a mark stand for.</summary>
internal static class ColorKey
{
    // Least room between two labels.
    private const double Between = 6;

    /// <summary>The bar with its upper left corner at <paramref name="at"/>, and what it shows right of it.</summary>
    public static IEnumerable<Node> Draw(MarkColors colors, Point at, double width, Theme theme, string label) => colors switch
    {
        ValueColors values => ColorBar.Draw(values.Scale, at, width, theme, label),
        CountColors counts => CountBar.Draw(counts.Most, at, width, theme, label),
        BandColors bands => Bands(bands, at, width, theme, label),
        _ => throw new NotSupportedException($"There is no key for {colors.GetType().Name}."),
    };

    // One step a band, all of one width, with the levels between them where they have room: levels need not be evenly spaced.
    private static IEnumerable<Node> Bands(BandColors colors, Point at, double width, Theme theme, string label)
    {
        int count = colors.Bands.Count;
        double baseline = at.Y + 8 + 3 + (Typography.Small * 0.8), end = at.X - Between;
        yield return new PixelsNode(count, 1, colors.Bands, new Rect(at.X, at.Y, width, 8));
        for (int i = 0; i < colors.Levels.Count; i++)
        {
            string text = NumberFormat.Short(colors.Levels[i]);
            double x = at.X + (width * (i + 1) / count), half = theme.Face.Measure(text, Typography.Small) / 2;
            if (x - half < end + Between) continue;
            end = x + half;
            yield return new PathNode(PathData.Line(x, at.Y + 8, x, at.Y + 10.5), Stroke: new Stroke(theme.Muted, 0.8));
            yield return new TextNode(text, new Point(x, baseline + 0.5), Typography.Small, theme.Muted, TextAnchor.Middle);
        }
        if (label.Length == 0) yield break;
        var place = new Point(at.X + width + 10, theme.Face.Centered(at.Y + 4, Typography.Small));
        yield return new TextNode(label, place, Typography.Small, theme.Muted);
    }
}
