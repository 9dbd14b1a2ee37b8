namespace Explain.Render;

/// <summary>A position in pixels.</summary>
public readonly record struct Point(double X, double Y)
{
    /// <summary>Whether both coordinates are numbers.</summary>
    internal bool IsFinite => double.IsFinite(X) && double.IsFinite(Y);

    /// <summary>Moved by (dx, dy).</summary>
    public Point Offset(double dx, double dy) => new(X + dx, Y + dy);
}

/// <summary>An axis-parallel rectangle.</summary>
public readonly record struct Rect(double X, double Y, double Width, double Height)
{
    /// <summary>Right edge.</summary>
    public double Right => X + Width;

    /// <summary>Lower edge.</summary>
    public double Bottom => Y + Height;

    /// <summary>Middle.</summary>
    public Point Center => new(X + (Width / 2), Y + (Height / 2));

    /// <summary>Smaller by <paramref name="d"/> on every side.</summary>
    public Rect Inset(double d) => new(X + d, Y + d, Width - (2 * d), Height - (2 * d));
}

/// <summary>The affine map (x, y) → (A·x + C·y + E, B·x + D·y + F).</summary>
public readonly record struct Transform(double A, double B, double C, double D, double E, double F)
{
    /// <summary>Changes nothing.</summary>
    public static Transform Identity => new(1, 0, 0, 1, 0, 0);

    /// <summary>Moves.</summary>
    public static Transform Translate(double x, double y) => new(1, 0, 0, 1, x, y);

    /// <summary>Stretches about the origin.</summary>
    public static Transform Scale(double x, double y) => new(x, 0, 0, y, 0, 0);

    /// <summary>Turns clockwise (y points down) about the origin; the same bits on every machine, quarter turns exact.</summary>
    public static Transform Rotate(double degrees)
    {
        var (sin, cos) = Angle.SinCos(degrees);
        return new(cos, sin, -sin, cos, 0, 0);
    }

    /// <summary>First <paramref name="inner"/>, then this.</summary>
    public Transform Then(Transform inner) => new(
        (A * inner.A) + (C * inner.B), (B * inner.A) + (D * inner.B),
        (A * inner.C) + (C * inner.D), (B * inner.C) + (D * inner.D),
        (A * inner.E) + (C * inner.F) + E, (B * inner.E) + (D * inner.F) + F);

    /// <summary>Applies the map.</summary>
    public Point Apply(Point p) => new((A * p.X) + (C * p.Y) + E, (B * p.X) + (D * p.Y) + F);

    /// <summary>The map back, or null where this one flattens the plane.</summary>
    public Transform? Inverse()
    {
        double det = (A * D) - (B * C);
        if (det == 0 || !double.IsFinite(det))
            return null;
        return new(D / det, -B / det, -C / det, A / det, ((C * F) - (D * E)) / det, ((B * E) - (A * F)) / det);
    }
}

/// <summary>A pen.</summary>
/// <param name="Color">Colour.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Dashes">Lengths on, off, on, …; empty for a solid line.</param>
/// <param name="Cap">Ends of open lines.</param>
/// <param name="Join">Corners; a mitre longer than 4 widths is cut to a bevel.</param>
public sealed record Stroke(
    Color Color, double Width = 1, IReadOnlyList<double>? Dashes = null, LineCap Cap = LineCap.Butt, LineJoin Join = LineJoin.Miter)
{
    /// <summary>Whether <see cref="Dashes"/> is a pattern at all.</summary>
    internal bool IsDashed() => Dashes is { Count: > 0 } && Dashes.All(d => d >= 0 && double.IsFinite(d)) && Dashes.Sum() > 0;
}

/// <summary>Ends of open lines.</summary>
public enum LineCap
{
    /// <summary>Cut at the end.</summary>
    Butt,

    /// <summary>A half disc.</summary>
    Round,

    /// <summary>Half a width further.</summary>
    Square,
}

/// <summary>Corners.</summary>
public enum LineJoin
{
    /// <summary>Pointed.</summary>
    Miter,

    /// <summary>Rounded.</summary>
    Round,

    /// <summary>Cut.</summary>
    Bevel,
}
