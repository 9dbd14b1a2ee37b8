using Explain.Core;

namespace Explain.Render;

/// <summary>Loss against the time that training took, and the seconds of each epoch below it on the same axis.</summary>
public sealed class TrainingPace(FigureRequest request) : Figure(Kind, request)
{
    private const double Width = 620;
    private const double LossHeight = 260;
    private const double PaceHeight = 140;
    private const double Between = 18;
    private const int MostRows = 500;

    /// <summary>Its entry in the catalogue.</summary>
    public static FigureKind Kind { get; } = new(
        "training-pace", "Training pace", "Loss against elapsed training time, and the seconds each epoch took.",
        "Going right, time passes. Above, how far the loss has come by then; below, how long each epoch took. "
            + "A rising lower line means that epochs became slower, often because the machine was busy.",
        FigureScope.Run, PerLayer: false, [], _ => true, request => new TrainingPace(request))
    {
        Beware = "Only the steps of training count as time: evaluation and the writing of snapshots are left out. "
            + "Times depend on the machine and on what else ran on it.",
        Program = "var figure = new TrainingPace(run);\nfigure.Draw(Theme.Light).SavePng(\"training-pace.png\");",
    };

    /// <inheritdoc/>
    public override Scene Draw(Theme theme)
    {
        var run = Run;
        double[] seconds = [.. run.Metrics.Select(m => m.Seconds is >= 0 and < 1e9 ? m.Seconds : 0)];
        if (seconds.Sum() <= 0)
            return Missing(
                theme,
                run.Metrics.Count == 0 ? "No epoch of this run has finished, so there is no pace to plot." : "This run recorded no times.");
        double[] elapsed = new double[seconds.Length];
        for (int i = 0; i < seconds.Length; i++) elapsed[i] = seconds[i] + (i == 0 ? 0 : elapsed[i - 1]);
        double total = elapsed[^1], median = Quantiles.Median(seconds);
        var loss = EpochPlots.Loss(run, theme);
        var time = new Axis { Time = true, Limits = new Limits(0, total), Label = "training time" };
        var lines = loss.Marks.OfType<LineMark>()
            .Select(l => l with { Points = [.. l.Points.Select((p, i) => new Point(elapsed[i], p.Y))] })
            .ToArray();
        var pace = new LineMark
        {
            SumUp = true,
            Color = Categories.At(2, theme),
            Points = [.. seconds.Select((s, i) => new Point(elapsed[i], s))],
        };
        double left = 46, end = EndLabels.Width(lines.Select(l => l.Name), 90, theme.Face);
        Node[] body =
        [
            (loss with
            {
                Bounds = new Rect(0, 0, Width, LossHeight),
                X = time with { Label = "", ShowLabels = false },
                Y = loss.Y with { Label = loss.Y.Log ? "loss, logarithmic axis" : "loss" },
                Marks = lines,
                LeftWidth = left,
                EndWidth = end,
            }).Draw(theme),
            new Plot
            {
                Bounds = new Rect(0, LossHeight + Between, Width, PaceHeight),
                X = time,
                Y = new Axis { Label = "seconds an epoch", Include = [0], Nice = true },
                Marks = [pace],
                LeftWidth = left,
                EndWidth = end,
            }.Draw(theme),
        ];
        var last = run.Metrics[^1];
        string finding = $"{run.Metrics.Count} epoch{(run.Metrics.Count == 1 ? "" : "s")} in {TimeScale.Words(total)}, "
            + $"an epoch typically in {(median < 0.1 ? $"{NumberFormat.Value(1000 * median)} ms" : $"{NumberFormat.Value(median)} s")}; "
            + $"the training loss ends at {NumberFormat.Value(last.Loss)}";
        return new Page
        {
            Theme = theme,
            Subtitle = $"{run.Title()} · {finding}",
            BodyWidth = Width,
            BodyHeight = LossHeight + Between + PaceHeight,
            Body = body,
            Width = Request.Width,
            Info = new SceneInfo
            {
                Title = Kind.Title,
                Caption = $"Loss of {run.Title()} against the time spent in training steps, "
                    + $"from 0 to {TimeScale.Words(total)}.{(loss.Y.Log ? " The loss axis is logarithmic." : "")}",
                AltText = $"Two line charts against training time: {finding}.",
                Description =
                    $"The fastest epoch took {NumberFormat.Value(seconds.Min())} s, the slowest {NumberFormat.Value(seconds.Max())} s.",
                Table = new DataTable(
                    ["epoch", "elapsed seconds", "seconds", "loss", "validation loss"],
                    [.. run.Metrics.Take(MostRows).Select((m, i) => (IReadOnlyList<string>)
                    [
                        $"{m.Epoch}",
                        NumberFormat.Value(elapsed[i], 4),
                        NumberFormat.Value(m.Seconds, 4),
                        NumberFormat.Value(m.Loss, 4),
                        NumberFormat.Value(m.ValidationLoss, 4),
                    ])]),
                Command = Command,
            },
        }.ToScene();
    }
}
