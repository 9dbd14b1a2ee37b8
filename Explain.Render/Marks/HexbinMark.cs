namespace Explain.Render;

/// <summary>A scatter of many points counted into hexagons, coloured by number (logarithmic) or by the mean of a third value.</summary>
public sealed record HexbinMark : Mark
{
    /// <summary>Pairs of values; pairs that are not finite are left out.</summary>
    public required IReadOnlyList<Point> Points { get; init; }

    /// <summary>A third value, one a point, whose mean is the colour; the number of points where empty.</summary>
    public IReadOnlyList<float> Values { get; init; } = [];

    /// <summary>Colours of means; needed where there are values.</summary>
    public ColorScale? Scale { get; init; }

    /// <summary>From one upright side of a hexagon to the other, in pixels.</summary>
    public double Width { get; init; } = 9;

    /// <summary>Its accessible name.</summary>
    public string Name { get; init; } = "";

    /// <inheritdoc/>
    public override IEnumerable<double> Xs => Points.Where(IsFinite).Select(p => p.X);

    /// <inheritdoc/>
    public override IEnumerable<double> Ys => Points.Where(IsFinite).Select(p => p.Y);

    /// <inheritdoc/>
    public override IEnumerable<Node> Draw(PlotArea area)
    {
        var bins = Bins(area);
        if (bins.Count == 0) yield break;
        int most = bins.Max(b => b.Count);
        yield return new GroupNode([.. bins.Select(b => new PathNode(HexBins.Outline(b.Center, Width), Color(b, most, area.Theme)))]) { Adjoining = true, Label = Name.Length > 0 ? Name : null };
    }

    /// <summary>The most points in a hexagon: the upper end of the colours.</summary>
    public int MostInBin(PlotArea area) => Bins(area).Select(b => b.Count).DefaultIfEmpty(0).Max();

    internal override IReadOnlyList<Node> ColorKey(PlotArea area, Point at, double width, string label) =>
        Values.Count > 0 && Scale is { } scale ? [.. ColorBar.Draw(scale, at, width, area.Theme, label)] : [.. CountBar.Draw(MostInBin(area), at, width, area.Theme, label)];

    private Color Color(HexBin bin, int most, Theme theme) =>
        Values.Count > 0 && Scale is { } scale ? scale.At(bin.Sum / bin.Count) : DensityMark.Shade(bin.Count, most, theme);

    private IReadOnlyList<HexBin> Bins(PlotArea area) => HexBins.Of(Points.Select(p => Inside(area.Map(p.X, p.Y), area.Bounds)), Values, Math.Max(1, Width));

    private static Point Inside(Point p, Rect bounds) =>
        p.X >= bounds.X - 0.01 && p.X <= bounds.Right + 0.01 && p.Y >= bounds.Y - 0.01 && p.Y <= bounds.Bottom + 0.01 ? p : new Point(double.NaN, double.NaN);

    private static bool IsFinite(Point p) => double.IsFinite(p.X) && double.IsFinite(p.Y);
}
