using BenchmarkDotNet.Running;
using Explain.Benchmarks;

// A plain table or line in a minute, or BenchmarkDotNet with its own options (--filter '*Gemm*' for example).
switch (args)
{
    case ["gemm", ..]:
        GemmQuick.Run(args);
        break;
    case ["train", _, ..]:
        JobQuick.Train(args[1..]);
        break;
    case ["tsne", _, _, _]:
        JobQuick.Tsne(args[1..]);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(System.Reflection.Assembly.GetExecutingAssembly()).Run(args);
        break;
}
