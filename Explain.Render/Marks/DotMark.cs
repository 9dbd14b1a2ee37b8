namespace Explain.Render;

/// <summary>
/// Points of one category as markers, laid over each other in the order given. Of more than 10,000, those whose middles share a half pixel
/// become one; where that leaves more, they are drawn as one image of two pixels a pixel, so that neither time nor size grows with what
/// nobody can see. Where there are so many that they hide each other, <see cref="DensityMark"/> shows how many they are.
/// </summary>
public sealed record DotMark : Mark
{
    private const int MostOutlines = 10_000;

    /// <summary>Pairs of values; pairs that are not finite are left out.</summary>
    public required IReadOnlyList<Point> Points { get; init; }

    /// <summary>Colour of the marker.</summary>
    public required Color Color { get; init; }

    /// <summary>Shape of the marker.</summary>
    public Marker Marker { get; init; } = Marker.Circle;

    /// <summary>Radius in pixels.</summary>
    public double Radius { get; init; } = 3;

    /// <summary>A thin rim that keeps overlapping markers apart; none where null.</summary>
    public Color? Rim { get; init; }

    /// <summary>Name of the category, its accessible name.</summary>
    public string Name { get; init; } = "";

    /// <inheritdoc/>
    public override IEnumerable<double> Xs => DataEnds.Of(Points, vertical: false);

    /// <inheritdoc/>
    public override IEnumerable<double> Ys => DataEnds.Of(Points, vertical: true);

    /// <inheritdoc/>
    public override LegendEntry? Key => Name.Length == 0 ? null : new(Name, Color, Marker);

    /// <inheritdoc/>
    public override IEnumerable<Node> Draw(PlotArea area)
    {
        if (!(Radius > 0) || !double.IsFinite(Radius)) return [];
        if (Points.Count > MostOutlines) return Many(area);
        var dots = new List<Node>();
        foreach (var p in Points)
        {
            var at = area.Map(p.X, p.Y);
            if (double.IsFinite(at.X) && double.IsFinite(at.Y)) dots.Add(Outline(at, Color));
        }
        return dots.Count == 0 ? [] : [new GroupNode(dots) { Label = Name.Length == 0 ? null : Name }];
    }

    /// <summary>One dot.</summary>
    internal PathNode Outline(Point at, Color color) =>
        new(
            Markers.Outline(Marker, at, Radius),
            color,
            Rim is { } rim ? new Stroke(rim, Math.Max(0.4, Radius / 5)) : null,
            FillRule.EvenOdd);

    private GroupNode[] Many(PlotArea area)
    {
        var picture = new DotPicture(this, area, area.Seen);
        if (picture.Distinct == 0) return [];
        Node[] nodes = picture.Distinct > MostOutlines
            ? [picture.Paint()]
            : [.. picture.Topmost().Select(dot => Outline(area.Map(Points[dot.Point].X, Points[dot.Point].Y), Layered(dot.Count)))];
        string count = $"{NumberFormat.Count(Points.Count)} points{(nodes[0] is PixelsNode ? ", drawn as an image" : "")}";
        return [new GroupNode(nodes) { Label = Name.Length == 0 ? count : $"{Name}: {count}" }];
    }

    // The colour of so many dots laid over each other.
    private Color Layered(int count) => Color with { A = (byte)Math.Round(255 * (1 - DotPicture.Through(Color.A / 255.0, count))) };
}
