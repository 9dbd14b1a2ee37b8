using Explain.Core;

namespace Explain.Tool;

/// <summary><c>explain inspect</c> of a folder of runs: a table of them, from their run.json alone.</summary>
internal static class InspectRuns
{
    /// <summary>Prints the runs, best first; what cannot be read is told behind them.</summary>
    /// <exception cref="InputException">There is no run.</exception>
    public static void Print(Terminal terminal, string folder, bool json)
    {
        var index = RunIndex.Of(folder);
        Metric? score = Metric.Score(index.Runs.SelectMany(run => run.Outcome.FinalMetrics).Select(metric => metric.Key));
        // What diverged or has no score comes last; runs that are equally good stay in the order of their folders.
        IReadOnlyList<RunEntry> runs = score is null
            ? index.Runs
            : [.. index.Runs.OrderBy(run => IsWithout(run, score))
                .ThenBy(run => score.HigherIsBetter ? -run.Final(score.Name) : run.Final(score.Name))];
        if (json)
        {
            terminal.WriteJson(new
            {
                Score = score?.Name,
                Runs = runs.Select(run => new
                {
                    run.Path,
                    run.Info.Name,
                    run.Info.Title,
                    run.Info.Seed,
                    Data = run.Info.Data.Name,
                    Status = Numbers.Status(run.Outcome.Status),
                    Epochs = HasEnded(run) ? run.Outcome.EpochsDone : (int?)null,
                    Settings = run.Info.Settings.ToDictionary(setting => setting.Key, setting => setting.Value),
                    run.Info.Comparison,
                    FinalMetrics = run.Outcome.FinalMetrics.ToDictionary(metric => metric.Key, metric => metric.Value),
                }),
                index.Unreadable,
            });
            return;
        }
        string[] varying = [.. index.Varying];
        terminal.Out.Write(TextTable.Format(
            ["run", .. varying, "status", ">epochs", .. score is null ? [] : (string[])[$">{score.Name}"]],
            runs.Select(run => (IReadOnlyList<string>)
            [
                Path.GetRelativePath(folder, run.Path),
                .. varying.Select(run.Setting),
                Numbers.Status(run.Outcome.Status),
                HasEnded(run) ? $"{run.Outcome.EpochsDone}" : Numbers.None,
                .. score is null ? [] : (string[])[Numbers.Plain(Numbers.Metric(score.Name, run.Final(score.Name)))],
            ])));
        terminal.Out.WriteLine($"{Numbers.Count(runs.Count)} {(runs.Count == 1 ? "run" : "runs")}");
        foreach (var run in index.Unreadable) terminal.Error.WriteLine($"left out: {run.Problem}");
    }

    // Of a run that has not ended, run.json does not say how many epochs are done.
    private static bool HasEnded(RunEntry run) => run.Outcome.Status != RunStatus.Running;

    private static bool IsWithout(RunEntry run, Metric score) =>
        run.Outcome.Status == RunStatus.Diverged || double.IsNaN(run.Final(score.Name));
}
