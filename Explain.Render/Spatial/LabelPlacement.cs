namespace Explain.Render;

/// <summary>Labels of points in space: each takes the first free place about its point, nearer points choosing first.</summary>
internal static class LabelPlacement
{
    private const double Pad = 2;
    private const double LeaderFrom = 9;

    // Right, left, above, below, then the corners.
    private static readonly (double X, double Y)[] Sides =
        [(1, 0), (-1, 0), (0, -1), (0, 1), (0.8, -0.8), (-0.8, -0.8), (0.8, 0.8), (-0.8, 0.8)];

    /// <summary>The labels, clear of each other and of what the axes say.</summary>
    /// <param name="stage">The labels and where they belong.</param>
    /// <param name="bounds">They stay within it.</param>
    /// <param name="theme">Colours.</param>
    /// <param name="axes">Where the axes have their numbers and titles.</param>
    public static IEnumerable<Node> Draw(Stage stage, Rect bounds, Theme theme, IEnumerable<Rect> axes)
    {
        List<Rect> taken = [.. axes];
        var nodes = new List<Node>();
        foreach (var (at, label) in stage.Labels.OrderByDescending(l => stage.Nearness(l.At)))
        {
            var p = stage.View.Apply(at).Point;
            string text = theme.Face.Ellipsize(label.Text, bounds.Width / 2, label.Size, label.Weight);
            double width = theme.Face.Measure(text, label.Size, label.Weight) + 4, height = label.Size * 1.25;
            if (text.Length == 0 || Place(p, width, height, label, taken, bounds) is not { } place) continue;
            taken.Add(place);
            double gap = Math.Max(Math.Max(place.X - p.X, p.X - place.Right), Math.Max(place.Y - p.Y, p.Y - place.Bottom));
            if (gap > Math.Max(LeaderFrom, label.Gap + 3))
                nodes.Add(new PathNode(
                    PathData.Line(p.X, p.Y, Math.Clamp(p.X, place.X, place.Right), Math.Clamp(p.Y, place.Y, place.Bottom)),
                    Stroke: new Stroke(theme.Muted, 0.7)));
            nodes.Add(new PathNode(PathData.Rectangle(place, label.Size * 0.35), theme.Background.WithAlpha(0.78)));
            nodes.Add(new TextNode(
                text,
                new Point(place.Center.X, theme.Face.Centered(place.Center.Y, label.Size)),
                label.Size,
                label.Color ?? theme.Foreground,
                TextAnchor.Middle,
                label.Weight));
        }
        return nodes;
    }

    private static Rect? Place(Point p, double width, double height, LabelItem label, List<Rect> taken, Rect bounds)
    {
        if (label.Centered && Free(new Rect(p.X - (width / 2), p.Y - (height / 2), width, height)) is { } middle) return middle;
        for (double distance = label.Gap; distance < label.Gap + 60; distance += 9)
        {
            foreach (var (x, y) in Sides)
            {
                double cx = p.X + (x * (distance + (width / 2))), cy = p.Y + (y * (distance + (height / 2)));
                if (Free(new Rect(cx - (width / 2), cy - (height / 2), width, height)) is { } rect) return rect;
            }
        }
        return null;

        Rect? Free(Rect rect) =>
            rect.X < bounds.X || rect.Y < bounds.Y || rect.Right > bounds.Right || rect.Bottom > bounds.Bottom
                || taken.Any(t => Overlap(t, rect))
                ? null
                : rect;
    }

    private static bool Overlap(Rect a, Rect b) => a.X - Pad < b.Right && b.X - Pad < a.Right && a.Y < b.Bottom && b.Y < a.Bottom;
}
