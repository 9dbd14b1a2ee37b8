namespace Explain.Render;

/// <summary>What a shape is filled with. A <see cref="Color"/> converts to a <see cref="SolidPaint"/> by itself.</summary>
public abstract record Paint
{
    private protected Paint()
    {
    }

    /// <summary>Whether any of it can be seen.</summary>
    public abstract bool IsVisible { get; }

    /// <summary>Whether nothing shines through any of it.</summary>
    internal abstract bool IsOpaque { get; }

    /// <summary>One colour.</summary>
    public static implicit operator Paint(Color color) => new SolidPaint(color);

    /// <summary>One colour, or nothing.</summary>
    public static implicit operator Paint?(Color? color) => color is { } c ? new SolidPaint(c) : null;
}

/// <summary>One colour everywhere.</summary>
public sealed record SolidPaint(Color Color) : Paint
{
    /// <inheritdoc/>
    public override bool IsVisible => Color.A > 0;

    internal override bool IsOpaque => Color.A == 255;
}

/// <summary>A colour at a place between the start (0) and the end (1) of a gradient.</summary>
public readonly record struct GradientStop(double Offset, Color Color);

/// <summary>
/// Colours that change along a line or outwards from a point, in the coordinates of the path. Between stops, which stand in rising order,
/// straight-alpha sRGB channels are interpolated linearly, as SVG does; beyond the first and the last their colours go on.
/// </summary>
public abstract record GradientPaint(IReadOnlyList<GradientStop> Stops) : Paint
{
    /// <inheritdoc/>
    public override bool IsVisible => Stops.Any(stop => stop.Color.A > 0);

    internal override bool IsOpaque => Stops.All(stop => stop.Color.A == 255);
}

/// <summary>
/// A gradient from <paramref name="From"/> (offset 0) to <paramref name="To"/> (offset 1), constant across that line. Where both are the
/// same point, the last colour is everywhere.
/// </summary>
public sealed record LinearGradient(Point From, Point To, IReadOnlyList<GradientStop> Stops) : GradientPaint(Stops);

/// <summary>
/// A gradient from <paramref name="Center"/> (offset 0) to the circle of <paramref name="Radius"/> about it (offset 1). Where the radius is
/// not positive, the last colour is everywhere.
/// </summary>
public sealed record RadialGradient(Point Center, double Radius, IReadOnlyList<GradientStop> Stops) : GradientPaint(Stops);
