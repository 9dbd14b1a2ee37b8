using System.Runtime.CompilerServices;
using Explain.Core;

namespace Explain.Render;

/// <summary>Why the network said so: for some right, wrong and uncertain samples, which inputs bore on its answer.</summary>
public sealed class Why : IFigure
{
    private const int OfEach = 3;
    private const int MostBars = 4;
    private const double Picture = 66;
    private const double Gap = 10;
    private const double Card = (3 * Picture) + (2 * Gap);
    private const double CardGap = 30;
    private const double BarHeight = 14;
    private const double AroundBars = 110;
    private const double GroupHead = 44;
    private const double BarWidth = 130;
    private static readonly ConditionalWeakTable<RunFolder, Choice> Cache = [];
    private readonly FigureRequest _request;

    /// <summary>As the request says.</summary>
    public Why(FigureRequest request)
    {
        _request = request;
        request.SnapshotEpoch();
    }

    /// <summary>Of a run at an epoch; the last kept where null.</summary>
    public Why(RunFolder run, int? epoch = null)
        : this(new FigureRequest { Runs = [run], Epoch = epoch })
    {
    }

    /// <summary>Its entry in the catalogue.</summary>
    public static FigureKind Kind { get; } = new(
        "why", "Why the network said so", "Which inputs spoke for and against the answer, for right, wrong and uncertain samples.",
        "Orange inputs spoke for the class the network named, blue ones against it. The input gradient says what a small change of each input would do; integrated gradients share out the whole answer among the inputs, and the gap tells how exactly they add up. Look at mistakes: which stroke misled it?",
        FigureScope.Epoch, PerLayer: false, [], _ => true, request => new Why(request))
    {
        Beware = "An attribution tells what the network used, not what is right, and another baseline gives another picture. Look at the completeness gap before reading details: a large one says that the steps were too few.",
        Program = """
        new Why(run).Draw(Theme.Light).SavePng("why.png");
        """,
    };

