using Explain.Core;

namespace Explain.Render;

/// <summary>For two inputs: the network's output over the plane as filled contours with labelled lines, the samples on top.</summary>
public sealed class DecisionContours(FigureRequest request, int? epoch = null)
    : PlaneFigure(Kind, request, epoch, "Contours of the output need", Across)
{
    private const int Across = PlaneAnalysis.LatticeAcross;
    private const int Levels = 9;

    /// <summary>Its entry in the catalogue.</summary>
    public static FigureKind Kind { get; } = new(
        "decision-contours", "The output over the plane",
        "The network's output over its two inputs as filled contours with labelled lines.",
        "Lines join points of equal output, as heights on a map; the number on a line is its output. "
            + "Of two classes it is the score of the second, and the thick line is where the decision turns; "
            + "of more it is the lead of the largest score over the next, small where classes meet. Lines close together are a sharp turn.",
        FigureScope.Epoch, PerLayer: false, [], HasPlane, request => new DecisionContours(request))
    {
        Beware = "Outputs far from any sample are guesses, however sure they look. "
            + "Between two grid points the output is taken to be straight, so details finer than 1/140 of the plane are lost.",
        Program = """
        var figure = new DecisionContours(run);
        figure.Draw(Theme.Light).SavePng("decision-contours.png");
        """,
        Unmet = NoPlane,
        Needs = request => PlaneNeeds(request, Across),
    };

    private protected override Scene Draw(Theme theme, PlaneAnswers answers)
    {
        var run = Run;
        var (x, y) = answers.Plane;
        var scores = Readout.Scores(answers.Outputs);
        bool lead = scores.Columns > 2;
        double[] values = [.. Enumerable.Range(0, scores.Rows).Select(i => lead ? Lead(scores.Row(i)) : scores[i, scores.Columns - 1])];
        var limits = Limits.Of(values);
        double turn = Readout.Targets == TargetEncoding.PlusMinusOne ? 0 : 0.5;
        string what = lead ? "lead of the largest score over the next" : $"score of {(Names.Count > 1 ? Names[1] : "the class")}";
        var grid = new ContourGrid(values, Across, Across);
        var levels = limits.Span < 1e30 ? ContourGrid.NiceLevels(limits, Levels) : [];
        bool known = !limits.IsEmpty && limits.Span < 1e30;
        // Wider than the values, so that the strongest tint is light enough for markers; the middle of two colours is where the decision
        // turns.
        double reach = known ? Math.Max(Math.Abs(limits.Max - turn), Math.Abs(limits.Min - turn)) * 1.7 : 1;
        var colors = lead ? new ColorScale(
            ColorMap.Sequential(theme), new Limits(0, Math.Max(1e-6, known ? 2.6 * limits.Max : 1)), theme.Grid)
            // In print the middle of two colours is a grey on which neither lines nor markers stand out.
            : theme.GreySafe && limits.Span > 0 && known ? new ColorScale(
                ColorMap.Sequential(theme), new Limits(limits.Min, limits.Min + (2.4 * limits.Span)), theme.Grid)
            : new ColorScale(
                ColorMap.Diverging(theme), reach > 0 ? new Limits(turn - reach, turn + reach) : new Limits(turn - 1, turn + 1), theme.Grid);
        Mark[] ground =
        [
            .. known ? [new FilledContourMark { Grid = grid, X = x, Y = y, Levels = levels, Scale = colors }] : Array.Empty<Mark>(),
            .. known
                ? [new ContourMark
                {
                    Grid = grid,
                    X = x,
                    Y = y,
                    Levels = !lead && limits.Min < turn && limits.Max > turn && !levels.Contains(turn) ? [.. levels, turn] : levels,
                    Color = theme.Foreground.WithAlpha(0.85),
                    Width = 0.8,
                    Label = v => NumberFormat.Short(v),
                    Strong = lead ? null : levels.FirstOrDefault(v => Math.Abs(v - turn) < 1e-9, turn),
                }]
                : Array.Empty<Mark>(),
        ];
        var metrics = run.MetricsAt(Epoch!.Value);
        string range = known ? $"from {NumberFormat.Value(limits.Min)} to {NumberFormat.Value(limits.Max)}" : "not finite";
        var info = new SceneInfo
        {
            Title = Kind.Title,
            Caption = $"The {what} for {PlaneWords(answers.Plane, " and ")}, asked at {Across} × {Across} points, "
                + $"behind {Samples.Count} {run.ProbeWords()} samples.",
            AltText = $"Contours of the network's output over two inputs after epoch {Epoch}: {what} {range}, {levels.Count} lines.",
            Description = levels.Count == 0 ? "The output is the same everywhere, or not finite."
                : $"Lines at {string.Join(", ", levels.Select(v => NumberFormat.Value(v)))}.",
            Table = Table(run, values, x, y),
            Command = Command,
        };
        string loss = metrics is null ? "" : $" · loss {NumberFormat.Value(metrics.Loss)}";
        string note = lead ? $"Lines: {what}; where it is 0, two classes are equal."
            : $"Lines: {what}; thick where it is {NumberFormat.Short(turn)}, the decision.";
        return PlanePage(theme, answers.Plane, ground, $"{loss} · {what} {range}", note, info);
    }

    // Every tenth point of either direction.
    private static DataTable Table(RunFolder run, double[] values, Limits x, Limits y) => new(
        [run.FeatureName(0), run.FeatureName(1), "output"],
        [.. Enumerable.Range(0, 15 * 15).Select(i => (Column: i % 15 * 10, Row: i / 15 * 10)).Select(p => (IReadOnlyList<string>)
        [
            NumberFormat.Value(x.Min + (x.Span * p.Column / (Across - 1))), NumberFormat.Value(y.Min + (y.Span * p.Row / (Across - 1))),
            NumberFormat.Value(values[(p.Row * Across) + p.Column]),
        ])]);
}
