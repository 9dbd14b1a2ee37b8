using Explain.Core;

namespace Explain.Render;

/// <summary>Compared runs as a table: settings that differ, curves as small as words, and what they came to.</summary>
public sealed class RunsTable(FigureRequest request) : Figure(Kind, request)
{
    private const double RowHeight = 24;
    private const double HeadHeight = 34;
    private const double CurveWidth = 110;
    private const double BarWidth = 96;
    private const double NumberWidth = 56;
    private const double Gap = 18;
    private const double MostName = 230;
    private const double MostSetting = 130;
    private const int MostSettings = 4;
    private const int MostRuns = 40;

    /// <summary>Of several runs.</summary>
    public RunsTable(IReadOnlyList<RunFolder> runs)
        : this(new FigureRequest { Runs = runs })
    {
    }

    /// <summary>Its entry in the catalogue.</summary>
    public static FigureKind Kind { get; } = new(
        "runs-table", "All runs in a table",
        "Runs from best to worst with the settings that differ, small curves of loss and accuracy, and final values.",
        "The best run stands first. Small curves share their scales down a column, from the first epoch at the left to the last "
            + "at the right, so compare their shapes and where they end. Bars are final accuracies, from none to all.",
        FigureScope.Runs, PerLayer: false, [], _ => true, request => new RunsTable(request))
    {
        Beware = "Small curves are for shapes, not for reading values. They stretch every run to the same width, "
            + "whether it took ten epochs or a thousand. Neighbours in the ranking may differ by chance alone.",
        Program = """
        new RunsTable(runs).Draw(Theme.Light).SavePng("runs-table.png");
        """,
    };

    /// <inheritdoc/>
    public override Scene Draw(Theme theme)
    {
        var runs = Request.Runs;
        var labels = RunLabels.Of(runs);
        var results = runs.Select(run => RunResults.Of(run.Outcome, run.Metrics)).ToArray();
        string data = new[] { "test", "validation" }.FirstOrDefault(d => results.Any(r => double.IsFinite(r.Final($"{d} accuracy"))))
            ?? "train";
        double[] accuracy = [.. results.Select(r => r.Final($"{data} accuracy"))], loss = [.. results.Select(r => r.Final($"{data} loss"))];
        // As one says it.
        if (data == "train") data = "training";
        int[] order = [.. Enumerable.Range(0, runs.Count)
            .OrderByDescending(i => double.IsFinite(accuracy[i]) ? accuracy[i] : -1)
            .ThenBy(i => i)
            .Take(MostRuns)];
        string[] keys = [.. runs.SelectMany(r => r.Info.Settings.Select(s => s.Key))
            .Distinct()
            .Where(key => runs.Select(r => Setting(r, key)).Distinct().Count() > 1)
            .Take(MostSettings)];
        bool validation = runs.Any(r => r.Metrics.Any(m => double.IsFinite(m.ValidationAccuracy)));
        double[][] losses = [.. runs.Select(r => r.Metrics.Select(m => m.Loss).ToArray())],
            accuracies = [.. runs.Select(r => r.Metrics.Select(m => validation ? m.ValidationAccuracy : m.Accuracy).ToArray())];
        var lossLimits = Limits.Of(losses.SelectMany(l => l));
        bool log = lossLimits is { IsEmpty: false, Min: > 0 } && lossLimits.Max / lossLimits.Min > 20;

        var nodes = new List<Node>();
        double x = 0, height = HeadHeight + (order.Length * RowHeight);
        double name = Math.Min(MostName, Widest(order.Select(i => labels[i]).Append("run"), theme.Face, FontWeight.Bold));
        Column("run", name, (i, box) => [Cell(labels[i], box, theme, i == order[0] ? FontWeight.Bold : FontWeight.Regular)]);
        foreach (string key in keys)
            Column(
                key,
                Math.Min(MostSetting, Widest(order.Select(i => Setting(runs[i], key)).Append(key), theme.Face)),
                (i, box) => [Cell(Setting(runs[i], key), box, theme)]);
        Column(
            log ? "training loss (log)" : "training loss",
            CurveWidth,
            (i, box) => Sparkline.Draw(losses[i], box, lossLimits, Categories.At(0, theme), log));
        Column(
            validation ? "validation accuracy" : "training accuracy",
            CurveWidth,
            (i, box) => Sparkline.Draw(accuracies[i], box, new Limits(0, 1), Categories.At(1, theme)));
        Column($"final {data} loss", NumberWidth, (i, box) => [Number(NumberFormat.Value(loss[i]), box, theme)]);
        Column($"final {data} accuracy", BarWidth + NumberWidth, (i, box) => Bar(accuracy[i], box, i == order[0], theme));
        Column("epochs", 44, (i, box) => [Number(NumberFormat.Count(runs[i].Metrics.Count), box, theme)]);
        double width = x - Gap;
        for (int row = 0; row <= order.Length; row++)
            nodes.Add(new PathNode(
                PathData.Line(0, HeadHeight + (row * RowHeight), width, HeadHeight + (row * RowHeight)),
                Stroke: new Stroke(row == 0 ? theme.Muted : theme.Grid, 0.8)));

        bool any = order.Length > 0 && double.IsFinite(accuracy[order[0]]);
        string finding = any ? $"best is {labels[order[0]]} with {NumberFormat.Percent(accuracy[order[0]])} {data} accuracy"
            : "none has finished an epoch";
        return new Page
        {
            Theme = theme,
            Subtitle = $"{runs.Count} run{(runs.Count == 1 ? "" : "s")} · {finding}",
            BodyWidth = width,
            BodyHeight = height,
            Body = nodes,
            Notes =
            [
                .. order.Length < runs.Count ? [$"The best {order.Length} of {runs.Count} runs."] : Array.Empty<string>(),
                .. lossLimits.IsEmpty ? Array.Empty<string>()
                    : [$"Loss curves from {NumberFormat.Value(lossLimits.Min)} to {NumberFormat.Value(lossLimits.Max)}, "
                        + "accuracy curves and bars from 0 to 100\u00A0%."],
            ],
            Width = Request.Width,
            Info = new SceneInfo
            {
                Title = Kind.Title,
                Caption = $"{order.Length} runs from best to worst by {data} accuracy. Curves of a column share their scale.",
                AltText = $"Table of {order.Length} runs with small curves: {finding}.",
                Description = string.Join(
                    " ",
                    order.Take(12).Select(i => $"{labels[i]}: {NumberFormat.Percent(accuracy[i])} after {runs[i].Metrics.Count} epochs.")),
                Table = new DataTable(
                    ["run", .. keys, $"{data} loss", $"{data} accuracy", "epochs"],
                    [.. order.Select(i => (IReadOnlyList<string>)
                    [
                        labels[i],
                        .. keys.Select(key => Setting(runs[i], key)),
                        NumberFormat.Value(loss[i]),
                        NumberFormat.Percent(accuracy[i], 2),
                        $"{runs[i].Metrics.Count}",
                    ])]),
                Command = Command,
            },
        }.ToScene();

        void Column(string head, double wide, Func<int, Rect, IEnumerable<Node>> cell)
        {
            // A heading may take two lines over a narrow column.
            var lines = theme.Face.Wrap(head, wide + (Gap / 2), Typography.Small, FontWeight.Bold, 2);
            for (int k = 0; k < lines.Count; k++)
                nodes.Add(new TextNode(
                    lines[k],
                    new Point(x, HeadHeight - 7 - ((lines.Count - 1 - k) * Typography.Small * 1.2)),
                    Typography.Small,
                    theme.Muted,
                    Weight: FontWeight.Bold));
            for (int row = 0; row < order.Length; row++)
                nodes.AddRange(cell(order[row], new Rect(x, HeadHeight + (row * RowHeight) + 2, wide, RowHeight - 4)));
            x += wide + Gap;
        }
    }

