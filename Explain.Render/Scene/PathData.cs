namespace Explain.Render;

/// <summary>What one step of a path does.</summary>
public enum PathVerb : byte
{
    /// <summary>Starts a contour (1 point).</summary>
    Move,

    /// <summary>A straight line (1 point).</summary>
    Line,

    /// <summary>A quadratic Bézier curve (control, end).</summary>
    Quad,

    /// <summary>A cubic Bézier curve (control, control, end).</summary>
    Cubic,

    /// <summary>Closes the contour (no point).</summary>
    Close,
}

/// <summary>An outline: verbs and their points. Immutable; built by <see cref="PathBuilder"/>.</summary>
public sealed record PathData(IReadOnlyList<PathVerb> Verbs, IReadOnlyList<Point> Points)
{
    /// <summary>A rectangle, optionally with rounded corners.</summary>
    public static PathData Rectangle(Rect r, double radius = 0)
    {
        var b = new PathBuilder();
        radius = Math.Min(radius, Math.Min(r.Width, r.Height) / 2);
        if (radius <= 0)
            return b.MoveTo(r.X, r.Y).LineTo(r.Right, r.Y).LineTo(r.Right, r.Bottom).LineTo(r.X, r.Bottom).Close().Build();
        double k = radius * 0.44771525; // 1 − 0.55228475: the cubic that is nearest to a quarter circle.
        return b.MoveTo(r.X + radius, r.Y).LineTo(r.Right - radius, r.Y).CubicTo(r.Right - k, r.Y, r.Right, r.Y + k, r.Right, r.Y + radius)
            .LineTo(r.Right, r.Bottom - radius).CubicTo(r.Right, r.Bottom - k, r.Right - k, r.Bottom, r.Right - radius, r.Bottom)
            .LineTo(r.X + radius, r.Bottom).CubicTo(r.X + k, r.Bottom, r.X, r.Bottom - k, r.X, r.Bottom - radius)
            .LineTo(r.X, r.Y + radius).CubicTo(r.X, r.Y + k, r.X + k, r.Y, r.X + radius, r.Y).Close().Build();
    }

    /// <summary>A circle.</summary>
    public static PathData Circle(Point center, double radius) =>
        Rectangle(new Rect(center.X - radius, center.Y - radius, 2 * radius, 2 * radius), radius);

    /// <summary>A straight line.</summary>
    public static PathData Line(double x0, double y0, double x1, double y1) => new PathBuilder().MoveTo(x0, y0).LineTo(x1, y1).Build();

    /// <summary>A closed outline through the points.</summary>
    public static PathData Polygon(IEnumerable<Point> points)
    {
        var open = Polyline(points);
        return open.Points.Count == 0 ? open : new PathData([.. open.Verbs, PathVerb.Close], open.Points);
    }

    /// <summary>An open line through the points.</summary>
    public static PathData Polyline(IEnumerable<Point> points)
    {
        var b = new PathBuilder();
        bool first = true;
        foreach (var p in points)
        {
            if (first) b.MoveTo(p.X, p.Y);
            else b.LineTo(p.X, p.Y);
            first = false;
        }
        return b.Build();
    }
}

/// <summary>Collects the steps of a path.</summary>
public sealed class PathBuilder
{
    private readonly List<PathVerb> _verbs = [];
    private readonly List<Point> _points = [];

    /// <summary>Starts a contour.</summary>
    public PathBuilder MoveTo(double x, double y) => Add(PathVerb.Move, new Point(x, y));

    /// <summary>A straight line.</summary>
    public PathBuilder LineTo(double x, double y) => Add(PathVerb.Line, new Point(x, y));

    /// <summary>A quadratic Bézier curve.</summary>
    public PathBuilder QuadTo(double cx, double cy, double x, double y) => Add(PathVerb.Quad, new Point(cx, cy), new Point(x, y));

    /// <summary>A cubic Bézier curve.</summary>
    public PathBuilder CubicTo(double c1x, double c1y, double c2x, double c2y, double x, double y) =>
        Add(PathVerb.Cubic, new Point(c1x, c1y), new Point(c2x, c2y), new Point(x, y));

    /// <summary>Closes the contour.</summary>
    public PathBuilder Close() => Add(PathVerb.Close);

    /// <summary>Another outline's contours.</summary>
    public PathBuilder Append(PathData other)
    {
        _verbs.AddRange(other.Verbs);
        _points.AddRange(other.Points);
        return this;
    }

    /// <summary>The path so far.</summary>
    public PathData Build() => new([.. _verbs], [.. _points]);

    private PathBuilder Add(PathVerb verb, params ReadOnlySpan<Point> points)
    {
        _verbs.Add(verb);
        foreach (var p in points) _points.Add(p);
        return this;
    }
}
