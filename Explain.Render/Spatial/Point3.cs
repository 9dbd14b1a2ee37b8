namespace Explain.Render;

/// <summary>A position in the coordinates of the data.</summary>
public readonly record struct Point3(double X, double Y, double Z)
{
    /// <summary>Whether it has a place: no coordinate is NaN or infinite.</summary>
    public bool IsFinite => double.IsFinite(X) && double.IsFinite(Y) && double.IsFinite(Z);

    /// <summary>Moved by (dx, dy, dz).</summary>
    public Point3 Offset(double dx, double dy, double dz) => new(X + dx, Y + dy, Z + dz);

    internal double Length => Math.Sqrt(Dot(this));

    internal Point3 Plus(Point3 other) => new(X + other.X, Y + other.Y, Z + other.Z);

    internal Point3 Minus(Point3 other) => new(X - other.X, Y - other.Y, Z - other.Z);

    internal Point3 Times(double factor) => new(X * factor, Y * factor, Z * factor);

    internal double Dot(Point3 other) => (X * other.X) + (Y * other.Y) + (Z * other.Z);

    internal Point3 Cross(Point3 other) => new((Y * other.Z) - (Z * other.Y), (Z * other.X) - (X * other.Z), (X * other.Y) - (Y * other.X));

    internal Point3 Toward(Point3 other, double share) => Plus(other.Minus(this).Times(share));

    /// <summary>Of length 1; straight up where it has no direction.</summary>
    internal Point3 Unit() => Length is > 0 and var length && double.IsFinite(length) ? Times(1 / length) : new(0, 0, 1);
}
