using Explain.Core;

namespace Explain.Render;

/// <summary>
/// Which classes the network takes for which: rows are true classes, columns predicted ones; recall at the right, precision at the bottom.
/// </summary>
public sealed class ConfusionFigure(FigureRequest request, int? epoch = null)
    : SnapshotFigure(Kind, request, "there are no counts", epoch: epoch)
{
    private static readonly FigureOption Normalise = new(
        "normalise", "true|predicted|all|none", "true",
        "What a cell's percentage is a share of: its true class, its predicted class, all samples; or colour by counts.");
    private static readonly FigureOption Data = new(
        "data", "held-out|training", "held-out", "Validation (or test) data, or training data.");
    private readonly string _normalise = request.Option(Normalise);
    private readonly bool _training = request.Option(Data) == "training";

    /// <summary>Its entry in the catalogue.</summary>
    public static FigureKind Kind { get; } = new(
        "confusion", "Confusion matrix", "Which classes are taken for which: counts and percent, with recall and precision.",
        "Each row holds the samples of one true class, each column those that were given one label. The diagonal is what was right. "
            + "A dark cell off the diagonal is a frequent mistake. An empty column is a class the network never names.",
        FigureScope.Epoch, PerLayer: false, [Normalise, Data], run => run.Info.Data.ClassNames.Count > 1,
        request => new ConfusionFigure(request))
    {
        Beware = "Shares are of a row by default: a class of few samples looks as weighty as one of many. "
            + "Two numbers of a handful of samples each may differ by chance alone.",
        Program = """
        new ConfusionFigure(run, epoch: run.SnapshotEpochs[^1]).Draw(Theme.Light).SavePng("confusion.png");
        """,
        Unmet = run => $"it needs at least 2 classes; this run has {run.Info.Data.ClassNames.Count}",
    };

    private protected override Scene Draw(Theme theme, Snapshot snapshot)
    {
        var run = Run;
        bool training = _training || snapshot.HeldOutConfusion.Length == 0;
        int[,] counts = training ? snapshot.TrainConfusion : snapshot.HeldOutConfusion;
        int n = counts.GetLength(0);
        var table = new ConfusionCounts(counts);
        if (n == 0 || table.Total == 0)
            return Missing(theme, "There are no class counts in this snapshot: the run has no classes or nothing was evaluated.");

        string data = training ? "training" : run.Info.Data.Validation > 0 ? "validation" : "test";
        string[] names = [.. Enumerable.Range(0, n).Select(i => i < run.Info.Data.ClassNames.Count ? run.Info.Data.ClassNames[i] : $"{i}")];
        var grid = new ConfusionGrid(theme, table, names, _normalise, MostCount(training));
        string finding = Finding(table, names);
        return new Page
        {
            Theme = theme,
            Subtitle = $"{run.Title()} · {run.EpochWords(snapshot.Epoch)} · {data} accuracy {NumberFormat.Percent(table.Accuracy)} "
                + $"of {NumberFormat.Count(table.Total)}",
            BodyWidth = grid.Width,
            BodyHeight = grid.Height,
            Body = grid.Draw(),
            Width = Request.Width,
            Notes = _training == training ? [] : ["There is no held-out data in this run: these are training samples."],
            Info = new SceneInfo
            {
                Title = Kind.Title,
                Caption = $"Rows are true classes, columns predicted ones; {grid.ColorWords}. At the right, "
                    + "recall (share of the row that is right); at the bottom, precision (share of the column that is right).",
                AltText = $"Confusion matrix of {n} classes on {data} data after epoch {snapshot.Epoch}: "
                    + $"{NumberFormat.Percent(table.Accuracy)} are right; {finding}",
                Description = string.Join(" ", Enumerable.Range(0, n).Select(i =>
                    $"{names[i]}: recall {NumberFormat.Percent(table.Recall(i))}, precision {NumberFormat.Percent(table.Precision(i))}.")),
                Table = new DataTable(["true class", .. names.Select(name => $"predicted {name}"), "recall"],
                    [.. Enumerable.Range(0, n).Select(i => (IReadOnlyList<string>)
                    [
                        names[i],
                        .. Enumerable.Range(0, n).Select(j => NumberFormat.Count(counts[i, j])),
                        NumberFormat.Percent(table.Recall(i)),
                    ])]),
                Command = Command,
            },
        }.ToScene();
    }

    private static string Finding(ConfusionCounts table, string[] names)
    {
        int row = 0, column = 0, most = 0;
        for (int i = 0; i < names.Length; i++)
        {
            for (int j = 0; j < names.Length; j++)
            {
                if (i == j || table.Cells[i, j] <= most) continue;
                (row, column, most) = (i, j, table.Cells[i, j]);
            }
        }
        string mistake = most == 0 ? "there is no mistake."
            : $"the most frequent mistake takes {names[row]} for {names[column]} ({NumberFormat.Count(most)} times).";
        string[] never = [.. Enumerable.Range(0, names.Length).Where(j => table.Columns[j] == 0).Select(j => names[j])];
        return never.Length == 0 ? mistake : $"{mistake} Never predicted: {string.Join(", ", never)}.";
    }

    // Counts share their colours over epochs and runs: the largest class bounds every cell.
    private double MostCount(bool training)
    {
        double most = 1;
        foreach (var run in Request.Sharing().Where(r => r.SnapshotEpochs.Count > 0))
        {
            var last = run.ReadSnapshot(run.SnapshotEpochs[^1]);
            most = Math.Max(most, new ConfusionCounts(training ? last.TrainConfusion : last.HeldOutConfusion).Rows.DefaultIfEmpty(0).Max());
        }
        return most;
    }
}
