using Explain.Core;

namespace Explain.Render;

/// <summary>What metrics.csv says of every layer, as small multiples: a row a quantity, a column a layer, against epoch.</summary>
public sealed class LayerPanels(FigureRequest request) : Figure(Kind, request)
{
    private const double PanelWidth = 165;
    private const double PanelHeight = 74;
    private const double LeastWidth = 420;
    private const int MostLayers = 8;
    private const int MostRows = 500;
    private const double LogRatio = 20;

    private static readonly Quantity[] Quantities =
    [
        new("Standard deviation of the weights", m => m.WeightStd),
        new("Mean |Δw| of the epoch's last step", m => m.UpdateMean),
        new("Mean |gradient| of the epoch's last step", m => m.GradientMean),
        new("Update to weight ratio", m => m.UpdateRatio),
        new("Standard deviation of the activations", m => m.ActivationStd),
        new("Share of dead units", m => m.DeadShare, Share: true),
        new("Share of saturated activations", m => m.SaturatedShare, Share: true),
    ];

    /// <summary>Its entry in the catalogue.</summary>
    public static FigureKind Kind { get; } = new(
        "layer-panels", "Layer by layer",
        "Weights, updates, gradients, activations and dead shares of every layer against epoch, in panels on common scales.",
        "A column is a layer, a row a quantity; all panels of a row have the same scale, so a curve that lies higher is larger. "
            + "Look along a row for the layer that behaves unlike its neighbours: "
            + "gradients that shrink from right to left vanish on their way back, a dead share that climbs is a layer losing units.",
        FigureScope.Run, PerLayer: false, [], _ => true, request => new LayerPanels(request))
    {
        Beware = "Rows whose values differ more than twentyfold have logarithmic scales, which hide small differences. "
            + "Updates and gradients are those of an epoch's last step and jump with small batches.",
        Program = """
        new LayerPanels(run).Draw(Theme.Light).SavePng("layer-panels.png");
        """,
    };

    /// <inheritdoc/>
    public override Scene Draw(Theme theme)
    {
        var run = Run;
        var names = EpochPlots.LayerNames(run);
        if (names.Count == 0)
            return Missing(theme, "No epoch of this run has finished, so there is nothing to tell of its layers.");
        int layers = Math.Min(MostLayers, names.Count);
        var rows = Quantities.Where(q => Values(run, q).Any(double.IsFinite)).ToArray();
        var limits = rows.Select(q => Limits.Of(Values(run, q))).ToArray();
        var panels = new List<Plot>();
        foreach (var (quantity, range) in rows.Zip(limits))
        {
            bool log = !quantity.Share && range.Min > 0 && range.Max / range.Min > LogRatio;
            for (int l = 0; l < layers; l++)
            {
                int layer = l;
                panels.Add(new Plot
                {
                    X = EpochPlots.Epochs,
                    Y = new Axis { Log = log, Percent = quantity.Share, Include = quantity.Share ? [0, 0.05] : log ? [] : [0] },
                    Empty = "not finite",
                    Marks = [new LineMark
                    {
                        SumUp = true,
                        Name = names[l],
                        Color = Categories.At(l, theme),
                        Dashes = Categories.DashesAt(l, theme),
                        Points =
                        [
                            .. run.Metrics.Where(m => layer < m.Layers.Count).Select(m => new Point(m.Epoch, quantity.Of(m.Layers[layer]))),
                        ],
                    }],
                });
            }
        }
        double width = Math.Max(LeastWidth, (layers * PanelWidth) + 50), height = (rows.Length * (PanelHeight + 33)) + 50;
        var facets = new Facets
        {
            Bounds = new Rect(0, 0, width, height),
            Panels = panels,
            Columns = layers,
            ColumnHeads = [.. names.Take(layers)],
            RowHeads = [.. rows.Select(Head)],
            Share = FacetShare.Row,
        };
        string finding = Finding(run, names);
        return new Page
        {
            Theme = theme,
            Subtitle = $"{run.Title()} · {finding}",
            BodyWidth = width,
            BodyHeight = height,
            Body = [.. facets.Draw(theme)],
            Notes = names.Count > layers ? [$"The first {layers} of {names.Count} layers."] : [],
            Width = Request.Width,
            Info = new SceneInfo
            {
                Title = Kind.Title,
                Caption = $"{rows.Length} quantities of {layers} layers of {run.Title()} over {run.Metrics.Count} epochs. "
                    + "Each row has one scale: "
                    + $"{string.Join("; ", rows.Zip(limits).Select(r =>
                        $"{Lower(r.First.Name)} {NumberFormat.Value(r.Second.Min)} to {NumberFormat.Value(r.Second.Max)}"))}.",
                AltText = $"Grid of line charts, a row a quantity and a column a layer: {finding}.",
                Description = string.Join(" ", names.Take(layers).Select((name, l) => $"{name} ends "
                    + $"with {string.Join(", ", rows.Select(q => $"{Lower(q.Name)} {Text(q, q.Of(run.Metrics[^1].Layers[l]))}"))}.")),
                Table = new DataTable(
                    ["epoch", .. names.Take(layers).SelectMany(name => rows.Select(q => $"{name}: {Lower(q.Name)}"))],
                    [.. run.Metrics.Take(MostRows).Select(m => (IReadOnlyList<string>)
                    [
                        $"{m.Epoch}",
                        .. m.Layers.Take(layers).SelectMany(l => rows.Select(q => Text(q, q.Of(l)))),
                    ])]),
                Command = Command,
            },
        }.ToScene();

        string Head(Quantity quantity)
        {
            int at = Array.IndexOf(rows, quantity);
            return !quantity.Share && limits[at].Min > 0 && limits[at].Max / limits[at].Min > LogRatio ? quantity.Name + " (logarithmic)"
                : quantity.Name;
        }
    }

    private static IEnumerable<double> Values(RunFolder run, Quantity quantity) =>
        run.Metrics.SelectMany(m => m.Layers).Select(quantity.Of).Where(double.IsFinite);

    private static string Text(Quantity quantity, double value) => quantity.Share ? NumberFormat.Percent(value) : NumberFormat.Value(value);

    private static string Lower(string text) => char.ToLowerInvariant(text[0]) + text[1..];

    private static string Finding(RunFolder run, IReadOnlyList<string> names)
    {
        var last = run.Metrics[^1].Layers;
        int dead = Enumerable.Range(0, last.Count).MaxBy(l => double.IsFinite(last[l].DeadShare) ? last[l].DeadShare : -1);
        int small = Enumerable.Range(0, last.Count)
            .MinBy(l => double.IsFinite(last[l].UpdateRatio) ? last[l].UpdateRatio : double.MaxValue);
        string deaths = last[dead].DeadShare > 0 ? $"most dead units in {names[dead]} ({NumberFormat.Percent(last[dead].DeadShare)})"
            : "no dead units";
        return $"{deaths}; {names[small]} moves least for its weights ({NumberFormat.Value(last[small].UpdateRatio, 2)} a step)";
    }

    private sealed record Quantity(string Name, Func<LayerMetrics, double> Of, bool Share = false);
}
