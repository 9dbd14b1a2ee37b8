using System.Diagnostics;
using Explain.Core;

namespace Explain.Benchmarks;

/// <summary>
/// The quick look at matrix products: GFLOP/s per shape and thread count, best and median of many timings, on standard output.
/// </summary>
internal static class GemmQuick
{
    /// <summary>
    /// Prints the table. Options: <c>--threads 1,2</c>; <c>--only TEXT</c> (shapes whose line contains the text) or
    /// <c>--shape NN,256,60000,784</c> (that one, whether listed or not); <c>--seconds S</c> for each.
    /// </summary>
    public static void Run(string[] args)
    {
        string only = Arguments.Option(args, "--only") ?? "";
        double duration = double.Parse(Arguments.Option(args, "--seconds") ?? "0.6");
        var shapes = Arguments.Option(args, "--shape") is { } one
            ? [GemmShape.Parse(one)]
            : GemmShape.All.Where(s => s.ToString().Contains(only, StringComparison.OrdinalIgnoreCase));
        int[] threads = Arguments.Threads(args);
        double[] peaks = [.. threads.Select(Peak.Measure)];
        Console.WriteLine("form       m      n      k  threads   best  median GFLOP/s   median ms  % of peak");
        foreach (GemmShape shape in shapes)
        {
            var product = new GemmProduct(shape);
            for (int t = 0; t < threads.Length; t++)
            {
                Rows.Threads = threads[t];
                double[] seconds = Time(product.Run, duration);
                double middle = seconds[seconds.Length / 2], best = shape.Operations / seconds[0] / 1e9,
                    median = shape.Operations / middle / 1e9;
                Arguments.Print(
                    $"{shape}  {threads[t],7}  {best,5:F1}   {median,5:F1}           {middle * 1e3,10:F4}  {best / peaks[t] * 100,6:F1}");
            }
        }
        Rows.Threads = Environment.ProcessorCount;
    }

    /// <summary>
    /// Seconds a call, ascending: timings of at least 5 ms each for the given time, after a third of it for the compiler and the caches.
    /// </summary>
    public static double[] Time(Action run, double duration)
    {
        run();
        double once = Timed(run, 1);
        int calls = Math.Max(1, (int)Math.Round(0.005 / once));
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed.TotalSeconds < duration / 3) Timed(run, calls);
        var seconds = new List<double>();
        clock.Restart();
        while (seconds.Count < 5 || clock.Elapsed.TotalSeconds < duration) seconds.Add(Timed(run, calls));
        seconds.Sort();
        return [.. seconds];
    }

    private static double Timed(Action run, int calls)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < calls; i++) run();
        return Stopwatch.GetElapsedTime(start).TotalSeconds / calls;
    }
}
