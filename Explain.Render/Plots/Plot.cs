namespace Explain.Render;

/// <summary>Marks between two axes. Its limits come from the marks unless the axes fix them.</summary>
public sealed record Plot
{
    /// <summary>Everything, labels included, stays within it.</summary>
    public Rect Bounds { get; init; }

    /// <summary>The data.</summary>
    /// <exception cref="ArgumentException">The lists of a mark do not go together.</exception>
    public required IReadOnlyList<Mark> Marks
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            foreach (var mark in value) mark.Check();
            field = value;
        }
    }

    /// <summary>Horizontal axis.</summary>
    public Axis X { get; init; } = new();

    /// <summary>Vertical axis.</summary>
    public Axis Y { get; init; } = new();

    /// <summary>A heading over the plot, at its left.</summary>
    public string Title { get; init; } = "";

    /// <summary>Whether lines, steps and areas with names are labelled at their right ends.</summary>
    public bool LabelEnds { get; init; }

    /// <summary>
    /// Room for labels right of the lines; what they need, up to 40 % of the width, where null. Plots that stand below each other share
    /// one.
    /// </summary>
    public double? EndWidth { get; init; }

    /// <summary>Room for tick labels left of the data; what they need where null.</summary>
    public double? LeftWidth { get; init; }

    /// <summary>Said inside the plot where no mark has anything to draw.</summary>
    public string Empty { get; init; } = "no data";

    /// <summary>
    /// The rectangle of the data where something outside decides it, as panels that share their axes do; from the room that labels need
    /// where null.
    /// </summary>
    public Rect? Area { get; init; }

    /// <summary>Where the names of the marks stand.</summary>
    public LegendPlace Legend { get; init; } = LegendPlace.Auto;

    internal double EndWidthTaken(ITypeface face) =>
        EndWidth ?? (EndTexts.Length > 0 ? EndLabels.Width(EndTexts, 0.4 * Bounds.Width, face) : 0);

    private string[] EndTexts => [.. NamedEnds.Select(m => m.EndName), .. EndRules.Select(r => r.Label)];

    private IEnumerable<Mark> NamedEnds => LabelEnds ? Marks.Where(m => m.EndName.Length > 0) : [];

    private IEnumerable<RuleMark> EndRules => Marks.OfType<RuleMark>().Where(r => r is { AtEnd: true, Y: not null });

    /// <summary>The nodes.</summary>
    public GroupNode Draw(Theme theme)
    {
        var (layout, drawn, legend) = Placed(theme);
        var area = layout.Area;

        var nodes = new List<Node>();
        if (Title.Length > 0)
            nodes.Add(new TextNode(
                theme.Face.Ellipsize(Title, Bounds.Width, Typography.Heading, FontWeight.Bold),
                new Point(Bounds.X, Bounds.Y + Typography.Heading),
                Typography.Heading,
                theme.Foreground,
                Weight: FontWeight.Bold));
        nodes.AddRange(AxisMarks.DrawLeft(area, Y, layout.YTicks, Bounds.X));
        nodes.AddRange(RuleLabels(layout));
        nodes.AddRange(AxisMarks.DrawBelow(area, X, layout.XTicks, layout.Names, grid: Y.Categories is not null));
        nodes.Add(new GroupNode([.. drawn.SelectMany(d => d)]) { Clip = area.Seen });
        if (!Marks.Zip(drawn).Any(pair => pair.First is not RuleMark && pair.Second.Count > 0))
            nodes.Add(new TextNode(
                theme.Face.Ellipsize(Empty, area.Bounds.Width, Typography.Small),
                new Point(area.Bounds.Center.X, theme.Face.Centered(area.Bounds.Center.Y, Typography.Small)),
                Typography.Small,
                theme.Muted,
                TextAnchor.Middle));
        EndLabel[] labels =
        [
            .. NamedEnds.Select(m => m.EndIn(area) ?? new EndLabel(m.EndName, area.Bounds.Center.Y, theme.Muted)),
            .. EndRules.Select(r => new EndLabel(r.Label, area.Y.Map(r.Y!.Value), r.Color ?? theme.Muted)),
        ];
        nodes.AddRange(EndLabels.Draw(
            labels, area.Bounds.Right, Bounds.Right - area.Bounds.Right, area.Bounds.Y, area.Bounds.Bottom, theme.Face));
        nodes.AddRange(legend);
        return new GroupNode(nodes) { Label = Title.Length > 0 ? Title : null };
    }

    /// <summary>The rectangle and the scales of the data as <see cref="Draw"/> lays them out.</summary>
    // A legend looks at what the marks have drawn; without one that need not be drawn twice.
    internal PlotArea AreaIn(Theme theme) =>
        LegendTaken == LegendPlace.None ? PlotLayout.Of(this, Inner(theme), theme).Area : Placed(theme).Layout.Area;

    private Rect Inner(Theme theme)
    {
        double heading = Title.Length > 0 ? Typography.Heading + 8 : 0;
        return new Rect(Bounds.X, Bounds.Y + heading, Math.Max(8, Bounds.Width - EndWidthTaken(theme.Face)), Bounds.Height - heading);
    }

    private (PlotLayout Layout, IReadOnlyList<IReadOnlyList<Node>> Drawn, IEnumerable<Node> Legend) Placed(Theme theme) =>
        new PlotLegend([.. Unlabelled.Select(m => m.Key).OfType<LegendEntry>()], LegendTaken).Place(this, Inner(theme), theme);

    // One name alone is said by the title, names at the ends need not be said twice, and panels have one legend together.
    private LegendPlace LegendTaken => Legend != LegendPlace.Auto
        ? Legend
        : Area is null && Unlabelled.Select(m => m.Key?.Text).OfType<string>().Distinct(StringComparer.Ordinal).Count() > 1
            ? LegendPlace.Corner
            : LegendPlace.None;

    private IEnumerable<Mark> Unlabelled => Legend == LegendPlace.Auto && LabelEnds ? Marks.Where(m => m.EndName.Length == 0) : Marks;

    private IEnumerable<Node> RuleLabels(PlotLayout layout)
    {
        var area = layout.Area;
        foreach (var rule in Marks.OfType<RuleMark>().Where(r => r is { OnAxis: true, Y: not null }))
        {
            double at = area.Y.Map(rule.Y!.Value);
            // A tick that stands there already says the same.
            if (!Y.ShowLabels || layout.YTicks.Ticks.Any(t => !t.IsMinor && Math.Abs(area.Y.Map(t.Value) - at) < Typography.Small))
                continue;
            yield return new TextNode(
                area.Theme.Face.Ellipsize(rule.Label, area.Bounds.X - 6 - Bounds.X, Typography.Small),
                new Point(area.Bounds.X - 6, area.Theme.Face.Centered(at, Typography.Small)),
                Typography.Small,
                area.Theme.Muted,
                TextAnchor.End);
        }
    }
}
