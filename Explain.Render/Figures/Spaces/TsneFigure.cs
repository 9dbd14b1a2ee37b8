using Explain.Core;

namespace Explain.Render;

/// <summary>A map of the probe samples on which those lie close together that a layer treats alike (t-SNE), coloured by class.</summary>
public sealed class TsneFigure : Figure
{
    private const int MostTried = 200;
    private const double Side = 480;
    private const int MostLegend = 20;
    private readonly SampleMap? _map;

    /// <summary>Of a run's layer at an epoch; the last hidden layer and the last kept epoch where null.</summary>
    public TsneFigure(FigureRequest request, int? layer = null, int? epoch = null)
        : base(Kind, request, layer, epoch)
    {
        _map = SampleMap.Of(Request, dimensions: 2);
    }

    /// <summary>Its entry in the catalogue.</summary>
    public static FigureKind Kind { get; } = new(
        "tsne", "Map of the samples", "Samples that a layer treats alike lie close together (t-SNE), coloured by class.",
        "Each marker is a sample. Close ones give similar activations in this layer; islands of one class mean that the layer has told it "
            + "apart. Only who is near whom means something: not the axes, not the size of an island, not the distance between two.",
        FigureScope.Epoch, PerLayer: false, [], run => run.SnapshotEpochs.Count > 0, request => new TsneFigure(request))
    {
        Beware = "Another seed or perplexity gives another picture of the same activations. "
            + "Sizes of islands and distances between them mean nothing, and t-SNE draws islands even in noise (the line under the title "
            + "says how often the nearest sample is one of the same class).",
        Program = """
        new TsneFigure(run).Draw(Theme.Light).SavePng("tsne.png");
        """,
        TakesLayer = true,
        Needs = request => SampleMap.Needs(request, dimensions: 2),
        Unmet = _ => "it needs a snapshot of the run; this run kept none",
    };

    /// <inheritdoc/>
    public override Scene Draw(Theme theme)
    {
        var run = Run;
        if (_map is null) return Missing(theme, "This run kept no snapshot, so there are no activations to map.");
        if (_map.Found.Map is not { } map) return Missing(theme, _map.Missing);

        string name = _map.Layer;
        var labels = run.Probe.Samples.Labels.AsSpan(0, map.Points.Rows).ToArray();
        var names = run.Probe.Samples.ClassNames;
        var points = Enumerable.Range(0, labels.Length).Select(i => new Point(map.Points[i, 0], map.Points[i, 1])).ToArray();
        double kin = _map.Found.OwnClass;
        var marks = new List<Mark>();
        var text = new List<Mark>();
        for (int c = 0; c < names.Count; c++)
        {
            Point[] own = [.. points.Where((_, i) => labels[i] == c)];
            if (own.Length == 0) continue;
            marks.Add(new DotMark
            {
                Name = names[c],
                Points = own,
                Color = Categories.At(c, theme),
                Marker = Categories.MarkerAt(c),
                Radius = 3,
                Rim = theme.Background,
            });
            text.Add(new LabelMark
            {
                At = Densest(own),
                Text = theme.Face.Ellipsize(names[c], 90, 13, FontWeight.Bold),
                Color = theme.Foreground,
                Size = 13,
            });
        }
        LegendEntry[] legend =
            [.. names.Take(MostLegend).Select((n, c) => new LegendEntry(n, Categories.At(c, theme), Categories.MarkerAt(c)))];
        double top = Legend.Height(legend, Side, theme.Face) + 8;
        Limits x = Limits.Of(points.Select(p => p.X)).OrWidened(), y = Limits.Of(points.Select(p => p.Y)).OrWidened();
        double half = Math.Max(x.Span, y.Span) * 0.54;
        var area = new PlotArea(
            new Rect(0, top, Side, Side),
            new LinearScale(About(x, half), 0, Side),
            new LinearScale(About(y, half), top + Side, top),
            theme);
        string quality = $"KL {NumberFormat.Value(map.Divergence)}, perplexity {NumberFormat.Value(map.Perplexity, 2)}";
        string finding = $"for {NumberFormat.Percent(kin, 0)} of the samples the nearest one is of their own class";
        return new Page
        {
            Theme = theme,
            Subtitle = $"{run.Title()} · {run.EpochWords(_map.Epoch)} · {name} · {finding}",
            BodyWidth = Side,
            BodyHeight = top + Side,
            Body =
            [
                .. Legend.Draw(legend, default, Side, theme),
                new PathNode(PathData.Rectangle(area.Bounds.Inset(0.5)), Stroke: new Stroke(theme.Grid)),
                .. marks.Concat(Apart(text, area)).SelectMany(m => m.Draw(area)),
            ],
            Notes =
            [
                $"t-SNE of {labels.Length} {run.ProbeWords()} samples, {quality}. "
                    + "Only neighbourhoods mean something; the axes have no unit.",
            ],
            Width = Request.Width,
            Info = new SceneInfo
            {
                Title = Kind.Title,
                Caption = $"t-SNE of the activations of {name} for {labels.Length} {run.ProbeWords()} samples: {quality}, {map.Iterations} "
                    + $"steps, {(map.Exact ? "exact" : "Barnes–Hut")} forces. A label stands where the samples of its class are densest.",
                AltText = $"Map of {labels.Length} samples by the activations of {name} after epoch {_map.Epoch}: {finding}; {quality}.",
                Description = string.Join(" ", names.Select((n, c) => $"{n}: {labels.Count(l => l == c)} samples.")),
                Table = new DataTable(["sample", "class", "x", "y"], [.. points.Select((p, i) =>
                    (IReadOnlyList<string>)[$"{i}", names[labels[i]], NumberFormat.Value(p.X), NumberFormat.Value(p.Y)])]),
                Command = Command,
            },
        }.ToScene();
    }

