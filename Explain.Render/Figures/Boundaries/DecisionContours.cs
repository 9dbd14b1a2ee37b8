using Explain.Core;

namespace Explain.Render;

/// <summary>For two inputs: the network's output over the plane as filled contours with labelled lines, the samples on top.</summary>
public sealed class DecisionContours : IFigure
{
    private const double Side = 420;
    private const int Cells = 140;
    private const int Levels = 9;
    private readonly FigureRequest _request;

    /// <summary>As the request says.</summary>
    public DecisionContours(FigureRequest request)
    {
        _request = request;
        request.SnapshotEpoch();
    }

    /// <summary>Of a run at an epoch; the last kept where null.</summary>
    public DecisionContours(RunFolder run, int? epoch = null)
        : this(new FigureRequest { Runs = [run], Epoch = epoch })
    {
    }

    /// <summary>Its entry in the catalogue.</summary>
    public static FigureKind Kind { get; } = new(
        "decision-contours", "The output over the plane", "The network's output over its two inputs as filled contours with labelled lines.",
        "Lines join points of equal output, as heights on a map; the number on a line is its output. Of two classes it is the score of the second, and the thick line is where the decision turns; of more it is the lead of the largest score over the next, small where classes meet. Lines close together are a sharp turn.",
        FigureScope.Epoch, PerLayer: false, [], run => run.Info.Network.InputShape.Size == 2, request => new DecisionContours(request))
    {
        Beware = "Outputs far from any sample are guesses, however sure they look. Between two grid points the output is taken to be straight, so details finer than 1/140 of the plane are lost.",
        Program = """
        var figure = new DecisionContours(run);
        figure.Draw(Theme.Light).SavePng("decision-contours.png");
        """,
        Unmet = run => $"it needs 2 inputs; this run has {run.Info.Network.InputShape.Size}",
    };

