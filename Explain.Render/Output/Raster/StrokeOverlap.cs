namespace Explain.Render;

/// <summary>
/// Whether the outline of a stroke may wind twice about a place, so that its areas must not simply be added up. It does not where a line
/// goes on to one side (right, say, or down) without sharp corners, or bends to one side only and closes, and where each segment is long
/// enough for the corners at both its ends. Most lines of charts are like that; the rest is for <see cref="UnionScan"/>.
/// </summary>
internal static class StrokeOverlap
{
    private const double Sharpest = -0.95;
    private const double Right = -1e-6;

    /// <summary>
    /// Whether it may, for a pen of half width <paramref name="half"/> along <paramref name="lines"/>, in the same coordinates.
    /// </summary>
    public static bool IsPossible(Contours lines, double half)
    {
        // Several lines may cross each other anywhere.
        return lines.Count > 1 || (lines.Count == 1 && IsPossible(lines.Points(0), lines.Closed(0), half));
    }

    private static bool IsPossible(ReadOnlySpan<Point> points, bool closed, double half)
    {
        if (closed && points.Length > 1 && points[0] == points[^1])
            points = points[..^1];
        if (points.Length < 3)
            return false;
        var course = new Course();
        int segments = closed ? points.Length : points.Length - 1;
        // Of a closed line, the first two segments once more, for the corners at both ends of the first.
        int last = closed ? segments + 1 : segments - 1;
        var before = default(Segment);
        double need = 0;
        for (int i = 0; i <= last; i++)
        {
            var at = new Segment(points[i % points.Length], points[(i + 1) % points.Length]);
            // Repeated points are no corner.
            if (at.Length == 0)
                continue;
            course.Add(at.X, at.Y);
            if (before.Length > 0)
            {
                double cross = (before.X * at.Y) - (before.Y * at.X), dot = (before.X * at.X) + (before.Y * at.Y);
                // How far back it may turn, as a cosine. Right angles are not sharp, whatever rounding makes of them.
                if (dot < (closed ? Sharpest : Right) * before.Length * at.Length)
                    return true;
                // The part of each segment that the inner side loses at the corner: half a width times the tangent of half the turn.
                double loss = half * Math.Abs(cross) / (dot + (before.Length * at.Length));
                if (loss + need > before.Length)
                    return true;
                need = loss;
                course.Turn(cross);
            }
            before = at;
        }
        return need > before.Length || (closed ? !course.IsConvex : !course.IsMonotone);
    }

    private readonly record struct Segment(double X, double Y, double Length)
    {
        public Segment(Point from, Point to)
            : this(to.X - from.X, to.Y - from.Y, Math.Sqrt(((to.X - from.X) * (to.X - from.X)) + ((to.Y - from.Y) * (to.Y - from.Y))))
        {
        }
    }
}
