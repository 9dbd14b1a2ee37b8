using Explain.Core;

namespace Explain.Render;

/// <summary>
/// How the distribution of a layer's activations moves while the network learns: one ridge a kept epoch, the first on top.
/// </summary>
public sealed class ActivationRidges : Figure
{
    private const double Width = 520;
    private const double Step = 26;
    private const int Bins = 96;
    private const int MostRidges = 20;
    private const double Overlap = 2.4;
    private const double CutOver = 3;
    private const double SpikeFrom = 0.15;
    private readonly Limits _limits;
    private readonly ActivationHistory _history;

    /// <summary>Of a layer of a run; the first where null.</summary>
    public ActivationRidges(FigureRequest request, int? layer = null)
        : base(Kind, request, layer)
    {
        _limits = Request.SharedLimits(Layer).Activation;
        _history = Request.Analyst.Get(new ActivationsAnalysis(), Run);
    }

    /// <summary>Its entry in the catalogue.</summary>
    public static FigureKind Kind { get; } = new(
        "activation-ridges", "Activations over the epochs",
        "How the distribution of a layer's activations moves while the network learns, as ridgelines.",
        "Each ridge is the distribution of the layer's activations after one kept epoch, the first on top; the higher it is at a value, "
            + "the more activations lie there. All ridges have one scale. Ridges that widen mean a layer that answers more strongly; "
            + "one that shrinks to a spike means units that fall silent or saturate. Of rectified units, which are zero for the most part, "
            + "the share at zero stands beside the epoch and the ridge shows the rest.",
        FigureScope.Run, PerLayer: true, [], run => run.SnapshotEpochs.Count > 0, request => new ActivationRidges(request))
    {
        Beware = "Kept epochs thin out late in training, so equal steps down are not equal times. "
            + "Spikes far above everything else are cut off; the note says where.",
        Program = """
        var figure = new ActivationRidges(run, layer: 0);
        figure.Draw(Theme.Light).SavePng("activation-ridges.png");
        """,
        Needs = request => [.. request.NeedsLimits(), request.Needs(new ActivationsAnalysis())],
        Unmet = _ => "it needs a kept snapshot",
    };

