namespace Explain.Core;

/// <summary>Whether training again gave the weights that a run recorded, bit for bit.</summary>
/// <param name="Epochs">Epochs that the run has.</param>
/// <param name="Matching">How many of them, from the first on, gave the same hash.</param>
/// <param name="Difference">The first one that did not; null where all did.</param>
public sealed record RunVerification(int Epochs, int Matching, EpochDifference? Difference)
{
    /// <summary>
    /// Trains a run's recipe again, as far as the run goes, without recording it, and compares the hash of the weights after every epoch.
    /// Stops at the first difference.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="data">Folder or file with the data, where the recipe's data is not drawn.</param>
    /// <param name="progress">Told every epoch that matched.</param>
    /// <param name="cancellation">Ends the training between two steps.</param>
    /// <exception cref="InputException">The run has no recipe or no epoch, or the data cannot be had or is other data.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static RunVerification Of(
        RunFolder run, string? data = null, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        var info = run.Info;
        if (info.Recipe.Length == 0)
            throw new InputException($"{run.Path}: the run was made by a program and has no recipe, so it cannot be trained again.");
        if (run.WeightsHashes.Count == 0)
            throw new InputException($"{run.Path}: the run has no finished epoch, so there is nothing to compare.");
        var recipe = Recipe.Parse(info.Recipe, $"the recipe in {run.Path}/run.json");
        var split = RecipeRunner.LoadData(recipe, data);
        string fingerprint = split.Train.Fingerprint();
        if (fingerprint != info.Data.Fingerprint)
            throw new InputException(
                $"{run.Path}: the run was trained on other data: '{info.Data.Name}' with the fingerprint {info.Data.Fingerprint}; "
                    + $"this is '{split.Train.Name}' with {fingerprint}.");

        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var comparison = new Comparison(run.WeightsHashes, progress, end);
        var outcome = RecipeRunner.Run(recipe, split, comparison, cancellation: end.Token).Outcome;
        cancellation.ThrowIfCancellationRequested();
        var difference = comparison.Difference;
        if (difference is null && comparison.Matching < run.WeightsHashes.Count)
            difference = new EpochDifference(comparison.Matching + 1, run.WeightsHashes[comparison.Matching], "", outcome.Message);
        return new RunVerification(run.WeightsHashes.Count, comparison.Matching, difference);
    }

    /// <summary>Compares what a training emits, and ends it when there is nothing more to learn.</summary>
    private sealed class Comparison(IReadOnlyList<string> expected, IProgress<int>? progress, CancellationTokenSource end) : ISnapshotSink
    {
        public int Matching { get; private set; }

        public EpochDifference? Difference { get; private set; }

        public void Begin(RunInfo run, Probe probe)
        {
            // Nothing is recorded.
        }

        public bool WantsSnapshot(int epoch) => false;

        public void Record(EpochMetrics metrics, string weightsHash)
        {
            if (weightsHash == expected[metrics.Epoch - 1])
            {
                Matching++;
                progress?.Report(Matching);
            }
            else
            {
                Difference = new EpochDifference(metrics.Epoch, expected[metrics.Epoch - 1], weightsHash, "");
            }
            if (Difference is not null || metrics.Epoch == expected.Count) end.Cancel();
        }

        public void Record(Snapshot snapshot)
        {
            // Nothing is recorded.
        }

        public void End(RunOutcome outcome)
        {
            // The comparison is over.
        }
    }
}

/// <summary>An epoch whose weights were other ones.</summary>
/// <param name="Epoch">Which.</param>
/// <param name="Expected">The hash that the run recorded.</param>
/// <param name="Found">The hash that came out now; empty where training ended before.</param>
/// <param name="Message">Why it ended; empty where it did not.</param>
public sealed record EpochDifference(int Epoch, string Expected, string Found, string Message);
