using Explain.Core;

namespace Explain.Render;

/// <summary>The singular values of a layer's weights over the kept epochs, as a landscape.</summary>
public sealed class WeightSpectrum : Figure, IAnimatedFigure
{
    private const double Width = 560;
    private const double Height = 420;
    private const int MostRows = 500;
    private const double Azimuth = -38;
    private const double Elevation = 26;
    private const double LeastOfLargest = 1e-4;
    private static readonly FigureOption Log = new("log", "yes|no", "no", "a logarithmic axis for the singular values");
    private readonly Camera _camera;
    private readonly bool _log;
    private readonly Data? _data;

    /// <summary>Of a layer of a run; the first where null.</summary>
    public WeightSpectrum(FigureRequest request, int? layer = null)
        : base(Kind, request, layer)
    {
        _camera = Request.Camera(Azimuth, Elevation);
        _log = Request.Option(Log) == "yes";
        if (Request.Result(new SpectrumAnalysis { Layer = Layer }, out _) is not { } found) return;
        var first = found.Epochs[0];
        _data = new Data(
            found.Layer,
            [.. found.Epochs.Select(e => e.Epoch)],
            [.. found.Epochs.Select(e => e.Values)],
            first.Epoch == 0 ? first.RandomEdge : double.NaN);
    }

    /// <summary>Its entry in the catalogue.</summary>
    public static FigureKind Kind { get; } = new(
        "weight-spectrum", "Spectrum of the weights",
        "The singular values of a layer's weights, from the largest to the smallest, at every kept epoch.",
        "Each line is one epoch: the singular values of the weight matrix in falling order, the dashed one before training, the thick one "
            + "at the end. Random weights give a smooth slope; what training adds stands out of it as a few large values on the left. "
            + "A spectrum that falls to zero early means that the layer uses few directions.",
        FigureScope.Run, PerLayer: true, [.. CameraOptions.From(Azimuth, Elevation), Log], run => run.SnapshotEpochs.Count > 0,
        request => new WeightSpectrum(request))
    {
        Needs = request => [request.Needs(new SpectrumAnalysis { Layer = request.LayerIndex(request.Run.SnapshotLayerCount(), 0) })],
        Unmet = _ => "it needs a snapshot of the run; this run kept none",
        Beware = "The line \"random\" is the largest singular value that weights drawn independently with the spread of those before "
            + "training would have if the matrix were very large (Marchenko and Pastur, 1967). In a small layer single values pass it "
            + "by chance. Steps between the lines need not be equal numbers of epochs. Values below 10⁻⁷ of the largest are rounding.",
        Program = """
            new WeightSpectrum(run, layer: 0).Draw(Theme.Light).SavePng("weight-spectrum.png");
            """,
    };

    /// <inheritdoc/>
    public override Scene Draw(Theme theme) => Draw(theme, _data, _camera, turning: false);

    /// <inheritdoc/>
    public Animation Animate(Theme theme) => Turntable.Of(_camera, camera => Draw(theme, _data, camera, turning: true));

