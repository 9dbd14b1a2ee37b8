using Explain.Core;

namespace Explain.Render;

/// <summary>How often each layer gives which activation, one histogram a layer.</summary>
public sealed class ActivationHistograms(FigureRequest request, int? epoch = null)
    : SnapshotFigure(Kind, request, "there are no activations to show", epoch: epoch)
{
    private const double PanelWidth = 214;
    private const double PanelHeight = 178;
    private const double Between = 26;
    private const int MostAcross = 3;
    private const int Bins = 80;
    private const double LeastShare = 1e-5;
    private readonly IReadOnlyList<LayerLimits> _limits = request.SharedLimits();

    /// <summary>Its entry in the catalogue.</summary>
    public static FigureKind Kind { get; } = new(
        "activation-histograms", "Activations of each layer", "How often each layer gives which activation, on a logarithmic axis.",
        "One panel a layer. Height is the share of activations at that value; each grid line up is a factor of ten or more. "
            + "A healthy layer is spread out. One tall bar at zero (relu) means silent units; tall bars at both ends (sigmoid, tanh) "
            + "mean saturated units that hardly learn. \"Saturated\" is the share where the function has almost no slope, "
            + "\"dead\" the share of units that never had one.",
        FigureScope.Epoch, PerLayer: false, [], _ => true, request => new ActivationHistograms(request))
    {
        Needs = request => request.NeedsLimits(),
        Beware = "Heights are on a logarithmic axis, so a bar half as high is far less than half the activations. "
            + "All units of a layer are counted together: one dead unit among a hundred hardly shows.",
        Program = """
        var figure = new ActivationHistograms(run);
        figure.Draw(Theme.Light).SavePng("activation-histograms.png");
        """,
    };

    private protected override Scene Draw(Theme theme, Snapshot snapshot)
    {
        var run = Run;
        int across = Math.Min(MostAcross, snapshot.Layers.Count), down = (snapshot.Layers.Count + across - 1) / across;
        var nodes = new List<Node>();
        var metrics = run.MetricsAt(snapshot.Epoch);
        for (int l = 0; l < snapshot.Layers.Count; l++)
        {
            var corner = new Point(l % across * (PanelWidth + Between), l / across * (PanelHeight + Between));
            nodes.AddRange(Panel(
                snapshot.Layers[l], metrics?.Layers.ElementAtOrDefault(l), _limits[l].Activation, corner, theme, Categories.At(l, theme)));
        }
        string finding = string.Join(
            "; ", snapshot.Layers.Select((layer, l) => $"{layer.Name} {Words(layer, metrics?.Layers.ElementAtOrDefault(l))}"));
        return new Page
        {
            Theme = theme,
            Subtitle = $"{run.Title()} · {run.EpochWords(snapshot.Epoch)} · share of activations, logarithmic axis",
            BodyWidth = Math.Max(360, (across * (PanelWidth + Between)) - Between),
            BodyHeight = (down * (PanelHeight + Between)) - Between,
            Body = nodes,
            Width = Request.Width,
            Info = new SceneInfo
            {
                Title = Kind.Title,
                Caption = $"Share of activations in each of {Bins} equal bins, logarithmic axis from 0.001\u00A0% to 100\u00A0%. "
                    + $"The horizontal limits hold for every kept epoch{(Request.SharedWith.Count > 0 ? " and every compared run" : "")} "
                    + "and leave out at most 0.05\u00A0% on either side.",
                AltText = $"Histograms of the activations of {snapshot.Layers.Count} layer{(snapshot.Layers.Count == 1 ? "" : "s")} after "
                    + $"epoch {snapshot.Epoch}: {finding}.",
                Description = string.Join(
                    " ", snapshot.Layers.Select((layer, l) => $"{layer.Name}: {Words(layer, metrics?.Layers.ElementAtOrDefault(l))}, "
                        + $"from {NumberFormat.Value(layer.Activations.Minimum)} to {NumberFormat.Value(layer.Activations.Maximum)}.")),
                Table = Table(snapshot),
                Command = Command,
            },
        }.ToScene();
    }

    private static IEnumerable<Node> Panel(
        LayerSnapshot layer, LayerMetrics? metrics, Limits limits, Point corner, Theme theme, Color color)
    {
        string activation = Words(layer, metrics);
        var name = new TextNode(
            theme.Face.Ellipsize(layer.Name, PanelWidth, Typography.Heading, FontWeight.Bold),
            corner.Offset(0, Typography.Heading),
            Typography.Heading,
            theme.Foreground,
            Weight: FontWeight.Bold);
        var words = new TextNode(
            theme.Face.Ellipsize(activation, PanelWidth, Typography.Small),
            corner.Offset(0, Typography.Heading + 14),
            Typography.Small,
            theme.Muted);
        limits = limits.OrWidened();
        bool any = layer.Activations.Counts.Any(c => c > 0);
        var plot = new Plot
        {
            Bounds = new Rect(corner.X, corner.Y + Typography.Heading + 20, PanelWidth, PanelHeight - Typography.Heading - 20),
            X = new Axis { Limits = limits, Label = "activation" },
            Y = new Axis { Log = true, Limits = new Limits(LeastShare, 1) },
            Empty = "nothing was counted",
            Marks = any
                ? [new HistogramMark
                {
                    Minimum = limits.Min,
                    Maximum = limits.Max,
                    Heights = Histograms.Shares(layer.Activations, limits, Bins),
                    Color = color,
                }]
                : [],
        };
        return [name, words, plot.Draw(theme)];
    }

    private static string Words(LayerSnapshot layer, LayerMetrics? metrics)
    {
        var (mean, deviation) = Histograms.Moments(layer.Activations);
        string words = $"μ {NumberFormat.Value(mean, 2)}, σ {NumberFormat.Value(deviation, 2)}";
        if (metrics is null) return words;
        if (metrics.DeadShare > 0) words += $", {NumberFormat.Percent(metrics.DeadShare, 0)} dead";
        if (metrics.SaturatedShare > 0) words += $", {NumberFormat.Percent(metrics.SaturatedShare, 0)} saturated";
        return words;
    }

    private static DataTable Table(Snapshot snapshot) => new(
        ["layer", "from", "to", "count"],
        [.. snapshot.Layers.SelectMany(layer => layer.Activations.Counts.Select((count, b) => (IReadOnlyList<string>)
        [
            layer.Name,
            NumberFormat.Value(
                layer.Activations.Minimum
                    + ((double)(layer.Activations.Maximum - layer.Activations.Minimum) * b / layer.Activations.Counts.Length)),
            NumberFormat.Value(
                layer.Activations.Minimum
                    + ((double)(layer.Activations.Maximum - layer.Activations.Minimum) * (b + 1) / layer.Activations.Counts.Length)),
            NumberFormat.Count(count),
        ]))]);
}
