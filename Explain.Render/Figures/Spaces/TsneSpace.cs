using Explain.Core;

namespace Explain.Render;

/// <summary>
/// A map in three dimensions of the probe samples, on which those lie close together that a layer treats alike (t-SNE), coloured by class.
/// </summary>
public sealed class TsneSpace : Figure, IAnimatedFigure
{
    private const double Side = 520;
    private const int MostLegend = 20;
    private const int MostLabels = 20;
    private const double Azimuth = -60;
    private const double Elevation = 20;
    private readonly Camera _camera;
    private readonly SampleMap? _map;

    /// <summary>Of a run's layer at an epoch; the last hidden layer and the last kept epoch where null.</summary>
    public TsneSpace(FigureRequest request, int? layer = null, int? epoch = null)
        : base(Kind, request, layer, epoch)
    {
        _camera = Request.Camera(Azimuth, Elevation);
        _map = SampleMap.Of(Request, dimensions: 3);
    }

    /// <summary>Its entry in the catalogue.</summary>
    public static FigureKind Kind { get; } = new(
        "tsne-3d", "Map of the samples in space",
        "Samples that a layer treats alike lie close together (t-SNE in three dimensions), coloured by class.",
        "Each marker is a sample; nearer ones are larger and stronger. Close ones give similar activations in this layer, "
            + "and clouds of one class mean that the layer has told it apart. "
            + "A third dimension gives groups room to pass each other that a plane would tear apart or push together.",
        FigureScope.Epoch, PerLayer: false, CameraOptions.From(Azimuth, Elevation), run => run.SnapshotEpochs.Count > 0,
        request => new TsneSpace(request))
    {
        TakesLayer = true,
        LastEpochOnly = true,
        Needs = request => SampleMap.Needs(request, dimensions: 3),
        Unmet = _ => "it needs a snapshot of the run; this run kept none",
        Beware = "Only who is near whom means something: not the axes, which have no unit, not the size of a cloud, "
            + "not the distance between two. What seems to touch from here may lie behind one another: turn it.",
        Program = """
            new TsneSpace(run, layer: -2)
                .Draw(Theme.Light)
                .SavePng("tsne-3d.png");
            """,
    };

    /// <inheritdoc/>
    public override Scene Draw(Theme theme) => Draw(theme, _camera, turning: false);

    /// <inheritdoc/>
    public Animation Animate(Theme theme) => Turntable.Of(_camera, camera => Draw(theme, camera, turning: true));

