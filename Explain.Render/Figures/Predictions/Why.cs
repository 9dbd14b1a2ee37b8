using Explain.Core;

namespace Explain.Render;

/// <summary>Why the network said so: for some right, wrong and uncertain samples, which inputs bore on its answer.</summary>
public sealed class Why : Figure
{
    private const int MostBars = 4;
    private const double Picture = 66;
    private const double Gap = 10;
    private const double Card = (3 * Picture) + (2 * Gap);
    private const double CardGap = 30;
    private const double BarHeight = 14;
    private const double AroundBars = 110;
    private const double GroupHead = 44;
    private const double BarWidth = 130;
    private readonly ProbeAttributions? _found;
    private readonly string _problem = "This run kept no snapshot, so there is no network to ask.";
    private readonly double _gradientLimit;
    private readonly double _integratedLimit;

    /// <summary>Of a run at an epoch; the last kept where null.</summary>
    public Why(FigureRequest request, int? epoch = null)
        : base(Kind, request, epoch: epoch)
    {
        if (Epoch is not { } kept) return;
        _found = Request.Result(new AttributionAnalysis { Epoch = kept }, out _problem);
        if (_found is null) return;
        foreach (var last in Sharing(request).Select(shared => Last(request.Analyst, shared)).OfType<ProbeAttributions>())
        {
            _gradientLimit = Math.Max(
                _gradientLimit, Quantiles.OfMagnitudes([.. last.Answers.SelectMany(a => a.Gradient)], Quantiles.Robust));
            _integratedLimit = Math.Max(
                _integratedLimit, Quantiles.OfMagnitudes([.. last.Answers.SelectMany(a => a.Integrated)], Quantiles.Robust));
        }
    }

    /// <summary>Its entry in the catalogue.</summary>
    public static FigureKind Kind { get; } = new(
        "why", "Why the network said so", "Which inputs spoke for and against the answer, for right, wrong and uncertain samples.",
        "Orange inputs spoke for the class the network named, blue ones against it. "
            + "The input gradient says what a small change of each input would do; integrated gradients share out the whole answer among "
            + "the inputs, and the gap tells how exactly they add up. Look at mistakes: which stroke misled it?",
        FigureScope.Epoch, PerLayer: false, [], _ => true, request => new Why(request))
    {
        Beware = "An attribution tells what the network used, not what is right, and another baseline gives another picture. "
            + "Look at the completeness gap before reading details: a large one says that the steps were too few.",
        Needs = request => request.SnapshotEpoch() is { } epoch
            ? [Need(request.Run, epoch), .. Sharing(request).Select(run => Need(run, run.SnapshotEpochs[^1]))]
            : [],
        Program = """
        new Why(run).Draw(Theme.Light).SavePng("why.png");
        """,
    };

