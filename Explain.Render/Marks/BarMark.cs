namespace Explain.Render;

/// <summary>
/// Bars from zero, one a category; several marks with groups stand beside each other. Signed values go to both sides of zero. Where bars
/// would be thinner than half a pixel, one stands for those that share it, to the farthest of their ends.
/// </summary>
public sealed record BarMark : Mark
{
    // Share of a category's step that its bars fill together.
    private const double Filled = 0.78;

    // Bars thinner than this, in pixels, are drawn together.
    private const double Thinnest = 0.5;

    /// <summary>One value a category, at 0 … n − 1; nothing is drawn where it is not finite.</summary>
    public required IReadOnlyList<double> Values { get; init; }

    /// <summary>Colour of the bars.</summary>
    public required Color Color { get; init; }

    /// <summary>Texts at the ends of the bars; none where empty.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];

    /// <summary>Whether bars lie, with the categories on the vertical axis.</summary>
    public bool Horizontal { get; init; }

    /// <summary>Which of the bars of a category this is.</summary>
    public int Group { get; init; }

    /// <summary>How many bars each category has.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>Its name in a legend; none where empty.</summary>
    public string Name { get; init; } = "";

    /// <inheritdoc/>
    public override IEnumerable<double> Xs => Horizontal ? WithZero : Extent;

    /// <inheritdoc/>
    public override IEnumerable<double> Ys => Horizontal ? Extent : WithZero;

    /// <inheritdoc/>
    public override LegendEntry? Key => Name.Length == 0 ? null : new(Name, Color) { Patch = 1 };

    private IEnumerable<double> WithZero => Values.Where(double.IsFinite).Append(0);

    // To the outer sides of the outer categories, so that an axis without names shows whole bars.
    private IEnumerable<double> Extent => Values.Count == 0 ? [] : [-0.5, Values.Count - 0.5];

    /// <summary>Where the bar of a category stands, in units of the category axis.</summary>
    public static double Offset(int group, int groups) => ((group + 0.5) / groups * Filled) - (Filled / 2);

    /// <inheritdoc/>
    public override IEnumerable<Node> Draw(PlotArea area)
    {
        var b = area.Bounds;
        var (along, across) = Horizontal ? (area.X, area.Y) : (area.Y, area.X);
        double zero = along.Map(0), least = Horizontal ? b.X : b.Y, most = Horizontal ? b.Right : b.Bottom;
        // A logarithmic axis has no zero: its bars stand on the frame.
        zero = double.IsFinite(zero) ? Math.Clamp(zero, least, most) : Horizontal ? b.X : b.Bottom;
        double thick = Math.Abs(across.Map(1) - across.Map(0)) * Filled / Groups;
        if (thick < Thinnest)
        {
            foreach (var bar in Crowd(along, across, zero, least, most)) yield return bar;
        }
        for (int i = 0; i < Values.Count && thick >= Thinnest; i++)
        {
            double end = along.Map(Values[i]), middle = across.Map(i + Offset(Group, Groups));
            if (!double.IsFinite(end) || !double.IsFinite(middle)) continue;
            end = Math.Clamp(end, least, most);
            double from = Math.Min(zero, end), length = Math.Abs(end - zero);
            var bar = Horizontal ? new Rect(from, middle - (thick / 2), length, thick)
                : new Rect(middle - (thick / 2), from, thick, length);
            yield return new PathNode(PathData.Rectangle(bar), Color);
            if (i < Texts.Count && Texts[i].Length > 0 && Text(area, Texts[i], bar, Values[i] < 0, thick) is { } text) yield return text;
        }
        yield return new PathNode(
            Horizontal ? PathData.Line(zero, b.Y, zero, b.Bottom) : PathData.Line(b.X, zero, b.Right, zero),
            Stroke: new Stroke(area.Theme.Muted, 0.8));
    }

    // Of the bars whose middles share half a pixel, one as thick as that from the least to the largest end, in one outline.
    private IEnumerable<Node> Crowd(Scale along, Scale across, double zero, double least, double most)
    {
        var path = new PathBuilder();
        double cell = double.NaN, low = zero, high = zero;
        for (int i = 0; i <= Values.Count; i++)
        {
            double end = i < Values.Count ? along.Map(Values[i]) : double.NaN,
                own = i < Values.Count ? Math.Floor(across.Map(i + Offset(Group, Groups)) / Thinnest) : double.NaN;
            if (own != cell)
            {
                if (high > low)
                    path.Append(PathData.Rectangle(
                        Horizontal ? new Rect(low, cell * Thinnest, high - low, Thinnest)
                            : new Rect(cell * Thinnest, low, Thinnest, high - low)));
                (cell, low, high) = (own, zero, zero);
            }
            if (!double.IsFinite(end)) continue;
            end = Math.Clamp(end, least, most);
            (low, high) = (Math.Min(low, end), Math.Max(high, end));
        }
        var bars = path.Build();
        return bars.Points.Count == 0 ? [] : [new PathNode(bars, Color)];
    }

    // Beyond the end where there is room, within the bar where not, nowhere where it fits neither.
    private TextNode? Text(PlotArea area, string text, Rect bar, bool before, double thick)
    {
        double width = area.Theme.Face.Measure(text, Typography.Small);
        var b = area.Bounds;
        if (Horizontal)
        {
            if (thick < Typography.Small * 0.95) return null;
            double baseline = area.Theme.Face.Centered(bar.Center.Y, Typography.Small), end = before ? bar.X - 4 : bar.Right + 4;
            bool outside = before ? end - width >= b.X : end + width <= b.Right;
            if (!outside && width + 8 > bar.Width) return null;
            double x = outside ? end : before ? bar.X + 4 : bar.Right - 4;
            return new TextNode(
                text,
                new Point(x, baseline),
                Typography.Small,
                outside ? area.Theme.Muted : Contrast.On(Color, area.Theme),
                before == outside ? TextAnchor.End : TextAnchor.Start);
        }
        if (width > thick * 1.25) return null;
        double y = before ? bar.Bottom + Typography.Small + 1 : bar.Y - 3;
        bool fits = before ? y <= b.Bottom : y - Typography.Small >= b.Y;
        if (!fits && bar.Height < Typography.Small + 5) return null;
        double line = fits ? y : before ? bar.Bottom - 4 : bar.Y + Typography.Small + 2;
        return new TextNode(
            text,
            new Point(bar.Center.X, line),
            Typography.Small,
            fits ? area.Theme.Muted : Contrast.On(Color, area.Theme),
            TextAnchor.Middle);
    }
}
