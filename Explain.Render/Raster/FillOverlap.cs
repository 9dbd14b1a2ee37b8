namespace Explain.Render;

/// <summary>
/// Whether outlines to be filled cross, so that their areas must not simply be added up in the pixels where they do: of few corners, each side is tried against every other. Outlines of many corners are taken
/// not to cross: those of charts (curves, areas under lines, regions between contours) do not, and where one does, the pixels of the crossings alone are off.
/// </summary>
internal static class FillOverlap
{
    private const int MostCorners = 24;

    /// <summary>Whether any two sides of <paramref name="contours"/>, each closed, cross.</summary>
    public static bool IsThere(Contours contours)
    {
        int corners = 0;
        for (int k = 0; k < contours.Count; k++)
            corners += contours.Points(k).Length;
        if (corners is < 4 or > MostCorners)
            return false;
        Span<(Point From, Point To)> sides = stackalloc (Point, Point)[corners];
        int count = 0;
        for (int k = 0; k < contours.Count; k++)
        {
            var from = contours.Points(k)[^1];
            foreach (var to in contours.Points(k))
            {
                sides[count++] = (from, to);
                from = to;
            }
        }
        for (int i = 2; i < count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (Cross(sides[i], sides[j]))
                    return true;
            }
        }
        return false;
    }

    /// <summary>Whether each side has the ends of the other on both sides of it; sides that only touch do not cross.</summary>
    private static bool Cross(in (Point From, Point To) a, in (Point From, Point To) b) =>
        Side(a, b.From) * Side(a, b.To) < 0 && Side(b, a.From) * Side(b, a.To) < 0;

    private static double Side(in (Point From, Point To) line, Point p) =>
        ((line.To.X - line.From.X) * (p.Y - line.From.Y)) - ((line.To.Y - line.From.Y) * (p.X - line.From.X));
}
