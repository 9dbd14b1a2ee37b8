namespace Explain.Render;

/// <summary>Shapes of points: the second cue beside colour.</summary>
public enum Marker
{
    /// <summary>A disc.</summary>
    Circle,

    /// <summary>A square.</summary>
    Square,

    /// <summary>A triangle, point up.</summary>
    Triangle,

    /// <summary>A square on its corner.</summary>
    Diamond,

    /// <summary>A triangle, point down.</summary>
    TriangleDown,

    /// <summary>An upright cross.</summary>
    Plus,

    /// <summary>A slanting cross.</summary>
    Cross,

    /// <summary>A five-pointed star.</summary>
    Star,

    /// <summary>A pentagon.</summary>
    Pentagon,

    /// <summary>A ring.</summary>
    Ring,
}

/// <summary>Outlines of markers.</summary>
public static class Markers
{
    /// <summary>
    /// The closed outline of a marker about <paramref name="center"/>; all have about the area of a disc of <paramref name="radius"/>. Fill
    /// it by the even-odd rule.
    /// </summary>
    public static PathData Outline(Marker marker, Point center, double radius)
    {
        var (x, y) = (center.X, center.Y);
        switch (marker)
        {
            case Marker.Square:
                return PathData.Rectangle(new Rect(x - (0.89 * radius), y - (0.89 * radius), 1.78 * radius, 1.78 * radius));
            case Marker.Triangle:
                return Polygon(center, 3, 1.4 * radius, -90);
            case Marker.TriangleDown:
                return Polygon(center, 3, 1.4 * radius, 90);
            case Marker.Diamond:
                return Polygon(center, 4, 1.25 * radius, -90);
            case Marker.Pentagon:
                return Polygon(center, 5, 1.15 * radius, -90);
            case Marker.Star:
                return Star(center, 1.4 * radius);
            case Marker.Plus:
                return Plus(center, 1.3 * radius, 0);
            case Marker.Cross:
                return Plus(center, 1.3 * radius, 45);
            case Marker.Ring:
                var outer = PathData.Circle(center, 1.15 * radius);
                var inner = PathData.Circle(center, 0.6 * radius);
                return new PathData([.. outer.Verbs, .. inner.Verbs], [.. outer.Points, .. inner.Points]);
            default:
                return PathData.Circle(center, radius);
        }
    }

    private static PathData Polygon(Point c, int corners, double radius, double start) =>
        PathData.Polygon(Enumerable.Range(0, corners).Select(i => Polar(c, radius, start + (360.0 * i / corners))));

    private static PathData Star(Point c, double radius) =>
        PathData.Polygon(Enumerable.Range(0, 10).Select(i => Polar(c, i % 2 == 0 ? radius : 0.45 * radius, -90 + (36.0 * i))));

    private static PathData Plus(Point c, double arm, double turn)
    {
        double w = 0.36 * arm;
        Point[] corners =
        [
            new(-w, -arm), new(w, -arm), new(w, -w), new(arm, -w), new(arm, w), new(w, w), new(w, arm), new(-w, arm), new(-w, w),
            new(-arm, w), new(-arm, -w), new(-w, -w),
        ];
        var turned = Transform.Translate(c.X, c.Y).Then(Transform.Rotate(turn));
        return PathData.Polygon(corners.Select(turned.Apply));
    }

    private static Point Polar(Point c, double radius, double degrees)
    {
        var (sin, cos) = Angle.SinCos(degrees);
        return c.Offset(radius * cos, radius * sin);
    }
}