    /// <inheritdoc/>
    public override Scene Draw(Theme theme)
    {
        var run = Run;
        if (_found is not { } all || Request.ReadSnapshot() is not { } snapshot) return Missing(theme, _problem);
        var reading = new ProbeReading(run, snapshot);
        var found = all.Answers.ToDictionary(answer => answer.Sample);
        int[] chosen = [.. all.Answers.Select(answer => answer.Sample)];
        (string Title, IReadOnlyList<int> Samples)[] groups = [("Right", all.Right), ("Wrong", all.Wrong), ("Uncertain", all.Uncertain)];
        var gradient = ColorScale.Diverging(theme, _gradientLimit);
        var integrated = ColorScale.Diverging(theme, _integratedLimit);

        var nodes = new List<Node>();
        double width = (3 * Card) + (2 * CardGap),
            cardHeight = AroundBars + (BarHeight * Math.Min(MostBars, chosen.Select(i => reading.Scores(i).Count).DefaultIfEmpty(1).Max())),
            y = GroupHead + (Math.Max(1, groups.Max(g => g.Samples.Count)) * cardHeight);
        var pictures = new SamplePictures(run, theme);
        string when = snapshot.Epoch == run.SnapshotEpochs[^1] ? "" : " at the end of training";
        double x = 0;
        foreach (var (title, samples) in groups)
        {
            nodes.Add(new TextNode(
                title + when, new Point(x, Typography.Heading), Typography.Heading, theme.Foreground, Weight: FontWeight.Bold));
            nodes.Add(new PathNode(
                PathData.Line(x, Typography.Heading + 6, x + Card, Typography.Heading + 6), Stroke: new Stroke(theme.Grid)));
            if (samples.Count == 0)
                nodes.Add(new TextNode("none", new Point(x, GroupHead - 8), Typography.Label, theme.Muted));
            string[] heads = samples.Count == 0 ? [] : ["sample", "gradient", "integrated gradients"];
            for (int c = 0; c < heads.Length; c++)
                nodes.Add(new TextNode(
                    heads[c],
                    new Point(c == 2 ? x + Card : x + (c * (Picture + Gap)), GroupHead - 10),
                    Typography.Small,
                    theme.Muted,
                    c == 2 ? TextAnchor.End : TextAnchor.Start));
            for (int k = 0; k < samples.Count; k++)
            {
                int i = samples[k];
                nodes.Add(new GroupNode(
                [
                    .. Draw(i, new Point(x, GroupHead + (k * cardHeight)), run, reading, found[i], gradient, integrated, pictures, theme),
                ]) { Label = $"Sample {i}: {Words(reading, i)}" });
            }
            x += Card + CardGap;
        }
        y += 4;
        nodes.AddRange(ColorBar.Draw(gradient, new Point(0, y), BarWidth, theme, "input gradient"));
        nodes.AddRange(ColorBar.Draw(integrated, new Point(width / 2, y), BarWidth, theme, "integrated gradients"));
        double worst = Limits.Of(found.Values.Select(a => a.Gap)) is { IsEmpty: false } gaps ? gaps.Max : double.NaN;
        int right = chosen.Count(reading.IsRight);
        double clippedGradient = gradient.Clipped([.. found.Values.SelectMany(a => a.Gradient)]),
            clippedIntegrated = integrated.Clipped([.. found.Values.SelectMany(a => a.Integrated)]);
        string clipped = clippedGradient + clippedIntegrated == 0 ? "no attribution lies beyond the limits"
            : $"{NumberFormat.Percent(clippedGradient)} of the gradients and {NumberFormat.Percent(clippedIntegrated)} of the integrated "
                + "gradients lie beyond the limits";
        return new Page
        {
            Theme = theme,
            Subtitle = $"{run.Title()} · {run.EpochWords(snapshot.Epoch)}",
            BodyWidth = width,
            BodyHeight = y + ColorBar.Height,
            Body = nodes,
            Notes =
            [
                $"Attributions of {Explained(run, all)}. Baseline: every input at {NumberFormat.Value(all.Baseline)}. Gap: the share "
                    + $"of the answer that the integrated gradients do not account for. {char.ToUpperInvariant(clipped[0])}{clipped[1..]}.",
            ],
            Width = Request.Width,
            Info = new SceneInfo
            {
                Title = Kind.Title,
                Caption = $"The same {chosen.Length} samples at every epoch, chosen by the last one. "
                    + $"Gradients from {NumberFormat.Value(gradient.Limits.Min)} to {NumberFormat.Value(gradient.Limits.Max)}, integrated "
                    + $"gradients from {NumberFormat.Value(integrated.Limits.Min)} to {NumberFormat.Value(integrated.Limits.Max)}; "
                    + $"{clipped}. The largest completeness gap is {NumberFormat.Percent(worst)}.",
                AltText = $"Attributions for {chosen.Length} samples after epoch {snapshot.Epoch}, {right} of them right: "
                    + $"{string.Join("; ", chosen.Take(4).Select(i => Words(reading, i)))}. "
                    + $"The largest completeness gap is {NumberFormat.Percent(worst)}.",
                Description = string.Join(
                    " ", chosen.Select(i => $"Sample {i}: {Words(reading, i)}, completeness gap {NumberFormat.Percent(found[i].Gap)}.")),
                Table = new DataTable(["sample", "true class", "predicted class", "score", "completeness gap"],
                    [.. chosen.Select(i => (IReadOnlyList<string>)
                    [
                        $"{i}",
                        Name(reading, reading.Label(i)),
                        Name(reading, reading.Predicted[i]),
                        reading.ScoreText(reading.Confidence(i)),
                        NumberFormat.Percent(found[i].Gap, 2),
                    ])]),
                Command = Command,
            },
        }.ToScene();
    }

