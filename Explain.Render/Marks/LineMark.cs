namespace Explain.Render;

/// <summary>
/// A line through points in the order given; a point without finite neighbours is drawn as a dot. Where there are more points than pixels,
/// each half pixel keeps its first, least, largest and last value, which draws the same picture (M4; Jugel, Jerzak, Hackenbroich and Markl
/// 2014). A solid line of more than 2,000 points that goes back and forth is drawn without the parts that others cover, and as an image of
/// two pixels a pixel where even the rest would ink half the plot.
/// </summary>
public sealed record LineMark : Mark
{
    private const int MostCrossing = 2000;
    private const int MostPieces = 2000;
    private const double ColumnWidth = 4;
    private const double Window = 8;

    /// <summary>Pairs of values.</summary>
    public required IReadOnlyList<Point> Points { get; init; }

    /// <summary>Colour.</summary>
    public required Color Color { get; init; }

    /// <summary>Width in pixels.</summary>
    public double Width { get; init; } = 1.6;

    /// <summary>Dash pattern; solid where empty.</summary>
    public IReadOnlyList<double> Dashes { get; init; } = [];

    /// <summary>
    /// Whether a line with more points than pixels is summed up: a line through interquartile means within a tinted band from the least to
    /// the largest. For noisy curves, whose zig-zag would fill the band with ink; it flattens what swings.
    /// </summary>
    public bool SumUp { get; init; }

    /// <summary>Name of the series: its accessible name and its label at the end of the line.</summary>
    public string Name { get; init; } = "";

    /// <inheritdoc/>
    public override IEnumerable<double> Xs => DataEnds.Of(Points, vertical: false);

    /// <inheritdoc/>
    public override IEnumerable<double> Ys => DataEnds.Of(Points, vertical: true);

    /// <inheritdoc/>
    public override LegendEntry? Key => Name.Length == 0 ? null : new(Name, Color, null, Dashes);

    /// <inheritdoc/>
    public override IEnumerable<Node> Draw(PlotArea area)
    {
        var runs = Runs(area);
        var nodes = new List<Node>();
        if (runs.Count > MostPieces) nodes.AddRange(Many(runs, area));
        else
            nodes.AddRange(
                runs.SelectMany(run => run.Count > 1 ? Piece(run, area.Seen) : [new PathNode(PathData.Circle(run[0], Alone), Color)]));
        if (nodes.Count == 0) return [];
        return [new GroupNode(nodes) { Label = Name.Length == 0 ? null : Name, Tooltip = Name.Length == 0 ? null : Name }];
    }

    // Of a point without finite neighbours.
    private double Alone => Math.Max(2, Width);


    // Stretches without a gap, in pixels.
    private List<List<Point>> Runs(PlotArea area) => Gaps.Between(Points.Select(p => area.Map(p.X, p.Y)));

    // So many gaps that an outline for each would take more time and room than all that can be seen.
    private IEnumerable<Node> Many(List<List<Point>> runs, PlotArea area)
    {
        var lines = runs.Where(run => run.Count > 1).ToList();
        if (lines.Count > 0 && Dashes.Count > 0)
        {
            var path = new PathBuilder();
            foreach (var line in lines) path.Append(PathData.Polyline(LineThinning.Where(line)));
            yield return new PathNode(path.Build(), Stroke: Pen);
        }
        else if (lines.Count > 0 && LinePicture.Draw(lines, area.Seen, Pen) is { } node)
        {
            yield return node;
        }
        var alone = new DotMark { Points = [.. runs.Where(run => run.Count == 1).Select(run => run[0])], Color = Color, Radius = Alone };
        foreach (var dots in alone.Draw(area.InPixels())) yield return dots;
    }

    internal override string EndName => Xs.Any() ? Name : "";

    internal override EndLabel? EndIn(PlotArea area) => End(Points, area, Name, Color);

    /// <summary>The label at the last point that has a place.</summary>
    internal static EndLabel? End(IReadOnlyList<Point> points, PlotArea area, string name, Color color)
    {
        for (int i = points.Count - 1; i >= 0; i--)
        {
            var at = area.Map(points[i].X, points[i].Y);
            if (at.IsFinite) return new EndLabel(name, at.Y, color) { X = at.X };
        }
        return null;
    }

    private IEnumerable<Node> Piece(List<Point> points, Rect seen)
    {
        if (!LineThinning.IsCrowded(points)) return [Line(points)];
        if (points[^1].X < points[0].X) points.Reverse();
        if (!LineThinning.IsRising(points))
            return points.Count > MostCrossing && Dashes.Count == 0 ? Crossing(points, seen) : [Line(points)];
        return SumUp && points[^1].X - points[0].X > 2 * ColumnWidth ? Summed(points) : [Line(LineThinning.Thinned(points))];
    }

    private IEnumerable<Node> Crossing(List<Point> points, Rect seen) => LinePicture.Draw([points], seen, Pen) is { } node ? [node] : [];

    // The range of each column of pixels is tinted, and the line runs through the middle half of the values.
    private IEnumerable<Node> Summed(List<Point> points)
    {
        var middle = new List<Point>();
        var upper = new List<Point>();
        var lower = new List<Point>();
        int from = 0, to = 0;
        for (int start = 0; start < points.Count;)
        {
            int end = start;
            while (end < points.Count && points[end].X - points[start].X < ColumnWidth) end++;
            double[] ys = [.. points.GetRange(start, end - start).Select(p => p.Y).Order()];
            // The outer columns reach to the first and the last point.
            double x = start == 0 ? points[0].X : end == points.Count ? points[^1].X : (points[start].X + points[end - 1].X) / 2;
            // A column alone holds so few points that the median would jump between the two sides of a zig-zag.
            while (points[from].X < points[start].X - Window) from++;
            while (to < points.Count && points[to].X <= points[end - 1].X + Window) to++;
            double[] around = [.. points.GetRange(from, to - from).Select(p => p.Y).Order()];
            int quarter = around.Length / 4;
            middle.Add(new Point(x, around[quarter..^quarter].Average()));
            upper.Add(new Point(x, ys[0]));
            lower.Add(new Point(x, ys[^1]));
            start = end;
        }
        return [new PathNode(PathData.Polygon([.. upper, .. lower.AsEnumerable().Reverse()]), Color.WithAlpha(0.25)), Line(middle)];
    }

    private PathNode Line(List<Point> points) => new(PathData.Polyline(points), Stroke: Pen);

    private Stroke Pen => new(Color, Width, Dashes, LineCap.Round, LineJoin.Round);
}
