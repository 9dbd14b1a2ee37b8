namespace Explain.Render;

/// <summary>Axes as nodes: thin lines, ticks outside, few grid lines.</summary>
internal static class AxisMarks
{
    private const double TickLength = 4;
    private const double RowHeight = Typography.Small * 1.25;

    /// <summary>Room under the data: tick labels, then the title.</summary>
    public static double Below(Axis axis, TickSet ticks, CategoryLabels? names) =>
        (!axis.ShowTicks ? 2 : axis.ShowLabels ? Typography.Small + 7 + ((Math.Max(1, names?.Rows ?? 1) - 1) * RowHeight) : TickLength + 2)
        + (Heading(axis, ticks, Unnamed(axis, names)).Length > 0 ? Typography.Small + 4 : 0);

    /// <summary>Room above the data for the title of the vertical axis.</summary>
    public static double Above(Axis axis, TickSet ticks) =>
        Heading(axis, ticks, Skipped(axis, ticks)).Length > 0 ? Typography.Small + 8 : 5;

    /// <summary>Room that the labels of the vertical axis take, at most the given.</summary>
    public static double Beside(Axis axis, TickSet ticks, double most, ITypeface face) =>
        axis is { ShowTicks: true, ShowLabels: true }
            ? Math.Min(most, ticks.Ticks.Select(t => face.Measure(t.Label, Typography.Small)).DefaultIfEmpty(0).Max() + 8)
            : 0;

    /// <summary>The horizontal axis under the data.</summary>
    public static IEnumerable<Node> DrawBelow(PlotArea area, Axis axis, TickSet ticks, CategoryLabels? names, bool grid)
    {
        var b = area.Bounds;
        var pen = new Stroke(area.Theme.Muted, 0.8);
        foreach (var tick in ticks.Ticks.Where(t => grid && axis.ShowTicks && !t.IsMinor))
            yield return new PathNode(
                PathData.Line(area.X.Map(tick.Value), b.Y, area.X.Map(tick.Value), b.Bottom), Stroke: new Stroke(area.Theme.Grid, 0.8));
        yield return new PathNode(PathData.Line(b.X, b.Bottom, b.Right, b.Bottom), Stroke: pen);
        if (axis.ShowTicks)
        {
            foreach (var tick in ticks.Ticks.Where(_ => names is null))
            {
                double x = area.X.Map(tick.Value);
                yield return new PathNode(
                    PathData.Line(x, b.Bottom, x, b.Bottom + (tick.IsMinor ? TickLength / 2 : TickLength)), Stroke: pen);
                if (!tick.IsMinor && axis.ShowLabels)
                    yield return new TextNode(
                        tick.Label,
                        new Point(x, b.Bottom + TickLength + Typography.Small + 1),
                        Typography.Small,
                        area.Theme.Muted,
                        TextAnchor.Middle);
            }
            for (int i = 0; names is not null && axis.ShowLabels && i < names.Lines.Count; i++)
            {
                for (int row = 0; row < names.Lines[i].Count; row++)
                    yield return new TextNode(
                        names.Lines[i][row],
                        new Point(area.X.Map(i), b.Bottom + TickLength + Typography.Small + 1 + (row * RowHeight)),
                        Typography.Small,
                        area.Theme.Muted,
                        TextAnchor.Middle);
            }
        }
        string heading = Heading(axis, ticks, Unnamed(axis, names));
        if (heading.Length > 0)
        {
            double y = b.Bottom + Below(axis, ticks, names) - 2;
            yield return new TextNode(
                area.Theme.Face.Ellipsize(heading, b.Width, Typography.Small),
                new Point(b.Right, y),
                Typography.Small,
                area.Theme.Muted,
                TextAnchor.End);
        }
    }

    /// <summary>The vertical axis left of the data.</summary>
    public static IEnumerable<Node> DrawLeft(PlotArea area, Axis axis, TickSet ticks, double labelLeft)
    {
        var b = area.Bounds;
        if (axis.ShowTicks)
        {
            // Minor ticks and names want a line to stand on.
            if (axis.Categories is not null || ticks.Ticks.Any(t => t.IsMinor))
                yield return new PathNode(PathData.Line(b.X, b.Y, b.X, b.Bottom), Stroke: new Stroke(area.Theme.Muted, 0.8));
            var grid = new Stroke(area.Theme.Grid, 0.8);
            var pen = new Stroke(area.Theme.Muted, 0.8);
            foreach (var tick in ticks.Ticks)
            {
                double y = area.Y.Map(tick.Value);
                if (axis.Categories is null && tick.IsMinor)
                    yield return new PathNode(PathData.Line(b.X - (TickLength / 2), y, b.X, y), Stroke: pen);
                if (axis.Categories is null && !tick.IsMinor) yield return new PathNode(PathData.Line(b.X, y, b.Right, y), Stroke: grid);
                if (axis.ShowLabels && !tick.IsMinor)
                    yield return new TextNode(
                        area.Theme.Face.Ellipsize(tick.Label, Math.Max(0, b.X - 6 - labelLeft), Typography.Small),
                        new Point(b.X - 6, area.Theme.Face.Centered(y, Typography.Small)),
                        Typography.Small,
                        area.Theme.Muted,
                        TextAnchor.End);
            }
        }
        string heading = Heading(axis, ticks, Skipped(axis, ticks));
        if (heading.Length > 0)
            yield return new TextNode(
                area.Theme.Face.Ellipsize(heading, b.Right - labelLeft, Typography.Small),
                new Point(labelLeft, b.Y - 8),
                Typography.Small,
                area.Theme.Muted);
    }

    private static string Unnamed(Axis axis, CategoryLabels? names) =>
        axis is { ShowTicks: true, ShowLabels: true } ? names?.Note ?? "" : "";

    private static string Skipped(Axis axis, TickSet ticks) =>
        axis.Categories is null || !axis.ShowTicks || !axis.ShowLabels || ticks.Ticks.All(t => !t.IsMinor) ? ""
            : $"{NumberFormat.Count(ticks.Ticks.Count(t => !t.IsMinor))} of {NumberFormat.Count(ticks.Ticks.Count)} are named";

    // The title, and what all tick labels leave out.
    private static string Heading(Axis axis, TickSet ticks, string note) =>
        string.Join(
            ", ",
            new[] { axis.Label, axis is { ShowTicks: true, ShowLabels: true } ? ticks.Common : "", note }.Where(part => part.Length > 0));
}
