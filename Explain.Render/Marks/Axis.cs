namespace Explain.Render;

/// <summary>What an axis shows.</summary>
public sealed record Axis
{
    /// <summary>Quantity and unit, e.g. "epoch" or "loss (log)".</summary>
    public string Label { get; init; } = "";

    /// <summary>The values shown; those of the marks where null.</summary>
    public Limits? Limits { get; init; }

    /// <summary>Values that the axis must include beside those of the marks.</summary>
    public IReadOnlyList<double> Include { get; init; } = [];

    /// <summary>Logarithmic; values that are not positive are left out.</summary>
    public bool Log { get; init; }

    /// <summary>Only whole numbers have ticks.</summary>
    public bool Whole { get; init; }

    /// <summary>Labels in percent.</summary>
    public bool Percent { get; init; }

    /// <summary>Whether the ends are widened to whole ticks (linear axes).</summary>
    public bool Nice { get; init; }

    /// <summary>False where only the line is drawn.</summary>
    public bool ShowTicks { get; init; } = true;

    /// <summary>Positive limits moved apart by 4 % of their distance on a logarithmic axis, so that no line runs along the frame.</summary>
    internal static Limits LogPadded(Limits limits)
    {
        if (limits.Max <= limits.Min) return new Limits(limits.Min / 2, limits.Max * 2);
        double factor = Math.Pow(limits.Max / limits.Min, 0.04);
        return new Limits(limits.Min / factor, limits.Max * factor);
    }

    /// <summary>The scale over the given pixels.</summary>
    internal Scale Build(IEnumerable<double> values, double from, double to, double spacing)
    {
        var limits = Limits ?? Render.Limits.Of(values.Concat(Include).Where(v => !Log || v > 0));
        if (Log)
        {
            limits = limits.IsEmpty || limits.Max <= 0 ? new(0.1, 1) : limits;
            double low = limits.Min > 0 ? limits.Min : limits.Max / 1000;
            limits = limits.Max / low < 1.02 ? new(low / 2, low * 2) : Limits is null ? LogPadded(new(low, limits.Max)) : new(low, limits.Max);
            return new LogScale(limits, from, to);
        }
        var scale = new LinearScale(limits.OrWidened(), from, to) { Whole = Whole, Percent = Percent };
        if (Whole && limits is { IsEmpty: false, Span: 0 })
            scale = scale with { Domain = new(limits.Min - 1, limits.Max + 1) };
        return Nice ? scale.Nice(spacing) : scale;
    }
}

/// <summary>Axes as nodes: thin lines, ticks outside, few grid lines.</summary>
internal static class AxisMarks
{
    public const double TickSpacingX = 46;
    public const double TickSpacingY = 28;
    private const double TickLength = 4;

    /// <summary>Ticks whose labels stand apart by at least one em: wider spacing is tried until they do.</summary>
    public static IReadOnlyList<Tick> TicksAlong(Scale x)
    {
        double spacing = TickSpacingX;
        var ticks = x.Ticks(spacing);
        for (int i = 0; i < 8 && Crowded(x, ticks); i++)
        {
            spacing *= 1.35;
            ticks = x.Ticks(spacing);
        }
        return ticks;
    }

    public static double LabelWidth(IReadOnlyList<Tick> ticks) =>
        ticks.Select(t => Typeface.Current.Measure(t.Label, Typography.Small)).DefaultIfEmpty(0).Max();

    public static IEnumerable<Node> Below(PlotArea area, Axis axis, IReadOnlyList<Tick> ticks)
    {
        var b = area.Bounds;
        var pen = new Stroke(area.Theme.Muted, 0.8);
        yield return new PathNode(PathData.Line(b.X, b.Bottom, b.Right, b.Bottom), Stroke: pen);
        if (axis.ShowTicks)
        {
            foreach (var tick in ticks)
            {
                double x = area.X.Map(tick.Value);
                yield return new PathNode(PathData.Line(x, b.Bottom, x, b.Bottom + (tick.IsMinor ? TickLength / 2 : TickLength)), Stroke: pen);
                if (!tick.IsMinor)
                    yield return new TextNode(tick.Label, new Point(x, b.Bottom + TickLength + Typography.Small + 1), Typography.Small, area.Theme.Muted, TextAnchor.Middle);
            }
        }
        if (axis.Label.Length > 0)
        {
            double y = b.Bottom + (axis.ShowTicks ? TickLength + Typography.Small + 1 : 0) + Typography.Small + 4;
            yield return new TextNode(Typography.Ellipsis(axis.Label, b.Width, Typography.Small), new Point(b.Right, y), Typography.Small, area.Theme.Muted, TextAnchor.End);
        }
    }

    public static IEnumerable<Node> Left(PlotArea area, Axis axis, IReadOnlyList<Tick> ticks, double labelLeft)
    {
        var b = area.Bounds;
        if (axis.ShowTicks)
        {
            // Minor ticks want a line to stand on.
            if (ticks.Any(t => t.IsMinor)) yield return new PathNode(PathData.Line(b.X, b.Y, b.X, b.Bottom), Stroke: new Stroke(area.Theme.Muted, 0.8));
            var grid = new Stroke(area.Theme.Grid, 0.8);
            var pen = new Stroke(area.Theme.Muted, 0.8);
            foreach (var tick in ticks)
            {
                double y = area.Y.Map(tick.Value);
                if (tick.IsMinor)
                {
                    yield return new PathNode(PathData.Line(b.X - (TickLength / 2), y, b.X, y), Stroke: pen);
                    continue;
                }
                yield return new PathNode(PathData.Line(b.X, y, b.Right, y), Stroke: grid);
                yield return new TextNode(tick.Label, new Point(b.X - 6, Typography.Centered(y, Typography.Small)), Typography.Small, area.Theme.Muted, TextAnchor.End);
            }
        }
        if (axis.Label.Length > 0)
            yield return new TextNode(Typography.Ellipsis(axis.Label, b.Right - labelLeft, Typography.Small), new Point(labelLeft, b.Y - 8), Typography.Small, area.Theme.Muted);
    }

    private static bool Crowded(Scale x, IReadOnlyList<Tick> ticks)
    {
        double right = double.NegativeInfinity;
        foreach (var tick in ticks.Where(t => !t.IsMinor).OrderBy(t => x.Map(t.Value)))
        {
            double half = Typeface.Current.Measure(tick.Label, Typography.Small) / 2;
            if (x.Map(tick.Value) - half < right + (Typography.Small * 0.8)) return true;
            right = x.Map(tick.Value) + half;
        }
        return false;
    }
}
