namespace Explain.Render.Tests;

/// <summary>
/// The pixels whose middle lies within one pixel of the outline of a glyph: where rasterisers may differ about the fine detail of letters.
/// </summary>
internal static class TextEdges
{
    /// <summary>A flag for each device pixel, row after row.</summary>
    public static bool[] Of(Scene scene, double scale, int width, int height)
    {
        var edges = new bool[width * height];
        Mark(scene.Nodes, scene.Face, Transform.Scale(scale, scale), edges, width, height);
        return edges;
    }

    private static void Mark(IReadOnlyList<Node> nodes, ITypeface face, in Transform transform, bool[] edges, int width, int height)
    {
        foreach (var node in nodes)
        {
            if (node is GroupNode group)
                Mark(group.Children, face, transform.Then(group.Transform), edges, width, height);
            if (node is not TextNode text)
                continue;
            var contours = new Contours();
            Flattener.Flatten(
                face.Outline(text.Text, text.Size, text.Weight), transform.Then(TextPlacement.Of(text, face)), 0.02, contours);
            for (int k = 0; k < contours.Count; k++)
            {
                var points = contours.Points(k);
                for (int i = 0; i < points.Length; i++)
                    Mark(points[i], points[(i + 1) % points.Length], edges, width, height);
            }
        }
    }

    private static void Mark(Point p, Point q, bool[] edges, int width, int height)
    {
        for (int y = Math.Max(0, (int)(Math.Min(p.Y, q.Y) - 1.5)); y <= Math.Min(height - 1, Math.Max(p.Y, q.Y) + 0.5); y++)
        {
            for (int x = Math.Max(0, (int)(Math.Min(p.X, q.X) - 1.5)); x <= Math.Min(width - 1, Math.Max(p.X, q.X) + 0.5); x++)
                edges[(y * width) + x] |= Distance(new Point(x + 0.5, y + 0.5), p, q) <= 1;
        }
    }

    private static double Distance(Point at, Point p, Point q)
    {
        double dx = q.X - p.X, dy = q.Y - p.Y, square = (dx * dx) + (dy * dy);
        double t = square > 0 ? Math.Clamp((((at.X - p.X) * dx) + ((at.Y - p.Y) * dy)) / square, 0, 1) : 0;
        double x = p.X + (t * dx) - at.X, y = p.Y + (t * dy) - at.Y;
        return Math.Sqrt((x * x) + (y * y));
    }
}