    /// <inheritdoc/>
    public Scene Draw(Theme theme)
    {
        var run = _request.Run;
        if (_request.ReadSnapshot() is not { Layers.Count: > 0 } snapshot)
            return Page.Missing(theme, _request, Kind.Name, Kind.Title, "This run kept no snapshot, so there is no network to ask.");
        if (run.Probe.Samples.Count == 0 || snapshot.ProbeOutputs.IsEmpty)
            return Page.Missing(theme, _request, Kind.Name, Kind.Title, "This run recorded no probe samples.");
        var network = snapshot.Restore(run.Info.Network);
        if (network.CouplesSamples)
            return Page.Missing(theme, _request, Kind.Name, Kind.Title, "In this network an output depends on the other samples of its batch, so that a single answer cannot be traced to its own inputs.");
        var reading = new ProbeReading(run, snapshot);
        var choice = ChoiceOf(run);
        float baseline = choice.Baseline;
        var asked = Unsquashed(run, snapshot);
        var found = Attribute(asked, run.Probe.Samples, reading, [.. choice.All], baseline);
        var shared = _request.Sharing().Where(r => r.SnapshotEpochs.Count > 0 && r.Probe.Samples.Count > 0).Select(ChoiceOf).ToArray();
        var gradient = ColorScale.Diverging(theme, shared.Max(c => c.GradientLimit));
        var integrated = ColorScale.Diverging(theme, shared.Max(c => c.IntegratedLimit));

        var nodes = new List<Node>();
        double width = (3 * Card) + (2 * CardGap), cardHeight = AroundBars + (BarHeight * Math.Min(MostBars, choice.All.Select(i => reading.Scores(i).Count).DefaultIfEmpty(1).Max())), y = GroupHead + (Math.Max(1, choice.Groups.Max(g => g.Samples.Length)) * cardHeight);
        var pictures = new SamplePictures(run, theme);
        string when = snapshot.Epoch == run.SnapshotEpochs[^1] ? "" : " at the end of training";
        double x = 0;
        foreach (var (title, samples) in choice.Groups)
        {
            nodes.Add(new TextNode(title + when, new Point(x, Typography.Heading), Typography.Heading, theme.Foreground, Weight: FontWeight.Bold));
            nodes.Add(new PathNode(PathData.Line(x, Typography.Heading + 6, x + Card, Typography.Heading + 6), Stroke: new Stroke(theme.Grid)));
            if (samples.Length == 0)
                nodes.Add(new TextNode("none", new Point(x, GroupHead - 8), Typography.Label, theme.Muted));
            string[] heads = samples.Length == 0 ? [] : ["sample", "gradient", "integrated gradients"];
            for (int c = 0; c < heads.Length; c++)
                nodes.Add(new TextNode(heads[c], new Point(c == 2 ? x + Card : x + (c * (Picture + Gap)), GroupHead - 10), Typography.Small, theme.Muted, c == 2 ? TextAnchor.End : TextAnchor.Start));
            for (int k = 0; k < samples.Length; k++)
            {
                int i = samples[k];
                nodes.Add(new GroupNode([.. Draw(i, new Point(x, GroupHead + (k * cardHeight)), run, reading, found[i], gradient, integrated, pictures, theme)]) { Label = $"Sample {i}: {Words(reading, i)}" });
            }
            x += Card + CardGap;
        }
        y += 4;
        nodes.AddRange(ColorBar.Draw(gradient, new Point(0, y), BarWidth, theme, "input gradient"));
        nodes.AddRange(ColorBar.Draw(integrated, new Point(width / 2, y), BarWidth, theme, "integrated gradients"));
        double worst = Limits.Of(found.Values.Select(a => a.Gap)) is { IsEmpty: false } gaps ? gaps.Max : double.NaN;
        int right = choice.All.Count(reading.IsRight);
        double clippedGradient = gradient.Clipped([.. found.Values.SelectMany(a => a.Gradient)]), clippedIntegrated = integrated.Clipped([.. found.Values.SelectMany(a => a.Integrated)]);
        string clipped = clippedGradient + clippedIntegrated == 0 ? "no attribution lies beyond the limits" : $"{NumberFormat.Percent(clippedGradient)} of the gradients and {NumberFormat.Percent(clippedIntegrated)} of the integrated gradients lie beyond the limits";
        return new Page
        {
            Theme = theme,
            Subtitle = $"{run.Title()} · {run.EpochWords(snapshot.Epoch)}",
            BodyWidth = width,
            BodyHeight = y + ColorBar.Height,
            Body = nodes,
            Notes = [$"Attributions of {Explained(run)}. Baseline: every input at {NumberFormat.Value(baseline)}. Gap: the share of the answer that the integrated gradients do not account for. {char.ToUpperInvariant(clipped[0])}{clipped[1..]}."],
            Width = _request.Width,
            Info = new SceneInfo
            {
                Title = Kind.Title,
                Caption = $"The same {choice.All.Count()} samples at every epoch, chosen by the last one. Gradients from {NumberFormat.Value(gradient.Limits.Min)} to {NumberFormat.Value(gradient.Limits.Max)}, integrated gradients from {NumberFormat.Value(integrated.Limits.Min)} to {NumberFormat.Value(integrated.Limits.Max)}; {clipped}. The largest completeness gap is {NumberFormat.Percent(worst)}.",
                AltText = $"Attributions for {choice.All.Count()} samples after epoch {snapshot.Epoch}, {right} of them right: {string.Join("; ", choice.All.Take(4).Select(i => Words(reading, i)))}. The largest completeness gap is {NumberFormat.Percent(worst)}.",
                Description = string.Join(" ", choice.All.Select(i => $"Sample {i}: {Words(reading, i)}, completeness gap {NumberFormat.Percent(found[i].Gap)}.")),
                Table = new DataTable(["sample", "true class", "predicted class", "score", "completeness gap"],
                    [.. choice.All.Select(i => (IReadOnlyList<string>)[$"{i}", Name(reading, reading.Label(i)), Name(reading, reading.Predicted[i]), reading.ScoreText(reading.Confidence(i)), NumberFormat.Percent(found[i].Gap, 2)])]),
                Command = _request.Command(Kind.Name),
            },
        }.ToScene();
    }

