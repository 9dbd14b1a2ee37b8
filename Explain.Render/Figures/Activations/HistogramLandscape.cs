using Explain.Core;

namespace Explain.Render;

/// <summary>The histograms of a layer's activations over the kept epochs, one behind the other.</summary>
public sealed class HistogramLandscape : Figure, IAnimatedFigure
{
    private const double Width = 560;
    private const double Height = 420;
    private const double Azimuth = -62;
    private const double Elevation = 32;
    private const int Bins = 72;
    private const int MostEpochs = 26;
    private const int MostRows = 500;
    // A spike at zero, as relu makes it, would flatten everything else: heights end at this many times the height below which all but the
    // tallest fortieth of the bins stay.
    private const double Headroom = 2.2;
    private readonly Camera _camera;
    private readonly Data? _data;

    /// <summary>Of a layer of a run; the first where null.</summary>
    public HistogramLandscape(FigureRequest request, int? layer = null)
        : base(Kind, request, layer)
    {
        _camera = Request.Camera(Azimuth, Elevation);
        _data = Read();
    }

    /// <summary>Its entry in the catalogue.</summary>
    public static FigureKind Kind { get; } = new(
        "histogram-landscape", "Activations over the epochs",
        "The histogram of a layer's activations at every kept epoch, one behind the other.",
        "Each sheet is one epoch, the first in front, the last at the back and in the strongest colour. "
            + "Its height is the share of the activations at that value. Sheets that spread out mean that the layer uses its range; "
            + "a ridge that grows at zero (relu) or at the ends (tanh, sigmoid) means units that fall silent or saturate.",
        FigureScope.Run, PerLayer: true, CameraOptions.From(Azimuth, Elevation), run => run.SnapshotEpochs.Count > 0,
        request => new HistogramLandscape(request))
    {
        Needs = request => [.. request.NeedsLimits(), request.Needs(new ActivationsAnalysis())],
        Unmet = _ => "it needs a snapshot of the run; this run kept none",
        Beware = "Sheets in front hide those behind them: turn the picture, or look at single epochs. The tallest bins may be cut; "
            + "the caption says how tall they are. Steps between the sheets need not be equal numbers of epochs.",
        Program = """
            new HistogramLandscape(run, layer: 0).Draw(Theme.Light).SavePng("histogram-landscape.png");
            """,
    };

    /// <inheritdoc/>
    public override Scene Draw(Theme theme) => Draw(theme, _data, _camera, turning: false);

    /// <inheritdoc/>
    public Animation Animate(Theme theme) => Turntable.Of(_camera, camera => Draw(theme, _data, camera, turning: true));

    private Data? Read()
    {
        var chosen = KeptSnapshots.Chosen(Run, MostEpochs);
        if (chosen.Count == 0) return null;
        var limits = Request.SharedLimits(Layer).Activation.OrWidened();
        var epochs = Request.Analyst.Get(new ActivationsAnalysis(), Run).Epochs.Where(e => chosen.Contains(e.Epoch)).ToArray();
        var layers = epochs.Select(e => e.Layers.ElementAtOrDefault(Layer)).ToArray();
        return new Data(
            layers[0]?.Name ?? "layer",
            chosen,
            limits,
            [.. layers.Select(l => l is null || l.Activations.Counts.Sum() == 0 ? [] : Histograms.Shares(l.Activations, limits, Bins))]);
    }