    /// <inheritdoc/>
    public override Scene Draw(Theme theme)
    {
        var run = Run;
        var kept = KeptSnapshots.Chosen(run, MostRidges);
        var layers = _history.Epochs.Where(e => kept.Contains(e.Epoch) && Layer < e.Layers.Count)
            .Select(e => (e.Epoch, Layer: e.Layers[Layer]))
            .ToArray();
        var limits = _limits;
        if (layers.Length == 0 || limits.IsEmpty) return Missing(theme, "This run kept no snapshot with activations of this layer.");
        limits = limits.OrWidened();
        // Rectified activations are zero for the most part: a spike beside which nothing else could be seen. Its share is said instead.
        double[] zeros = [.. layers.Select(l => FirstShare(l.Layer.Activations))];
        bool rectified = layers.All(l => l.Layer.Activations.Minimum == 0) && zeros.Min() > SpikeFrom;
        double[][] shares =
            [.. layers.Select(l => Histograms.Shares(rectified ? WithoutFirst(l.Layer.Activations) : l.Layer.Activations, limits, Bins))];
        if (rectified) shares = [.. shares.Select((s, i) => s.Select(v => v * (1 - zeros[i])).ToArray())];
        var (largest, spikes) = Spikes.Of(shares, 0.95, CutOver);
        double cut = spikes ?? (largest > 0 ? largest : 1);
        string[] names = [.. layers.Select((l, i) =>
            $"{(l.Epoch == 0 ? "before" : $"epoch {l.Epoch}")}{(rectified ? $" · {NumberFormat.Percent(zeros[i], 0)}" : "")}")];
        double half = limits.Span / Bins / 2;
        var ridges = layers.Select((l, i) => new Ridge(names[i], limits.Min + half, limits.Max - half, shares[i], Oklab.Mix(
            Categories.At(0, theme), Categories.At(2, theme), layers.Length < 2 ? 0 : (double)i / (layers.Length - 1))))
            .ToArray();
        double height = (Step * (layers.Length - 1 + Overlap)) + 50;
        var plot = new Plot
        {
            Bounds = new Rect(0, 0, Width, height),
            X = new Axis { Limits = limits, Label = "activation" },
            Y = new Axis { Categories = names, Reversed = true, Label = rectified ? "kept epoch · share at zero" : "" },
            Marks = [new RidgeMark { Ridges = ridges, Overlap = Overlap, Tallest = cut }],
        };
        string layer = layers[0].Layer.Name;
        var (firstMean, firstDeviation) = Histograms.Moments(layers[0].Layer.Activations);
        var (lastMean, lastDeviation) = Histograms.Moments(layers[^1].Layer.Activations);
        string finding = layers.Length < 2
            ? $"mean {NumberFormat.Value(lastMean, 2)}, standard deviation {NumberFormat.Value(lastDeviation, 2)}"
            : $"standard deviation from {NumberFormat.Value(firstDeviation, 2)} to {NumberFormat.Value(lastDeviation, 2)}, "
                + $"mean from {NumberFormat.Value(firstMean, 2)} to {NumberFormat.Value(lastMean, 2)}";
        string[] notes =
        [
            .. rectified ? ["Activations at zero (the first bin of each epoch) are not drawn; their share stands beside the epoch."]
                : Array.Empty<string>(),
            .. spikes is not null
                ? [$"Spikes above {NumberFormat.Percent(cut, 2)} of the activations a bin are cut; "
                    + $"the highest is {NumberFormat.Percent(largest)}."]
                : Array.Empty<string>(),
        ];
        return new Page
        {
            Theme = theme,
            Subtitle = $"{run.Title()} · {layer} · {finding}",
            BodyWidth = Width,
            BodyHeight = height,
            Body = [plot.Draw(theme)],
            Notes = notes,
            Width = Request.Width,
            Info = new SceneInfo
            {
                Title = $"Activations of {layer} over the epochs",
                Caption = $"Share of activations in {Bins} equal bins from {NumberFormat.Value(limits.Min)} "
                    + $"to {NumberFormat.Value(limits.Max)} at {layers.Length} of {run.SnapshotEpochs.Count} kept epochs, "
                    + $"all to one scale{(rectified ? ", without those at zero" : "")}"
                    + $"{(cut < largest ? $"; higher than {NumberFormat.Percent(cut, 2)} is cut" : "")}.",
                AltText = $"Ridgelines of the activations of {layer} from epoch {layers[0].Epoch} to {layers[^1].Epoch}: {finding}.",
                Description = string.Join(
                    " ", layers.Select(l => $"Epoch {l.Epoch}: mean {NumberFormat.Value(Histograms.Moments(l.Layer.Activations).Mean)}, "
                        + $"standard deviation {NumberFormat.Value(Histograms.Moments(l.Layer.Activations).Deviation)}.")),
                Table = new DataTable(
                    ["epoch", .. rectified ? ["at zero"] : Array.Empty<string>(), "mean", "standard deviation", "least", "largest"],
                    [.. layers.Select((l, i) => (IReadOnlyList<string>)
                    [
                        $"{l.Epoch}",
                        .. rectified ? [NumberFormat.Percent(zeros[i])] : Array.Empty<string>(),
                        NumberFormat.Value(Histograms.Moments(l.Layer.Activations).Mean),
                        NumberFormat.Value(Histograms.Moments(l.Layer.Activations).Deviation),
                        NumberFormat.Value(l.Layer.Activations.Minimum),
                        NumberFormat.Value(l.Layer.Activations.Maximum),
                    ])]),
                Command = Command,
            },
        }.ToScene();
    }

    private static double FirstShare(Histogram histogram)
    {
        double total = histogram.Counts.Sum();
        return total > 0 ? histogram.Counts[0] / total : 0;
    }

    private static Histogram WithoutFirst(Histogram histogram) => histogram with { Counts = [0, .. histogram.Counts.Skip(1)] };
}
