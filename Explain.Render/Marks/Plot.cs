namespace Explain.Render;

/// <summary>Marks between two axes. Its limits come from the marks unless the axes fix them.</summary>
public sealed record Plot
{
    /// <summary>Everything, labels included, stays within it.</summary>
    public Rect Bounds { get; init; }

    /// <summary>The data.</summary>
    public required IReadOnlyList<Mark> Marks { get; init; }

    /// <summary>Horizontal axis.</summary>
    public Axis X { get; init; } = new();

    /// <summary>Vertical axis.</summary>
    public Axis Y { get; init; } = new();

    /// <summary>A heading over the plot, at its left.</summary>
    public string Title { get; init; } = "";

    /// <summary>Whether lines with names are labelled at their ends.</summary>
    public bool LabelEnds { get; init; }

    /// <summary>Room for labels right of the lines; what they need, up to 40 % of the width, where null. Plots that stand below each other share one.</summary>
    public double? EndWidth { get; init; }

    /// <summary>Room for tick labels left of the data; what they need where null.</summary>
    public double? LeftWidth { get; init; }

    /// <summary>Said inside the plot where no mark has anything to draw.</summary>
    public string Empty { get; init; } = "no data";

    /// <summary>The nodes.</summary>
    public GroupNode Draw(Theme theme)
    {
        var lines = LabelEnds ? Marks.OfType<LineMark>().Where(l => l.Name.Length > 0 && l.Xs.Any()).ToArray() : [];
        double top = Bounds.Y + (Title.Length > 0 ? Typography.Heading + 8 : 0) + (Y.Label.Length > 0 ? Typography.Small + 8 : 5);
        double bottom = Bounds.Bottom - (X.ShowTicks ? Typography.Small + 7 : 2) - (X.Label.Length > 0 ? Typography.Small + 4 : 0);
        if (bottom - top < 8) bottom = top + 8;
        var y = Y.Build(Marks.SelectMany(m => m.Ys), bottom, top, AxisMarks.TickSpacingY);
        var yTicks = y.Ticks(AxisMarks.TickSpacingY);
        double left = Bounds.X + (LeftWidth ?? (Y.ShowTicks ? AxisMarks.LabelWidth(yTicks) + 8 : 0));
        var rules = Marks.OfType<RuleMark>().Where(r => r is { AtEnd: true, Y: not null }).ToArray();
        double end = EndWidth ?? (lines.Length + rules.Length > 0 ? EndLabels.Width([.. lines.Select(l => l.Name), .. rules.Select(r => r.Label)], 0.4 * Bounds.Width) : 0);
        // Half of the last tick label reaches beyond the axis.
        double right = Math.Max(left + 8, Bounds.Right - Math.Max(end, X.ShowTicks ? 8 : 0));
        var x = X.Build(Marks.SelectMany(m => m.Xs), left, right, AxisMarks.TickSpacingX);
        var area = new PlotArea(new Rect(left, top, right - left, bottom - top), x, y, theme);

        var nodes = new List<Node>();
        if (Title.Length > 0)
            nodes.Add(new TextNode(Typography.Ellipsis(Title, Bounds.Width, Typography.Heading, FontWeight.Bold), new Point(Bounds.X, Bounds.Y + Typography.Heading), Typography.Heading, theme.Foreground, Weight: FontWeight.Bold));
        nodes.AddRange(AxisMarks.Left(area, Y, yTicks, Bounds.X));
        foreach (var rule in Marks.OfType<RuleMark>().Where(r => r is { OnAxis: true, Y: not null }))
        {
            double at = y.Map(rule.Y!.Value);
            // A tick that stands there already says the same.
            if (yTicks.Any(t => !t.IsMinor && Math.Abs(y.Map(t.Value) - at) < Typography.Small)) continue;
            nodes.Add(new TextNode(rule.Label, new Point(left - 6, Typography.Centered(at, Typography.Small)), Typography.Small, theme.Muted, TextAnchor.End));
        }
        nodes.AddRange(AxisMarks.Below(area, X, AxisMarks.TicksAlong(x)));
        // Lines may touch the frame: the clip leaves them their width.
        nodes.Add(new GroupNode([.. Marks.SelectMany(m => m.Draw(area))]) { Clip = area.Bounds.Inset(-3) });
        if (!Marks.Any(m => m is not RuleMark && m.Draw(area).Any()))
            nodes.Add(new TextNode(Typography.Ellipsis(Empty, area.Bounds.Width, Typography.Small), new Point(area.Bounds.Center.X, Typography.Centered(area.Bounds.Center.Y, Typography.Small)), Typography.Small, theme.Muted, TextAnchor.Middle));
        nodes.AddRange(EndLabels.Draw([.. lines.Select(l => new EndLabel(l.Name, Last(l, area).Y, l.Color) { X = Last(l, area).X }), .. rules.Select(r => new EndLabel(r.Label, y.Map(r.Y!.Value), r.Color ?? theme.Muted))], right, Bounds.Right - right, top, bottom));
        return new GroupNode(nodes) { Label = Title.Length > 0 ? Title : null };
    }

    private static Point Last(LineMark line, PlotArea area) =>
        line.Points.Select(p => area.Map(p.X, p.Y)).LastOrDefault(p => double.IsFinite(p.X) && double.IsFinite(p.Y), area.Bounds.Center);
}
