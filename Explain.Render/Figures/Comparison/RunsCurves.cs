using Explain.Core;

namespace Explain.Render;

/// <summary>One quantity of many runs against epoch in one chart.</summary>
public sealed class RunsCurves : Figure
{
    private const double Width = 700;
    private const double LeastHeight = 360;

    // Beyond this, only the best and worst are named and coloured; the rest stay as grey context.
    private const int MostNamed = 24;
    private const int NamedBest = 10;
    private const int NamedWorst = 4;
    private static readonly FigureOption Log = new(
        "log", "auto|yes|no", "auto", "Logarithmic axis; auto takes one for losses that differ more than twentyfold.");
    private static readonly FigureOption Data = new("data", "training|validation", "training", "Which data the curves are of.");
    private readonly bool _loss;
    private readonly string _log;
    private readonly bool _validation;

    private RunsCurves(FigureRequest request, bool loss)
        : base(loss ? LossKind : AccuracyKind, request)
    {
        _loss = loss;
        _log = request.Option(Log);
        _validation = request.Option(Data) == "validation";
    }

    /// <summary>The entry of the losses.</summary>
    public static FigureKind LossKind { get; } = new(
        "runs-loss", "Loss of all runs", "Loss of every run against epoch in one chart.",
        "One line a run, named at its end. Lower is better. Lines that fall early learn fast; flat lines do not learn. "
            + "Runs with different loss functions cannot be compared by height, only by shape.",
        FigureScope.Runs, PerLayer: false, [Log, Data], _ => true, request => new RunsCurves(request, loss: true))
    {
        Beware = "A lower loss is not always a higher accuracy, and losses of different kinds have no common scale. "
            + "Epochs are not seconds: a wide network pays more for each.",
        Program = """
        RunsCurves.Loss(runs).Draw(Theme.Light).SavePng("runs-loss.png");
        """,
    };

    /// <summary>The entry of the accuracies.</summary>
    public static FigureKind AccuracyKind { get; } = new(
        "runs-accuracy", "Accuracy of all runs", "Accuracy of every run against epoch in one chart, with a line at 90\u00A0%.",
        "One line a run, named at its end. Higher is better. Compare where lines end, and how soon they rise: "
            + "two runs may end alike although one needed a tenth of the time.",
        FigureScope.Runs, PerLayer: false, [Log, Data], _ => true, request => new RunsCurves(request, loss: false))
    {
        Beware = "These are training accuracies unless you ask for validation: a network that learns its samples by heart looks best here. "
            + "Differences smaller than those between seeds mean nothing.",
        Program = """
        RunsCurves.Accuracy(runs).Draw(Theme.Light).SavePng("runs-accuracy.png");
        """,
    };

    /// <summary>Losses of the runs.</summary>
    public static RunsCurves Loss(IReadOnlyList<RunFolder> runs) => new(new FigureRequest { Runs = runs }, loss: true);

    /// <summary>Accuracies of the runs.</summary>
    public static RunsCurves Accuracy(IReadOnlyList<RunFolder> runs) => new(new FigureRequest { Runs = runs }, loss: false);

