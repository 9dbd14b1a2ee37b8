namespace Explain.Render;

/// <summary>
/// A place on the picture. <paramref name="Q"/> says how near it is: 1 in the middle of the box, larger nearer, always positive. It is the
/// reciprocal of the distance in perspective and linear in it for parallel rays; either way it is an affine function of the picture's
/// coordinates over a plane, so that it may be interpolated linearly.
/// </summary>
internal readonly record struct Projected(double X, double Y, double Q)
{
    public Point Point => new(X, Y);
}

/// <summary>From the box to the picture.</summary>
internal sealed class Projection
{
    private const double Parallel = 4;
    private readonly double _distance;
    private readonly double _x;
    private readonly double _y;
    private readonly double _scale;

    /// <summary>Of a camera, with the middle of the box at the origin and one pixel a unit.</summary>
    public Projection(Camera camera, Point3 half)
        : this(camera, half, 1, default)
    {
    }

    private Projection(Camera camera, Point3 half, double scale, Point center)
    {
        Camera = camera;
        Half = half;
        (_scale, _x, _y) = (scale, center.X, center.Y);
        var (sin, cos) = Angle.SinCos(camera.Azimuth);
        var (rise, run) = Angle.SinCos(Math.Clamp(double.IsNaN(camera.Elevation) ? 0 : camera.Elevation, -90, 90));
        Right = new Point3(-sin, cos, 0);
        Toward = new Point3(run * cos, run * sin, rise);
        Up = Toward.Cross(Right);
        Radius = half.Length;
        IsPerspective = camera.FieldOfView is >= 1;
        _distance = Radius * (IsPerspective ? 1 / Angle.SinCos(Math.Min(camera.FieldOfView, 110) / 2).Sin : Parallel);
    }

    public Camera Camera { get; }

    public Point3 Half { get; }

    /// <summary>Of the ball about the box.</summary>
    public double Radius { get; }

    /// <summary>To the reader's right.</summary>
    public Point3 Right { get; }

    /// <summary>Upwards on the picture.</summary>
    public Point3 Up { get; }

    /// <summary>From the middle of the box to the camera.</summary>
    public Point3 Toward { get; }

    public bool IsPerspective { get; }

    /// <summary>Pixels a unit of the box, in its middle.</summary>
    public double Scale => _scale;

    /// <summary>The same view, larger or smaller, the middle of the box elsewhere.</summary>
    public Projection Placed(double scale, Point center) => new(Camera, Half, scale, center);

    public Projected Apply(Point3 p)
    {
        double toward = p.Dot(Toward), q = IsPerspective ? _distance / (_distance - toward) : 1 + (toward / _distance);
        double factor = IsPerspective ? _scale * q : _scale;
        return new Projected(_x + (factor * p.Dot(Right)), _y - (factor * p.Dot(Up)), q);
    }

    /// <summary>The same place on the picture, so many pixels nearer to the reader.</summary>
    public Projected Nearer(Projected p, double pixels)
    {
        double share = pixels / (_scale * _distance);
        return p with { Q = IsPerspective ? 1 / Math.Max((1 / p.Q) - share, 1e-3) : p.Q + share };
    }

    /// <summary>0 at the farthest point of the ball about the box, 1 at the nearest.</summary>
    public double Nearness(Point3 p) => Math.Clamp(0.5 + (p.Dot(Toward) / (2 * Radius)), 0, 1);

    /// <summary>Whether the outside of a face of the box, by its axis (0 … 2) and side (−1 or 1), is turned to the reader.</summary>
    public bool Faces(int axis, int side)
    {
        double toward = side * Along(Toward, axis);
        return IsPerspective ? (toward * _distance) > Along(Half, axis) : toward > 1e-9;
    }

    public static double Along(Point3 p, int axis) => axis switch { 0 => p.X, 1 => p.Y, _ => p.Z };
}
