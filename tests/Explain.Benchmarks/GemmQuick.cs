using System.Diagnostics;
using System.Globalization;
using Explain.Core;

namespace Explain.Benchmarks;

/// <summary>The quick look at matrix products: GFLOP/s per shape and thread count, best and median of a few runs, on standard output.</summary>
internal static class GemmQuick
{
    /// <summary>Prints the table. Options: <c>--threads 1,2</c> and <c>--only TEXT</c> (shapes whose line contains the text).</summary>
    public static void Run(string[] args)
    {
        int[] threads = Option(args, "--threads")?.Split(',').Select(int.Parse).ToArray() ?? [1, Environment.ProcessorCount];
        string only = Option(args, "--only") ?? "";
        Console.WriteLine("form       m      n      k  threads   best  median GFLOP/s   median ms");
        foreach (GemmShape shape in GemmShape.All.Where(s => s.ToString().Contains(only, StringComparison.OrdinalIgnoreCase)))
        {
            var product = new GemmProduct(shape);
            foreach (int count in threads.Distinct())
            {
                Rows.Threads = count;
                double[] seconds = Time(product.Run, shape.Operations);
                double best = shape.Operations / seconds[0] / 1e9, median = shape.Operations / seconds[seconds.Length / 2] / 1e9;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{shape}  {count,7}  {best,5:F1}   {median,5:F1}           {seconds[seconds.Length / 2] * 1e3,10:F4}"));
            }
        }
        Rows.Threads = Environment.ProcessorCount;
    }

    /// <summary>Seconds a call, ascending: runs of at least 20 ms each, after a warm-up.</summary>
    private static double[] Time(Action run, double operations)
    {
        run();
        var clock = Stopwatch.StartNew();
        run();
        int inner = Math.Max(1, (int)(0.02 / clock.Elapsed.TotalSeconds));
        var seconds = new double[operations > 1e9 ? 9 : 25];
        for (int i = 0; i < seconds.Length; i++)
        {
            clock.Restart();
            for (int j = 0; j < inner; j++) run();
            seconds[i] = clock.Elapsed.TotalSeconds / inner;
        }
        Array.Sort(seconds);
        return seconds;
    }

    private static string? Option(string[] args, string name)
    {
        int at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
    }
}