    /// <inheritdoc/>
    public Scene Draw(Theme theme)
    {
        var run = _request.Run;
        if (run.Info.Network.InputShape.Size != 2)
            return Page.Missing(theme, _request, Kind.Name, Kind.Title, $"Contours of the output need a network of two inputs; this one has {run.Info.Network.InputShape.Size}.");
        if (_request.ReadSnapshot() is not { Layers.Count: > 0 } snapshot)
            return Page.Missing(theme, _request, Kind.Name, Kind.Title, "This run kept no snapshot, so there is no network to ask.");
        var samples = run.Probe.Samples;
        var (x, y) = PlaneScatter.Square(samples);
        var readout = run.Info.Objective.Readout();
        double[] values = Values(snapshot.Restore(run.Info.Network), readout, x, y, out bool lead);
        var limits = Limits.Of(values);
        var names = run.Info.Data.ClassNames;
        double turn = readout.Targets == TargetEncoding.PlusMinusOne ? 0 : 0.5;
        string what = lead ? "lead of the largest score over the next" : $"score of {(names.Count > 1 ? names[1] : "the class")}";
        var grid = new ContourGrid(values, Cells + 1, Cells + 1);
        var levels = limits.Span < 1e30 ? ContourGrid.NiceLevels(limits, Levels) : [];
        bool known = !limits.IsEmpty && limits.Span < 1e30;
        // Wider than the values, so that the strongest tint is light enough for markers; the middle of two colours is where the decision turns.
        double reach = known ? Math.Max(Math.Abs(limits.Max - turn), Math.Abs(limits.Min - turn)) * 1.7 : 1;
        var colors = lead ? new ColorScale(ColorMap.Sequential(theme), new Limits(0, Math.Max(1e-6, known ? 2.6 * limits.Max : 1)), theme.Grid)
            // In print the middle of two colours is a grey on which neither lines nor markers stand out.
            : theme.GreySafe && limits.Span > 0 && known ? new ColorScale(ColorMap.Sequential(theme), new Limits(limits.Min, limits.Min + (2.4 * limits.Span)), theme.Grid)
            : new ColorScale(ColorMap.Diverging(theme), reach > 0 ? new Limits(turn - reach, turn + reach) : new Limits(turn - 1, turn + 1), theme.Grid);
        LegendEntry[] legend = [.. names.Select((name, c) => new LegendEntry(name, Categories.At(c, theme), Categories.MarkerAt(c)))];
        double top = Legend.Height(legend, Side, theme.Face) + 6;
        var plot = new Plot
        {
            Bounds = new Rect(0, top, Side, Side),
            Legend = LegendPlace.None,
            X = new Axis { Limits = x, Label = run.FeatureName(0) },
            Y = new Axis { Limits = y, Label = run.FeatureName(1) },
            Empty = "the network gives no finite output here",
            Marks =
            [
                .. known ? [new FilledContourMark { Grid = grid, X = x, Y = y, Levels = levels, Scale = colors }] : Array.Empty<Mark>(),
                .. known ? [new ContourMark { Grid = grid, X = x, Y = y, Levels = !lead && limits.Min < turn && limits.Max > turn && !levels.Contains(turn) ? [.. levels, turn] : levels, Color = theme.Foreground.WithAlpha(0.85), Width = 0.8, Label = v => NumberFormat.Short(v), Strong = lead ? null : levels.FirstOrDefault(v => Math.Abs(v - turn) < 1e-9, turn) }] : Array.Empty<Mark>(),
                .. PlaneScatter.Classes(samples, names, theme),
            ],
        };
        var metrics = run.MetricsAt(snapshot.Epoch);
        string range = known ? $"from {NumberFormat.Value(limits.Min)} to {NumberFormat.Value(limits.Max)}" : "not finite";
        return new Page
        {
            Theme = theme,
            Subtitle = $"{run.Title()} · {run.EpochWords(snapshot.Epoch)}{(metrics is null ? "" : $" · loss {NumberFormat.Value(metrics.Loss)}")} · {what} {range}",
            BodyWidth = Side,
            BodyHeight = top + Side,
            Body = [.. Legend.Draw(legend, default, Side, theme), plot.Draw(theme)],
            Notes = [lead ? $"Lines: {what}; where it is 0, two classes are equal." : $"Lines: {what}; thick where it is {NumberFormat.Short(turn)}, the decision."],
            Width = _request.Width,
            Info = new SceneInfo
            {
                Title = Kind.Title,
                Caption = $"The {what} for {run.FeatureName(0)} from {NumberFormat.Value(x.Min)} to {NumberFormat.Value(x.Max)} and {run.FeatureName(1)} from {NumberFormat.Value(y.Min)} to {NumberFormat.Value(y.Max)}, asked at {Cells + 1} × {Cells + 1} points, behind {samples.Count} {run.ProbeWords()} samples.",
                AltText = $"Contours of the network's output over two inputs after epoch {snapshot.Epoch}: {what} {range}, {levels.Count} lines.",
                Description = levels.Count == 0 ? "The output is the same everywhere, or not finite." : $"Lines at {string.Join(", ", levels.Select(v => NumberFormat.Value(v)))}.",
                Table = Table(run, values, x, y),
                Command = _request.Command(Kind.Name),
            },
        }.ToScene();
    }

    private static double[] Values(Network network, Readout readout, Limits x, Limits y, out bool lead)
    {
        const int N = Cells + 1;
        var inputs = new Matrix(N * N, 2);
        for (int i = 0; i < inputs.Rows; i++)
        {
            inputs[i, 0] = (float)(x.Min + (x.Span * (i % N) / Cells));
            inputs[i, 1] = (float)(y.Min + (y.Span * (i / N) / Cells));
        }
        var scores = readout.Scores(network.Predict(inputs));
        lead = scores.Columns > 2;
        var values = new double[inputs.Rows];
        for (int i = 0; i < values.Length; i++)
        {
            var row = scores.Row(i);
            values[i] = row.Length <= 2 ? row[^1] : Lead(row);
        }
        return values;
    }

    private static double Lead(ReadOnlySpan<float> scores)
    {
        double first = double.NegativeInfinity, second = double.NegativeInfinity;
        foreach (float score in scores)
        {
            if (score > first) (first, second) = (score, first);
            else if (score > second) second = score;
        }
        return first - second;
    }

    // Every tenth point of either direction.
    private static DataTable Table(RunFolder run, double[] values, Limits x, Limits y) => new(
        [run.FeatureName(0), run.FeatureName(1), "output"],
        [.. Enumerable.Range(0, 15 * 15).Select(i => (Column: i % 15 * 10, Row: i / 15 * 10)).Select(p => (IReadOnlyList<string>)
        [
            NumberFormat.Value(x.Min + (x.Span * p.Column / Cells)), NumberFormat.Value(y.Min + (y.Span * p.Row / Cells)), NumberFormat.Value(values[(p.Row * (Cells + 1)) + p.Column]),
        ])]);
}