    // The sample with its two maps, and under them how far the answers were apart.
    private static IEnumerable<Node> Draw(int sample, Point corner, RunFolder run, ProbeReading reading, Answer found, ColorScale gradient, ColorScale integrated, SamplePictures pictures, Theme theme)
    {
        var (x, y) = (corner.X, corner.Y);
        bool right = reading.IsRight(sample);
        string words = right ? $"{Name(reading, reading.Label(sample))}, right" : $"{Name(reading, reading.Label(sample))}, taken for {Name(reading, reading.Predicted[sample])}";
        string gap = double.IsNaN(found.Gap) ? "gap n/a" : $"gap {NumberFormat.Percent(found.Gap)}";
        double room = Card - theme.Face.Measure(gap, Typography.Small) - 8;
        yield return new TextNode(theme.Face.Ellipsize(words, room, Typography.Small, FontWeight.Bold), new Point(x, y + 8), Typography.Small, right ? theme.Foreground : ProbeReading.Wrong(theme), Weight: FontWeight.Bold);
        yield return new TextNode(gap, new Point(x + Card, y + 8), Typography.Small, theme.Muted, TextAnchor.End);
        y += 15;
        foreach (var node in pictures.Draw(sample, new Rect(x, y, Picture, Picture))) yield return node;
        foreach (var node in Map(found.Gradient, x + Picture + Gap, y, run, gradient, theme)) yield return node;
        foreach (var node in Map(found.Integrated, x + (2 * (Picture + Gap)), y, run, integrated, theme)) yield return node;
        int bars = Math.Min(MostBars, reading.Scores(sample).Count);
        foreach (var node in reading.Bars(sample, new Rect(x, y + Picture + 7, Card, bars * BarHeight), theme, MostBars).Draw(theme)) yield return node;
    }

    private static IEnumerable<Node> Map(float[] values, double x, double y, RunFolder run, ColorScale scale, Theme theme)
    {
        var shape = run.Info.Network.InputShape;
        var (rows, columns) = shape.IsImage ? (shape.Height, shape.Width) : UnitImages.Grid(values.Length);
        double cell = Math.Min(Picture / rows, Picture / columns);
        if (cell > 1) cell = Math.Floor(cell * 2) / 2;
        var box = new Rect(x, y + ((Picture - (cell * rows)) / 2), cell * columns, cell * rows);
        yield return HeatMap.Draw(UnitImages.Flatten(values, rows, columns).Span, rows, columns, scale, box);
        yield return new PathNode(PathData.Rectangle(box.Inset(-0.5)), Stroke: new Stroke(theme.Grid));
    }

    private static string Words(ProbeReading reading, int i) => reading.IsRight(i)
        ? $"{Name(reading, reading.Label(i))} recognised with {reading.ScoreText(reading.Confidence(i))}"
        : $"{Name(reading, reading.Label(i))} taken for {Name(reading, reading.Predicted[i])} with {reading.ScoreText(reading.Confidence(i))}";

    // Probabilities near 0 or 1 are flat, so that the gradient of a sure answer would be a blank: what goes into the last activation is not.
    private static Network Unsquashed(RunFolder run, Snapshot snapshot)
    {
        var network = run.Info.Network;
        if (!Squashes(run)) return snapshot.Restore(network);
        return snapshot.Restore(network with { Layers = [.. network.Layers.SkipLast(1), network.Layers[^1] with { Activation = Activation.Identity }] });
    }

    private static bool Squashes(RunFolder run) => run.Info.Network.Layers is [.., { Activation.Squashes: true }];

    private static string Explained(RunFolder run) =>
        Squashes(run) ? $"what the unit of the class named is given before its {run.Info.Network.Layers[^1].Activation}" : run.Info.Objective.Readout().Loss.TakesLogits ? "the logit of the class named" : "the output of the class named";