    private Scene Draw(Theme theme, Camera camera, bool turning)
    {
        var run = Run;
        if (_map is null) return Missing(theme, "This run kept no snapshot, so there are no activations to map.");
        if (_map.Found.Map is not { } map) return Missing(theme, _map.Missing);

        string name = _map.Layer;
        int[] labels = [.. run.Probe.Samples.Labels.Take(map.Points.Rows)];
        var names = run.Probe.Samples.ClassNames;
        Point3[] points =
            [.. Enumerable.Range(0, labels.Length).Select(i => new Point3(map.Points[i, 0], map.Points[i, 1], map.Points[i, 2]))];
        double kin = _map.Found.OwnClass;
        LegendEntry[] legend =
            [.. names.Take(MostLegend).Select((n, c) => new LegendEntry(n, Categories.At(c, theme), Categories.MarkerAt(c)))];
        double top = Legend.Height(legend, Side, theme.Face) + 4;
        var (x, y, z) = Box(points);
        var space = new Space
        {
            Bounds = new Rect(0, top, Side, 0.86 * Side),
            Items = Items(points, labels, names, theme),
            X = new Axis { Limits = x, ShowTicks = false },
            Y = new Axis { Limits = y, ShowTicks = false },
            Z = new Axis { Limits = z, ShowTicks = false },
            Aspect = new Point3(x.Span, y.Span, z.Span),
            Camera = camera,
            Turning = turning,
        };
        string quality = $"KL {NumberFormat.Value(map.Divergence)}, perplexity {NumberFormat.Value(map.Perplexity, 2)}";
        string finding = $"for {NumberFormat.Percent(kin, 0)} of the samples the nearest one is of their own class";
        return new Page
        {
            Theme = theme,
            Subtitle = $"{run.Title()} · {run.EpochWords(_map.Epoch)} · {name} · {finding}",
            BodyWidth = Side,
            BodyHeight = top + (0.86 * Side),
            Body = [.. Legend.Draw(legend, default, Side, theme), space.Draw(theme, Request.DensityFor(Side + (2 * Page.Margin)))],
            Notes =
            [
                $"t-SNE in three dimensions of {labels.Length} {run.ProbeWords()} samples, {quality}. "
                    + "Only neighbourhoods mean something; the axes have no unit.",
            ],
            Width = Request.Width,
            Info = new SceneInfo
            {
                Title = Kind.Title,
                Caption = $"t-SNE of the activations of {name} for {labels.Length} {run.ProbeWords()} samples: {quality}, {map.Iterations} "
                    + $"steps, {(map.Exact ? "exact" : "Barnes–Hut")} forces. A label stands at the median of each class; seen {camera}.",
                AltText = $"Cloud of {labels.Length} samples by the activations of {name} after epoch {_map.Epoch}: {finding}; {quality}.",
                Description = string.Join(" ", names.Select((n, c) => $"{n}: {labels.Count(l => l == c)} samples.")),
                Table = new DataTable(["sample", "class", "x", "y", "z"], [.. points.Select((p, i) => (IReadOnlyList<string>)
                [
                    $"{i}",
                    names[labels[i]],
                    NumberFormat.Value(p.X),
                    NumberFormat.Value(p.Y),
                    NumberFormat.Value(p.Z),
                ])]),
                Command = Command,
            },
        }.ToScene();
    }

    private static List<SpaceItem> Items(Point3[] points, int[] labels, IReadOnlyList<string> names, Theme theme)
    {
        var items = new List<SpaceItem>();
        for (int c = 0; c < names.Count; c++)
        {
            Point3[] own = [.. points.Where((_, i) => labels[i] == c)];
            if (own.Length == 0) continue;
            items.Add(new PointsItem
            {
                Name = names[c],
                Points = own,
                Color = Categories.At(c, theme),
                Marker = Categories.MarkerAt(c),
                Radius = 3.4,
                Rim = theme.Background,
            });
            if (c >= MostLabels) continue;
            var middle = new Point3(
                Quantiles.Median(own.Select(p => p.X)), Quantiles.Median(own.Select(p => p.Y)), Quantiles.Median(own.Select(p => p.Z)));
            items.Add(new LabelItem
            {
                At = middle,
                Text = theme.Face.Ellipsize(names[c], 90, 13, FontWeight.Bold),
                Size = 13,
                Weight = FontWeight.Bold,
                Centered = true,
            });
        }
        return items;
    }

    // The sides of the box are as long as the cloud: all axes have one scale, as distances go in all directions.
    private static (Limits X, Limits Y, Limits Z) Box(Point3[] points)
    {
        Limits x = Limits.Of(points.Select(p => p.X)).OrWidened(), y = Limits.Of(points.Select(p => p.Y)).OrWidened(),
            z = Limits.Of(points.Select(p => p.Z)).OrWidened();
        double least = 0.25 * Math.Max(x.Span, Math.Max(y.Span, z.Span));
        return (
            About(x, 0.53 * Math.Max(x.Span, least)), About(y, 0.53 * Math.Max(y.Span, least)), About(z, 0.53 * Math.Max(z.Span, least)));
    }

    private static Limits About(Limits limits, double half) =>
        new(((limits.Min + limits.Max) / 2) - half, ((limits.Min + limits.Max) / 2) + half);
}
