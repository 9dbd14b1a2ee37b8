namespace Explain.Render;

/// <summary>
/// A filled curve that stands upright in space, like a sheet cut along its upper edge: one of the histograms of a ridge landscape.
/// </summary>
public sealed record RibbonItem : SpaceItem
{
    /// <summary>The upper edge in order; a point that is not finite leaves a gap.</summary>
    public required IReadOnlyList<Point3> Points { get; init; }

    /// <summary>Height of the lower edge; the bottom of the box where null.</summary>
    public double? Base { get; init; }

    /// <summary>Colour of the sheet.</summary>
    public required Color Fill { get; init; }

    /// <summary>0 … 1.</summary>
    public double Opacity { get; init; } = 1;

    /// <summary>Colour of the upper edge; none where null.</summary>
    public Color? Line { get; init; }

    /// <summary>Width of the upper edge in pixels.</summary>
    public double LineWidth { get; init; } = 1;

    internal override (Limits X, Limits Y, Limits Z) Extent =>
        ExtentOf(Base is { } b ? Points.Concat(Points.Take(1).Select(p => p with { Z = b })) : Points);

    internal override void Build(Stage stage)
    {
        Point3[] top = [.. Points.Select(stage.Map)];
        double floor = Base is { } b && double.IsFinite(stage.MapZ(b)) ? stage.MapZ(b) : stage.Floor;
        double alpha = Opacity * Fill.A / 255.0;
        for (int i = 0; i + 1 < top.Length; i++)
        {
            if (!top[i].IsFinite || !top[i + 1].IsFinite) continue;
            var (a, b2, c, d) = (
                Corner(top[i]), Corner(top[i + 1]), Corner(top[i + 1] with { Z = floor }), Corner(top[i] with { Z = floor }));
            stage.Add(a, b2, c, Palette.None, alpha);
            stage.Add(a, c, d, Palette.None, alpha);
        }
        if (Line is { } line)
            stage.Add(new StageLine([top], line, LineWidth) { Name = Name, Order = LineOrder.Edge });

        SpatialVertex Corner(Point3 at) => stage.Vertex(at, default, Shading.Flat) with { Red = Fill.R, Green = Fill.G, Blue = Fill.B };
    }
}
