namespace Explain.Render;

/// <summary>One upright axis of <see cref="ParallelCoordinates"/>.</summary>
/// <param name="Name">Over it.</param>
/// <param name="Values">One a line; NaN where it is missing. Of categories their index.</param>
public sealed record ParallelAxis(string Name, IReadOnlyList<double> Values)
{
    /// <summary>Names of categories; null where values are numbers.</summary>
    public IReadOnlyList<string>? Categories { get; init; }

    /// <summary>Logarithmic.</summary>
    public bool Log { get; init; }

    /// <summary>Labels in percent.</summary>
    public bool Percent { get; init; }
}

/// <summary>
/// Things of several properties as lines across upright axes (Inselberg, "The plane with parallel coordinates", 1985), coloured by a value.
/// </summary>
public sealed record ParallelCoordinates
{
    private const double Top = 34;
    private const double Spread = 0.32;

    /// <summary>From the left.</summary>
    public required IReadOnlyList<ParallelAxis> Axes { get; init; }

    /// <summary>Colour of each line.</summary>
    public required IReadOnlyList<Color> Colors { get; init; }

    /// <summary>The line drawn on top and wider; none where null.</summary>
    public int? Best { get; init; }

    /// <summary>What each line is called.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Whether lines bend so that they cross each axis level.</summary>
    public bool Curved { get; init; } = true;

    /// <summary>Axes, lines and labels stay within it.</summary>
    public required Rect Bounds { get; init; }

    /// <summary>The nodes.</summary>
    public IEnumerable<Node> Draw(Theme theme)
    {
        if (Axes.Count == 0) yield break;
        bool missing = Axes.Any(a => a.Values.Any(v => !double.IsFinite(v)));
        double top = Bounds.Y + Top, bottom = Bounds.Bottom - (missing ? 26 : 8), absent = Bounds.Bottom - 6;
        // Half a column at either side keeps the outer labels inside.
        double step = Bounds.Width / Axes.Count;
        var scales = Axes.Select(a => Build(a, bottom, top)).ToArray();
        double[] xs = [.. Enumerable.Range(0, Axes.Count).Select(i => Bounds.X + (step * (i + 0.5)))];
        var at = Axes.Select((axis, a) => Places(axis, scales[a], absent)).ToArray();
        int[] order = [.. Enumerable.Range(0, Colors.Count).Where(i => i != Best), .. Best is { } b ? [b] : Array.Empty<int>()];
        foreach (int i in order)
        {
            var path = Line(i, xs, at);
            bool best = i == Best;
            string? name = i < Names.Count ? Names[i] : null;
            if (best) yield return new PathNode(path, Stroke: new Stroke(theme.Background, 6, Join: LineJoin.Round));
            yield return new GroupNode(
            [
                new PathNode(path, Stroke: new Stroke(
                    best ? Colors[i] : Colors[i].WithAlpha(0.8), best ? 3.2 : 1.3, Cap: LineCap.Round, Join: LineJoin.Round)),
            ]) { Label = name, Tooltip = name };
        }
        for (int a = 0; a < Axes.Count; a++)
        {
            foreach (var node in Axis(
                Axes[a], scales[a], xs[a], step, theme, top, bottom, a == Axes.Count - 1 ? step / 2 : 0.75 * step, first: a == 0))
                yield return node;
            if (!Axes[a].Values.Any(v => !double.IsFinite(v))) continue;
            yield return Plate("none", xs[a], absent, theme);
        }
    }

    private static IEnumerable<Node> Axis(
        ParallelAxis axis, Scale scale, double x, double step, Theme theme, double top, double bottom, double right, bool first)
    {
        yield return new PathNode(PathData.Line(x, top, x, bottom), Stroke: new Stroke(theme.Foreground, 1));
        var lines = theme.Face.Wrap(axis.Name, step - 10, Typography.Label, FontWeight.Bold, 2);
        for (int i = 0; i < lines.Count; i++)
            yield return new TextNode(
                lines[i],
                new Point(x, top - 10 - ((lines.Count - 1 - i) * Typography.Label * 1.2)),
                Typography.Label,
                theme.Foreground,
                TextAnchor.Middle,
                FontWeight.Bold);
        foreach (var (value, label) in Ticks(axis, scale, bottom - top))
        {
            double y = scale.Map(value);
            yield return new PathNode(PathData.Line(x - 3, y, x + 3, y), Stroke: new Stroke(theme.Foreground, 1));
            // No line runs left of the first axis.
            if (first)
                yield return new TextNode(
                    theme.Face.Ellipsize(label, (step / 2) - 7, Typography.Small),
                    new Point(x - 7, theme.Face.Centered(y, Typography.Small)),
                    Typography.Small,
                    theme.Foreground,
                    TextAnchor.End);
            else
                yield return Plate(theme.Face.Ellipsize(label, right - 12, Typography.Small), x, y, theme);
        }
    }