    private Scene Draw(Theme theme, Data? data, Camera camera, bool turning)
    {
        if (data is null) return Missing(theme, "This run kept no snapshot, so there are no activations to show.");
        var (tallest, cut) = Spikes.Of(data.Shares, 0.975, Headroom);
        if (tallest == 0) return Missing(theme, $"No activation of {data.Layer} within the limits was counted at any kept epoch.");
        double shown = cut ?? tallest * 1.03;
        var map = ColorMap.Sequential(theme);
        double width = data.Limits.Span / Bins;
        var space = new Space
        {
            Bounds = new Rect(0, 0, Width, Height),
            Camera = camera,
            Turning = turning,
            Aspect = new Point3(1, 1, 0.5),
            X = new Axis { Limits = data.Limits, Label = "activation" },
            Y = KeptEpochs.Axis(data.Epochs, 0.6),
            YTicks = KeptEpochs.Ticks(data.Epochs),
            Z = new Axis { Limits = new Limits(0, shown), Label = "share", Percent = true },
            Items =
            [
                .. data.Shares.Select((shares, e) => new RibbonItem
                {
                    Name = $"epoch {data.Epochs[e]}",
                    Points = [.. shares.Select((share, b) => new Point3(data.Limits.Min + (width * (b + 0.5)), e, share))],
                    Base = 0,
                    Fill = Oklab.Mix(theme.Background, map.At(0.2 + (0.65 * e / Math.Max(1, data.Epochs.Count - 1))), 0.85),
                    Line = e == data.Epochs.Count - 1 ? theme.Foreground
                        : Oklab.Mix(map.At(0.2 + (0.65 * e / Math.Max(1, data.Epochs.Count - 1))), theme.Foreground, 0.65),
                    LineWidth = e == data.Epochs.Count - 1 ? 1.5 : 0.9,
                }),
            ],
        };
        var first = Peak(data, 0);
        var last = Peak(data, data.Epochs.Count - 1);
        string spikes = cut is not null
            ? $" Sheets are cut at {NumberFormat.Percent(shown)}; the tallest bin holds {NumberFormat.Percent(tallest)}."
            : "";
        return new Page
        {
            Theme = theme,
            Aligned = true,
            Subtitle = $"{Request.Run.Title()} · {data.Layer} · {data.Epochs.Count} kept epoch{(data.Epochs.Count == 1 ? "" : "s")}, "
                + $"{data.Epochs[0]} to {data.Epochs[^1]}",
            BodyWidth = Width,
            BodyHeight = Height,
            Body = [space.Draw(theme, Request.DensityFor(Width + (2 * Page.Margin)))],
            Notes = [$"{KeptEpochs.Words(Request.Run, data.Epochs)}{spikes}"],
            Width = Request.Width,
            Info = new SceneInfo
            {
                Title = $"{Kind.Title}: {data.Layer}",
                Caption = $"Share of the activations of {data.Layer} in {Bins} equal bins from {NumberFormat.Value(data.Limits.Min)} "
                    + $"to {NumberFormat.Value(data.Limits.Max)}, the same at every epoch; at most 0.05\u00A0% on either side are left "
                    + $"out.{spikes} {KeptEpochs.Words(Request.Run, data.Epochs)} Seen {camera}.",
                AltText = $"Histograms of the activations of {data.Layer} at {data.Epochs.Count} epochs: "
                    + $"the commonest value is {first} at epoch {data.Epochs[0]} and {last} at epoch {data.Epochs[^1]}.",
                Description = string.Join(" ", data.Epochs.Select((e, i) => $"Epoch {e}: commonest {Peak(data, i)}.")),
                Table = Table(data, width),
                Command = Command,
            },
        }.ToScene();
    }

    private static string Peak(Data data, int epoch)
    {
        double[] shares = data.Shares[epoch];
        if (shares.Length == 0) return "none";
        int bin = Array.IndexOf(shares, shares.Max());
        return $"{NumberFormat.Value(data.Limits.Min + (data.Limits.Span * (bin + 0.5) / Bins), 2)} ({NumberFormat.Percent(shares[bin])})";
    }

    private static DataTable Table(Data data, double width)
    {
        int every = Math.Max(1, ((data.Epochs.Count * Bins) + MostRows - 1) / MostRows);
        return new DataTable(
            ["epoch", "activation", "share"],
            [.. data.Shares.SelectMany((shares, e) => shares.Select((share, b) => (e, b, share))).Where((_, i) => i % every == 0)
                .Select(r => (IReadOnlyList<string>)
                [
                    $"{data.Epochs[r.e]}", NumberFormat.Value(data.Limits.Min + (width * (r.b + 0.5))), NumberFormat.Percent(r.share, 2),
                ])]);
    }

    private sealed record Data(string Layer, IReadOnlyList<int> Epochs, Limits Limits, IReadOnlyList<double[]> Shares);
}
