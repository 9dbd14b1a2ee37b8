namespace Explain.Render;

/// <summary>The key of a colour scale: a thin bar, its limits printed, and the share of values beyond them.</summary>
public static class ColorBar
{
    /// <summary>Height with its labels.</summary>
    public const double Height = 8 + 3 + Typography.Small;

    // Between the middle of the 0 and the ends' labels.
    private const double ZeroRoom = 9;

    /// <summary>A horizontal bar at <paramref name="origin"/>.</summary>
    /// <param name="scale">The colours and limits.</param>
    /// <param name="origin">Upper left corner.</param>
    /// <param name="width">Width of the bar.</param>
    /// <param name="theme">Colours of the labels.</param>
    /// <param name="label">What the values are; set right of the bar.</param>
    /// <param name="clipped">Share of the values beyond the limits; said where it is not zero.</param>
    /// <param name="percent">Limits in percent.</param>
    public static IEnumerable<Node> Draw(ColorScale scale, Point origin, double width, Theme theme, string label, double clipped = 0, bool percent = false)
    {
        const int Steps = 64;
        var pixels = new Color[Steps];
        for (int i = 0; i < Steps; i++)
            pixels[i] = scale.Map.At(i / (Steps - 1.0));
        yield return new PixelsNode(Steps, 1, pixels, new Rect(origin.X, origin.Y, width, 8), Sampling.Bilinear);
        double baseline = origin.Y + 8 + 3 + (Typography.Small * 0.8);
        string low = Format(scale.Limits.Min), high = Format(scale.Limits.Max);
        yield return new TextNode(low, new Point(origin.X, baseline), Typography.Small, theme.Muted);
        yield return new TextNode(high, new Point(origin.X + width, baseline), Typography.Small, theme.Muted, TextAnchor.End);
        bool hasZero = scale.Limits.Min < 0 && scale.Limits.Max > 0;
        double zero = width * scale.Position(0);
        if (hasZero && zero - Typeface.Current.Measure(low, Typography.Small) > ZeroRoom && width - zero - Typeface.Current.Measure(high, Typography.Small) > ZeroRoom)
            yield return new TextNode("0", new Point(origin.X + zero, baseline), Typography.Small, theme.Muted, TextAnchor.Middle);
        string text = Note(label, scale.Spread, clipped);
        if (text.Length > 0)
            yield return new TextNode(text, new Point(origin.X + width + 10, origin.Y + 4 + (Typeface.Current.CapHeight * Typography.Small / 2)), Typography.Small, theme.Muted);

        string Format(double v) => percent ? NumberFormat.Percent(v, 0) : NumberFormat.Value(v);
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
}
