using Explain.Core;

namespace Explain.Render;

/// <summary>How the distribution of a layer's activations moves while the network learns: one ridge a kept epoch, the first on top.</summary>
public sealed class ActivationRidges : IFigure
{
    private const double Width = 520;
    private const double Step = 26;
    private const int Bins = 96;
    private const int MostRidges = 20;
    private const double Overlap = 2.4;
    private const double CutOver = 3;
    private readonly FigureRequest _request;

    /// <summary>As the request says.</summary>
    public ActivationRidges(FigureRequest request)
    {
        _request = request;
        request.LayerIndex(request.Run.SnapshotLayerCount(), 0);
    }

    /// <summary>Of a layer of a run; the first where null.</summary>
    public ActivationRidges(RunFolder run, int? layer = null)
        : this(new FigureRequest { Runs = [run], Layer = layer })
    {
    }

    /// <summary>Its entry in the catalogue.</summary>
    public static FigureKind Kind { get; } = new(
        "activation-ridges", "Activations over the epochs", "How the distribution of a layer's activations moves while the network learns, as ridgelines.",
        "Each ridge is the distribution of the layer's activations after one kept epoch, the first on top; the higher it is at a value, the more activations lie there. All ridges have one scale. Ridges that widen mean a layer that answers more strongly; one that shrinks to a spike means units that fall silent or saturate.",
        FigureScope.Run, PerLayer: true, [], run => run.SnapshotEpochs.Count > 0, request => new ActivationRidges(request))
    {
        Beware = "Kept epochs thin out late in training, so equal steps down are not equal times. Spikes far above everything else are cut off; the note says where.",
        Program = """
        var figure = new ActivationRidges(run, layer: 0);
        figure.Draw(Theme.Light).SavePng("activation-ridges.png");
        """,
        Unmet = _ => "it needs a kept snapshot",
    };

