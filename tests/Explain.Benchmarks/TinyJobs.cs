using System.Diagnostics;
using Explain.Core;

namespace Explain.Benchmarks;

/// <summary>
/// Networks so small that what is around the arithmetic decides: microseconds a step of whole trainings, on standard output.
/// </summary>
internal static class TinyJobs
{
    /// <summary>
    /// Trains a recipe through the public trainer without a sink and tells the time of all of it, preparation and final metrics included,
    /// divided by its steps. Arguments: RECIPE STEPS [--threads N].
    /// </summary>
    public static void Run(string[] args)
    {
        Rows.Threads = int.Parse(Arguments.Option(args, "--threads") ?? $"{Environment.ProcessorCount}");
        int steps = int.Parse(args[1]);
        var (recipe, data) = JobQuick.Open([args[0], "epochs=1"]);
        int stepsOfAnEpoch = recipe.BatchSize is { } batch ? (data.Train.Count + batch - 1) / batch : 1;
        Fit(args[0], data, 2000); // The compiler's work is not the method's.
        Thread.Sleep(300); // It compiles in the background.
        Fit(args[0], data, 2000);
        int epochs = (steps + stepsOfAnEpoch - 1) / stepsOfAnEpoch;
        var clock = Stopwatch.StartNew();
        double loss = Fit(args[0], data, epochs);
        Arguments.Print($"step {clock.Elapsed.TotalMicroseconds / epochs / stepsOfAnEpoch:F2} loss {loss:F6}");
    }

    private static double Fit(string name, DataSplit data, int epochs) =>
        RecipeRunner.Run(Recipe.Open(name, new RecipeOverrides { Set = [new("epochs", $"{epochs}")] }), data).Metrics[^1].Loss;
}
