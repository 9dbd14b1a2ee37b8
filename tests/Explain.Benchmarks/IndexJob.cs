using System.Diagnostics;
using Explain.Core;

namespace Explain.Benchmarks;

/// <summary>
/// How long it takes to list many runs: <c>index RUN [COUNT]</c> copies the run's run.json into so many folders and reads them as an index.
/// </summary>
internal static class IndexJob
{
    private const int Repeats = 5;

    public static void Run(string[] args)
    {
        int count = args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 1000;
        string folder = Directory.CreateTempSubdirectory("explain-index-").FullName;
        try
        {
            for (int i = 0; i < count; i++)
            {
                string run = Directory.CreateDirectory(Path.Combine(folder, $"{i:D5}")).FullName;
                File.Copy(Path.Combine(args[0], "run.json"), Path.Combine(run, "run.json"));
            }
            double[] seconds =
            [
                .. Enumerable.Range(0, Repeats).Select(_ =>
                {
                    long start = Stopwatch.GetTimestamp();
                    int listed = RunIndex.Of(folder).Runs.Count;
                    return listed == count ? Stopwatch.GetElapsedTime(start).TotalSeconds
                        : throw new InvalidOperationException($"{listed} runs.");
                }).Order(),
            ];
            Arguments.Print(
                $"{count} runs listed in {seconds[Repeats / 2]:F3} s, the median of {Repeats}; {seconds[0]:F3} to {seconds[^1]:F3} s");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