    private static string Setting(RunFolder run, string key) => run.Info.Settings.FirstOrDefault(s => s.Key == key).Value ?? "–";

    private static double Widest(IEnumerable<string> texts, ITypeface face, FontWeight weight = FontWeight.Regular) =>
        texts.Max(t => face.Measure(t, Typography.Label, weight)) + 2;

    private static TextNode Cell(string text, Rect box, Theme theme, FontWeight weight = FontWeight.Regular) =>
        new(
            theme.Face.Ellipsize(text, box.Width, Typography.Label, weight),
            new Point(box.X, theme.Face.Centered(box.Center.Y, Typography.Label)),
            Typography.Label,
            theme.Foreground,
            Weight: weight);

    private static TextNode Number(string text, Rect box, Theme theme, FontWeight weight = FontWeight.Regular) =>
        new(
            text,
            new Point(box.Right, theme.Face.Centered(box.Center.Y, Typography.Label)),
            Typography.Label,
            theme.Foreground,
            TextAnchor.End,
            weight);

    private static IEnumerable<Node> Bar(double value, Rect box, bool best, Theme theme)
    {
        var track = new Rect(box.X, box.Y + 4, BarWidth, box.Height - 8);
        yield return new PathNode(PathData.Rectangle(track, 2), theme.Grid);
        if (double.IsFinite(value) && value > 0)
            yield return new PathNode(PathData.Rectangle(track with { Width = BarWidth * Math.Min(1, value) }, 2), Categories.At(1, theme));
        yield return Number(
            Math.Abs(value) <= 1 ? NumberFormat.Percent(value) : NumberFormat.Value(value),
            box,
            theme,
            best ? FontWeight.Bold : FontWeight.Regular);
    }
}
