using Explain.Core;

namespace Explain.Tool;

/// <summary>
/// What the command says of a training when it has ended: of one run all metrics and the hash of its last weights; of a comparison what
/// matters, best first.
/// </summary>
internal static class TrainingReport
{
    /// <summary>Trains, and prints what came of it; of a comparison that was stopped, what is done.</summary>
    /// <returns>How each run ended, in order.</returns>
    /// <exception cref="RunStoppedException">As for <see cref="RecipeTraining.TrainAsync"/>.</exception>
    public static async Task<IReadOnlyList<RunOutcome>> TrainAsync(
        Terminal terminal, RecipeTraining training, bool json, CancellationToken cancellation)
    {
        try
        {
            await training.TrainAsync(terminal, cancellation);
        }
        catch (RunStoppedException)
        {
            if (json || training.Runs.Count > 1) Print(terminal, training, json);
            throw;
        }
        Print(terminal, training, json);
        return training.Outcomes;
    }

    /// <summary>How a run ended, in words: "finished after 20 epochs, test accuracy 97.86 %".</summary>
    public static string End(RunOutcome outcome)
    {
        string score = Metric.Score(outcome.FinalMetrics.Select(metric => metric.Key))?.Name ?? "";
        double value = outcome.FinalMetrics.Where(metric => metric.Key == score).Select(metric => metric.Value).FirstOrDefault(double.NaN);
        return $"{Numbers.Status(outcome.Status)} after {outcome.EpochsDone} {(outcome.EpochsDone == 1 ? "epoch" : "epochs")}" +
            (score.Length > 0 && outcome.Status != RunStatus.Diverged ? $", {score} {Numbers.Metric(score, value)}" : "");
    }

    private static void Print(Terminal terminal, RecipeTraining training, bool json)
    {
        List<Ended> runs = [.. training.Runs.Take(training.Outcomes.Count).Zip(training.Outcomes, Ended.Of)];
        if (json)
        {
            PrintJson(terminal, training, runs);
            return;
        }
        foreach (var run in runs.Where(run => run.Plan.Note.Length > 0)) terminal.Out.WriteLine(run.Plan.Note);
        if (training.Runs.Count == 1) PrintOne(terminal.Out, runs[0]);
        else PrintMany(terminal.Out, runs);
        int cancelled = runs.Count(run => run.Outcome.Status == RunStatus.Cancelled);
        if (cancelled == 0) return;
        int left = training.Runs.Count - runs.Count;
        terminal.Out.WriteLine();
        terminal.Out.WriteLine(
            $"{runs.Count - cancelled} of {training.Runs.Count} runs are done; "
                + $"one was stopped{(left > 0 ? $", {left} {(left == 1 ? "has" : "have")} not begun" : "")}.");
    }

    private static void PrintOne(TextWriter to, Ended run)
    {
        string status = Numbers.Status(run.Outcome.Status)
            + (run.Results is { OfLastEpoch: true, Metrics.Count: > 0 } ? ", last epoch:" : "");
        bool keptBefore = run.Outcome.KeptEpoch != run.Outcome.EpochsDone;
        to.Write(TextTable.Format(
            [
                "run", "status", ">epochs", .. keptBefore ? [">kept"] : (string[])[],
                .. run.Results.Metrics.Select(metric => $">{metric.Key}"), "folder",
            ],
            [
                [
                    run.Plan.Recipe.Name,
                    status,
                    $"{run.Outcome.EpochsDone}",
                    .. keptBefore ? [$"epoch {run.Outcome.KeptEpoch}"] : (string[])[],
                    .. run.Results.Metrics.Select(metric => Numbers.Plain(Numbers.Metric(metric.Key, metric.Value))),
                    run.Plan.Folder,
                ],
            ]));
        if (run.Hashes.Count == 0) return;
        to.WriteLine();
        to.WriteLine($"{run.Plan.Recipe.Name}: weights after epoch {run.Hashes.Count} {run.Hashes[^1]}");
    }

