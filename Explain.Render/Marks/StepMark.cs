namespace Explain.Render;

/// <summary>Where a line of steps goes from one value to the next.</summary>
public enum StepPlace
{
    /// <summary>At the next point: each value holds from its place on, as a schedule's does.</summary>
    After,

    /// <summary>At the point itself: each value holds up to its place, as that of an interval that ends there.</summary>
    Before,

    /// <summary>Half way on the axis.</summary>
    Middle,
}

/// <summary>
/// Values that hold over a stretch and then jump: a schedule, an empirical distribution, a histogram of any bins (<see cref="Histogram"/>).
/// </summary>
public sealed record StepMark : Mark
{
    private const double Tint = 0.25;
    private static readonly Point Nowhere = new(double.NaN, double.NaN);

    /// <summary>Pairs of values, the places in rising or falling order; a pair that is not finite leaves a gap.</summary>
    public required IReadOnlyList<Point> Points { get; init; }

    /// <summary>Colour of the line; the area is a lighter form of it.</summary>
    public required Color Color { get; init; }

    /// <summary>Where the steps lie.</summary>
    public StepPlace Place { get; init; }

    /// <summary>
    /// The value down to which the area under the steps is tinted and to which the line goes at both ends, 0 for a histogram; no area where
    /// null. On a logarithmic axis, values without a place stand at its lower end.
    /// </summary>
    public double? Base { get; init; }

    /// <summary>Width in pixels.</summary>
    public double Width { get; init; } = 1.4;

    /// <summary>Dash pattern; solid where empty.</summary>
    public IReadOnlyList<double> Dashes { get; init; } = [];

    /// <summary>Name of the series: its accessible name, its entry in a legend and its label at the end.</summary>
    public string Name { get; init; } = "";

    /// <inheritdoc/>
    public override IEnumerable<double> Xs => DataEnds.Of(Points, vertical: false);

    /// <inheritdoc/>
    public override IEnumerable<double> Ys =>
        Base is { } b && double.IsFinite(b) ? DataEnds.Of(Points, vertical: true).Append(b) : DataEnds.Of(Points, vertical: true);

    /// <inheritdoc/>
    public override LegendEntry? Key => Name.Length == 0 ? null : new(Name, Color, null, Dashes) { Patch = Base is null ? null : Tint };

    internal override string EndName => Name;

    /// <summary>
    /// A histogram as steps, its bins of any widths: several of them in one plot stay readable where filled ones would hide each other.
    /// </summary>
    /// <param name="edges">Where bins begin and end, rising: n + 1 for n bins.</param>
    /// <param name="heights">One a bin; nothing is drawn over a bin whose height is not finite.</param>
    /// <param name="color">Colour of the line.</param>
    /// <exception cref="ArgumentException">There is not one edge more than heights.</exception>
    public static StepMark Histogram(IReadOnlyList<double> edges, IReadOnlyList<double> heights, Color color)
    {
        ArgumentNullException.ThrowIfNull(edges);
        ArgumentNullException.ThrowIfNull(heights);
        if (edges.Count != heights.Count + 1)
            throw new ArgumentException(
                $"A histogram of {heights.Count} heights needs {heights.Count + 1} edges; it was given {edges.Count}.", nameof(edges));
        // The last bin ends at an edge of its own.
        Point[] points =
        [
            .. heights.Select((height, i) => new Point(edges[i], height)),
            .. heights.Count > 0 ? [new Point(edges[^1], heights[^1])] : Array.Empty<Point>(),
        ];
        return new StepMark { Points = points, Color = color, Base = 0 };
    }

    /// <inheritdoc/>
    public override IEnumerable<Node> Draw(PlotArea area)
    {
        double? floor = Base is { } b ? area.FloorOf(b) : null;
        var nodes = new List<Node>();
        foreach (var run in Runs(area, floor))
        {
            var steps = LineThinning.Where(Steps(run));
            if (steps.Count > LinePicture.MostPoints && Base is null && Dashes.Count == 0)
            {
                if (LinePicture.Draw([steps], area.Seen, new Stroke(Color, Width)) is { } crowd) nodes.Add(crowd);
                continue;
            }
            if (floor is { } y)
            {
                steps = [new Point(steps[0].X, y), .. steps, new Point(steps[^1].X, y)];
                nodes.Add(new PathNode(PathData.Polygon(steps), Color.WithAlpha(Tint * Color.A / 255)));
            }
            nodes.Add(steps.Count == 1
                ? new PathNode(PathData.Circle(steps[0], Math.Max(2, Width)), Color)
                : new PathNode(PathData.Polyline(steps), Stroke: new Stroke(Color, Width, Dashes, LineCap.Butt, LineJoin.Miter)));
        }
        return nodes.Count == 0 ? []
            : [new GroupNode(nodes) { Label = Name.Length == 0 ? null : Name, Tooltip = Name.Length == 0 ? null : Name }];
    }

    internal override EndLabel? EndIn(PlotArea area) => LineMark.End(Points, area, Name, Color);

    // Stretches without a gap, in pixels.
    private List<List<Point>> Runs(PlotArea area, double? floor) => Gaps.Between(Placed(area, floor));

    private IEnumerable<Point> Placed(PlotArea area, double? floor)
    {
        Point? last = null;
        foreach (var p in Points)
        {
            var at = area.Map(p.X, p.Y);
            if (double.IsNaN(at.Y) && double.IsFinite(p.Y) && floor is { } y) at = at with { Y = y };
            // A value holds up to the next place, though nothing is known from there on.
            if (!at.IsFinite && last is { } before && Place == StepPlace.After && double.IsFinite(at.X))
                yield return at with { Y = before.Y };
            yield return at.IsFinite ? at : Nowhere;
            last = at.IsFinite ? at : null;
        }
    }

    private List<Point> Steps(List<Point> run)
    {
        var steps = new List<Point>(2 * run.Count) { run[0] };
        for (int i = 1; i < run.Count; i++)
        {
            var (before, at) = (run[i - 1], run[i]);
            double x = Place switch { StepPlace.After => at.X, StepPlace.Before => before.X, _ => (before.X + at.X) / 2 };
            if (before.Y != at.Y)
            {
                Add(new Point(x, before.Y));
                Add(new Point(x, at.Y));
            }
        }
        Add(run[^1]);
        return steps;

        void Add(Point p)
        {
            if (p != steps[^1]) steps.Add(p);
        }
    }
}