    /// <inheritdoc/>
    public Scene Draw(Theme theme)
    {
        var run = _request.Run;
        int[] kept = Chosen(run.SnapshotEpochs);
        int index = _request.LayerIndex(run.SnapshotLayerCount(), 0);
        var layers = kept.Select(run.ReadSnapshot).Where(s => index < s.Layers.Count).Select(s => (s.Epoch, Layer: s.Layers[index])).ToArray();
        var limits = RunLimits.Shared(_request, index).Activation;
        if (layers.Length == 0 || limits.IsEmpty)
            return Page.Missing(theme, _request, Kind.Name, Kind.Title, "This run kept no snapshot with activations of this layer.");
        limits = limits.OrWidened();
        double[][] shares = [.. layers.Select(l => Histograms.Shares(l.Layer.Activations, limits, Bins))];
        double largest = shares.SelectMany(s => s).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        double[] positive = [.. shares.SelectMany(s => s).Where(s => s > 0).Order()];
        double cut = positive.Length == 0 ? 1 : Math.Min(largest, CutOver * positive[(int)(0.95 * (positive.Length - 1))]);
        string Name(int epoch) => epoch == 0 ? "before" : $"epoch {epoch}";
        double half = limits.Span / Bins / 2;
        var ridges = layers.Select((l, i) => new Ridge(Name(l.Epoch), limits.Min + half, limits.Max - half, shares[i], Oklab.Mix(Categories.At(0, theme), Categories.At(2, theme), layers.Length < 2 ? 0 : (double)i / (layers.Length - 1)))).ToArray();
        double names = layers.Max(l => Typeface.Current.Measure(Name(l.Epoch), Typography.Small)) + 10;
        double height = (Step * (layers.Length - 1 + Overlap)) + 40;
        var plot = new Plot
        {
            Bounds = new Rect(0, 0, Width, height),
            LeftWidth = names,
            X = new Axis { Limits = limits, Label = "activation" },
            Y = new Axis { ShowTicks = false, Limits = new Limits(-Overlap, Math.Max(0.5, layers.Length - 1)) },
            Marks = [new Downwards(new RidgeMark { Ridges = ridges, Overlap = Overlap, Tallest = cut }, layers.Select(l => Name(l.Epoch)).ToArray())],
        };
        string layer = layers[0].Layer.Name;
        var (firstMean, firstDeviation) = Histograms.Moments(layers[0].Layer.Activations);
        var (lastMean, lastDeviation) = Histograms.Moments(layers[^1].Layer.Activations);
        string finding = layers.Length < 2
            ? $"mean {NumberFormat.Value(lastMean, 2)}, standard deviation {NumberFormat.Value(lastDeviation, 2)}"
            : $"standard deviation from {NumberFormat.Value(firstDeviation, 2)} to {NumberFormat.Value(lastDeviation, 2)}, mean from {NumberFormat.Value(firstMean, 2)} to {NumberFormat.Value(lastMean, 2)}";
        var drawn = plot.Draw(theme);
        return new Page
        {
            Theme = theme,
            Subtitle = $"{run.Info.Title} · {layer} · {finding}",
            BodyWidth = Width,
            BodyHeight = height,
            Body = [drawn, .. ((Downwards)plot.Marks[0]).Names(theme, names, height)],
            Notes = cut < largest ? [$"Spikes above {NumberFormat.Percent(cut, 2)} of the activations a bin are cut; the highest is {NumberFormat.Percent(largest)}."] : [],
            Width = _request.Width,
            Info = new SceneInfo
            {
                Title = $"Activations of {layer} over the epochs",
                Caption = $"Share of activations in {Bins} equal bins from {NumberFormat.Value(limits.Min)} to {NumberFormat.Value(limits.Max)} at {layers.Length} of {run.SnapshotEpochs.Count} kept epochs, all to one scale{(cut < largest ? $"; higher than {NumberFormat.Percent(cut, 2)} is cut" : "")}.",
                AltText = $"Ridgelines of the activations of {layer} from epoch {layers[0].Epoch} to {layers[^1].Epoch}: {finding}.",
                Description = string.Join(" ", layers.Select(l => $"Epoch {l.Epoch}: mean {NumberFormat.Value(Histograms.Moments(l.Layer.Activations).Mean)}, standard deviation {NumberFormat.Value(Histograms.Moments(l.Layer.Activations).Deviation)}.")),
                Table = new DataTable(["epoch", "mean", "standard deviation", "least", "largest"], [.. layers.Select(l => (IReadOnlyList<string>)[$"{l.Epoch}", NumberFormat.Value(Histograms.Moments(l.Layer.Activations).Mean), NumberFormat.Value(Histograms.Moments(l.Layer.Activations).Deviation), NumberFormat.Value(l.Layer.Activations.Minimum), NumberFormat.Value(l.Layer.Activations.Maximum)])]),
                Command = _request.Command(Kind.Name),
            },
        }.ToScene();
    }

    // The first, the last, and evenly between.
    private static int[] Chosen(IReadOnlyList<int> epochs) => epochs.Count <= MostRidges
        ? [.. epochs]
        : [.. Enumerable.Range(0, MostRidges).Select(i => epochs[(int)Math.Round(i * (epochs.Count - 1.0) / (MostRidges - 1))])];

    /// <summary>Ridges from the top downwards, though the axis points up.</summary>
    private sealed record Downwards(RidgeMark Ridges, IReadOnlyList<string> Labels) : Mark
    {
        public override IEnumerable<double> Xs => Ridges.Xs;

        public override IEnumerable<Node> Draw(PlotArea area) => Ridges.Draw(area with { Y = new LinearScale(area.Y.Domain, From: area.Y.To, To: area.Y.From) });

        /// <summary>The labels left of the plot, each at the foot of its ridge.</summary>
        public IEnumerable<Node> Names(Theme theme, double width, double height)
        {
            double top = 5, bottom = height - (2 * Typography.Small) - 11;
            var domain = new Limits(-Ridges.Overlap, Math.Max(0.5, Labels.Count - 1));
            var y = new LinearScale(domain, top, bottom);
            return Labels.Select((text, i) => new TextNode(text, new Point(width - 6, Typography.Centered(y.Map(i) - 4, Typography.Small)), Typography.Small, theme.Muted, TextAnchor.End));
        }
    }
}
