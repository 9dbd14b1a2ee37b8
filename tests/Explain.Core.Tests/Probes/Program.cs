using System.Runtime.Intrinsics;
using Xunit.Runner.InProc.SystemConsole;

namespace Explain.Core.Tests;

/// <summary>
/// The entry point of the test assembly. <c>dotnet exec Explain.Core.Tests.dll probe THREADS...</c> prints "bits" and the widest
/// accelerated vector, then "probe threads hash" for every probe and thread count; <c>write-run FOLDER</c> writes a run until it is killed;
/// anything else is for the test runner.
/// </summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case ["write-run", string folder]:
                SampleRun.WriteForEver(folder);
                return 0;
            case ["probe", .. string[] threads]:
                PrintProbes([.. threads.Select(int.Parse)]);
                return 0;
            default:
                return await ConsoleRunner.Run(args);
        }
    }

    private static void PrintProbes(int[] threadCounts)
    {
        int bits =
            Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;
        Console.WriteLine($"bits {bits}");
        foreach ((string name, Probe probe) in Probe.All)
        {
            foreach (int threads in threadCounts) Console.WriteLine($"{name} {threads} {probe.Hash(threads)}");
        }
    }
}
