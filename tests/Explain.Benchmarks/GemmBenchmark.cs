using BenchmarkDotNet.Attributes;
using Explain.Core;

namespace Explain.Benchmarks;

/// <summary>Matrix products on the shapes that training uses, and what they allocate.</summary>
[MemoryDiagnoser]
public class GemmBenchmark
{
    private GemmProduct _product = null!;

    /// <summary>Gets the shapes.</summary>
    public static IEnumerable<GemmShape> Shapes => GemmShape.All;

    [ParamsSource(nameof(Shapes))]
    public GemmShape Shape { get; set; } = GemmShape.All[0];

    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        Rows.Threads = Threads;
        _product = new GemmProduct(Shape);
    }

    [Benchmark]
    public void Product() => _product.Run();
}
