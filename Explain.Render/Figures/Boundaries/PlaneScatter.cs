using Explain.Core;

namespace Explain.Render;

/// <summary>Samples of two inputs as points of the plane: their numbers say nothing, their places everything.</summary>
internal static class PlaneScatter
{
    private const double Side = 420;
    private const double Radius = 3.4;
    private const double Ringed = 5.8;

    public const double Width = Side;

    public static bool Fits(Dataset samples) => samples.SampleShape.Size == 2 && samples.Count > 0;

    /// <summary>One mark a class: colour and shape are the class.</summary>
    public static IEnumerable<Mark> Classes(Dataset samples, IReadOnlyList<string> names, Theme theme) =>
        names.Select((name, c) => new DotMark
        {
            Name = name,
            Color = Categories.At(c, theme),
            Marker = Categories.MarkerAt(c),
            Radius = Radius,
            Rim = theme.Background,
            Points = [.. At(samples, Enumerable.Range(0, samples.Count).Where(i => samples.Labels[i] == c))],
        });

    /// <summary>The legend, and under it the plane with the samples, those that are wrong within rings.</summary>
    /// <param name="run">Whose probe has two inputs.</param>
    /// <param name="wrong">Samples to be ringed; null where there are no answers to judge.</param>
    /// <param name="theme">Colours.</param>
    public static (List<Node> Nodes, double Height) Draw(RunFolder run, IReadOnlyList<int>? wrong, Theme theme)
    {
        var samples = run.Probe.Samples;
        var (x, y) = PlaneLimits.About(samples);
        var names = samples.ClassNames;
        LegendEntry[] legend =
        [
            .. names.Select((name, c) => new LegendEntry(name, Categories.At(c, theme), Categories.MarkerAt(c))),
            .. wrong is null ? Array.Empty<LegendEntry>() : [new LegendEntry("taken for another class", theme.Foreground, Marker.Ring)],
        ];
        double top = Legend.Height(legend, Side, theme.Face) + 6;
        var plot = new Plot
        {
            Bounds = new Rect(0, top, Side, Side),
            Legend = LegendPlace.None,
            X = new Axis { Limits = x, Label = run.FeatureName(0) },
            Y = new Axis { Limits = y, Label = run.FeatureName(1) },
            Marks =
            [
                .. Classes(samples, names, theme),
                new RingMark([.. At(samples, wrong ?? [])]),
            ],
        };
        return ([.. Legend.Draw(legend, default, Side, theme), plot.Draw(theme)], top + Side);
    }

    private static IEnumerable<Point> At(Dataset samples, IEnumerable<int> chosen) =>
        chosen.Select(i => new Point(samples.Inputs[i, 0], samples.Inputs[i, 1]));

    /// <summary>Thin circles about points: many may overlap and still show what they mark.</summary>
    private sealed record RingMark(IReadOnlyList<Point> Points) : Mark
    {
        public override IEnumerable<Node> Draw(PlotArea area) =>
            Points.Count == 0 ? []
                : [new GroupNode([.. Points.Select(p => new PathNode(
                    PathData.Circle(area.Map(p.X, p.Y), Ringed), Stroke: new Stroke(area.Theme.Foreground, 0.9)))]) { Label = "wrong" }];
    }
}