    // The sample with its two maps, and under them how far the answers were apart.
    private static IEnumerable<Node> Draw(
        int sample, Point corner, RunFolder run, ProbeReading reading, SampleAttribution found, ColorScale gradient, ColorScale integrated,
        SamplePictures pictures, Theme theme)
    {
        var (x, y) = (corner.X, corner.Y);
        bool right = reading.IsRight(sample);
        string words = right ? $"{Name(reading, reading.Label(sample))}, right"
            : $"{Name(reading, reading.Label(sample))}, taken for {Name(reading, reading.Predicted[sample])}";
        string gap = double.IsNaN(found.Gap) ? "gap n/a" : $"gap {NumberFormat.Percent(found.Gap)}";
        double room = Card - theme.Face.Measure(gap, Typography.Small) - 8;
        yield return new TextNode(
            theme.Face.Ellipsize(words, room, Typography.Small, FontWeight.Bold),
            new Point(x, y + 8),
            Typography.Small,
            right ? theme.Foreground : ProbeReading.Wrong(theme),
            Weight: FontWeight.Bold);
        yield return new TextNode(gap, new Point(x + Card, y + 8), Typography.Small, theme.Muted, TextAnchor.End);
        y += 15;
        foreach (var node in pictures.Draw(sample, new Rect(x, y, Picture, Picture))) yield return node;
        foreach (var node in Map(found.Gradient, x + Picture + Gap, y, run, gradient, theme)) yield return node;
        foreach (var node in Map(found.Integrated, x + (2 * (Picture + Gap)), y, run, integrated, theme)) yield return node;
        int bars = Math.Min(MostBars, reading.Scores(sample).Count);
        foreach (var node in reading.Bars(sample, new Rect(x, y + Picture + 7, Card, bars * BarHeight), theme, MostBars).Draw(theme))
            yield return node;
    }

    private static IEnumerable<Node> Map(IReadOnlyList<float> values, double x, double y, RunFolder run, ColorScale scale, Theme theme)
    {
        var shape = run.Info.Network.InputShape;
        var (rows, columns) = shape.IsImage ? (shape.Height, shape.Width) : UnitImages.Grid(values.Count);
        double cell = Math.Min(Picture / rows, Picture / columns);
        if (cell > 1) cell = Math.Floor(cell * 2) / 2;
        var box = new Rect(x, y + ((Picture - (cell * rows)) / 2), cell * columns, cell * rows);
        yield return HeatMap.Draw(UnitImages.Flatten((float[])[.. values], rows, columns).Span, rows, columns, scale, box);
        yield return new PathNode(PathData.Rectangle(box.Inset(-0.5)), Stroke: new Stroke(theme.Grid));
    }

    private static string Words(ProbeReading reading, int i) => reading.IsRight(i)
        ? $"{Name(reading, reading.Label(i))} recognised with {reading.ScoreText(reading.Confidence(i))}"
        : $"{Name(reading, reading.Label(i))} taken for {Name(reading, reading.Predicted[i])} "
            + $"with {reading.ScoreText(reading.Confidence(i))}";

    private static string Explained(RunFolder run, ProbeAttributions found) =>
        found.BeforeActivation ? $"what the unit of the class named is given before its {run.Info.Network.Layers[^1].Activation}"
        : run.Info.Objective.Loss.TakesLogits ? "the logit of the class named" : "the output of the class named";

    private static string Name(ProbeReading reading, int c) => c < reading.ClassNames.Count ? reading.ClassNames[c] : $"class {c}";

    private static AnalysisRequest Need(RunFolder run, int epoch) => new(new AttributionAnalysis { Epoch = epoch }, [run]);

    private static IEnumerable<RunFolder> Sharing(FigureRequest request) => request.Sharing().Where(run => run.SnapshotEpochs.Count > 0);

    // The last epoch decides the colour limits of all.
    private static ProbeAttributions? Last(Analyst analyst, RunFolder run)
    {
        try
        {
            return analyst.Get(new AttributionAnalysis { Epoch = run.SnapshotEpochs[^1] }, run);
        }
        catch (InputException)
        {
            // Another run that has no attributions has no part in the limits.
            return null;
        }
    }
}
