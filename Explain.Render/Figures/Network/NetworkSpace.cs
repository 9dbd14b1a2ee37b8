using Explain.Core;

namespace Explain.Render;

/// <summary>
/// The network itself: its layers as planes one behind the other, its strongest weights as lines, and how strongly each unit answers to one
/// sample.
/// </summary>
public sealed class NetworkSpace(FigureRequest request, int? epoch = null)
    : SnapshotFigure(Kind, request, "there is no network to draw", epoch: epoch), IAnimatedFigure
{
    private const double Width = 760;
    private const double Height = 400;
    private const double BarWidth = 150;
    private const int UsualLines = 120;
    private const int MostRows = 500;
    private const int MostChannels = 64;
    private static readonly FigureOption Sample = new("sample", "0 and more", "0", "Which of the probe samples is shown to the network.");
    private static readonly FigureOption Lines = new(
        "lines", "0 to 5000", "120", "How many of the strongest weights are drawn, shared among the layers.");
    private const double Azimuth = -58;
    private const double Elevation = 12;
    private readonly Camera _camera = request.Camera(Azimuth, Elevation);
    private readonly int _sample = (int)request.Number(Sample, 0, 0, int.MaxValue);
    private readonly int _lines = (int)request.Number(Lines, UsualLines, 0, 5000);

    /// <summary>Its entry in the catalogue.</summary>
    public static FigureKind Kind { get; } = new(
        "network-3d", "The network in space",
        "Layers as planes one behind the other, the strongest weights as lines, the answers of all units to one sample.",
        "The sample enters at the left and its classes come out at the right. Every cell or ball is a unit, every small picture a channel; "
            + "the stronger its colour, the stronger the unit answers, compared with the strongest of its layer. "
            + "Lines are the largest weights: orange ones excite, blue ones inhibit, thicker ones weigh more.",
        FigureScope.Epoch, PerLayer: false, [Sample, Lines, .. CameraOptions.From(Azimuth, Elevation)], run => run.SnapshotEpochs.Count > 0,
        request => new NetworkSpace(request))
    {
        LastEpochOnly = true,
        Unmet = _ => "it needs a snapshot of the run; this run kept none",
        Beware = "Of a large network only a few hundred of perhaps a million weights are drawn, and many small ones may matter more than "
            + "a few large. Strength of colour and width of lines are relative to the largest of each layer: "
            + "layers cannot be compared with each other.",
        Program = """
            new NetworkSpace(run)
                .Draw(Theme.Light)
                .SavePng("network-3d.png");
            """,
    };

    /// <inheritdoc/>
    public Animation Animate(Theme theme)
    {
        if (Request.ReadSnapshot() is not { Layers.Count: > 0 } snapshot) return Turntable.Of(_camera, _ => Draw(theme));
        var network = Answering(snapshot);
        return Turntable.Of(_camera, camera => Draw(theme, snapshot, network, camera, turning: true));
    }

    private protected override Scene Draw(Theme theme, Snapshot snapshot) =>
        Draw(theme, snapshot, Answering(snapshot), _camera, turning: false);

    // The network laid out, and what it answers to the sample; null where there is no sample.
    private Answer? Answering(Snapshot snapshot)
    {
        var samples = Run.Probe.Samples;
        if (samples.Count == 0) return null;
        int sample = Math.Min(_sample, samples.Count - 1);
        var network = snapshot.Restore(Run.Info.Network);
        var layout = NetworkLayout.Of(network, _lines);
        var inputs = samples.Inputs.RowRange(sample, 1);
        var activations = network.Activations(inputs);
        return new Answer(
            layout,
            sample,
            network.ParameterCount,
            [inputs.Row(0).ToArray(), .. layout.Layers.Select(l => activations[l].Row(0).ToArray())],
            new ProbeReading(Run, snapshot));
    }

    private Scene Draw(Theme theme, Snapshot snapshot, Answer? answer, Camera camera, bool turning)
    {
        if (answer is null) return Missing(theme, "This run recorded no probe samples to show to the network.");
        var run = Run;
        var (layout, sample, parameters, shown, reading) = answer;
        var diverging = ColorScale.Diverging(theme, 1);
        var items = new List<SpaceItem>();
        foreach (var link in layout.Links)
            items.Add(new LineItem
            {
                Points = [link.From, link.To],
                Color = diverging.At(link.Weight < 0 ? -0.8 : 0.8).WithAlpha(0.2 + (0.65 * link.Share)),
                Width = 0.4 + (1.8 * link.Share * link.Share),
                Hidden = HiddenLine.Omitted,
                DepthCue = 0.3,
            });
        for (int p = 0; p < layout.Planes.Count; p++)
            items.AddRange(Plane(layout.Planes[p], shown[p], p == layout.Planes.Count - 1 ? reading : null, sample, p == 0, theme));
        var (x, y, z) = Around(layout.Planes);
        var space = new Space
        {
            Bounds = new Rect(0, 0, Width, Height),
            Items = items,
            X = new Axis { Limits = x },
            Y = new Axis { Limits = y },
            Z = new Axis { Limits = z },
            Aspect = new Point3(x.Span, y.Span, z.Span),
            Camera = camera,
            Turning = turning,
            ShowAxes = false,
        };
        string words = sample < reading.Count && reading.Predicted[sample] < reading.ClassNames.Count
            ? $"a sample of class {reading.ClassNames[reading.Label(sample)]} is taken for {reading.ClassNames[reading.Predicted[sample]]} "
                + $"({reading.ScoreText(reading.Confidence(sample))})"
            : $"a sample of class {run.Probe.Samples.ClassNames[run.Probe.Samples.Labels[sample]]}";
        string drawn = layout.AllLinks ? $"all {layout.Links.Count} weights are drawn"
            : $"the {layout.Links.Count} strongest of {NumberFormat.Count(parameters)} parameters are drawn as lines";
        return new Page
        {
            Theme = theme,
            Subtitle = $"{run.Title()} · {run.EpochWords(snapshot.Epoch)} · {words}",
            BodyWidth = Width,
            BodyHeight = Height + 8 + ColorBar.Height,
            Body =
            [
                space.Draw(theme, Request.DensityFor(Width + (2 * Page.Margin))),
                .. ColorBar.Draw(
                    Scale([0, 1], theme), new Point(0, Height + 8), BarWidth, theme, "activation, share of its layer's largest"),
                .. ColorBar.Draw(diverging, new Point(Width / 2, Height + 8), BarWidth, theme, "weight, share of its layer's largest"),
            ],
            Notes = [$"Sample {sample} of the {run.ProbeWords()} samples; {drawn}."
                + $"{(shown.Skip(1).SelectMany(v => v).Any(v => v < 0)
                        ? " A layer with negative activations has the colours of weights." : "")}"
                + $"{(layout.Planes.Any(p => p.IsPicture && p.Shape.Channels > MostChannels)
                        ? $" Of many channels the first {MostChannels} are shown." : "")}"],
            Width = Request.Width,
            Info = new SceneInfo
            {
                Title = Kind.Title,
                Caption = $"Activations of sample {sample}, as shares of each layer's largest, and weights; {drawn}. Layers: "
                    + $"{string.Join(", ", layout.Planes.Select(p => $"{p.Name} {p.Shape}"))}.",
                AltText = $"Network of {layout.Planes.Count - 1} layers in space after epoch {snapshot.Epoch}: {words}.",
                Description = string.Join(" ", layout.Planes.Select((p, i) => $"{p.Name}: {p.Shape} outputs, "
                    + $"{NumberFormat.Percent((double)shown[i].Count(v => v != 0) / Math.Max(1, shown[i].Length), 0)} not zero, "
                    + "the largest "
                    + $"{NumberFormat.Value(
                            shown[i].Select(v => Math.Abs((double)v)).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Max())}.")),
                Table = new DataTable(["layer", "line", "weight", "share of the largest"], [.. layout.Links.Take(MostRows)
                    .Select(l => (IReadOnlyList<string>)[l.Layer, l.Words, NumberFormat.Value(l.Weight), NumberFormat.Percent(l.Share)])]),
                Command = Command,
            },
        }.ToScene();
    }

    private static IEnumerable<SpaceItem> Plane(
        NetworkPlane plane, float[] values, ProbeReading? reading, int sample, bool input, Theme theme)
    {
        double largest = values.Where(float.IsFinite).Select(v => Math.Abs((double)v)).DefaultIfEmpty(0).Max();
        float[] shares = [.. values.Select(v => largest > 0 ? (float)(v / largest) : v)];
        // A picture that comes in is shown as such.
        var scale = input && plane.IsPicture ? ColorScale.Grey(theme, Limits.Of(shares.Select(v => (double)v))) : Scale(shares, theme);
        var (low, high) = plane.Edge;
        if (plane.IsFew)
        {
            Point3[] places = [.. Enumerable.Range(0, values.Length).Select(u => plane.Middle(u, plane.Shape))];
            yield return new PointsItem
            {
                Name = plane.Name,
                Points = places,
                Color = theme.Foreground,
                Colors = [.. shares.Select(v => scale.At(v))],
                Radius = values.Length <= 6 ? 9 : 6.5,
                Rim = theme.Foreground,
                DepthCue = 0,
            };
            var scores = reading is not null && sample < reading.Count ? reading.Scores(sample) : null;
            for (int u = 0; u < values.Length; u++)
            {
                bool best = scores is not null && u == Math.Min(values.Length - 1, reading!.Predicted[sample]);
                string text = scores is null ? NumberFormat.Value(values[u], 2)
                    : scores.Count == values.Length ? $"{theme.Face.Ellipsize(scores[u].Name, 90, Typography.Label)}  "
                        + $"{reading!.ScoreText(scores[u].Score)}"
                    : $"{theme.Face.Ellipsize(scores[^1].Name, 90, Typography.Label)}  {reading!.ScoreText(scores[^1].Score)}";
                if (scores is not null || values.Length <= 6)
                    yield return new LabelItem
                    {
                        At = places[u],
                        Text = text,
                        Size = scores is null ? Typography.Small : Typography.Label,
                        Color = best || scores is null ? theme.Foreground : theme.Muted,
                        Weight = best ? FontWeight.Bold : FontWeight.Regular,
                        Gap = 12,
                    };
            }
        }
        else if (plane.IsPicture)
        {
            int channels = plane.Shape.Channels;
            // Three channels that come in are colours of one picture; it is shown by channel all the same.
            for (int c = 0; c < Math.Min(channels, MostChannels); c++)
            {
                var (corner, across, down) = plane.Tile(c);
                yield return new PanelItem
                {
                    Corner = corner,
                    Across = across,
                    Down = down,
                    Rows = plane.Shape.Height,
                    Columns = plane.Shape.Width,
                    Values = UnitImages.Channel(shares, plane.Shape, c),
                    Colors = scale,
                    Frame = theme.Muted,
                };
            }
        }
        else
        {
            var (rows, columns) = plane.Grid;
            var (corner, across, down) = plane.Tile(0);
            yield return new PanelItem
            {
                Corner = corner,
                Across = across,
                Down = down,
                Rows = rows,
                Columns = columns,
                Values = shares,
                Colors = scale,
                Frame = theme.Muted,
            };
        }
        yield return new LabelItem
        {
            At = new Point3(plane.At, (low.Y + high.Y) / 2, low.Z - (plane.IsFew ? 0.06 : 0.12)),
            Text = $"{plane.Name} · {plane.Shape}",
            Color = theme.Muted,
            Size = Typography.Small,
            Centered = true,
        };
    }

    private static ColorScale Scale(float[] shares, Theme theme) =>
        shares.Any(v => v < 0) ? ColorScale.Diverging(theme, 1) : ColorScale.Sequential(theme, 1);

    private static (Limits X, Limits Y, Limits Z) Around(IReadOnlyList<NetworkPlane> planes)
    {
        double wide = planes.Max(p => p.Edge.High.Y) + 0.03, high = planes.Max(p => p.Edge.High.Z) + 0.03;
        return (new Limits(-0.05, planes[^1].At + 0.05), new Limits(-wide, wide), new Limits(-high - 0.18, high));
    }

    private sealed record Answer(NetworkLayout Layout, int Sample, int Parameters, float[][] Shown, ProbeReading Reading);
}
