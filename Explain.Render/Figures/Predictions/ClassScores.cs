using Explain.Core;

namespace Explain.Render;

/// <summary>Recall and precision of each class as bars, with the range that chance leaves open.</summary>
public sealed class ClassScores(FigureRequest request, int? epoch = null)
    : SnapshotFigure(Kind, request, "there are no counts", epoch: epoch)
{
    private const double Width = 560;
    private const double RowHeight = 34;
    private const int MostClasses = 60;

    // The two-sided 95 % point of the normal distribution.
    private const double Z = 1.959963984540054;
    private static readonly FigureOption Data = new(
        "data", "held-out|training", "held-out", "Validation (or test) data, or training data.");
    private readonly bool _training = request.Option(Data) == "training";

    /// <summary>Its entry in the catalogue.</summary>
    public static FigureKind Kind { get; } = new(
        "class-scores", "Recall and precision", "Recall and precision of each class, with 95\u00A0% intervals.",
        "Two bars a class. Recall is the share of its samples that were found; precision the share of samples given its name that truly "
            + "bear it. The whiskers are what another sample of the same size could well have shown.",
        FigureScope.Epoch, PerLayer: false, [Data], run => run.Info.Data.ClassNames.Count > 1, request => new ClassScores(request))
    {
        Unmet = run => $"it needs at least 2 classes; this run has {run.Info.Data.ClassNames.Count}",
        Beware = "The intervals cover the chance of the samples, not that of the training: another seed may differ by more. "
            + "Whiskers that overlap a little can still be a true difference.",
        Program = "var figure = new ClassScores(run);\nfigure.Draw(Theme.Light).SavePng(\"class-scores.png\");",
    };

    /// <summary>
    /// The interval of a share that holds it with 95 % confidence (E. B. Wilson, "Probable inference, the law of succession, and
    /// statistical inference", 1927); 0 … 1 where there is no sample.
    /// </summary>
    /// <param name="hits">Samples that count.</param>
    /// <param name="all">All samples.</param>
    public static Limits Wilson(long hits, long all)
    {
        if (all <= 0) return new Limits(0, 1);
        double p = (double)hits / all, z2 = Z * Z / all, middle = (p + (z2 / 2)) / (1 + z2);
        double half = Z / (1 + z2) * Math.Sqrt((p * (1 - p) / all) + (z2 / (4 * all)));
        return new Limits(Math.Max(0, middle - half), Math.Min(1, middle + half));
    }

    private protected override Scene Draw(Theme theme, Snapshot snapshot)
    {
        var run = Run;
        bool training = _training || snapshot.HeldOutConfusion.Length == 0;
        int[,] counts = training ? snapshot.TrainConfusion : snapshot.HeldOutConfusion;
        int n = counts.GetLength(0);
        var scores = Enumerable.Range(0, n)
            .Select(c => Score.Of(counts, c, c < run.Info.Data.ClassNames.Count ? run.Info.Data.ClassNames[c] : $"{c}"))
            .ToArray();
        if (scores.All(s => s.True == 0))
            return Missing(theme, "There are no class counts in this snapshot: the run has no classes or nothing was evaluated.");
        var shown = scores.Length <= MostClasses ? scores
            : [.. scores.OrderBy(s => double.IsNaN(s.Recall) ? 2 : s.Recall).Take(MostClasses)];
        double height = (shown.Length * RowHeight) + 66;
        var plot = new Plot
        {
            Bounds = new Rect(0, 0, Width, height),
            X = new Axis { Percent = true, Limits = new Limits(0, 1), Label = "share of samples" },
            Y = new Axis { Categories = [.. shown.Select(s => s.Name)], Reversed = true },
            Legend = LegendPlace.Above,
            Marks =
            [
                .. Bars(shown, theme, "recall", 0, s => s.Recall, s => s.True, s => s.RecallRange),
                .. Bars(shown, theme, "precision", 1, s => s.Precision, s => s.Predicted, s => s.PrecisionRange),
            ],
        };
        string data = training ? "training" : run.Info.Data.Validation > 0 ? "validation" : "test";
        var worst = scores.Where(s => s.True > 0).MinBy(s => s.Recall)!;
        string finding = $"{worst.Name} is found least often, {NumberFormat.Percent(worst.Recall)} of {NumberFormat.Count(worst.True)}";
        var never = scores.Where(s => s.Predicted == 0).Select(s => s.Name).ToArray();
        return new Page
        {
            Theme = theme,
            Subtitle = $"{run.Title()} · {run.EpochWords(snapshot.Epoch)} · {data} data · {finding}",
            BodyWidth = Width,
            BodyHeight = height,
            Body = [plot.Draw(theme)],
            Width = Request.Width,
            Notes =
            [
                "Whiskers: 95\u00A0% intervals (Wilson).",
                .. never.Length > 0 ? [$"Never predicted, so without a precision: {string.Join(", ", never)}."] : Array.Empty<string>(),
                .. shown.Length < scores.Length ? [$"The {MostClasses} classes of lowest recall of {scores.Length}."]
                    : Array.Empty<string>(),
            ],
            Info = new SceneInfo
            {
                Title = Kind.Title,
                Caption = $"Recall and precision of {n} classes on the {data} data. Bars begin at 0\u00A0%; "
                    + "whiskers are 95\u00A0% intervals of Wilson.",
                AltText = $"Bar chart of recall and precision of {n} classes: {finding}.",
                Description = string.Join(" ", shown.Select(s =>
                    $"{s.Name}: recall {NumberFormat.Percent(s.Recall)}, precision {NumberFormat.Percent(s.Precision)}.")),
                Table = new DataTable(
                    ["class", "samples", "predicted", "recall", "recall 95\u00A0%", "precision", "precision 95\u00A0%"],
                    [.. scores.Take(500).Select(s => (IReadOnlyList<string>)
                    [
                        s.Name, $"{s.True}", $"{s.Predicted}", NumberFormat.Percent(s.Recall), Range(s.RecallRange),
                        NumberFormat.Percent(s.Precision), Range(s.PrecisionRange),
                    ])]),
                Command = Command,
            },
        }.ToScene();
    }

    private static string Range(Limits limits) => $"{NumberFormat.Percent(limits.Min)} to {NumberFormat.Percent(limits.Max)}";

    private static IEnumerable<Mark> Bars(
        Score[] scores, Theme theme, string name, int group, Func<Score, double> value, Func<Score, long> samples,
        Func<Score, Limits> range)
    {
        var color = Categories.At(group, theme);
        yield return new BarMark
        {
            Name = name,
            Group = group,
            Groups = 2,
            Horizontal = true,
            Color = color.WithAlpha(0.8),
            Values = [.. scores.Select(value)],
        };
        yield return new IntervalMark
        {
            Horizontal = true,
            Marker = null,
            Color = theme.Foreground,
            Intervals = [.. scores.Select((s, i) => samples(s) == 0 ? new Interval(double.NaN, 0, 0, 0)
                : new Interval(i + BarMark.Offset(group, 2), value(s), range(s).Min, range(s).Max))],
        };
        // Inside at the foot of the bar, where no whisker crosses it unless the class is hardly found at all.
        for (int i = 0; i < scores.Length; i++)
        {
            if (range(scores[i]).Min > 0.12 && double.IsFinite(value(scores[i])))
                yield return new BarText(
                    i + BarMark.Offset(group, 2),
                    NumberFormat.Percent(value(scores[i])),
                    Contrast.On(Oklab.Mix(theme.Background, color, 0.8), theme));
        }
    }

    private sealed record BarText(double At, string Text, Color Color) : Mark
    {
        public override IEnumerable<Node> Draw(PlotArea area) => [new TextNode(
            Text, new Point(area.X.Map(0) + 5, area.Theme.Face.Centered(area.Y.Map(At), Typography.Small)), Typography.Small, Color)];
    }

    private sealed record Score(string Name, long True, long Predicted, long Hits)
    {
        public double Recall => True == 0 ? double.NaN : (double)Hits / True;

        public double Precision => Predicted == 0 ? double.NaN : (double)Hits / Predicted;

        public Limits RecallRange => Wilson(Hits, True);

        public Limits PrecisionRange => Wilson(Hits, Predicted);

        public static Score Of(int[,] counts, int c, string name)
        {
            long truth = 0, predicted = 0;
            for (int i = 0; i < counts.GetLength(0); i++)
            {
                truth += counts[c, i];
                predicted += counts[i, c];
            }
            return new Score(name, truth, predicted, counts[c, c]);
        }
    }
}
