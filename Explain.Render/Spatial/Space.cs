namespace Explain.Render;

/// <summary>
/// Data in three dimensions: items in a box whose axes face the reader. Surfaces, meshes, panels, ribbons and points are painted through a
/// z-buffer into one image; lines and text lie over it as outlines, cut where something stands before them, so that they stay crisp in SVG
/// and PDF. Draws the same for any number of threads.
/// </summary>
public sealed record Space
{
    private const double LeastDensity = 0.1;
    private const int MostPixels = 8000;

    /// <summary>Everything, labels included, stays within it.</summary>
    public required Rect Bounds { get; init; }

    /// <summary>The data.</summary>
    /// <exception cref="ArgumentException">The arrays of an item do not go together.</exception>
    public required IReadOnlyList<SpaceItem> Items
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            foreach (var item in value) item.Check();
            field = value;
        }
    }

    /// <summary>First horizontal axis. Its limits are those of the items where it has none.</summary>
    public Axis X { get; init; } = new();

    /// <summary>Second horizontal axis.</summary>
    public Axis Y { get; init; } = new();

    /// <summary>Vertical axis.</summary>
    public Axis Z { get; init; } = new();

    /// <summary>Ticks of the first horizontal axis; those that its scale finds where null.</summary>
    public IReadOnlyList<Tick>? XTicks { get; init; }

    /// <summary>Ticks of the second horizontal axis; those that its scale finds where null.</summary>
    public IReadOnlyList<Tick>? YTicks { get; init; }

    /// <summary>Ticks of the vertical axis; those that its scale finds where null.</summary>
    public IReadOnlyList<Tick>? ZTicks { get; init; }

    /// <summary>Where it is seen from.</summary>
    public Camera Camera { get; init; } = new();

    /// <summary>Lengths of the sides of the box, to each other.</summary>
    public Point3 Aspect { get; init; } = new(1, 1, 0.62);

    /// <summary>Whether walls, grid lines, ticks and axis labels are drawn.</summary>
    public bool ShowAxes { get; init; } = true;

    /// <summary>
    /// True where the camera will turn: size and place are then such that the box and its labels fit at every azimuth, the same for all.
    /// </summary>
    public bool Turning { get; init; }

    /// <summary>Said in the middle where no item has anything to draw.</summary>
    public string Empty { get; init; } = "no data";

    /// <summary>The nodes.</summary>
    /// <param name="theme">Colours.</param>
    /// <param name="density">
    /// Device pixels a scene pixel that the painted image should be fine enough for; less where it would have more than 8,000 pixels a
    /// side.
    /// </param>
    public GroupNode Draw(Theme theme, double density)
    {
        ArgumentNullException.ThrowIfNull(theme);
        if (!(Bounds.Width >= 1 && Bounds.Height >= 1)) return new GroupNode([]);
        density = Math.Clamp(double.IsFinite(density) ? density : 1, LeastDensity, MostPixels / Math.Max(Bounds.Width, Bounds.Height));
        var box = SpaceBox.Of(this);
        var frame = ShowAxes ? AxisLayout.Fit(this, box, theme.Face) : AxisLayout.FitBare(this, box, theme.Face);
        var stage = new Stage(box, frame.Projection, theme);
        foreach (var item in Items)
            item.Build(stage);
        var nodes = new List<Node>();
        nodes.AddRange(AxisBox.Walls(frame, box, theme, ShowAxes));
        var depth = DepthBuffer.Paint(stage, Bounds, density);
        if (depth.Image is { } image) nodes.Add(image);
        nodes.AddRange(VisibleLine.Draw(stage, depth, theme));
        nodes.AddRange(LabelPlacement.Draw(stage, Bounds, theme, frame.Texts.Select(text => text.Place)));
        // Where there is nothing to measure, numbers along the axes would only stand in the way of the word.
        if (!stage.IsEmpty)
            nodes.AddRange(AxisBox.Labels(frame, theme));
        else
            nodes.Add(new TextNode(
                theme.Face.Ellipsize(Empty, Bounds.Width, Typography.Small),
                new Point(Bounds.Center.X, theme.Face.Centered(Bounds.Center.Y, Typography.Small)),
                Typography.Small,
                theme.Muted,
                TextAnchor.Middle));
        return new GroupNode(nodes);
    }
}
