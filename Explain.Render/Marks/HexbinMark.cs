namespace Explain.Render;

/// <summary>A scatter of many points counted into hexagons, coloured by number (logarithmic) or by the mean of a third value.</summary>
public sealed record HexbinMark : Mark
{
    /// <summary>Pairs of values; pairs that are not finite are left out.</summary>
    public required IReadOnlyList<Point> Points { get; init; }

    /// <summary>
    /// A third value, one a point, whose mean over the finite ones is the colour; the number of points where empty. A hexagon without a
    /// finite value has the scale's colour for those.
    /// </summary>
    public IReadOnlyList<float> Values { get; init; } = [];

    /// <summary>Colours of means; where null, a sequential scale from the least to the largest mean of the hexagons drawn.</summary>
    public ColorScale? Scale { get; init; }

    /// <summary>From one upright side of a hexagon to the other, in pixels.</summary>
    public double Width { get; init; } = 9;

    /// <summary>Its accessible name.</summary>
    public string Name { get; init; } = "";

    /// <inheritdoc/>
    public override IEnumerable<double> Xs => DataEnds.Of(Points, vertical: false);

    /// <inheritdoc/>
    public override IEnumerable<double> Ys => DataEnds.Of(Points, vertical: true);

    /// <inheritdoc/>
    public override IEnumerable<Node> Draw(PlotArea area)
    {
        var bins = Bins(area);
        if (bins.Count == 0) yield break;
        int most = bins.Max(b => b.Count);
        var scale = Means(bins, area.Theme);
        yield return new GroupNode([.. bins.Select(b => new PathNode(
            HexBins.Outline(b.Center, Width), scale is null ? DensityMark.Shade(b.Count, most, area.Theme) : scale.At(b.Mean)))])
        {
            Adjoining = true,
            Label = Name.Length > 0 ? Name : null,
        };
    }

    /// <summary>The most points in a hexagon: the upper end of the colours.</summary>
    public int MostInBin(PlotArea area) => Bins(area).Select(b => b.Count).DefaultIfEmpty(0).Max();

    internal override MarkColors? ColorsIn(PlotArea area) =>
        Means(Bins(area), area.Theme) is { } scale ? new ValueColors(scale)
            : MostInBin(area) is > 0 and var most ? new CountColors(most)
            : null;

    internal override void Check()
    {
        if (Values.Count > 0 && Values.Count != Points.Count)
            throw new ArgumentException(
                $"HexbinMark.Values has {Values.Count} values for {Points.Count} points; it needs one a point, or none for counts.");
    }

    private ColorScale? Means(IReadOnlyList<HexBin> bins, Theme theme)
    {
        if (Values.Count == 0) return null;
        if (Scale is not null) return Scale;
        var means = Limits.Of(bins.Select(b => b.Mean)).OrWidened();
        return ColorScale.Sequential(theme, means.Max, means.Min);
    }

    private IReadOnlyList<HexBin> Bins(PlotArea area) =>
        HexBins.Of(Points.Select(p => Inside(area.Map(p.X, p.Y), area.Bounds)), Values, Math.Max(1, Width));

    private static Point Inside(Point p, Rect bounds) =>
        p.X >= bounds.X - 0.01 && p.X <= bounds.Right + 0.01 && p.Y >= bounds.Y - 0.01 && p.Y <= bounds.Bottom + 0.01 ? p
            : new Point(double.NaN, double.NaN);
}