    // Right of the axis, on a plate that keeps it readable over the lines.
    private static GroupNode Plate(string text, double x, double y, Theme theme)
    {
        double width = theme.Face.Measure(text, Typography.Small);
        return new GroupNode(
        [
            new PathNode(
                PathData.Rectangle(new Rect(x + 5, y - (Typography.Small * 0.62), width + 4, Typography.Small * 1.24), 2),
                theme.Background),
            new TextNode(text, new Point(x + 7, theme.Face.Centered(y, Typography.Small)), Typography.Small, theme.Foreground),
        ]);
    }

    // Settings are few: where that is so, each value that occurs is a tick.
    private static IEnumerable<(double Value, string Label)> Ticks(ParallelAxis axis, Scale scale, double length)
    {
        if (axis.Categories is { } names)
        {
            int every = Math.Max(1, (int)Math.Ceiling(names.Count * 14 / Math.Max(1, length)));
            return names.Select((name, i) => ((double)i, name)).Where((_, i) => i % every == 0);
        }
        double[] distinct = [.. axis.Values.Where(v => double.IsFinite(scale.Map(v))).Distinct().Order()];
        bool few = distinct.Length is > 0 and <= 8
            && !axis.Percent
            && distinct.Zip(distinct.Skip(1)).All(p => Math.Abs(scale.Map(p.First) - scale.Map(p.Second)) > 14);
        return few ? distinct.Select(v => (v, Number(v))) : scale.Ticks(28).Where(t => !t.IsMinor).Select(t => (t.Value, t.Label));
    }

    private static string Number(double v) => Math.Abs(v) >= 1e-4 && Math.Abs(v) < 1e6
        ? ((float)v).ToString("0.######", System.Globalization.CultureInfo.InvariantCulture).Replace('-', '−')
        : NumberFormat.Value(v);

    private static Scale Build(ParallelAxis axis, double bottom, double top)
    {
        if (axis.Categories is { } names) return new LinearScale(new Limits(-0.5, Math.Max(1, names.Count) - 0.5), bottom, top);
        var limits = Limits.Of(axis.Values.Where(v => !axis.Log || v > 0));
        return axis.Log && !limits.IsEmpty && limits.Max / limits.Min > 1.02 ? new LogScale(limits, bottom, top)
            : new LinearScale(limits.OrWidened(), bottom, top) { Percent = axis.Percent };
    }

    // Lines of one category spread a little about it, sorted by where they come from would cross less; by index they stay put when others
    // are added.
    private static double[] Places(ParallelAxis axis, Scale scale, double absent)
    {
        var places = new double[axis.Values.Count];
        foreach (var tie in Enumerable.Range(0, places.Length).GroupBy(i => axis.Values[i]))
        {
            int[] same = [.. tie];
            for (int k = 0; k < same.Length; k++)
            {
                double y = scale.Map(tie.Key);
                double room = axis.Categories is null ? 0 : Spread * Math.Abs(scale.Map(1) - scale.Map(0));
                room = Math.Min(room, 2.5 * same.Length);
                places[same[k]] = double.IsFinite(y) ? y + (same.Length < 2 ? 0 : room * (((double)k / (same.Length - 1)) - 0.5)) : absent;
            }
        }
        return places;
    }

    private PathData Line(int i, double[] xs, double[][] at)
    {
        var path = new PathBuilder();
        for (int a = 0; a < xs.Length; a++)
        {
            double y = i < at[a].Length ? at[a][i] : Bounds.Bottom - 6;
            if (a == 0)
            {
                path.MoveTo(xs[a], y);
                continue;
            }
            double middle = (xs[a] + xs[a - 1]) / 2, before = i < at[a - 1].Length ? at[a - 1][i] : Bounds.Bottom - 6;
            if (Curved) path.CubicTo(middle, before, middle, y, xs[a], y);
            else path.LineTo(xs[a], y);
        }
        return path.Build();
    }
}
