namespace Explain.Render;

/// <summary>A line of equal height on a surface.</summary>
/// <param name="Height">The height.</param>
public sealed record Contour(double Height)
{
    /// <summary>Width in pixels.</summary>
    public double Width { get; init; } = 0.8;

    /// <summary>Colour; a translucent foreground where null.</summary>
    public Color? Color { get; init; }

    /// <summary>Whether the line is also drawn on the floor of the box.</summary>
    public bool OnFloor { get; init; }

    /// <summary>Whether it is drawn on the surface.</summary>
    public bool OnSurface { get; init; } = true;

    /// <summary>Lines at whole steps between the limits, about <paramref name="count"/> of them.</summary>
    public static IReadOnlyList<Contour> Every(Limits limits, int count)
    {
        if (limits.IsEmpty || limits.Span <= 0) return [];
        var scale = new LinearScale(limits, 0, 100.0 * Math.Max(1, count));
        return [.. scale.Ticks(100).Where(t => t.Value > limits.Min && t.Value < limits.Max).Select(t => new Contour(t.Value))];
    }
}

/// <summary>Heights over a grid of x and y, as a coloured surface with optional lines. A height that is not finite leaves a hole.</summary>
public sealed record SurfaceItem : SpaceItem
{
    /// <summary>Columns of the grid, in rising or falling order.</summary>
    public required IReadOnlyList<double> Xs { get; init; }

    /// <summary>Rows of the grid, in rising or falling order.</summary>
    public required IReadOnlyList<double> Ys { get; init; }

    /// <summary>
    /// Heights [row, column]: of <see cref="Ys"/> by <see cref="Xs"/>. Of grids of more than 700 a side, the finite heights of each block
    /// of places are averaged.
    /// </summary>
    public required double[,] Heights { get; init; }

    /// <summary>Values by which the surface is coloured, [row, column] as <see cref="Heights"/>; the heights where null.</summary>
    public double[,]? Values { get; init; }

    /// <summary>
    /// Values to colours; where null, from the least to the largest of <see cref="Values"/> or, without those, over the heights that the
    /// axis shows.
    /// </summary>
    public ColorScale? Colors { get; init; }

    /// <summary>One colour for all of it instead of <see cref="Colors"/>.</summary>
    public Color? Color { get; init; }

    /// <summary>The surface ends where it falls below this height, cut between the places of the grid; nowhere where null.</summary>
    public double? Least { get; init; }

    /// <summary>How it answers light.</summary>
    public Shading Shading { get; init; }

    /// <summary>0 … 1; below 1 what is behind shines through.</summary>
    public double Opacity { get; init; } = 1;

    /// <summary>False for a wireframe without a skin; its hidden lines are then seen.</summary>
    public bool Filled { get; init; } = true;

    /// <summary>A line along every so many rows and columns, the outermost among them; none where 0.</summary>
    public int LinesEvery { get; init; }

    /// <summary>Colour of those lines; a translucent foreground where null.</summary>
    public Color? LineColor { get; init; }

    /// <summary>Lines of equal height.</summary>
    public IReadOnlyList<Contour> Contours { get; init; } = [];

    internal override (Limits X, Limits Y, Limits Z) Extent => (Limits.Of(Xs), Limits.Of(Ys), Limits.Of(Heights.Cast<double>()));

    internal override void Check()
    {
        if (Heights.GetLength(0) < Ys.Count || Heights.GetLength(1) < Xs.Count)
            throw new ArgumentException(
                $"SurfaceItem.Heights has {Heights.GetLength(0)} rows of {Heights.GetLength(1)}; "
                    + $"Ys and Xs call for {Ys.Count} rows of {Xs.Count}.");
        if (Values is { } values && (values.GetLength(0) < Ys.Count || values.GetLength(1) < Xs.Count))
            throw new ArgumentException(
                $"SurfaceItem.Values has {values.GetLength(0)} rows of {values.GetLength(1)}; "
                    + $"Ys and Xs call for {Ys.Count} rows of {Xs.Count}, as the heights have.");
    }

    internal override void Build(Stage stage) => new SurfaceBuilder(this, stage).Build();
}
