using System.Diagnostics;
using Explain.Core;

namespace Explain.Benchmarks;

/// <summary>What it costs to record everything: the same training with and without a run folder, in turn, in one process.</summary>
internal static class SnapshotCost
{
    /// <summary>
    /// One line a pair: seconds of the whole training without a sink, and with a snapshot of every epoch written to disk. Arguments: RECIPE
    /// [DATA_FOLDER] [path=value ...] [--pairs N] [--folder DIR] (where runs are written for the time of the race; the system's folder for
    /// temporary files if missing).
    /// </summary>
    public static void Run(string[] args)
    {
        int pairs = int.Parse(Arguments.Option(args, "--pairs") ?? "3");
        string folder = Path.Combine(
            Arguments.Option(args, "--folder") ?? Path.GetTempPath(), $"explain-snapshots-{Environment.ProcessId}");
        var (recipe, data) = JobQuick.Open(args);
        try
        {
            Plain(recipe, data); // The compiler's work is not the method's.
            Recorded(recipe, data, Path.Combine(folder, "warm"));
            for (int pair = 1; pair <= pairs; pair++)
            {
                string path = Path.Combine(folder, $"{pair}");
                double plain, recorded;
                if (pair % 2 == 0) (recorded, plain) = (Recorded(recipe, data, path), Plain(recipe, data));
                else (plain, recorded) = (Plain(recipe, data), Recorded(recipe, data, path));
                Arguments.Print($"pair {pair} epochs {recipe.Epochs} without {plain:F4} with {recorded:F4} ratio {recorded / plain:F4}");
            }
        }
        finally
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
    }

    private static double Plain(Recipe recipe, DataSplit data)
    {
        var clock = Stopwatch.StartNew();
        RecipeRunner.Run(recipe, data);
        return clock.Elapsed.TotalSeconds;
    }

    private static double Recorded(Recipe recipe, DataSplit data, string path)
    {
        var clock = Stopwatch.StartNew();
        using (var run = RunWriter.Create(path, recipe.Epochs + 1)) RecipeRunner.Run(recipe, data, run);
        double seconds = clock.Elapsed.TotalSeconds;
        int kept = RunFolder.Open(path).SnapshotEpochs.Count;
        if (kept != recipe.Epochs + 1)
            throw new InvalidOperationException(
                $"{path} holds {kept} snapshots; {recipe.Epochs} epochs and the start should have made {recipe.Epochs + 1}.");
        return seconds;
    }
}
