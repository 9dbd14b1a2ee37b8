namespace Explain.Render;

/// <summary>The three faces of the box behind the data, with grid lines, and the labels of the axes about them.</summary>
internal static class AxisBox
{
    private const double TickLength = 4;

    /// <summary>The far walls and the floor; nothing where there are no axes.</summary>
    public static IEnumerable<Node> Walls(AxisLayout layout, SpaceBox box, Theme theme, bool show)
    {
        if (!show) yield break;
        var view = layout.Projection;
        var half = box.Half;
        Scale[] scales = [box.X, box.Y, box.Z];
        IReadOnlyList<Tick>[] ticks = [.. Enumerable.Range(0, 3).Select(a => box.Ticks(a, view.Scale))];
        var grid = new PathBuilder();
        bool any = false;
        for (int face = 0; face < 3; face++)
        {
            int side = Projection.Along(view.Toward, face) >= 0 ? -1 : 1, first = (face + 1) % 3, second = (face + 2) % 3;
            Point[] corners = [.. new[] { (-1, -1), (1, -1), (1, 1), (-1, 1) }
                .Select(c => view.Apply(At(half, face, side, first, c.Item1, second, c.Item2)).Point)];
            yield return new PathNode(
                PathData.Polygon(corners),
                Oklab.Mix(theme.Background, theme.Muted, face == 2 ? 0.055 : 0.03),
                new Stroke(theme.Grid, 0.8, Join: LineJoin.Round));
            any |= Lines(grid, view, half, face, side, first, second, scales[first], ticks[first]);
            any |= Lines(grid, view, half, face, side, second, first, scales[second], ticks[second]);
        }
        if (any) yield return new PathNode(grid.Build(), Stroke: new Stroke(theme.Grid, 0.8));
        var pen = new PathBuilder();
        foreach (var edge in layout.Edges)
        {
            Point a = view.Apply(edge.From).Point, b = view.Apply(edge.To).Point;
            pen.MoveTo(a.X, a.Y).LineTo(b.X, b.Y);
            foreach (var tick in edge.Ticks)
            {
                var p = view.Apply(AxisLayout.On(edge, scales[edge.Index], tick.Value)).Point;
                double length = tick.IsMinor ? TickLength / 2 : TickLength;
                pen.MoveTo(p.X, p.Y).LineTo(p.X + (edge.Outward.X * length), p.Y + (edge.Outward.Y * length));
            }
        }
        if (layout.Edges.Count > 0) yield return new PathNode(pen.Build(), Stroke: new Stroke(theme.Muted, 0.8));
    }

    /// <summary>Tick labels and titles.</summary>
    public static IEnumerable<Node> Labels(AxisLayout layout, Theme theme) =>
        layout.Texts.Select(t => new TextNode(
            t.Text,
            new Point(t.Place.Center.X, theme.Face.Centered(t.Place.Center.Y, t.Size)),
            t.Size,
            t.IsTitle ? theme.Foreground : theme.Muted,
            TextAnchor.Middle));

    private static bool Lines(
        PathBuilder grid, Projection view, Point3 half, int face, int side, int along, int across, Scale scale, IReadOnlyList<Tick> ticks)
    {
        bool any = false;
        foreach (var tick in ticks.Where(t => !t.IsMinor))
        {
            double at = scale.Map(tick.Value) / Projection.Along(half, along);
            if (!(Math.Abs(at) < 0.999)) continue;
            Point a = view.Apply(At(half, face, side, along, at, across, -1)).Point,
                b = view.Apply(At(half, face, side, along, at, across, 1)).Point;
            grid.MoveTo(a.X, a.Y).LineTo(b.X, b.Y);
            any = true;
        }
        return any;
    }

    private static Point3 At(Point3 half, int a, double sa, int b, double sb, int c, double sc)
    {
        Span<double> s = stackalloc double[3];
        (s[a], s[b], s[c]) = (sa, sb, sc);
        return new Point3(s[0] * half.X, s[1] * half.Y, s[2] * half.Z);
    }
}
