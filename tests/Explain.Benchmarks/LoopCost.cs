using System.Diagnostics;
using Explain.Core;

namespace Explain.Benchmarks;

/// <summary>
/// What it costs to hand a loop of eight tiny blocks to several threads: microseconds and bytes a loop, through Rows.For and through
/// Parallel.For alone.
/// </summary>
internal static class LoopCost
{
    private const int Loops = 20_000;

    public static void Run()
    {
        foreach (int threads in new[] { 1, 2, 3 })
        {
            Rows.Threads = threads;
            var options = new ParallelOptions { MaxDegreeOfParallelism = threads };
            Measure("Rows.For", threads, () => Rows.For(8, 1, default(Work)));
            Measure("Parallel.For", threads, () => Parallel.For(0, 8, options, block => default(Work).Invoke(block, 1)));
        }
        Rows.Threads = Environment.ProcessorCount;
    }

    private static void Measure(string name, int threads, Action loop)
    {
        for (int i = 0; i < Loops; i++) loop();
        long bytes = GC.GetTotalAllocatedBytes(precise: true), start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Loops; i++) loop();
        double microseconds = Stopwatch.GetElapsedTime(start).TotalMicroseconds / Loops;
        Arguments.Print(
            $"{name} threads {threads} {microseconds:F2} µs "
                + $"{(GC.GetTotalAllocatedBytes(precise: true) - bytes) / (double)Loops:F0} B a loop");
    }

    private readonly struct Work : IRowOperation
    {
        public void Invoke(int first, int count) => Thread.SpinWait(4);
    }
}