    /// <inheritdoc/>
    public override Scene Draw(Theme theme)
    {
        var kind = _loss ? LossKind : AccuracyKind;
        string data = _validation ? "validation" : "training";
        var labels = RunLabels.Of(Request.Runs);
        var finals = Request.Runs.Select((run, index) =>
            (Run: run, Index: index, Value: run.Metrics.Count == 0 ? double.NaN : Value(run.Metrics[^1])))
            .ToArray();
        if (finals.All(f => f.Run.Metrics.All(m => !double.IsFinite(Value(m)))))
            return Missing(theme, $"None of the {finals.Length} run{(finals.Length == 1 ? "" : "s")} has a {data} {Quantity} to plot.");
        var ranked = finals.Where(f => double.IsFinite(f.Value)).OrderBy(f => _loss ? f.Value : -f.Value).ThenBy(f => f.Index).ToArray();
        var named = finals.Length <= MostNamed ? finals.Select(f => f.Index).ToHashSet()
            : [.. ranked.Take(NamedBest).Concat(ranked.TakeLast(NamedWorst)).Select(f => f.Index)];
        var lines = finals.OrderBy(f => named.Contains(f.Index))
            .Select(f => Line(f.Run, f.Index, named.Contains(f.Index) ? labels[f.Index] : "", theme))
            .ToArray();
        bool log = _loss ? EpochPlots.IsLog(_log, lines) : _log == "yes";
        double height = Math.Max(LeastHeight, (Math.Min(named.Count, finals.Length) * EndLabels.LineHeight) + 60);
        var plot = new Plot
        {
            Bounds = new Rect(0, 0, Width, height),
            X = EpochPlots.Epochs,
            Y = new Axis
            {
                Log = log,
                Percent = !_loss,
                Nice = _loss,
                Include = _loss && !log ? [0] : [],
                Limits = _loss || log ? null : new Limits(0, 1),
                Label = $"{data} {Quantity}{(log ? ", logarithmic axis" : "")}",
            },
            LabelEnds = true,
            Marks = _loss ? lines : [new RuleMark { Y = EpochPlots.Guide, Label = "90\u00A0%", OnAxis = true }, .. lines],
        };
        string[] losses = [.. finals.Select(f => f.Run.Info.Objective.Loss.Name).Distinct()];
        bool apart = _loss && losses.Length > 1;
        string finding = apart
            ? $"of {losses.Length} kinds, which cannot be compared by height"
            : ranked.Length == 0
            ? $"no run ended with a finite {Quantity}"
            : $"best is {labels[ranked[0].Index]} with {Text(ranked[0].Value)}"
                + (ranked.Length > 1 ? $", {(_loss ? "highest" : "lowest")} {labels[ranked[^1].Index]} with {Text(ranked[^1].Value)}" : "");
        var notes = new List<string>();
        if (named.Count < finals.Length)
            notes.Add($"{finals.Length} runs; the {NamedBest} best and {NamedWorst} worst are named, the others are grey.");
        var failed = finals.Where(f => f.Run.Outcome.Status == RunStatus.Diverged).Select(f => labels[f.Index]).ToArray();
        if (apart) notes.Add($"The losses are of different kinds: {string.Join(", ", losses)}. Compare shapes, not heights.");
        if (failed.Length > 0) notes.Add($"Diverged: {string.Join(", ", failed)}.");
        return new Page
        {
            Theme = theme,
            Subtitle = $"{finals.Length} run{(finals.Length == 1 ? "" : "s")} · {finding}",
            BodyWidth = Width,
            BodyHeight = height,
            Body = [plot.Draw(theme)],
            Width = Request.Width,
            Notes = notes,
            Info = new SceneInfo
            {
                Title = kind.Title,
                Caption = $"{char.ToUpperInvariant(data[0])}{data[1..]} {Quantity} of {finals.Length} runs after each "
                    + $"epoch.{(log ? " Logarithmic axis." : "")}",
                AltText = $"Line chart of the {data} {Quantity} of {finals.Length} runs: {finding}.",
                Description = $"From best to worst: {string.Join(", ", ranked.Select(f => $"{labels[f.Index]} {Text(f.Value)}"))}.",
                Table = new DataTable(
                    ["run", "epochs", $"final {data} {Quantity}"],
                    [.. finals.Select(f => (IReadOnlyList<string>)[labels[f.Index], $"{f.Run.Metrics.Count}", Text(f.Value)])]),
                Command = Command,
            },
        }.ToScene();
    }

    private string Quantity => _loss ? "loss" : "accuracy";

    private LineMark Line(RunFolder run, int index, string label, Theme theme)
    {
        bool isNamed = label.Length > 0;
        return new LineMark
        {
            SumUp = true,
            Name = label,
            Color = isNamed ? Categories.At(index, theme) : theme.Muted.WithAlpha(0.35),
            Width = isNamed ? 1.6 : 0.8,
            Dashes = isNamed ? Categories.DashesAt(index, theme) : [],
            Points = [.. run.Metrics.Select(m => new Point(m.Epoch, Value(m)))],
        };
    }

    private double Value(EpochMetrics m) => (_loss, _validation) switch
    {
        (true, false) => m.Loss,
        (true, true) => m.ValidationLoss,
        (false, false) => m.Accuracy,
        (false, true) => m.ValidationAccuracy,
    };

    private string Text(double value) => _loss ? NumberFormat.Value(value) : NumberFormat.Percent(value);
}