    private Scene Draw(Theme theme, Data? data, Camera camera, bool turning)
    {
        if (data is null) return Missing(theme, "This run kept no snapshot with weights, so there is no spectrum to show.");
        int count = data.Values.Max(v => v.Count);
        double largest = data.Values.SelectMany(v => v).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        if (count == 0 || !(largest > 0))
            return Missing(theme, $"The weights of {data.Layer} have no finite singular value above zero at any kept epoch.");
        double least = Math.Max(largest * LeastOfLargest, data.Values.SelectMany(v => v).Where(v => v > 0).Min());
        bool edge = data.Edge > 0 && double.IsFinite(data.Edge);
        var limits = _log ? new Limits(least * 0.8, largest * 1.2) : new Limits(0, largest * 1.04);
        var scale = new ColorScale(
            ColorMap.Sequential(theme),
            _log ? new Limits(PortableMath.Log10(limits.Min), PortableMath.Log10(limits.Max)) : limits,
            Categories.At(1, theme));
        double bar = Height + 8;
        var space = new Space
        {
            Bounds = new Rect(0, 0, Width, Height),
            Camera = camera,
            Turning = turning,
            X = new Axis { Limits = new Limits(1, Math.Max(2, count)), Label = "singular value, in order", Whole = true },
            Y = KeptEpochs.Axis(data.Epochs),
            YTicks = KeptEpochs.Ticks(data.Epochs),
            Z = new Axis { Limits = limits, Log = _log, Label = _log ? "size (log)" : "size" },
            Items = [.. Items(data, theme, scale, count, edge)],
        };
        var first = data.Values[0];
        var last = data.Values[^1];
        int above = edge ? last.Count(v => v > data.Edge) : 0;
        string finding = first.Count == 0 || last.Count == 0
            ? "there are none"
            : $"the largest goes from {NumberFormat.Value(first[0])} to {NumberFormat.Value(last[0])}"
                + $"{(edge ? $", {above} of {last.Count} end above {NumberFormat.Value(data.Edge)}, the edge of a random matrix" : "")}";
        return new Page
        {
            Theme = theme,
            Aligned = true,
            Subtitle = $"{Request.Run.Title()} · {data.Layer} · epochs {data.Epochs[0]} to {data.Epochs[^1]}: {finding}",
            BodyWidth = Width,
            BodyHeight = bar + (_log ? 0 : ColorBar.Height),
            Body =
            [
                space.Draw(theme, Request.DensityFor(Width + (2 * Page.Margin))),
                .. _log ? [] : ColorBar.Draw(scale, new Point(0, bar), 200, theme, "size"),
            ],
            Notes =
            [
                $"Dashed: {(data.Epochs[0] == 0 ? "before training" : $"epoch {data.Epochs[0]}")}. Thick: "
                    + $"epoch {data.Epochs[^1]}.{(edge ? " Orange: edge of a random matrix of the spread before training." : "")} "
                    + $"{KeptEpochs.Words(Request.Run, data.Epochs)}",
            ],
            Width = Request.Width,
            Info = new SceneInfo
            {
                Title = $"{Kind.Title}: {data.Layer}",
                Caption = $"Singular values of the weights of {data.Layer} at {data.Epochs.Count} kept epochs, "
                    + $"{(_log ? "logarithmic axis" : "axis")} from {NumberFormat.Value(limits.Min)} to {NumberFormat.Value(limits.Max)}"
                    + $"{(_log ? ", smaller ones left out" : "")}. {KeptEpochs.Words(Request.Run, data.Epochs)} The surface has light "
                    + $"and shade, the colour bar has not. Seen {camera}.",
                AltText = $"Singular values of the weights of {data.Layer} over {data.Epochs.Count} epochs: {finding}.",
                Description = string.Join(" ", data.Epochs.Select((e, i) => $"Epoch {e}: "
                    + $"{(data.Values[i].Count == 0
                            ? "none"
                            : $"{NumberFormat.Value(data.Values[i][0])} to {NumberFormat.Value(data.Values[i][^1])}")}.")),
                Table = Table(data, count),
                Command = Command,
            },
        }.ToScene();
    }

    private IEnumerable<SpaceItem> Items(Data data, Theme theme, ColorScale scale, int count, bool edge)
    {
        var heights = new double[data.Values.Count, count];
        for (int e = 0; e < data.Values.Count; e++)
        {
            for (int i = 0; i < count; i++)
                heights[e, i] = i < data.Values[e].Count ? data.Values[e][i] : double.NaN;
        }
        double[,]? values = null;
        if (_log)
        {
            values = (double[,])heights.Clone();
            for (int e = 0; e < data.Values.Count; e++)
            {
                for (int i = 0; i < count; i++)
                    values[e, i] = values[e, i] > 0 ? PortableMath.Log10(values[e, i]) : double.NaN;
            }
        }
        yield return new SurfaceItem
        {
            Name = "random edge",
            Xs = [.. Enumerable.Range(1, count).Select(i => (double)i)],
            Ys = [.. Enumerable.Range(0, data.Values.Count).Select(e => (double)e)],
            Heights = heights,
            Values = values,
            Colors = scale,
            Contours = edge ? [new Contour(data.Edge) { Width = 1.6, Color = Categories.At(1, theme) }] : [],
        };
        for (int e = 0; e < data.Values.Count; e++)
        {
            bool first = e == 0, last = e == data.Values.Count - 1;
            yield return new LineItem
            {
                Name = $"epoch {data.Epochs[e]}",
                Points = [.. data.Values[e].Select((v, i) => new Point3(i + 1, e, v))],
                Color = first || last ? theme.Foreground : theme.Foreground.WithAlpha(0.35),
                Width = first || last ? 1.8 : 0.6,
                Dashes = first ? [5, 3] : [],
                Hidden = first || last ? HiddenLine.Faded : HiddenLine.Omitted,
            };
        }
        // One value or one epoch make no surface: the line or the point is all there is.
        if (count == 1)
            yield return new PointsItem
            {
                Points = [.. data.Values.Select((v, e) => new Point3(1, e, v.Count == 0 ? double.NaN : v[0]))],
                Color = Categories.At(0, theme),
            };
    }

    private static DataTable Table(Data data, int count)
    {
        int every = Math.Max(1, ((data.Epochs.Count * count) + MostRows - 1) / MostRows);
        return new DataTable(
            ["epoch", "order", "singular value"],
            [.. data.Values.SelectMany((values, e) => values.Select((v, i) => (e, i, v))).Where((_, n) => n % every == 0)
                .Select(r => (IReadOnlyList<string>)
                [
                    $"{data.Epochs[r.e]}", $"{r.i + 1}", NumberFormat.Value(r.v),
                ])]);
    }

    private sealed record Data(string Layer, IReadOnlyList<int> Epochs, IReadOnlyList<IReadOnlyList<double>> Values, double Edge);
}
