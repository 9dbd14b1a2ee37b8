namespace Explain.Render;

/// <summary>An estimate with its confidence interval: a point and whiskers.</summary>
/// <param name="At">Position along the categories or values.</param>
/// <param name="Value">The estimate.</param>
/// <param name="Lower">Lower end.</param>
/// <param name="Upper">Upper end.</param>
public readonly record struct Interval(double At, double Value, double Lower, double Upper);

/// <summary>
/// Estimates with their confidence intervals. Of more than 5,000, the whiskers whose places share half a pixel become one, from the least
/// to the largest end.
/// </summary>
public sealed record IntervalMark : Mark
{
    private const double Cap = 3;
    private const int MostOutlines = 5000;
    private const double Radius = 2.8;

    /// <summary>The intervals; those that are not finite are left out.</summary>
    public required IReadOnlyList<Interval> Intervals { get; init; }

    /// <summary>Colour of point and whiskers.</summary>
    public required Color Color { get; init; }

    /// <summary>Shape of the points; none where null.</summary>
    public Marker? Marker { get; init; } = Render.Marker.Circle;

    /// <summary>Whether values run along the horizontal axis, as beside horizontal bars.</summary>
    public bool Horizontal { get; init; }

    /// <summary>Its name in a legend; none where empty.</summary>
    public string Name { get; init; } = "";

    /// <inheritdoc/>
    public override IEnumerable<double> Xs => Horizontal ? Values : Positions;

    /// <inheritdoc/>
    public override IEnumerable<double> Ys => Horizontal ? Positions : Values;

    /// <inheritdoc/>
    public override LegendEntry? Key => Name.Length == 0 ? null : new(Name, Color, Marker);

    private IEnumerable<double> Values => Intervals.SelectMany(i => new[] { i.Value, i.Lower, i.Upper }).Where(double.IsFinite);

    private IEnumerable<double> Positions => Intervals.Select(i => i.At).Where(double.IsFinite);

    /// <inheritdoc/>
    public override IEnumerable<Node> Draw(PlotArea area)
    {
        return Intervals.Count > MostOutlines ? Crowd(area) : Each(area);
    }

    private IEnumerable<Node> Each(PlotArea area)
    {
        var pen = new Stroke(Color, 1.1);
        foreach (var interval in Intervals)
        {
            Point low = Place(interval.Lower), high = Place(interval.Upper), at = Place(interval.Value);
            if (double.IsFinite(low.X + low.Y + high.X + high.Y))
            {
                double dx = Horizontal ? 0 : Cap, dy = Horizontal ? Cap : 0;
                yield return new PathNode(
                    new PathBuilder().MoveTo(low.X, low.Y).LineTo(high.X, high.Y).MoveTo(low.X - dx, low.Y - dy)
                        .LineTo(low.X + dx, low.Y + dy).MoveTo(high.X - dx, high.Y - dy).LineTo(high.X + dx, high.Y + dy).Build(),
                    Stroke: pen);
            }
            if (Marker is { } marker && double.IsFinite(at.X + at.Y))
                yield return new PathNode(Markers.Outline(marker, at, Radius), Color, Rule: FillRule.EvenOdd);

            Point Place(double value) => Horizontal ? area.Map(value, interval.At) : area.Map(interval.At, value);
        }
    }

    private IEnumerable<Node> Crowd(PlotArea area)
    {
        var reach = new Dictionary<double, (double Low, double High)>();
        var middles = new List<Point>();
        var (along, across) = Horizontal ? (area.X, area.Y) : (area.Y, area.X);
        foreach (var interval in Intervals)
        {
            double at = across.Map(interval.At), low = along.Map(interval.Lower), high = along.Map(interval.Upper),
                value = along.Map(interval.Value);
            if (!double.IsFinite(at)) continue;
            middles.Add(Horizontal ? new Point(value, at) : new Point(at, value));
            if (!double.IsFinite(low + high)) continue;
            double cell = Math.Floor(2 * at);
            if (!reach.TryGetValue(cell, out var old)) old = (low, low);
            reach[cell] = (Math.Min(old.Low, Math.Min(low, high)), Math.Max(old.High, Math.Max(low, high)));
        }
        var path = new PathBuilder();
        foreach (var (cell, (low, high)) in reach.OrderBy(r => r.Key))
        {
            double at = (cell + 0.5) / 2;
            path.Append(Horizontal ? PathData.Line(low, at, high, at) : PathData.Line(at, low, at, high));
        }
        if (reach.Count > 0) yield return new PathNode(path.Build(), Stroke: new Stroke(Color, 0.5));
        if (Marker is not { } marker) yield break;
        foreach (var dots in new DotMark { Points = middles, Color = Color, Marker = marker, Radius = Radius }.Draw(area.InPixels()))
            yield return dots;
    }
}