    private static void PrintMany(TextWriter to, List<Ended> runs)
    {
        Metric? score = Score(runs);
        string[] differing = Differing(runs);
        bool allFinished = runs.All(run => run.Outcome.Status == RunStatus.Finished);
        bool keptBefore = runs.Any(run => run.Outcome.KeptEpoch != run.Outcome.EpochsDone);
        List<(string Name, Func<Ended, string> Cell)> columns =
        [
            .. differing.Select(name => (name, (Func<Ended, string>)(run => run.Setting(name)))),
            .. Where(differing.Length == 0, "run", run => run.Plan.Recipe.Name),
            .. Where(!allFinished, "status", run => Numbers.Status(run.Outcome.Status)),
            .. Where(
                score is not null, $">{score?.Name}", run => Numbers.Plain(Numbers.Metric(score!.Name, run.Results.Final(score.Name)))),
            (">epochs", run => $"{run.Outcome.EpochsDone}"),
            .. Where(
                keptBefore, ">kept", run => run.Outcome.KeptEpoch == run.Outcome.EpochsDone ? "last" : $"epoch {run.Outcome.KeptEpoch}"),
            (">time", run => Numbers.Plain(Numbers.Duration(run.Seconds))),
            ("folder", run => run.Plan.Folder),
        ];
        to.Write(TextTable.Format(
            [.. columns.Select(column => column.Name)],
            BestFirst(runs, score).Select(run => (IReadOnlyList<string>)[.. columns.Select(column => column.Cell(run))])));

        static IEnumerable<(string Name, Func<Ended, string> Cell)> Where(bool wanted, string name, Func<Ended, string> cell) =>
            wanted ? [(name, cell)] : [];
    }

    private static void PrintJson(Terminal terminal, RecipeTraining training, List<Ended> runs)
    {
        Metric? score = Score(runs);
        terminal.WriteJson(new
        {
            Score = score?.Name,
            Planned = training.Runs.Count,
            Runs = BestFirst(runs, score).Select(run => new
            {
                run.Plan.Recipe.Name,
                run.Plan.Folder,
                run.Plan.Note,
                Status = Numbers.Status(run.Outcome.Status),
                run.Outcome.Message,
                Epochs = run.Outcome.EpochsDone,
                run.Outcome.KeptEpoch,
                run.Seconds,
                Settings = run.Settings.ToDictionary(setting => setting.Key, setting => setting.Value),
                run.Results.OfLastEpoch,
                Metrics = run.Results.Metrics.ToDictionary(metric => metric.Key, metric => metric.Value),
                WeightsHash = run.Hashes.Count == 0 ? null : run.Hashes[^1],
                WeightsHashes = run.Hashes,
            }),
        });
    }

    private static Metric? Score(List<Ended> runs) =>
        Metric.Score(runs.SelectMany(run => run.Results.Metrics).Select(metric => metric.Key));

    private static string[] Differing(List<Ended> runs) =>
    [
        .. runs.SelectMany(run => run.Settings).Select(setting => setting.Key).Distinct()
            .Where(name => runs.Select(run => run.Setting(name)).Distinct().Skip(1).Any()),
    ];

    // What diverged or was never measured comes last; runs that are equally good stay in the recipe's order.
    private static IEnumerable<Ended> BestFirst(List<Ended> runs, Metric? score) => score is null
        ? runs
        : runs.OrderBy(run => run.Outcome.Status == RunStatus.Diverged || double.IsNaN(run.Results.Final(score.Name)))
            .ThenBy(run => score.HigherIsBetter ? -run.Results.Final(score.Name) : run.Results.Final(score.Name));

    /// <summary>A run that has ended, or was stopped, with what its folder says of it.</summary>
    private sealed record Ended(PlannedRun Plan, RunOutcome Outcome, RunFolder Folder)
    {
        public RunResults Results { get; } = Folder.Results;

        public IReadOnlyList<KeyValuePair<string, string>> Settings => Folder.Info.Settings;

        public IReadOnlyList<string> Hashes => Folder.WeightsHashes;

        public double Seconds => Folder.Metrics.Sum(row => double.IsNaN(row.Seconds) ? 0 : row.Seconds);

        public static Ended Of(PlannedRun plan, RunOutcome outcome) => new(plan, outcome, RunFolder.Open(plan.Folder));

        public string Setting(string name) => Settings.FirstOrDefault(setting => setting.Key == name).Value ?? "";
    }
}
