using Explain.Core;

namespace Explain.Tool;

/// <summary>Trains a recipe, with all its variants where it compares some, into run folders.</summary>
internal sealed class RecipeTraining
{
    private readonly Recipe _recipe;
    private readonly string? _data;
    private readonly bool _force;
    private readonly IReadOnlyList<(Recipe Recipe, string Folder)> _runs;

    /// <summary>Settles the folders; nothing is written yet.</summary>
    /// <param name="recipe">What to train.</param>
    /// <param name="data">Folder or file to read instead of the one the recipe names, or null.</param>
    /// <param name="output">The run folder; the folder of the run folders where the recipe compares variants.</param>
    /// <param name="force">Whether runs that are there already are replaced.</param>
    /// <exception cref="InputException">A folder is taken.</exception>
    public RecipeTraining(Recipe recipe, string? data, string output, bool force)
    {
        _recipe = recipe;
        _data = data;
        _force = force;
        _runs = recipe.Variants.Count == 1 ? [(recipe.Variants[0], output)] : [.. recipe.Variants.Select(variant => (variant, Path.Combine(output, variant.Name)))];
        foreach (var (_, folder) in _runs) CheckFree(folder);
    }

    /// <summary>The run folders, in order of the variants.</summary>
    public IEnumerable<string> Folders => _runs.Select(run => run.Folder);

    /// <summary>Trains everything behind a progress bar.</summary>
    /// <returns>How each run ended, in order of the variants.</returns>
    /// <exception cref="InputException">The data cannot be had, or does not fit the network.</exception>
    /// <exception cref="RunFailedException">The user stopped it; what was recorded is kept.</exception>
    public Task<IReadOnlyList<TrainingResult>> TrainAsync(Terminal terminal, CancellationToken cancellation)
    {
        double total = _runs.Sum(run => run.Recipe.Epochs);
        return terminal.TrackAsync($"Training {_recipe.Name}", report => Task.Run<IReadOnlyList<TrainingResult>>(() => Train((done, words) => report(done, total, words), cancellation), CancellationToken.None));
    }

    private List<TrainingResult> Train(Action<double, string> report, CancellationToken cancellation)
    {
        var results = new List<TrainingResult>();
        var data = new SharedData(_data);
        double before = 0;
        foreach (var (recipe, folder) in _runs)
        {
            string which = _runs.Count == 1 ? "" : $"{recipe.Name} ({results.Count + 1} of {_runs.Count}), ";
            double start = before;
            report(start, $"{which}reading the data");
            var split = data.Of(recipe);
            if (_force && Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
            using var run = RunFolder.Create(folder, recipe.Snapshots);
            var progress = new EachEpoch(row => report(start + row.Epoch, $"{which}epoch {row.Epoch} of {recipe.Epochs}, loss {Numbers.Short(row.Loss)}"));
            var result = Writing.To(folder, () => RecipeRunner.Run(recipe, split, run, progress, cancellation: cancellation));
            results.Add(result);
            before += recipe.Epochs;
            if (result.Outcome.Status == RunStatus.Cancelled) throw new RunFailedException($"{recipe.Name}: {result.Outcome.Message} What was recorded is in {folder}.");
        }
        return results;
    }

    private void CheckFree(string folder)
    {
        if (File.Exists(folder)) throw new InputException($"{folder}: a file is in the place of the run folder; choose another one with --out.");
        if (!Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any()) return;
        if (!File.Exists(Path.Combine(folder, "run.json")))
            throw new InputException($"{folder}: the folder is not empty and is not a run, so it is left alone; choose another one with --out.");
        if (!_force) throw new InputException($"{folder}: there is a run already; choose another folder with --out, or replace the run with --force.");
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
