namespace Explain.Render.Tests.Text;

/// <summary>Measures outlines.</summary>
internal static class Outlines
{
    /// <summary>Signed area of each contour of flattened curves, y downwards: positive where it turns clockwise on the screen.</summary>
    public static List<double> Areas(PathData path)
    {
        var areas = new List<double>();
        foreach (var contour in Flatten(path))
        {
            double sum = 0;
            for (int i = 0; i < contour.Count; i++)
            {
                var (a, b) = (contour[i], contour[(i + 1) % contour.Count]);
                sum += (a.X * b.Y) - (a.Y * b.X);
            }
            areas.Add(sum / 2);
        }
        return areas;
    }

    /// <summary>Smallest rectangle around the points of the flattened outline.</summary>
    public static Rect Bounds(PathData path)
    {
        var points = Flatten(path).SelectMany(c => c).ToList();
        double left = points.Min(p => p.X), top = points.Min(p => p.Y);
        return new Rect(left, top, points.Max(p => p.X) - left, points.Max(p => p.Y) - top);
    }

    /// <summary>Is the point inside by the non-zero rule?</summary>
    public static bool Contains(PathData path, double x, double y)
    {
        int winding = 0;
        foreach (var contour in Flatten(path))
        {
            for (int i = 0; i < contour.Count; i++)
            {
                var (a, b) = (contour[i], contour[(i + 1) % contour.Count]);
                if ((a.Y <= y) == (b.Y <= y))
                    continue;
                if (a.X + ((y - a.Y) * (b.X - a.X) / (b.Y - a.Y)) > x)
                    winding += b.Y > a.Y ? 1 : -1;
            }
        }
        return winding != 0;
    }

    private static List<List<Point>> Flatten(PathData path)
    {
        var contours = new List<List<Point>>();
        int k = 0;
        foreach (var verb in path.Verbs)
        {
            if (verb == PathVerb.Move)
            {
                contours.Add([path.Points[k++]]);
                continue;
            }
            if (verb == PathVerb.Close)
                continue;
            var contour = contours[^1];
            var p0 = contour[^1];
            int controls = verb switch { PathVerb.Line => 0, PathVerb.Quad => 1, _ => 2 };
            var p = path.Points.Skip(k).Take(controls + 1).ToArray();
            k += controls + 1;
            for (int i = 1; i <= 8; i++)
            {
                double t = i / 8.0, s = 1 - t;
                contour.Add(controls switch
                {
                    0 => Sum((s, p0), (t, p[0])),
                    1 => Sum((s * s, p0), (2 * s * t, p[0]), (t * t, p[1])),
                    _ => Sum((s * s * s, p0), (3 * s * s * t, p[0]), (3 * s * t * t, p[1]), (t * t * t, p[2])),
                });
            }
        }
        return contours;
    }

    private static Point Sum(params ReadOnlySpan<(double W, Point P)> terms)
    {
        double x = 0, y = 0;
        foreach (var (w, p) in terms)
            (x, y) = (x + (w * p.X), y + (w * p.Y));
        return new Point(x, y);
    }
}
