using System.Runtime.Intrinsics;

namespace Explain.Core.Tests;

/// <summary>
/// The entry point of the test assembly when it is started as a program: <c>dotnet exec Explain.Core.Tests.dll THREADS...</c> prints "bits"
/// and the widest accelerated vector, then "probe threads hash" for every probe and thread count; with <c>write-run FOLDER</c> it writes a
/// run until it is killed. The test runner does not use it.
/// </summary>
internal static class Program
{
    private static void Main(string[] args)
    {
        if (args is ["write-run", string folder])
        {
            SampleRun.WriteForEver(folder);
            return;
        }
        int bits =
            Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;
        Console.WriteLine($"bits {bits}");
        foreach ((string name, Probe probe) in Probe.All)
        {
            foreach (int threads in args.Select(int.Parse)) Console.WriteLine($"{name} {threads} {probe.Hash(threads)}");
        }
    }
}
