using Explain.Core;

namespace Explain.Render;

/// <summary>Probe samples beside the network's outputs: some that it gets right, and its most confident mistakes.</summary>
public sealed class Samples(FigureRequest request, int? epoch = null)
    : SnapshotFigure(Kind, request, "there are no outputs to show", epoch: epoch)
{
    private const double Width = 860;
    private const int MostAcross = 5;
    private const int MostOfEach = 10;
    private const double GapX = 16;
    private const double GapY = 14;
    private const double Picture = 64;
    private const double BarHeight = 13.5;
    private const double LongestName = 110;

    /// <summary>Its entry in the catalogue.</summary>
    public static FigureKind Kind { get; } = new(
        "samples", "Samples and outputs", "Samples beside the network's outputs: some right, and the most confident mistakes.",
        "Each card shows a sample and what the network makes of it. The blue bar is the true class. An orange bar is a wrong answer: "
            + "the longer it is, the surer the network was of its mistake. With two inputs the samples are points of the plane, "
            + "and rings mark the mistakes. Ask of each mistake whether you would have known better.",
        FigureScope.Epoch, PerLayer: false, [], _ => true, request => new Samples(request))
    {
        Beware = "The mistakes shown are the surest ones, so they change from epoch to epoch and are not typical. "
            + "The score of a softmax is not a probability of being right unless it was calibrated.",
        Program = """
        new Samples(run).Draw(Theme.Light).SavePng("samples.png");
        """,
    };

    private protected override Scene Draw(Theme theme, Snapshot snapshot)
    {
        var run = Run;
        if (run.Probe.Samples.Count == 0 || snapshot.ProbeOutputs.IsEmpty)
            return Missing(theme, "This run recorded no probe samples.");
        var reading = new ProbeReading(run, snapshot);
        int[] right = [.. Enumerable.Range(0, reading.Count).Where(reading.IsRight)];
        int[] wrong = [.. Enumerable.Range(0, reading.Count)
            .Where(i => !reading.IsRight(i))
            .OrderByDescending(i => double.IsFinite(reading.Confidence(i)) ? reading.Confidence(i) : -1)
            .ThenBy(i => i)];
        // One of each class first, so that no class is left out by chance.
        int[] shownRight = [.. right.GroupBy(reading.Label).SelectMany(g => g.Select((i, k) => (i, k))).OrderBy(p => p.k).ThenBy(p => p.i)
            .Select(p => p.i).Take(MostOfEach).OrderBy(reading.Label)];
        int[] shownWrong = [.. wrong.Take(MostOfEach)];
        var pictures = new SamplePictures(run, theme);
        var nodes = new List<Node>();
        bool plane = PlaneScatter.Fits(run.Probe.Samples);
        double y = plane ? 0 : Section(nodes, 0, $"Right: {right.Length} of {reading.Count}", shownRight, reading, pictures, theme);
        if (plane) (nodes, y) = PlaneScatter.Draw(run, wrong, theme);
        else
            y = Section(
                nodes,
                y + 18,
                $"Wrong: {wrong.Length} of {reading.Count}{(wrong.Length > MostOfEach ? ", the most confident" : "")}",
                shownWrong,
                reading,
                pictures,
                theme);
        string finding = wrong.Length == 0
            ? "none is wrong"
            : $"the most confident mistake takes {Name(reading.Label(wrong[0]))} for {Name(reading.Predicted[wrong[0]])} "
                + $"with {reading.ScoreText(reading.Confidence(wrong[0]))}";
        return new Page
        {
            Theme = theme,
            Subtitle = $"{run.Title()} · {run.EpochWords(snapshot.Epoch)} · {NumberFormat.Percent((double)right.Length / reading.Count)} "
                + $"of {reading.Count} probe samples right",
            BodyWidth = plane ? PlaneScatter.Width : Width,
            BodyHeight = y,
            Body = nodes,
            Width = Request.Width,
            Info = new SceneInfo
            {
                Title = Kind.Title,
                Caption = plane
                    ? $"Samples of the {run.ProbeWords()} data by their two inputs; colour and shape are the true class, "
                        + "a ring marks those taken for another."
                    : $"Samples of the {run.ProbeWords()} data with the network's {(reading.IsProbability ? "probabilities" : "outputs")}, "
                        + $"bars from {NumberFormat.Value(reading.Limits.Min)} to {NumberFormat.Value(reading.Limits.Max)}. Blue: "
                        + "the true class; orange: a wrong answer.",
                AltText = $"{(plane ? right.Length : shownRight.Length)} samples classified correctly "
                    + $"and {(plane ? wrong.Length : shownWrong.Length)} wrongly after epoch {snapshot.Epoch}: "
                    + $"{right.Length} of {reading.Count} are right; {finding}.",
                Description = string.Join(" ", shownWrong.Select(i => $"Sample {i} is {Name(reading.Label(i))} and was taken "
                    + $"for {Name(reading.Predicted[i])} ({reading.ScoreText(reading.Confidence(i))}).")),
                Table = new DataTable(["sample", "true class", "predicted class", "score"],
                    [.. shownRight.Concat(shownWrong).Select(i => (IReadOnlyList<string>)
                    [
                        $"{i}",
                        Name(reading.Label(i)),
                        Name(reading.Predicted[i]),
                        reading.ScoreText(reading.Confidence(i)),
                    ])]),
                Command = Command,
            },
        }.ToScene();

        string Name(int c) => c < reading.ClassNames.Count ? reading.ClassNames[c] : $"class {c}";
    }

    private static double Section(
        List<Node> nodes, double top, string title, int[] samples, ProbeReading reading, SamplePictures pictures, Theme theme)
    {
        nodes.Add(new TextNode(
            title, new Point(0, top + Typography.Heading), Typography.Heading, theme.Foreground, Weight: FontWeight.Bold));
        top += 26;
        // Bars share their room with the names of their classes: long names leave fewer cards beside each other.
        double names = Math.Min(LongestName, reading.ClassNames.Max(name => theme.Face.Measure(name, Typography.Small, FontWeight.Bold)));
        int across = Math.Clamp((int)((Width + GapX) / (Picture + 16 + (names / 0.45) + GapX)), 2, MostAcross);
        double cardWidth = ((Width + GapX) / across) - GapX;
        int most = samples.Length == 0 ? 0 : Math.Min(10, reading.Scores(samples[0]).Count);
        double cardHeight = 20 + Math.Max(Picture, most * BarHeight);
        if (samples.Length == 0)
        {
            nodes.Add(new TextNode("none", new Point(0, top + Typography.Label), Typography.Label, theme.Muted));
            return top + Typography.Label + 4;
        }
        for (int k = 0; k < samples.Length; k++)
        {
            int sample = samples[k];
            double x = k % across * (cardWidth + GapX), y = top + (k / across * (cardHeight + GapY));
            string truth = reading.ClassNames[reading.Label(sample)];
            string said = reading.ClassNames[Math.Min(reading.ClassNames.Count - 1, reading.Predicted[sample])];
            bool right = reading.IsRight(sample);
            string words = right ? $"{truth}" : $"{truth}, taken for {said}";
            var card = new List<Node>
            {
                new TextNode(
                    theme.Face.Ellipsize(words, cardWidth, Typography.Small, FontWeight.Bold),
                    new Point(x, y + Typography.Small),
                    Typography.Small,
                    right ? theme.Foreground : ProbeReading.Wrong(theme),
                    Weight: FontWeight.Bold),
            };
            card.AddRange(pictures.Draw(sample, new Rect(x, y + 17, Picture, cardHeight - 20)));
            double height = Math.Min(cardHeight - 20, most * 16);
            card.AddRange(
                reading.Bars(
                    sample, new Rect(x + Picture + 10, y + 17 + ((cardHeight - 20 - height) / 2), cardWidth - Picture - 10, height), theme)
                    .Draw(theme));
            nodes.Add(new GroupNode(card) { Label = $"Sample {sample}: {words}" });
        }
        int down = (samples.Length + across - 1) / across;
        return top + (down * (cardHeight + GapY)) - GapY;
    }
}
