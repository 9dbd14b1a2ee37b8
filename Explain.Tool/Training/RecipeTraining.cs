using System.Diagnostics;
using Explain.Core;

namespace Explain.Tool;

/// <summary>Trains recipes, the variants of a comparison say, into run folders.</summary>
internal sealed class RecipeTraining
{
    private readonly string _name;
    private readonly string? _data;
    private readonly string _goOn;
    private readonly List<RunOutcome> _outcomes = [];

    /// <summary>Settles what is to be done; nothing is written yet.</summary>
    /// <param name="name">Of the whole, for the progress bar.</param>
    /// <param name="runs">What to train, and where.</param>
    /// <param name="data">Folder or file to read instead of the one the recipe names, or null.</param>
    /// <param name="existing">What is done about runs that are there already.</param>
    /// <param name="goOn">The command that goes on after an interruption.</param>
    /// <exception cref="InputException">A folder is taken, or the run in it cannot go on.</exception>
    public RecipeTraining(string name, IReadOnlyList<(Recipe Recipe, string Folder)> runs, string? data, ExistingRuns existing, string goOn)
    {
        _name = name;
        _data = data;
        _goOn = goOn;
        Runs = [.. runs.Select(run => PlannedRun.Of(run.Recipe, run.Folder, existing))];
    }

    /// <summary>The runs, in order.</summary>
    public IReadOnlyList<PlannedRun> Runs { get; }

    /// <summary>A recipe's run, or one for each variant of its comparison.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="output">The run folder; the folder of the run folders where the recipe compares variants.</param>
    public static IReadOnlyList<(Recipe Recipe, string Folder)> RunsOf(Recipe recipe, string output) =>
        recipe.Variants.Count == 1 ? [(recipe.Variants[0], output)]
            : [.. recipe.Variants.Select(variant => (variant, Path.Combine(output, variant.Name)))];

    /// <summary>
    /// How the runs ended so far, in order: what <see cref="TrainAsync"/> returns, and what is done where it was stopped.
    /// </summary>
    public IReadOnlyList<RunOutcome> Outcomes => _outcomes;

    /// <summary>Trains everything, telling how far it has come.</summary>
    /// <returns>How each run ended, in order.</returns>
    /// <exception cref="InputException">The data cannot be had, or does not fit the network or the run that is to go on.</exception>
    /// <exception cref="RunStoppedException">The user stopped it; what was recorded is kept.</exception>
    public Task<IReadOnlyList<RunOutcome>> TrainAsync(Terminal terminal, CancellationToken cancellation)
    {
        double total = Runs.Sum(run => run.Recipe.Epochs);
        return terminal.TrackAsync(
            $"Training {_name}",
            (report, tell) => Task.Run(
                () =>
                {
                    Train((done, words) => report(done, total, words), tell, cancellation);
                    return Outcomes;
                },
                CancellationToken.None));
    }

    private void Train(Action<double, string> report, Action<string> tell, CancellationToken cancellation)
    {
        var data = new SharedData(_data);
        double before = 0;
        foreach (var planned in Runs)
        {
            var recipe = planned.Recipe;
            string which = Runs.Count == 1 ? "" : $"{recipe.Name} ({_outcomes.Count + 1} of {Runs.Count}), ";
            double start = before;
            before += recipe.Epochs;
            if (planned.Done is { } done)
            {
                _outcomes.Add(done);
                continue;
            }
            report(start, $"{which}reading the data");
            var best = recipe.KeepBest is { } keep ? new NewBest(tell, Runs.Count == 1 ? "" : recipe.Name, keep, TimeProvider.System)
                : null;
            var progress = new EachEpoch(row =>
            {
                if (row.IsNewBest) best?.Found(row);
                report(start + row.Epoch, $"{which}epoch {row.Epoch} of {recipe.Epochs}, loss {Numbers.Short(row.Loss)}");
            });
            var clock = Stopwatch.StartNew();
            var outcome = Train(planned, data.Of(recipe), progress, cancellation);
            _outcomes.Add(outcome);
            best?.Flush();
            tell(
                $"{recipe.Name}{(Runs.Count == 1 ? "" : $" ({_outcomes.Count} of {Runs.Count})")}: {TrainingReport.End(outcome)}, "
                    + $"{Numbers.Duration(clock.Elapsed.TotalSeconds)}");
            if (outcome.Status == RunStatus.Cancelled)
            {
                throw new RunStoppedException(
                    $"{recipe.Name}: {outcome.Message} What was recorded is in {planned.Folder}. "
                        + $"It goes on with{Environment.NewLine}  {_goOn}");
            }
        }
    }

    private static RunOutcome Train(PlannedRun planned, DataSplit data, IProgress<EpochMetrics> progress, CancellationToken cancellation)
    {
        var (recipe, folder) = (planned.Recipe, planned.Folder);
        using var run = planned.GoesOn ? RunWriter.Resume(folder, recipe.Snapshots)
            : planned.Replaces ? RunWriter.Replace(folder, recipe.Snapshots)
            : RunWriter.Create(folder, recipe.Snapshots);
        return Writing.To(folder, () => RecipeRunner.Run(recipe, data, run, progress, run.Checkpoint, cancellation)).Outcome;
    }

    // Told on the thread that trains, so that the bar never lags behind or comes after the end.
    private sealed class EachEpoch(Action<EpochMetrics> tell) : IProgress<EpochMetrics>
    {
        public void Report(EpochMetrics value) => tell(value);
    }

    /// <summary>Data of the variants, read again only where a variant wants other data than the one before.</summary>
    private sealed class SharedData(string? path)
    {
        private string _key = "";
        private DataSplit? _split;

        public DataSplit Of(Recipe recipe)
        {
            var (request, validation, normalise) = recipe.Data;
            string options = string.Join(",", request.Options.OrderBy(option => option.Key, StringComparer.Ordinal));
            string key = $"{request.Source}|{request.Path}|{request.Label}|{options}|{validation}|{normalise}";
            if (_split is null || key != _key) _split = RecipeRunner.LoadData(recipe, path);
            _key = key;
            return _split;
        }
    }
}
