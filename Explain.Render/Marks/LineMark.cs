namespace Explain.Render;

/// <summary>A line through points in the order given; a point without finite neighbours is drawn as a dot. Where there are more points than pixels, each half pixel keeps its first, least, largest and last value, which draws the same picture (M4; Jugel, Jerzak, Hackenbroich and Markl 2014). A solid line of more than 2,000 points that goes back and forth is drawn without the parts that others cover, and as an image of two pixels a pixel where even the rest would ink half the plot.</summary>
public sealed record LineMark : Mark
{
    private const int MostPlain = 60;
    private const int MostCrossing = 2000;
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
    /// Whether a line with more points than pixels is summed up: a line through interquartile means within a tinted band from the least to the largest. For noisy curves, whose zig-zag would fill the band
    /// with ink; it flattens what swings.
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
        var pieces = new List<Node>();
        var piece = new List<Point>();
        foreach (var p in Points.Append(new Point(double.NaN, double.NaN)))
        {
            var at = area.Map(p.X, p.Y);
            if (IsFinite(at))
            {
                piece.Add(at);
                continue;
            }
            if (piece.Count == 1) pieces.Add(new PathNode(PathData.Circle(piece[0], Math.Max(2, Width)), Color));
            if (piece.Count > 1) pieces.AddRange(Piece(piece, area.Bounds.Inset(-Plot.ClipMargin)));
            piece.Clear();
        }
        if (pieces.Count == 0) return [];
        return [new GroupNode(pieces) { Label = Name.Length == 0 ? null : Name, Tooltip = Name.Length == 0 ? null : Name }];
    }

    private static bool IsFinite(Point p) => double.IsFinite(p.X) && double.IsFinite(p.Y);

    private IEnumerable<Node> Piece(List<Point> points, Rect seen)
    {
        if (points.Count <= MostPlain || points.Count <= Math.Abs(points[^1].X - points[0].X)) return [Line(points)];
        if (points[^1].X < points[0].X) points.Reverse();
        for (int i = 1; i < points.Count; i++)
        {
            if (points[i].X < points[i - 1].X) return points.Count > MostCrossing && Dashes.Count == 0 ? Crossing(points, seen) : [Line(points)];
        }
        return SumUp && points[^1].X - points[0].X > 2 * ColumnWidth ? Summed(points) : [Line(Thinned(points))];
    }

    private IEnumerable<Node> Crossing(List<Point> points, Rect seen) => LinePicture.Draw(points, seen, Pen) is { } node ? [node] : [];

    private static List<Point> Thinned(List<Point> points)
    {
        var kept = new List<Point>();
        for (int start = 0; start < points.Count;)
        {
            int end = start, least = start, largest = start;
            double column = Math.Floor(2 * points[start].X);
            for (; end < points.Count && Math.Floor(2 * points[end].X) == column; end++)
            {
                if (points[end].Y < points[least].Y) least = end;
                if (points[end].Y > points[largest].Y) largest = end;
            }
            int last = -1;
            foreach (int i in (int[])[start, Math.Min(least, largest), Math.Max(least, largest), end - 1])
            {
                if (i > last) kept.Add(points[i]);
                last = Math.Max(last, i);
            }
            start = end;
        }
        return kept;
    }

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
