namespace Explain.Render;

/// <summary>A bar of a <see cref="BarList"/>.</summary>
/// <param name="Label">Left of it.</param>
/// <param name="Value">Its length; nothing is drawn where it is not finite.</param>
/// <param name="Text">At its end.</param>
/// <param name="Color">Its colour.</param>
public sealed record Bar(string Label, double Value, string Text, Color Color)
{
    /// <summary>Bold label and text.</summary>
    public bool Strong { get; init; }
}

/// <summary>Horizontal bars with labels on the left and values at their ends.</summary>
public sealed record BarList
{
    /// <summary>The bars from the top.</summary>
    public required IReadOnlyList<Bar> Bars { get; init; }

    /// <summary>Labels, bars and values stay within it.</summary>
    public required Rect Bounds { get; init; }

    /// <summary>Values of the left and right ends.</summary>
    public required Limits Limits { get; init; }

    /// <summary>Text size; shrinks with the bars.</summary>
    public double Size { get; init; } = Typography.Label;

    /// <summary>Share of the width that labels may take.</summary>
    public double MostLabel { get; init; } = 0.45;

    /// <summary>A value for which room is kept even where all are shorter, so that lists beside each other have one scale.</summary>
    public string WidestValue { get; init; } = "";

    /// <summary>The nodes.</summary>
    public IEnumerable<Node> Draw(Theme theme)
    {
        var band = new BandScale(Bars.Count, Bounds.Y, Bounds.Bottom, 0.28);
        double size = Math.Min(Size, band.Step * 0.9);
        double labels = Math.Min(MostLabel * Bounds.Width, Widest(Bars.Select(b => b.Label), size, theme.Face));
        double values = Math.Min(0.5 * Bounds.Width, Widest(Bars.Select(b => b.Text).Append(WidestValue), size, theme.Face));
        double left = Bounds.X + labels + 6, right = Math.Max(left + 4, Bounds.Right - values - 5);
        var limits = Limits.OrWidened();
        var x = new LinearScale(limits, left, right);
        double zero = Math.Clamp(x.Map(Math.Clamp(0, limits.Min, limits.Max)), left, right);
        for (int i = 0; i < Bars.Count; i++)
        {
            var bar = Bars[i];
            double middle = band.Center(i), baseline = theme.Face.Centered(middle, size);
            var weight = bar.Strong ? FontWeight.Bold : FontWeight.Regular;
            yield return new TextNode(
                theme.Face.Ellipsize(bar.Label, labels, size, weight), new Point(left - 6, baseline), size, theme.Foreground,
                TextAnchor.End, weight);
            double end = zero;
            if (double.IsFinite(bar.Value))
            {
                end = Math.Clamp(x.Map(bar.Value), left, right);
                var rect = new Rect(Math.Min(zero, end), band.Start(i), Math.Abs(end - zero), band.Width);
                if (rect.Width > 0.05) yield return new PathNode(PathData.Rectangle(rect), bar.Color);
            }
            if (bar.Text.Length > 0)
                yield return new TextNode(
                    theme.Face.Ellipsize(bar.Text, Bounds.Right - Math.Max(zero, end) - 5, size, weight),
                    new Point(Math.Max(zero, end) + 5, baseline),
                    size,
                    bar.Strong ? theme.Foreground : theme.Muted,
                    Weight: weight);
        }
        yield return new PathNode(PathData.Line(zero, Bounds.Y, zero, Bounds.Bottom), Stroke: new Stroke(theme.Muted, 0.8));
    }

    private static double Widest(IEnumerable<string> texts, double size, ITypeface face) =>
        texts.Select(t => face.Measure(t, size, FontWeight.Bold)).DefaultIfEmpty(0).Max();
}
