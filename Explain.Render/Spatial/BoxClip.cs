namespace Explain.Render;

/// <summary>
/// Cuts triangles and lines to the box (Sutherland and Hodgman, "Reentrant polygon clipping", 1974; Liang and Barsky, "A new concept and
/// method for line clipping", 1984).
/// </summary>
internal static class BoxClip
{
    /// <summary>What is on a face counts as inside, however its coordinates were rounded.</summary>
    public const double Slack = 1e-9;

    /// <summary>The most corners that a triangle can have after six cuts.</summary>
    public const int MostCorners = 9;

    public static bool Holds(Point3 half, Point3 p) =>
        Math.Abs(p.X) <= half.X + Slack && Math.Abs(p.Y) <= half.Y + Slack && Math.Abs(p.Z) <= half.Z + Slack;

    /// <summary>Cuts the polygon of <paramref name="count"/> corners in place; returns how many are left.</summary>
    /// <param name="half">Half of each side of the box.</param>
    /// <param name="corners">Room for <see cref="MostCorners"/>.</param>
    /// <param name="count">How many there are.</param>
    public static int Polygon(Point3 half, Span<SpatialVertex> corners, int count)
    {
        Span<SpatialVertex> cut = new SpatialVertex[MostCorners];
        for (int plane = 0; plane < 6 && count > 0; plane++)
        {
            int axis = plane / 2, sign = (plane % 2 * 2) - 1, kept = 0;
            double limit = Projection.Along(half, axis) + Slack;
            for (int i = 0; i < count; i++)
            {
                ref readonly var a = ref corners[i];
                ref readonly var b = ref corners[(i + 1) % count];
                double da = limit - (sign * Projection.Along(a.At, axis)), db = limit - (sign * Projection.Along(b.At, axis));
                if (da >= 0) cut[kept++] = a;
                if (da >= 0 != db >= 0 && kept < MostCorners) cut[kept++] = SpatialVertex.Between(a, b, da / (da - db));
            }
            cut[..kept].CopyTo(corners);
            count = kept;
        }
        return count;
    }

    /// <summary>Cuts away what lies below a height; returns how many corners are left, at most one more than before.</summary>
    /// <param name="height">The height.</param>
    /// <param name="corners">Room for one more.</param>
    /// <param name="count">How many there are, 3 at most.</param>
    public static int Above(double height, Span<SpatialVertex> corners, int count)
    {
        Span<SpatialVertex> cut = new SpatialVertex[4];
        int kept = 0;
        for (int i = 0; i < count; i++)
        {
            ref readonly var a = ref corners[i];
            ref readonly var b = ref corners[(i + 1) % count];
            double da = a.At.Z - height, db = b.At.Z - height;
            if (da >= 0) cut[kept++] = a;
            if (da >= 0 != db >= 0) cut[kept++] = SpatialVertex.Between(a, b, da / (da - db));
        }
        cut[..kept].CopyTo(corners);
        return kept;
    }

    /// <summary>
    /// The shares of the way from <paramref name="a"/> to <paramref name="b"/> between which the line is inside; null where it nowhere is.
    /// </summary>
    public static (double From, double To)? Line(Point3 half, Point3 a, Point3 b)
    {
        double from = 0, to = 1;
        for (int plane = 0; plane < 6; plane++)
        {
            int axis = plane / 2, sign = (plane % 2 * 2) - 1;
            double limit = Projection.Along(half, axis) + Slack;
            double da = limit - (sign * Projection.Along(a, axis)), db = limit - (sign * Projection.Along(b, axis));
            if (da < 0 && db < 0) return null;
            if (da < 0) from = Math.Max(from, da / (da - db));
            else if (db < 0) to = Math.Min(to, da / (da - db));
        }
        return from < to ? (from, to) : null;
    }
}
