namespace Explain.Render;

/// <summary>The data area of a plot: where marks paint.</summary>
/// <param name="Bounds">In pixels.</param>
/// <param name="X">Values → horizontal pixels.</param>
/// <param name="Y">Values → vertical pixels.</param>
/// <param name="Theme">Colours.</param>
public sealed record PlotArea(Rect Bounds, Scale X, Scale Y, Theme Theme)
{
    /// <summary>The pixel position of a pair of values; not finite where a scale has none.</summary>
    public Point Map(double x, double y) => new(X.Map(x), Y.Map(y));

    /// <summary>The same area for values that are pixels already.</summary>
    internal PlotArea InPixels()
    {
        var same = new LinearScale(new Limits(0, 1), 0, 1);
        return this with { X = same, Y = same };
    }

    /// <summary>Where bars and areas on <paramref name="value"/> stand, within the frame. A logarithmic axis has no zero: there they stand on its lower end.</summary>
    internal double FloorOf(double value) => Y.Map(value) is var y && double.IsFinite(y) ? Math.Clamp(y, Bounds.Y, Bounds.Bottom) : Bounds.Bottom;
}

/// <summary>Data drawn in a plot. Values that are not finite leave a gap, never a wrong line.</summary>
public abstract record Mark
{
    /// <summary>The horizontal values to fit into the plot.</summary>
    public virtual IEnumerable<double> Xs => [];

    /// <summary>The vertical values to fit into the plot.</summary>
    public virtual IEnumerable<double> Ys => [];

    /// <summary>What a legend says of it; null where it has no name.</summary>
    public virtual LegendEntry? Key => null;

    /// <summary>The nodes, in the pixels of the plot.</summary>
    public abstract IEnumerable<Node> Draw(PlotArea area);

    /// <summary>What stands at the right end of it where a plot labels ends; empty where nothing can.</summary>
    internal virtual string EndName => "";

    /// <summary>That label at its height; null where nothing of it has a place.</summary>
    internal virtual EndLabel? EndIn(PlotArea area) => null;

    /// <summary>Tells a caller whose lists do not go together, before anything is drawn: drawing itself throws nothing.</summary>
    /// <exception cref="ArgumentException">What does not fit, how many there are and how many are needed.</exception>
    internal virtual void Check()
    {
    }

    /// <summary>The bar that says what its colours stand for, with its upper left corner at <paramref name="at"/>; empty where it has but one colour.</summary>
    internal virtual IReadOnlyList<Node> ColorKey(PlotArea area, Point at, double width, string label) => [];
}

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
                string text = Typography.Ellipsis(Label, b.Width - 8, Typography.Small);
                double width = Typeface.Current.Measure(text, Typography.Small);
                yield return new PathNode(PathData.Rectangle(new Rect(b.Right - width - 5, baseline - (0.85 * Typography.Small), width + 4, Typography.Small * 1.05), 2), area.Theme.Background.WithAlpha(0.8));
                yield return new TextNode(text, new Point(b.Right - 3, baseline), Typography.Small, Color ?? area.Theme.Muted, TextAnchor.End);
            }
        }
        if (X is { } x && double.IsFinite(area.X.Map(x)))
        {
            double at = area.X.Map(x);
            bool left = at > b.Center.X;
            yield return new PathNode(PathData.Line(at, b.Y, at, b.Bottom), Stroke: pen);
            if (Label.Length > 0)
                yield return new TextNode(Typography.Ellipsis(Label, (left ? at - b.X : b.Right - at) - 3, Typography.Small), new Point(left ? at - 3 : at + 3, b.Y + Typography.Small), Typography.Small, Color ?? area.Theme.Muted, left ? TextAnchor.End : TextAnchor.Start);
        }
    }
}
