using Explain.Core;

namespace Explain.Render;

/// <summary>Loss and accuracy of one run against epoch, training and validation.</summary>
public sealed class Curves(FigureRequest request) : Figure(Kind, request)
{
    private const double PanelWidth = 330;
    private const double PanelHeight = 250;
    private const double Between = 30;
    private static readonly FigureOption Log = new(
        "log", "auto|yes|no", "auto", "Logarithmic loss axis; auto takes one where the losses differ more than twentyfold.");
    private readonly string _log = request.Option(Log);

    /// <summary>Its entry in the catalogue.</summary>
    public static FigureKind Kind { get; } = new(
        "curves", "Loss and accuracy", "Loss and accuracy against epoch, on training and validation data.",
        "Going right, training goes on. Loss should fall and accuracy rise. Where the validation curve turns back while the training curve "
            + "goes on improving, the network begins to memorise its training data.",
        FigureScope.Run, PerLayer: false, [Log], _ => true, request => new Curves(request))
    {
        Beware = "The training curve is of the weights while they moved through the epoch's samples where batches are small, "
            + "so it may lie above the validation curve at first. One run is one throw of the dice: other seeds give other curves.",
        Program = """
        new Curves(run).Draw(Theme.Light).SavePng("curves.png");
        """,
    };

    /// <inheritdoc/>
    public override Scene Draw(Theme theme)
    {
        var run = Run;
        if (run.Metrics.Count == 0)
            return Missing(theme, "No epoch of this run has finished, so there is nothing to plot.");
        var last = run.Metrics[^1];
        string validation = double.IsFinite(last.ValidationAccuracy) ? $", validation {NumberFormat.Percent(last.ValidationAccuracy)}" : "";
        var loss = EpochPlots.Loss(run, theme, _log) with { Bounds = new Rect(0, 0, PanelWidth, PanelHeight), Title = "Loss" };
        var accuracy = EpochPlots.Accuracy(run, theme) with
        {
            Bounds = new Rect(PanelWidth + Between, 0, PanelWidth, PanelHeight),
            Title = "Accuracy",
            Y = new Axis { Percent = true, Limits = new Limits(0, 1), Label = loss.Y.Label.Length > 0 ? " " : "" },
        };
        string finding = $"after {last.Epoch} epoch{(last.Epoch == 1 ? "" : "s")} the training loss is {NumberFormat.Value(last.Loss)} "
            + $"and the training accuracy {NumberFormat.Percent(last.Accuracy)}{validation}";
        return new Page
        {
            Theme = theme,
            Subtitle = $"{run.Title()} · {finding}",
            BodyWidth = (2 * PanelWidth) + Between,
            BodyHeight = PanelHeight,
            Body = [loss.Draw(theme), accuracy.Draw(theme)],
            Width = Request.Width,
            Notes = Notes(run),
            Info = new SceneInfo
            {
                Title = Kind.Title,
                Caption = $"Loss and accuracy of {run.Title()} after each of {run.Metrics.Count} "
                    + $"epochs.{(loss.Y.Log ? " The loss axis is logarithmic." : "")} The dashed line marks 90\u00A0%.",
                AltText = $"Two line charts against epoch: {finding}.",
                Description = Describe(run),
                Table = Table(run),
                Command = Command,
            },
        }.ToScene();
    }

    private static List<string> Notes(RunFolder run)
    {
        var notes = new List<string>();
        if (run.Info.Data.Validation == 0) notes.Add("There is no validation data in this run.");
        if (run.Outcome.Status == RunStatus.Diverged) notes.Add(run.Outcome.Message);
        return notes;
    }

    private static string Describe(RunFolder run)
    {
        var best = run.Metrics.MaxBy(m => double.IsFinite(m.ValidationAccuracy) ? m.ValidationAccuracy : m.Accuracy)!;
        var first = run.Metrics[0];
        string kind = double.IsFinite(best.ValidationAccuracy) ? "validation" : "training";
        double value = double.IsFinite(best.ValidationAccuracy) ? best.ValidationAccuracy : best.Accuracy;
        return $"The training loss goes from {NumberFormat.Value(first.Loss)} after epoch 1 to {NumberFormat.Value(run.Metrics[^1].Loss)} "
            + $"after epoch {run.Metrics[^1].Epoch}. The best {kind} accuracy, {NumberFormat.Percent(value)}, "
            + $"comes after epoch {best.Epoch}.";
    }

    private static DataTable Table(RunFolder run) => new(
        ["epoch", "loss", "accuracy", "validation loss", "validation accuracy"],
        [.. run.Metrics.Select(m => (IReadOnlyList<string>)
        [
            $"{m.Epoch}",
            NumberFormat.Value(m.Loss, 4),
            NumberFormat.Percent(m.Accuracy, 2),
            NumberFormat.Value(m.ValidationLoss, 4),
            NumberFormat.Percent(m.ValidationAccuracy, 2),
        ])]);
}