    // Both axes have one scale, as distances go in all directions.
    private static Limits About(Limits limits, double half) =>
        new(((limits.Min + limits.Max) / 2) - half, ((limits.Min + limits.Max) / 2) + half);

    // A class may lie in two places, and the middle between them belongs to another: so the sample within reach of a third of its class in
    // the smallest circle.
    private static Point Densest(Point[] own)
    {
        int every = Math.Max(1, own.Length / MostTried);
        return own.Where((_, i) => i % every == 0)
            .MinBy(p => own.Select(q => ((q.X - p.X) * (q.X - p.X)) + ((q.Y - p.Y) * (q.Y - p.Y))).Order().ElementAt(own.Length / 3));
    }

    // Class labels whose places nearly coincide are moved apart, lowest last.
    private static IEnumerable<Mark> Apart(List<Mark> labels, PlotArea area)
    {
        var placed = new List<Rect>();
        foreach (var label in labels.OfType<LabelMark>())
        {
            double width = area.Theme.Face.Measure(label.Text, label.Size, FontWeight.Bold) + 6, height = label.Size * 1.24;
            var at = area.Map(label.At.X, label.At.Y);
            double x = Math.Clamp(at.X, area.Bounds.X + (width / 2) + 1, area.Bounds.Right - (width / 2) - 1);
            var box = Enumerable.Range(0, 80)
                .Select(k => Box(x, at.Y + ((k % 2 == 0 ? 1 : -1) * ((k + 1) / 2) * height * 0.55), width, height))
                .FirstOrDefault(b => b.Y >= area.Bounds.Y && b.Bottom <= area.Bounds.Bottom && !placed.Any(p => Overlap(p, b)), default);
            if (box.Width == 0) continue;
            placed.Add(box);
            yield return label with { At = new Point(Back(area.X, box.Center.X), Back(area.Y, box.Center.Y)) };
        }

        static Rect Box(double x, double y, double width, double height) => new(x - (width / 2), y - (height / 2), width, height);
        static bool Overlap(Rect a, Rect b) => a.X < b.Right && b.X < a.Right && a.Y < b.Bottom && b.Y < a.Bottom;
        static double Back(Scale s, double pixel) => s.Domain.Min + ((pixel - s.From) / (s.To - s.From) * s.Domain.Span);
    }
}
