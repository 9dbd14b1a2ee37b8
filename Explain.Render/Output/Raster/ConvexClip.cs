namespace Explain.Render;

/// <summary>
/// Cuts polygons to a convex one (Sutherland and Hodgman 1974), for clip rectangles that are turned or slanted. The winding number inside
/// the convex polygon stays as it was; what is added runs along its border, where it cancels.
/// </summary>
internal static class ConvexClip
{
    /// <summary>
    /// Appends every contour of <paramref name="source"/>, closed and cut to <paramref name="corners"/>, to <paramref name="output"/>.
    /// </summary>
    public static void Clip(Contours source, ReadOnlySpan<Point> corners, Contours output)
    {
        double area = 0;
        for (int i = 0; i < corners.Length; i++)
        {
            var (p, q) = (corners[i], corners[(i + 1) % corners.Length]);
            area += (p.X * q.Y) - (q.X * p.Y);
        }
        double orientation = area < 0 ? -1 : 1;
        List<Point> polygon = [], next = [];
        for (int k = 0; k < source.Count; k++)
        {
            polygon.Clear();
            polygon.AddRange(source.Points(k));
            for (int i = 0; i < corners.Length; i++)
            {
                CutHalfPlane(polygon, corners[i], corners[(i + 1) % corners.Length], orientation, next);
                (polygon, next) = (next, polygon);
            }
            foreach (var p in polygon)
                output.Add(p);
            output.End(closed: true);
        }
    }

    private static void CutHalfPlane(List<Point> polygon, Point a, Point b, double orientation, List<Point> output)
    {
        output.Clear();
        double dx = (b.X - a.X) * orientation, dy = (b.Y - a.Y) * orientation;
        for (int i = 0; i < polygon.Count; i++)
        {
            var (p, q) = (polygon[i], polygon[(i + 1) % polygon.Count]);
            double sp = (dx * (p.Y - a.Y)) - (dy * (p.X - a.X)), sq = (dx * (q.Y - a.Y)) - (dy * (q.X - a.X));
            if (sp >= 0)
                output.Add(p);
            if ((sp < 0 && sq > 0) || (sp > 0 && sq < 0))
            {
                double t = sp / (sp - sq);
                output.Add(new Point(p.X + (t * (q.X - p.X)), p.Y + (t * (q.Y - p.Y))));
            }
        }
    }
}