    private static string Name(ProbeReading reading, int c) => c < reading.ClassNames.Count ? reading.ClassNames[c] : $"class {c}";

    private static Dictionary<int, Answer> Attribute(Network network, Dataset samples, ProbeReading reading, int[] chosen, float baseline)
    {
        var inputs = samples.Select(chosen).Inputs;
        int[] targets = [.. chosen.Select(i => reading.Predicted[i])];
        var gradient = new InputGradient(network).Attribute(inputs, targets);
        var integrated = new IntegratedGradients(network, [.. Enumerable.Repeat(baseline, inputs.Columns)]).Attribute(inputs, targets);
        var found = new Dictionary<int, Answer>();
        for (int k = 0; k < chosen.Length; k++)
        {
            double change = integrated.Outputs[k] - integrated.BaselineOutputs[k];
            double gap = change == 0 ? double.NaN : Math.Abs(integrated.CompletenessGaps[k] / change);
            found[chosen[k]] = new Answer(gradient.Values.Row(k).ToArray(), integrated.Values.Row(k).ToArray(), gap);
        }
        return found;
    }

    // The last epoch decides which samples are shown, so that every epoch shows the same; and the colour limits.
    private static Choice ChoiceOf(RunFolder run)
    {
        if (Cache.TryGetValue(run, out var known) && known.Snapshots == run.SnapshotEpochs.Count) return known;
        var last = run.ReadSnapshot(run.SnapshotEpochs[^1]);
        var reading = new ProbeReading(run, last);
        int[] all = [.. Enumerable.Range(0, reading.Count).Where(i => double.IsFinite(reading.Confidence(i)))];
        int[] wrong = [.. all.Where(i => !reading.IsRight(i)).OrderByDescending(reading.Confidence).ThenBy(i => i).Take(OfEach)];
        int[] uncertain = [.. all.Except(wrong).OrderBy(reading.Margin).ThenBy(i => i).Take(OfEach)];
        int[] right = [.. all.Except(uncertain).Where(reading.IsRight).OrderByDescending(reading.Confidence).ThenBy(i => i).DistinctBy(reading.Label).Take(OfEach)];
        float baseline = Baseline(run.Probe.Samples);
        var network = last.Restore(run.Info.Network);
        Answer[] found = network.CouplesSamples ? [] : [.. Attribute(Unsquashed(run, last), run.Probe.Samples, reading, [.. right, .. wrong, .. uncertain], baseline).Values];
        var choice = new Choice(
            run.SnapshotEpochs.Count, right, wrong, uncertain, baseline,
            Quantiles.OfMagnitudes([.. found.SelectMany(f => f.Gradient)], Quantiles.Robust),
            Quantiles.OfMagnitudes([.. found.SelectMany(f => f.Integrated)], Quantiles.Robust));
        Cache.AddOrUpdate(run, choice);
        return choice;
    }

    // An empty picture is the natural "nothing"; other inputs have none, and zero is as good as any.
    private static float Baseline(Dataset samples)
    {
        if (!samples.SampleShape.IsImage) return 0;
        float least = float.PositiveInfinity;
        foreach (float v in samples.Inputs.Span)
        {
            if (float.IsFinite(v)) least = Math.Min(least, v);
        }
        return float.IsFinite(least) ? least : 0;
    }

    /// <summary>Gradient and integrated gradients of one sample, and the completeness gap as a share of what they explain.</summary>
    private sealed record Answer(float[] Gradient, float[] Integrated, double Gap);

    private sealed record Choice(int Snapshots, int[] Right, int[] Wrong, int[] Uncertain, float Baseline, double GradientLimit, double IntegratedLimit)
    {
        public IEnumerable<int> All => Right.Concat(Wrong).Concat(Uncertain);

        public IEnumerable<(string Title, int[] Samples)> Groups => [("Right", Right), ("Wrong", Wrong), ("Uncertain", Uncertain)];
    }
}
