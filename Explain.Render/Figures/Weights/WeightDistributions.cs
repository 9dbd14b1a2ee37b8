using Explain.Core;

namespace Explain.Render;

/// <summary>The weights of every layer before training and now, as violins with boxes.</summary>
public sealed class WeightDistributions : Figure
{
    private const double Height = 320;
    private const double PerLayer = 130;
    private const double LeftWidth = 44;
    private readonly Limits _limits;
    private readonly WeightDensities? _first, _now;

    /// <summary>Of a run at an epoch; the last kept where null.</summary>
    public WeightDistributions(FigureRequest request, int? epoch = null)
        : base(Kind, request, epoch: epoch)
    {
        if (Asked(Request) is not [var first, var now]) return;
        if (now.Within is { } within) _limits = new Limits(-within, within);
        (_first, _now) = (Request.Analyst.Get(first, Run), Request.Analyst.Get(now, Run));
    }

    /// <summary>Its entry in the catalogue.</summary>
    public static FigureKind Kind { get; } = new(
        "weight-distributions", "Weights before and now",
        "How the weights of every layer are distributed before training and now, as violins with boxes.",
        "Each pair is a layer: hollow its weights at the first kept epoch, filled those now. "
            + "A violin is as wide at a value as weights are frequent there; the thin box inside reaches from quartile to quartile, "
            + "its white dot is the median. A layer that learned much is wider now than before, one that hardly learned is the same.",
        FigureScope.Epoch, PerLayer: false, [], _ => true, request => new WeightDistributions(request))
    {
        // How far the axis reaches has to be known before the densities are asked for.
        Needs = request => [.. request.NeedsLimits(), .. Asked(request).Select(request.Needs)],
        Beware = "All weights of a layer are one distribution: that its shape stays does not mean that no weight moved (see "
            + "weight-changes). Widths of different violins are not counts: each is as wide as it can be.",
        Program = """
        var figure = new WeightDistributions(run);
        figure.Draw(Theme.Light).SavePng("weight-distributions.png");
        """,
    };

    /// <inheritdoc/>
    public override Scene Draw(Theme theme)
    {
        if (_first is not { } first || _now is not { Layers.Count: > 0 } now)
            return Missing(theme, "This run kept no snapshot, so there are no weights to show.");
        var limits = _limits;
        int count = now.Layers.Count;
        double width = Math.Max(420, Math.Min(900, (count * PerLayer) + LeftWidth));
        string before = first.Epoch == 0 ? "before training" : $"epoch {first.Epoch}",
            after = now.Epoch == 0 ? "before training" : $"epoch {now.Epoch}";
        var marks = new List<Mark> { new RuleMark { Y = 0 } };
        for (int l = 0; l < count; l++)
        {
            if (l < first.Layers.Count) marks.Add(Violin(first.Layers[l], l - 0.21, theme.Muted, before) with { Hollow = true });
            marks.Add(Violin(now.Layers[l], l + 0.21, Categories.At(0, theme), after));
        }
        LegendEntry[] legend = [new(before, theme.Muted, Marker.Ring), new(after, Categories.At(0, theme), Marker.Circle)];
        double top = Legend.Height(legend, width, theme.Face) + 4;
        string[] names = [.. now.Layers.Select(l => l.Name)];
        var plot = new Plot
        {
            Bounds = new Rect(0, top, width, Height),
            LeftWidth = LeftWidth,
            X = new Axis { Categories = names },
            Y = new Axis { Limits = limits.IsEmpty ? null : limits, Label = "weight" },
            Marks = marks,
        };
        var moments = now.Layers.Select((l, i) =>
            (l.Name, Now: l.Moments, Then: i < first.Layers.Count ? first.Layers[i].Moments : new Moments(double.NaN, double.NaN)))
            .ToArray();
        string finding = string.Join("; ", moments.Take(6).Select(m =>
            $"{m.Name} σ {NumberFormat.Value(m.Then.Deviation, 2)} → {NumberFormat.Value(m.Now.Deviation, 2)}"));
        double outside = now.Layers.Sum(l => l.Beyond) / (double)Math.Max(1, now.Layers.Sum(l => l.Count));
        return new Page
        {
            Theme = theme,
            Subtitle = $"{Run.Title()} · {Run.EpochWords(now.Epoch)} · {finding}",
            BodyWidth = width,
            BodyHeight = top + Height,
            Body = [.. Legend.Draw(legend, default, width, theme), plot.Draw(theme)],
            Notes = outside > 0 ? [$"{NumberFormat.Percent(outside, 2)} of the weights lie beyond the axis."] : [],
            Width = Request.Width,
            Info = new SceneInfo
            {
                Title = Kind.Title,
                Caption = "Densities by a Gaussian kernel with Silverman's bandwidth, cut at the least and the largest weight"
                    + $"{(limits.IsEmpty
                        ? ""
                        : $" and at {NumberFormat.Value(limits.Min)} and {NumberFormat.Value(limits.Max)}, "
                            + "which hold for every kept epoch")}.",
                AltText = $"Violins of the weights of {count} layer{(count == 1 ? "" : "s")}, {before} and {after}: {finding}.",
                Description = string.Join(" ", moments.Select(m => $"{m.Name}: mean {NumberFormat.Value(m.Now.Mean)}, "
                    + $"standard deviation {NumberFormat.Value(m.Now.Deviation)}, {before} {NumberFormat.Value(m.Then.Deviation)}.")),
                Table = new DataTable(
                    ["layer", $"mean, {before}", $"standard deviation, {before}", "mean now", "standard deviation now"],
                    [.. moments.Select(m => (IReadOnlyList<string>)
                    [
                        m.Name,
                        NumberFormat.Value(m.Then.Mean),
                        NumberFormat.Value(m.Then.Deviation),
                        NumberFormat.Value(m.Now.Mean),
                        NumberFormat.Value(m.Now.Deviation),
                    ])]),
                Command = Command,
            },
        }.ToScene();
    }

    // Of the first kept epoch and of the one asked for, as far as the axis reaches, which is the same at every kept epoch.
    private static DensitiesAnalysis[] Asked(FigureRequest request)
    {
        if (request.SnapshotEpoch() is not { } now) return [];
        double? within = DensitiesAnalysis.WithinOf(request.SharedLimits());
        return
        [
            new DensitiesAnalysis { Epoch = request.Run.SnapshotEpochs[0], Within = within },
            new DensitiesAnalysis { Epoch = now, Within = within },
        ];
    }

    private static ViolinMark Violin(LayerDensity layer, double at, Color color, string when) =>
        new() { At = at, Width = 0.4, Density = layer.Density, Box = layer.Box, Color = color, Name = $"{layer.Name}, {when}" };
}
