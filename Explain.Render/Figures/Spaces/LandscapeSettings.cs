using Explain.Core;

namespace Explain.Render;

/// <summary>What the two pictures of a loss landscape, from the side and from above, are asked for and say alike.</summary>
internal static class LandscapeSettings
{
    public static readonly FigureOption Plane = new(
        "plane", "path|random", "path",
        "The plane: principal components of the path of training, or two random directions normalised by filter.");
    public static readonly FigureOption Span = new(
        "span", "0.01 to 100", "1", "How much to look at: a multiple of the path's surroundings, or the reach of the random directions.");
    public static readonly FigureOption Grid = new(
        "grid", "auto, or 3 to 401", "auto", "Networks evaluated in each direction; auto takes 41, and 25 where networks are costly.");
    public static readonly FigureOption Height = new(
        "height", "auto|linear|log", "auto",
        "How heights are spread; auto takes a logarithm where losses differ more than twelvefold, "
            + "linear cuts off what lies far over the path.");

    private const int Shades = 128;

    // Least room between two labels of the colour bar.
    private const double Between = 6;

    public static IReadOnlyList<FigureOption> All { get; } = [Plane, Span, Grid, Height];

    private static string? Unmet(FigureRequest request)
    {
        if (request.Runs.FirstOrDefault(run => run.SnapshotEpochs.Count == 0) is { } bare)
            return $"The run '{bare.Info.Name}' kept no snapshot, so there is no network to evaluate.";
        return request.Run.Probe.Samples.Count == 0 ? "This run recorded no probe samples to take the loss of." : null;
    }

    private static LandscapeOptions Read(FigureRequest request) => new()
    {
        Plane = request.Option(Plane) == "random" ? LandscapePlane.Random : LandscapePlane.Path,
        Span = request.Number(Span, 1, 0.01, 100),
        Grid = request.Options.GetValueOrDefault(Grid.Name, Grid.Default) == "auto" ? null : (int)request.Number(Grid, 41, 3, 401),
    };

    /// <summary>The analysis that the request asks for; none where a run kept nothing to evaluate.</summary>
    public static IEnumerable<AnalysisRequest> Needs(FigureRequest request) =>
        Unmet(request) is null ? [new AnalysisRequest(new LandscapeAnalysis { Landscape = Read(request) }, request.Runs)] : [];

    /// <summary>The landscape, or why there is none.</summary>
    public static (LossLandscape? Landscape, string Problem) Get(FigureRequest request)
    {
        var options = Read(request);
        if (Unmet(request) is { } unmet) return (null, unmet);
        try
        {
            return (request.Analyst.Get(new LandscapeAnalysis { Landscape = options }, request.Runs), "");
        }
        catch (InputException e)
        {
            return (null, e.Message);
        }
    }

    public static Color PathColor(int run, int runs, Theme theme) => runs == 1 ? Categories.At(1, theme) : Categories.At(run, theme);

    public static double LegendHeight(IReadOnlyList<RunFolder> runs, double width, Theme theme) =>
        runs.Count > 1 ? Render.Legend.Height(Entries(runs, theme), width, theme.Face) + 4 : 0;

    public static IEnumerable<Node> Legend(IReadOnlyList<RunFolder> runs, double width, Theme theme) =>
        runs.Count > 1 ? Render.Legend.Draw(Entries(runs, theme), default, width, theme) : [];

    /// <summary>The colour bar; with logarithmic heights its ends are named as losses.</summary>
    public static IEnumerable<Node> Bar(LandscapeView view, ColorScale scale, Point origin, double width, Theme theme)
    {
        if (!view.Log) return ColorBar.Draw(scale, origin, width, theme, "loss", view.Clipped);
        // The bar runs over logarithms; it is labelled with what they are logarithms of.
        double baseline = origin.Y + 11 + (0.8 * Typography.Small);
        var nodes = new List<Node>
        {
            HeatMap.Draw(
                [.. Enumerable.Range(0, Shades).Select(i => (float)(scale.Limits.Min + (scale.Limits.Span * i / (Shades - 1))))],
                1,
                Shades,
                scale,
                new Rect(origin.X, origin.Y, width, 8)),
        };
        string least = NumberFormat.Value(view.Limits.Min), most = NumberFormat.Value(view.Limits.Max);
        Tick(least, origin.X, TextAnchor.Start);
        Tick(most, origin.X + width, TextAnchor.End);
        double from = origin.X + theme.Face.Measure(least, Typography.Small),
            to = origin.X + width - theme.Face.Measure(most, Typography.Small);
        foreach (var tick in new LogScale(view.Limits, origin.X, origin.X + width).Ticks(40).Where(t => !t.IsMinor))
        {
            double at = origin.X + (width * (view.Height(tick.Value) - scale.Limits.Min) / scale.Limits.Span),
                half = theme.Face.Measure(tick.Label, Typography.Small) / 2;
            if (at - half > from + Between && at + half < to - Between) Tick(tick.Label, at, TextAnchor.Middle);
        }
        nodes.Add(new TextNode(
            ColorBar.Note("loss, logarithmic", Spread.Linear, view.Clipped),
            new Point(origin.X + width + 10, theme.Face.Centered(origin.Y + 4, Typography.Small)),
            Typography.Small,
            theme.Muted));
        return nodes;

        void Tick(string text, double at, TextAnchor anchor)
        {
            nodes.Add(new PathNode(PathData.Line(at, origin.Y + 8, at, origin.Y + 10.5), Stroke: new Stroke(theme.Muted, 0.8)));
            nodes.Add(new TextNode(text, new Point(at, baseline), Typography.Small, theme.Muted, anchor));
        }
    }

    public static SceneInfo Info(FigureRequest request, FigureKind kind, LandscapeView view, string altText) => new()
    {
        Title = kind.Title,
        Caption = $"{view.SampleWords} {char.ToUpperInvariant(view.VarianceWords[0])}{view.VarianceWords[1..]}. {view.LimitWords}",
        AltText = altText,
        // The finding is in the alternative text, which stands before this.
        Description =
            $"{view.DistanceWords()} The surface was evaluated at "
                + $"{view.Landscape.Surface.First.Count} × {view.Landscape.Surface.Second.Count} networks."
                .TrimStart(),
        Table = view.Table(),
        Command = request.Command(kind.Name),
    };

    private static LegendEntry[] Entries(IReadOnlyList<RunFolder> runs, Theme theme) =>
        [.. RunLabels.Of(runs).Select((label, r) => new LegendEntry(label, PathColor(r, runs.Count, theme), Categories.MarkerAt(r)))];
}
