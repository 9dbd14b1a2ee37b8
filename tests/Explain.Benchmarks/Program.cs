using BenchmarkDotNet.Running;
using Explain.Benchmarks;

// A plain table or line in a minute, or BenchmarkDotNet: "kernels [TEXT]" for the benchmarks whose name contains the text, with its own
// options behind (--job short).
switch (args)
{
    case ["gemm", ..]:
        GemmQuick.Run(args);
        break;
    case ["peak", ..]:
        foreach (int threads in Arguments.Threads(args)) Arguments.Print($"threads {threads} peak {Peak.Measure(threads):F1} GFLOP/s");
        break;
    case ["loops", ..]:
        LoopCost.Run();
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
    case ["cnn", _, _, ..]:
        CnnJob.Run(args[1..]);
        break;
    case ["tsne", _, _, _]:
        JobQuick.Tsne(args[1..]);
        break;
    case ["index", _, ..]:
        IndexJob.Run(args[1..]);
        break;
    case ["figures", _, ..]:
        FiguresJob.Run(args[1..]);
        break;
    case ["hundred", _, ..]:
        FiguresJob.Hundred(args[1..]);
        break;
    case ["scottplot", _, ..]:
        ScottPlotJob.Run(args[1..]);
        break;
    case ["kernels", ..]:
        string text = args.Length > 1 && !args[1].StartsWith('-') ? args[1] : "";
        BenchmarkSwitcher.FromAssembly(System.Reflection.Assembly.GetExecutingAssembly())
            .Run(["--filter", $"*{text}*", .. args[(text.Length > 0 ? 2 : 1)..]]);
        break;
    default:
        await Console.Error.WriteLineAsync(
            "usage: peak | loops | gemm | train RECIPE [DATA] | tiny RECIPE STEPS | snapshots RECIPE [DATA] | cnn DATA EPOCHS | tsne DATA "
                + "COUNT FILE | figures RUN | hundred RUN | scottplot RUN | kernels [TEXT]; see docs/performance.md")
            .ConfigureAwait(false);
        return 2;
}

return 0;
