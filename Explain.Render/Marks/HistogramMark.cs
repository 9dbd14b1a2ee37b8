namespace Explain.Render;

/// <summary>Bins of equal width as one filled outline, with a thin line on top.</summary>
public sealed record HistogramMark : Mark
{
    /// <summary>Where the first bin begins.</summary>
    public required double Minimum { get; init; }

    /// <summary>Where the last bin ends.</summary>
    public required double Maximum { get; init; }

    /// <summary>One height a bin.</summary>
    public required IReadOnlyList<double> Heights { get; init; }

    /// <summary>Colour of the line; the area is a lighter form of it.</summary>
    public required Color Color { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<double> Xs => [Minimum, Maximum];

    /// <inheritdoc/>
    public override IEnumerable<double> Ys => Heights.Where(double.IsFinite).Append(0);

    /// <inheritdoc/>
    public override IEnumerable<Node> Draw(PlotArea area)
    {
        if (Heights.Count == 0 || !double.IsFinite(Minimum) || !double.IsFinite(Maximum)) return [];
        double floor = area.FloorOf(0);
        var outline = new List<Point> { new(area.X.Map(Minimum), floor) };
        for (int i = 0; i < Heights.Count; i++)
        {
            double y = area.Y.Map(Heights[i]);
            y = double.IsFinite(y) ? Math.Min(area.Bounds.Bottom, y) : floor;
            outline.Add(new Point(area.X.Map(Edge(i)), y));
            outline.Add(new Point(area.X.Map(Edge(i + 1)), y));
        }
        outline.Add(new Point(area.X.Map(Maximum), floor));
        var path = PathData.Polyline(LineThinning.Where(outline));
        return [new PathNode(path, Color.WithAlpha(0.35)), new PathNode(path, Stroke: new Stroke(Color, 1, Join: LineJoin.Round))];
    }

    private double Edge(int i) => Minimum + ((Maximum - Minimum) * i / Heights.Count);
}
