namespace Explain.Render;

/// <summary>A horizontal or vertical line across the plot, with a small label at its end.</summary>
public sealed record RuleMark : Mark
{
    /// <summary>Vertical line at this value.</summary>
    public double? X { get; init; }

    /// <summary>Horizontal line at this value.</summary>
    public double? Y { get; init; }

    /// <summary>Says what the line stands for.</summary>
    public string Label { get; init; } = "";

    /// <summary>Whether the label of a horizontal line stands among the tick labels, where no curve can cross it.</summary>
    public bool OnAxis { get; init; }

    /// <summary>Whether the label of a horizontal line stands right of the plot, among the labels of the lines.</summary>
    public bool AtEnd { get; init; }

    /// <summary>Colour; the theme's muted one where null.</summary>
    public Color? Color { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<double> Xs => X is { } x ? [x] : [];

    /// <inheritdoc/>
    public override IEnumerable<double> Ys => Y is { } y ? [y] : [];

    /// <inheritdoc/>
    public override IEnumerable<Node> Draw(PlotArea area)
    {
        var pen = new Stroke(Color ?? area.Theme.Muted, 0.8, [4, 3]);
        var b = area.Bounds;
        if (Y is { } y && double.IsFinite(area.Y.Map(y)))
        {
            double at = area.Y.Map(y);
            yield return new PathNode(PathData.Line(b.X, at, b.Right, at), Stroke: pen);
            if (Label.Length > 0 && !OnAxis && !AtEnd)
            {
                // Right and below: curves that reach a goal are above it there. A plate keeps the label readable where one is not.
                bool above = b.Bottom - at < Typography.Small + 4;
                double baseline = above ? at - 3.5 : at + Typography.Small + 1;
                string text = area.Theme.Face.Ellipsize(Label, b.Width - 8, Typography.Small);
                double width = area.Theme.Face.Measure(text, Typography.Small);
                yield return new PathNode(
                    PathData.Rectangle(
                        new Rect(b.Right - width - 5, baseline - (0.85 * Typography.Small), width + 4, Typography.Small * 1.05), 2),
                    area.Theme.Background.WithAlpha(0.8));
                yield return new TextNode(
                    text, new Point(b.Right - 3, baseline), Typography.Small, Color ?? area.Theme.Muted, TextAnchor.End);
            }
        }
        if (X is { } x && double.IsFinite(area.X.Map(x)))
        {
            double at = area.X.Map(x);
            bool left = at > b.Center.X;
            yield return new PathNode(PathData.Line(at, b.Y, at, b.Bottom), Stroke: pen);
            if (Label.Length > 0)
                yield return new TextNode(
                    area.Theme.Face.Ellipsize(Label, (left ? at - b.X : b.Right - at) - 3, Typography.Small),
                    new Point(left ? at - 3 : at + 3, b.Y + Typography.Small),
                    Typography.Small,
                    Color ?? area.Theme.Muted,
                    left ? TextAnchor.End : TextAnchor.Start);
        }
    }
}
