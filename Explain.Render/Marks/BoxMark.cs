namespace Explain.Render;

/// <summary>
/// A sample in words of five numbers at a place of a category axis: a box from quartile to quartile, a line at the median, whiskers to 1.5
/// interquartile ranges, points beyond (Tukey, 1977).
/// </summary>
public sealed record BoxMark : Mark
{
    private const int MostOutliers = 120;

    /// <summary>Place on the horizontal axis.</summary>
    public required double At { get; init; }

    /// <summary>The sample; values that are not finite are left out. Not looked at where <see cref="Summary"/> is given.</summary>
    public ReadOnlyMemory<float> Values { get; init; }

    /// <summary>The sample in words of five numbers, where they were found before.</summary>
    public BoxSummary? Summary { get; init; }

    /// <summary>Colour of lines and points; the box is a lighter form of it.</summary>
    public required Color Color { get; init; }

    /// <summary>Width as a share of the distance to the next category.</summary>
    public double Width { get; init; } = 0.5;

    /// <summary>Whether the box is drawn in at the median as far as it is uncertain, see <see cref="BoxSummary.Notch"/>.</summary>
    public bool Notched { get; init; }

    /// <summary>Whether values beyond the whiskers are drawn. Of more than 120 the farthest, and others evenly between.</summary>
    public bool ShowOutliers { get; init; } = true;

    /// <summary>Whether the box is filled with its colour, to stand within a violin.</summary>
    public bool Solid { get; init; }

    /// <summary>Its accessible name.</summary>
    public string Name { get; init; } = "";

    /// <inheritdoc/>
    public override IEnumerable<double> Xs => [At - (Width / 2), At + (Width / 2)];

    /// <inheritdoc/>
    public override IEnumerable<double> Ys => (Summary ?? BoxSummary.Of(Values.Span)) is { } s
        ? ShowOutliers ? [s.LowWhisker, s.HighWhisker, .. Ends(s.Outliers)] : [s.LowWhisker, s.HighWhisker]
        : [];

    /// <inheritdoc/>
    public override IEnumerable<Node> Draw(PlotArea area)
    {
        if ((Summary ?? BoxSummary.Of(Values.Span)) is not { } s) return [];
        double half = Math.Min(34, Width * Math.Abs(area.X.Map(1) - area.X.Map(0)) / 2), x = area.X.Map(At);
        double lower = area.Y.Map(s.Lower), upper = area.Y.Map(s.Upper), median = area.Y.Map(s.Median), low = area.Y.Map(s.LowWhisker),
            high = area.Y.Map(s.HighWhisker);
        if (!double.IsFinite(x + lower + upper + median + low + high)) return [];
        var nodes = new List<Node>();
        var pen = new Stroke(Color, Solid ? 1 : 1.2);
        nodes.Add(new PathNode(PathData.Line(x, upper, x, high), Stroke: pen));
        nodes.Add(new PathNode(PathData.Line(x, lower, x, low), Stroke: pen));
        if (!Solid)
        {
            nodes.Add(new PathNode(PathData.Line(x - (half / 2), high, x + (half / 2), high), Stroke: pen));
            nodes.Add(new PathNode(PathData.Line(x - (half / 2), low, x + (half / 2), low), Stroke: pen));
        }
        double notch = Notched ? half * 0.45 : 0;
        nodes.Add(new PathNode(
            Box(area, s, x, half, notch),
            Solid ? Color : Oklab.Mix(area.Theme.Background, Color, 0.3),
            Solid ? null : pen with { Join = LineJoin.Round }));
        if (Solid) nodes.Add(new PathNode(PathData.Circle(new Point(x, median), Math.Max(1.6, half * 0.55)), area.Theme.Background));
        else nodes.Add(new PathNode(PathData.Line(x - half + notch, median, x + half - notch, median), Stroke: new Stroke(Color, 2.4)));
        if (ShowOutliers)
        {
            foreach (float v in Thinned(s.Outliers))
            {
                double y = area.Y.Map(v);
                if (double.IsFinite(y)) nodes.Add(new PathNode(PathData.Circle(new Point(x, y), 1.7), Color.WithAlpha(0.55)));
            }
        }
        return
        [
            new GroupNode(nodes)
            {
                Label = Name.Length > 0 ? Name : null,
                Tooltip = $"{(Name.Length > 0 ? Name + ": " : "")}median {NumberFormat.Value(s.Median)}, "
                    + $"quartiles {NumberFormat.Value(s.Lower)} and {NumberFormat.Value(s.Upper)}",
            },
        ];
    }

    private PathData Box(PlotArea area, BoxSummary s, double x, double half, double notch)
    {
        double lower = area.Y.Map(s.Lower), upper = area.Y.Map(s.Upper);
        if (!Notched)
            return PathData.Rectangle(new Rect(x - half, Math.Min(lower, upper), 2 * half, Math.Max(0.01, Math.Abs(lower - upper))), 1);
        double median = area.Y.Map(s.Median), above = area.Y.Map(s.Median + s.Notch), below = area.Y.Map(s.Median - s.Notch);
        return new PathBuilder().MoveTo(x - half, lower).LineTo(x + half, lower).LineTo(x + half, below).LineTo(x + half - notch, median)
            .LineTo(x + half, above)
            .LineTo(x + half, upper).LineTo(x - half, upper).LineTo(x - half, above).LineTo(x - half + notch, median)
            .LineTo(x - half, below).Close().Build();
    }

    private static IEnumerable<double> Ends(IReadOnlyList<float> outliers) => outliers.Count == 0 ? [] : [outliers[0], outliers[^1]];

    private static IEnumerable<float> Thinned(IReadOnlyList<float> outliers) => outliers.Count <= MostOutliers
        ? outliers
        : Enumerable.Range(0, MostOutliers).Select(i => outliers[(int)((long)i * (outliers.Count - 1) / (MostOutliers - 1))]);
}
