namespace Explain.Render;

/// <summary>
/// A piece of text beside a point in space. It moves a little where it would cover another label, and a thin line then leads back to its
/// point.
/// </summary>
public sealed record LabelItem : SpaceItem
{
    /// <summary>What it belongs to.</summary>
    public required Point3 At { get; init; }

    /// <summary>The text, one line.</summary>
    public required string Text { get; init; }

    /// <summary>Colour; the theme's foreground where null.</summary>
    public Color? Color { get; init; }

    /// <summary>Size in pixels an em.</summary>
    public double Size { get; init; } = Typography.Label;

    /// <summary>Weight of the letters.</summary>
    public FontWeight Weight { get; init; } = FontWeight.Regular;

    /// <summary>Whether its middle lies on the point; otherwise it stands beside it, <see cref="Gap"/> pixels away.</summary>
    public bool Centered { get; init; }

    /// <summary>Pixels between the point and the text.</summary>
    public double Gap { get; init; } = 6;

    internal override (Limits X, Limits Y, Limits Z) Extent => ExtentOf([At]);

    internal override void Build(Stage stage)
    {
        var at = stage.Map(At);
        if (stage.Holds(at) && Text.Length > 0) stage.Add(at, this);
    }
}
