using Explain.Core;

namespace Explain.Render;

/// <summary>How sure the network is of the true class, class by class, on the probe samples.</summary>
public sealed class ConfidenceByClass(FigureRequest request, int? epoch = null)
    : SnapshotFigure(Kind, request, "there are no answers", epoch: epoch)
{
    private const double LeastHeight = 360;
    private const double MostHeight = 480;
    private const double HeightOfWidth = 0.66;
    private const double PerClass = 58;
    private const double LeftWidth = 44;
    private const int FewSamples = 60;
    private const int MostClasses = 40;

    /// <summary>Its entry in the catalogue.</summary>
    public static FigureKind Kind { get; } = new(
        "confidence-by-class", "Confidence in the true class",
        "How sure the network is of the true class of the probe samples, class by class.",
        "One box a class: the line is the median score that its samples' true class gets, the box holds the middle half, "
            + "whiskers reach on to 1.5 box heights. Points are single samples, crosses those that were taken for another class. "
            + "A low or tall box is a class that the network is unsure of.",
        FigureScope.Epoch, PerLayer: false, [], run => run.Info.Data.ClassNames.Count > 1, request => new ConfidenceByClass(request))
    {
        Beware = "The probe is a small fixed set of samples: a class may have only a few. A confident network need not be a right one: "
            + "scores are not calibrated.",
        Program = """
        var figure = new ConfidenceByClass(run);
        figure.Draw(Theme.Light).SavePng("confidence-by-class.png");
        """,
        Unmet = run => $"it needs at least 2 classes; this run has {run.Info.Data.ClassNames.Count}",
    };

    private protected override Scene Draw(Theme theme, Snapshot snapshot)
    {
        var run = Run;
        var reading = new ProbeReading(run, snapshot);
        var names = reading.ClassNames.Take(MostClasses).ToArray();
        if (names.Length == 0 || reading.Count == 0)
            return Missing(theme, "The run has no probe samples with classes.");
        var samples = Enumerable.Range(0, reading.Count)
            .Select(i => (Class: reading.Label(i), Score: True(reading, i), Right: reading.IsRight(i)))
            .ToArray();
        double width = Math.Clamp((names.Length * PerClass) + LeftWidth, 400, 1200),
            height = Math.Clamp(Math.Round(width * HeightOfWidth), LeastHeight, MostHeight);
        bool mirrored = samples.Any(s => s.Class == 0) && reading.HasSingleOutput;
        var (right, wrong) = (new List<Point>(), new List<Point>());
        var marks = new List<Mark>();
        for (int c = 0; c < names.Length; c++)
        {
            var own = samples.Where(s => s.Class == c && double.IsFinite(s.Score)).ToArray();
            bool few = own.Length <= FewSamples;
            marks.Add(new BoxMark
            {
                At = c,
                Values = own.Select(s => (float)s.Score).ToArray(),
                Color = theme.Muted,
                Width = 0.62,
                ShowOutliers = !few,
                Name = names[c],
            });
            for (int k = 0; k < own.Length; k++)
            {
                // Beside each other in turn, so that equal scores do not hide each other.
                if (few || !own[k].Right)
                    (own[k].Right ? right : wrong).Add(new Point(c + (0.36 * ((k * 0.6180339887 % 1) - 0.5)), own[k].Score));
            }
        }
        marks.Add(new DotMark { Name = "right", Color = ProbeReading.Right(theme).WithAlpha(0.75), Radius = 2, Points = right });
        marks.Add(new DotMark
        {
            Name = "taken for another class",
            Color = ProbeReading.Wrong(theme),
            Radius = 3.2,
            Marker = Marker.Cross,
            Points = wrong,
        });
        LegendEntry[] legend =
        [
            new("right", ProbeReading.Right(theme), Marker.Circle),
            new("taken for another class", ProbeReading.Wrong(theme), Marker.Cross),
        ];
        double top = Legend.Height(legend, width, theme.Face) + 4;
        var plot = new Plot
        {
            Bounds = new Rect(0, top, width, height),
            Legend = LegendPlace.None,
            LeftWidth = LeftWidth,
            X = new Axis { Categories = names },
            Y = new Axis
            {
                Limits = Bounded(mirrored ? Limits.Of(samples.Select(s => s.Score)).Including(0).Including(1) : reading.Limits),
                Percent = reading.IsProbability,
                Label = reading.IsProbability ? "probability of the true class"
                    : mirrored ? "output, towards the true class"
                    : "score of the true class",
            },
            Marks = marks,
        };
        var boxes = names.Select((name, c) => (
            Name: name,
            Box: BoxSummary.Of([.. samples.Where(s => s.Class == c).Select(s => (float)s.Score)]),
            Wrong: samples.Count(s => s.Class == c && !s.Right)))
            .ToArray();
        var ranked = boxes.Where(b => b.Box is not null).OrderBy(b => b.Box!.Median).ThenBy(b => b.Name, StringComparer.Ordinal).ToArray();
        string finding = ranked.Length == 0 ? "no score is finite"
            : ranked.Length == 1 ? $"median {reading.ScoreText(ranked[0].Box!.Median)}"
            : $"least sure of {ranked[0].Name} (median {reading.ScoreText(ranked[0].Box!.Median)}), "
                + $"surest of {ranked[^1].Name} ({reading.ScoreText(ranked[^1].Box!.Median)})";
        return new Page
        {
            Theme = theme,
            Subtitle = $"{run.Title()} · {run.EpochWords(snapshot.Epoch)} · {reading.Count} {run.ProbeWords()} samples · {finding}",
            BodyWidth = width,
            BodyHeight = top + height,
            Body = [.. Legend.Draw(legend, default, width, theme), plot.Draw(theme)],
            Notes =
            [
                .. mirrored
                    ? [$"The network has one output, {reading.Asked(0)} for {names[0]} and {reading.Asked(1)} for {names[^1]}; that of "
                        + $"{names[0]} is shown mirrored about {NumberFormat.Short(reading.Threshold)}, so that higher is surer in both."]
                    : Array.Empty<string>(),
                .. names.Length < reading.ClassNames.Count ? [$"The first {names.Length} of {reading.ClassNames.Count} classes."]
                    : Array.Empty<string>(),
            ],
            Width = Request.Width,
            Info = new SceneInfo
            {
                Title = Kind.Title,
                Caption = $"Box plots of the score of the true class over {reading.Count} {run.ProbeWords()} samples of the probe. "
                    + $"Whiskers reach to 1.5 interquartile ranges; each point of a class of up to {FewSamples} samples is drawn.",
                AltText = $"Box plots of the confidence in the true class after epoch {snapshot.Epoch}: {finding}.",
                Description = string.Join(" ", boxes.Select(b => b.Box is null ? $"{b.Name}: no sample."
                    : $"{b.Name}: median {reading.ScoreText(b.Box.Median)} of {b.Box.Count} samples, {b.Wrong} wrong.")),
                Table = new DataTable(
                    ["class", "samples", "wrong", "lower quartile", "median", "upper quartile"],
                    [.. boxes.Select(b => (IReadOnlyList<string>)
                    [
                        b.Name, $"{b.Box?.Count ?? 0}", $"{b.Wrong}", Text(b.Box?.Lower), Text(b.Box?.Median), Text(b.Box?.Upper),
                    ])]),
                Command = Command,
            },
        }.ToScene();

        string Text(double? v) => v is { } value ? reading.ScoreText(value) : "n/a";
    }

    private static Limits Bounded(Limits limits) => limits.IsEmpty || limits.Span > 1e30 ? new Limits(0, 1) : limits;

    private static double True(ProbeReading reading, int sample)
    {
        var scores = reading.Scores(sample);
        // One output, that is no probability, speaks against the first class the more it speaks for the second.
        if (reading.HasSingleOutput && reading.Label(sample) == 0) return (2 * reading.Threshold) - scores[0].Score;
        return scores.Count == 0 ? double.NaN : scores[Math.Min(scores.Count - 1, reading.Label(sample))].Score;
    }
}
