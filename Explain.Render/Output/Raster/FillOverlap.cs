namespace Explain.Render;

/// <summary>
/// Whether outlines to be filled cross, so that their areas must not simply be added up in the pixels where they do: of few corners, each
/// side is tried against every other. Outlines of many corners are taken not to cross: those of our marks do not (areas and bands are split
/// where their edges cross), and where one does, the pixels of the crossings alone are off. Outlines that lie in each other and turn the
/// same way are not looked for; letters made of such are the business of <see cref="GlyphEdges"/>.
/// </summary>
internal static class FillOverlap
{
    private const int MostCorners = 24;

    /// <summary>Whether any two sides of <paramref name="contours"/>, each closed, cross.</summary>
    public static bool IsThere(Contours contours)
    {
        int corners = 0;
        for (int k = 0; k < contours.Count && corners <= MostCorners; k++)
            corners += contours.Points(k).Length;
        if (corners is < 4 or > MostCorners || (contours.Count == 1 && IsConvex(contours.Points(0))))
            return false;
        Span<Side> sides = stackalloc Side[corners];
        int count = 0;
        for (int k = 0; k < contours.Count; k++)
        {
            var from = contours.Points(k)[^1];
            foreach (var to in contours.Points(k))
            {
                sides[count++] = new Side(from, to);
                from = to;
            }
        }
        for (int i = 2; i < count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (sides[i].Parts(sides[j]) && sides[j].Parts(sides[i]))
                    return true;
            }
        }
        return false;
    }

    /// <summary>Most outlines are: bars, discs, triangles.</summary>
    private static bool IsConvex(ReadOnlySpan<Point> points)
    {
        var course = new Course();
        var (p, q) = (points[^2], points[^1]);
        foreach (var r in points)
        {
            course.Add(r.X - q.X, r.Y - q.Y);
            course.Turn(((q.X - p.X) * (r.Y - q.Y)) - ((q.Y - p.Y) * (r.X - q.X)));
            (p, q) = (q, r);
        }
        // The first side again, so that a change of direction between the last and it counts.
        course.Add(points[0].X - points[^1].X, points[0].Y - points[^1].Y);
        return course.IsConvex;
    }

    private readonly record struct Side(Point From, Point To)
    {
        /// <summary>
        /// Whether the ends of <paramref name="other"/> lie on different sides of the line through this one; sides that only touch do not
        /// cross.
        /// </summary>
        public bool Parts(in Side other) => Cross(other.From) * Cross(other.To) < 0;

        private double Cross(Point p) => ((To.X - From.X) * (p.Y - From.Y)) - ((To.Y - From.Y) * (p.X - From.X));
    }
}
