namespace Explain.Render;

/// <summary>A line through points in space, drawn crisply over what was painted and cut where something stands before it.</summary>
public sealed record LineItem : SpaceItem
{
    /// <summary>In order; a point that is not finite leaves a gap.</summary>
    public required IReadOnlyList<Point3> Points { get; init; }

    /// <summary>Colour.</summary>
    public required Color Color { get; init; }

    /// <summary>Width in pixels.</summary>
    public double Width { get; init; } = 1.6;

    /// <summary>Dash pattern; solid where empty.</summary>
    public IReadOnlyList<double> Dashes { get; init; } = [];

    /// <summary>What is seen of it where something stands before it.</summary>
    public HiddenLine Hidden { get; init; } = HiddenLine.Faded;

    /// <summary>Paler the farther its middle is: 0 for not at all, 1 for the most. Lets the front of a tangle of lines stand out.</summary>
    public double DepthCue { get; init; }

    internal override (Limits X, Limits Y, Limits Z) Extent => ExtentOf(Points);

    internal override void Build(Stage stage) =>
        stage.Add(new StageLine(
            [[.. Points.Select(stage.Map)]],
            Color,
            Width) { Dashes = Dashes, Hidden = Hidden, DepthCue = DepthCue, Name = Name, Order = LineOrder.Data });
}
