namespace Explain.Render;

/// <summary>A piece of text at a pair of values, with a halo of the background so that it can be read over marks.</summary>
public sealed record LabelMark : Mark
{
    /// <summary>Where its middle lies.</summary>
    public required Point At { get; init; }

    /// <summary>The text; ends in "…" where it is wider than the plot.</summary>
    public required string Text { get; init; }

    /// <summary>Its colour.</summary>
    public required Color Color { get; init; }

    /// <summary>Its size.</summary>
    public double Size { get; init; } = Typography.Label;

    /// <inheritdoc/>
    public override IEnumerable<Node> Draw(PlotArea area)
    {
        var at = area.Map(At.X, At.Y);
        if (!double.IsFinite(at.X) || !double.IsFinite(at.Y)) return [];
        // No wider than the plot, and moved into it where it would be cut at a side.
        var b = area.Bounds;
        string text = area.Theme.Face.Ellipsize(Text, b.Width - 6, Size, FontWeight.Bold);
        double width = area.Theme.Face.Measure(text, Size, FontWeight.Bold), half = (width / 2) + 3;
        if (at.X >= b.X && at.X <= b.Right && 2 * half <= b.Width) at = at with { X = Math.Clamp(at.X, b.X + half, b.Right - half) };
        var plate = new Rect(at.X - half, at.Y - (Size * 0.62), width + 6, Size * 1.24);
        return
        [
            new PathNode(PathData.Rectangle(plate, Size * 0.4), area.Theme.Background.WithAlpha(0.82)),
            new TextNode(text, new Point(at.X, area.Theme.Face.Centered(at.Y, Size)), Size, Color, TextAnchor.Middle, FontWeight.Bold),
        ];
    }
}
