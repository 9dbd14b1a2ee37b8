using BenchmarkDotNet.Running;
using Explain.Benchmarks;

// A plain table or line in a minute, or BenchmarkDotNet with its own options (--filter '*Gemm*' for example).
switch (args)
{
    case ["gemm", ..]:
        GemmQuick.Run(args);
        break;
    case ["peak", ..]:
        foreach (int threads in Arguments.Threads(args)) Arguments.Print($"threads {threads} peak {Peak.Measure(threads):F1} GFLOP/s");
        break;
    case ["train", _, ..]:
        JobQuick.Train(args[1..]);
        break;
    case ["tiny", _, _, ..]:
        TinyJobs.Run(args[1..]);
        break;
    case ["snapshots", _, ..]:
        SnapshotCost.Run(args[1..]);
        break;
    case ["tsne", _, _, _]:
        JobQuick.Tsne(args[1..]);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(System.Reflection.Assembly.GetExecutingAssembly()).Run(args);
        break;
}
