namespace Explain.Render;

/// <summary>
/// Outlines without points that are not finite, by the rule of every canvas: such a point is left out, a curve with one among its control
/// points becomes a line to its end, and where a contour's first point is lost the next one begins it.
/// </summary>
internal static class FinitePath
{
    /// <summary>The same outline where all its points are finite.</summary>
    public static PathData Of(PathData data)
    {
        if (IsFinite(Flattener.AsSpan(data.Points)))
            return data;
        var builder = new PathBuilder();
        bool open = false, begun = false;
        int next = 0;
        foreach (var verb in data.Verbs)
        {
            if (verb == PathVerb.Close)
            {
                if (open)
                    builder.Close();
                open = false;
                continue;
            }
            int count = verb switch { PathVerb.Quad => 2, PathVerb.Cubic => 3, _ => 1 }, first = next;
            next += count;
            var end = data.Points[next - 1];
            if (verb == PathVerb.Move)
                begun = open = false;
            if (!end.IsFinite)
                continue;
            bool whole = Enumerable.Range(first, count).All(i => data.Points[i].IsFinite);
            // After a close, drawing goes on from where the closed contour began, which the builder's path says by itself.
            if (!begun)
                builder.MoveTo(end.X, end.Y);
            else if (verb == PathVerb.Quad && whole)
                builder.QuadTo(data.Points[first].X, data.Points[first].Y, end.X, end.Y);
            else if (verb == PathVerb.Cubic && whole)
                builder.CubicTo(
                    data.Points[first].X, data.Points[first].Y, data.Points[first + 1].X, data.Points[first + 1].Y, end.X, end.Y);
            else
                builder.LineTo(end.X, end.Y);
            begun = open = true;
        }
        return builder.Build();
    }

    private static bool IsFinite(ReadOnlySpan<Point> points)
    {
        foreach (var p in points)
        {
            if (!p.IsFinite)
                return false;
        }
        return true;
    }
}
