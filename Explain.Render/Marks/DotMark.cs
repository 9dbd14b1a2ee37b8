namespace Explain.Render;

/// <summary>Points of one category as markers.</summary>
public sealed record DotMark : Mark
{
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
    public override IEnumerable<double> Xs => Points.Select(p => p.X).Where(double.IsFinite);

    /// <inheritdoc/>
    public override IEnumerable<double> Ys => Points.Select(p => p.Y).Where(double.IsFinite);

    /// <inheritdoc/>
    public override LegendEntry? Key => Name.Length == 0 ? null : new(Name, Color, Marker);

    /// <inheritdoc/>
    public override IEnumerable<Node> Draw(PlotArea area)
    {
        var verbs = new List<Node>();
        foreach (var p in Points)
        {
            var at = area.Map(p.X, p.Y);
            if (!double.IsFinite(at.X) || !double.IsFinite(at.Y)) continue;
            verbs.Add(new PathNode(Markers.Outline(Marker, at, Radius), Color, Rim is { } rim ? new Stroke(rim, Math.Max(0.4, Radius / 5)) : null, FillRule.EvenOdd));
        }
        return verbs.Count == 0 ? [] : [new GroupNode(verbs) { Label = Name.Length == 0 ? null : Name }];
    }
}

/// <summary>A piece of text at a pair of values, with a halo of the background so that it can be read over marks.</summary>
public sealed record LabelMark : Mark
{
    /// <summary>Where its middle lies.</summary>
    public required Point At { get; init; }

    /// <summary>The text.</summary>
    public required string Text { get; init; }

    /// <summary>Its colour.</summary>
    public required Color Color { get; init; }

    /// <summary>Its size.</summary>
    public double Size { get; init; } = Typography.Label;

    /// <inheritdoc/>
    public override IEnumerable<Node> Draw(PlotArea area)
    {
        var at = area.Map(At.X, At.Y);
        if (!double.IsFinite(at.X) || !double.IsFinite(at.Y)) return [];
        double width = Typeface.Current.Measure(Text, Size, FontWeight.Bold);
        var plate = new Rect(at.X - (width / 2) - 3, at.Y - (Size * 0.62), width + 6, Size * 1.24);
        return
        [
            new PathNode(PathData.Rectangle(plate, Size * 0.4), area.Theme.Background.WithAlpha(0.82)),
            new TextNode(Text, new Point(at.X, Typography.Centered(at.Y, Size)), Size, Color, TextAnchor.Middle, FontWeight.Bold),
        ];
    }
}
