using Explain.Core;

namespace Explain.Render;

/// <summary>The weights of every layer before training and now, as violins with boxes.</summary>
public sealed class WeightDistributions : IFigure
{
    private const double Height = 320;
    private const double PerLayer = 130;
    private const double LeftWidth = 44;
    private const double Beyond = 1.6;
    private readonly FigureRequest _request;

    /// <summary>As the request says.</summary>
    public WeightDistributions(FigureRequest request)
    {
        _request = request;
        request.SnapshotEpoch();
    }

    /// <summary>Of a run at an epoch; the last kept where null.</summary>
    public WeightDistributions(RunFolder run, int? epoch = null)
        : this(new FigureRequest { Runs = [run], Epoch = epoch })
    {
    }

    /// <summary>Its entry in the catalogue.</summary>
    public static FigureKind Kind { get; } = new(
        "weight-distributions", "Weights before and now", "How the weights of every layer are distributed before training and now, as violins with boxes.",
        "Each pair is a layer: hollow its weights at the first kept epoch, filled those now. A violin is as wide at a value as weights are frequent there; the thin box inside reaches from quartile to quartile, its white dot is the median. A layer that learned much is wider now than before, one that hardly learned is the same.",
        FigureScope.Epoch, PerLayer: false, [], _ => true, request => new WeightDistributions(request))
    {
        Beware = "All weights of a layer are one distribution: that its shape stays does not mean that no weight moved (see weight-changes). Widths of different violins are not counts: each is as wide as it can be.",
        Program = """
        var figure = new WeightDistributions(run);
        figure.Draw(Theme.Light).SavePng("weight-distributions.png");
        """,
    };

    /// <inheritdoc/>
    public Scene Draw(Theme theme)
    {
        var run = _request.Run;
        if (_request.ReadSnapshot() is not { Layers.Count: > 0 } now)
            return Page.Missing(theme, _request, Kind.Name, Kind.Title, "This run kept no snapshot, so there are no weights to show.");
        var first = run.ReadSnapshot(run.SnapshotEpochs[0]);
        int count = now.Layers.Count;
        double width = Math.Max(420, Math.Min(900, (count * PerLayer) + LeftWidth));
        double limit = Enumerable.Range(0, count).Max(l => RunLimits.Shared(_request, l).Weight) * Beyond;
        var limits = limit > 0 && double.IsFinite(limit) && limit < 1e30 ? new Limits(-limit, limit) : default;
        string before = first.Epoch == 0 ? "before training" : $"epoch {first.Epoch}", after = now.Epoch == 0 ? "before training" : $"epoch {now.Epoch}";
        var marks = new List<Mark> { new RuleMark { Y = 0 } };
        for (int l = 0; l < count; l++)
        {
            if (l < first.Layers.Count) marks.Add(new ViolinMark { At = l - 0.21, Width = 0.4, Values = Inside(first.Layers[l], limits), Color = theme.Muted, Hollow = true, Name = $"{now.Layers[l].Name}, {before}" });
            marks.Add(new ViolinMark { At = l + 0.21, Width = 0.4, Values = Inside(now.Layers[l], limits), Color = Categories.At(0, theme), Name = $"{now.Layers[l].Name}, {after}" });
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
        var moments = now.Layers.Select((l, i) => (l.Name, Now: UnitImages.Moments(l.Weights.Span), Then: i < first.Layers.Count ? UnitImages.Moments(first.Layers[i].Weights.Span) : (double.NaN, double.NaN))).ToArray();
        string finding = string.Join("; ", moments.Take(6).Select(m => $"{m.Name} σ {NumberFormat.Value(m.Then.Item2, 2)} → {NumberFormat.Value(m.Now.Deviation, 2)}"));
        double outside = limits.IsEmpty ? 0 : now.Layers.Sum(l => l.Weights.Span.ToArray().Count(w => Math.Abs(w) > limits.Max)) / (double)Math.Max(1, now.Layers.Sum(l => l.Weights.Length));
        return new Page
        {
            Theme = theme,
            Subtitle = $"{run.Title()} · {run.EpochWords(now.Epoch)} · {finding}",
            BodyWidth = width,
            BodyHeight = top + Height,
            Body = [.. Legend.Draw(legend, default, width, theme), plot.Draw(theme)],
            Notes = outside > 0 ? [$"{NumberFormat.Percent(outside, 2)} of the weights lie beyond the axis."] : [],
            Width = _request.Width,
            Info = new SceneInfo
            {
                Title = Kind.Title,
                Caption = $"Densities by a Gaussian kernel with Silverman's bandwidth, cut at the least and the largest weight{(limits.IsEmpty ? "" : $" and at {NumberFormat.Value(limits.Min)} and {NumberFormat.Value(limits.Max)}, which hold for every kept epoch")}.",
                AltText = $"Violins of the weights of {count} layer{(count == 1 ? "" : "s")}, {before} and {after}: {finding}.",
                Description = string.Join(" ", moments.Select(m => $"{m.Name}: mean {NumberFormat.Value(m.Now.Mean)}, standard deviation {NumberFormat.Value(m.Now.Deviation)}, {before} {NumberFormat.Value(m.Then.Item2)}.")),
                Table = new DataTable(["layer", $"mean, {before}", $"standard deviation, {before}", "mean now", "standard deviation now"], [.. moments.Select(m => (IReadOnlyList<string>)[m.Name, NumberFormat.Value(m.Then.Item1), NumberFormat.Value(m.Then.Item2), NumberFormat.Value(m.Now.Mean), NumberFormat.Value(m.Now.Deviation)])]),
                Command = _request.Command(Kind.Name),
            },
        }.ToScene();
    }

    private static float[] Inside(LayerSnapshot layer, Limits limits) => [.. layer.Weights.Span.ToArray().Where(w => limits.IsEmpty ? Math.Abs(w) < 1e30 : w >= limits.Min && w <= limits.Max)];
}
