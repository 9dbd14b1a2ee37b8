using BenchmarkDotNet.Attributes;
using Explain.Core;

namespace Explain.Benchmarks;

/// <summary>
/// The second convolution of the small network (14×14×16, 32 filters of 3×3, relu) over 128 samples: laying out the windows, the products
/// and the way back.
/// </summary>
[MemoryDiagnoser]
public class ConvolutionBenchmark
{
    private const int Samples = 128;

    private readonly Matrix _inputs = new(Samples, 14 * 14 * 16);
    private Workspace _workspace = null!;
    private float[] _gradients = [];

    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        Rows.Threads = Threads;
        new CounterRandom(1, "inputs").FillNormal(_inputs.Span, deviation: 1);
        var network =
            Network.Sequential(new Shape(14, 14, 16)).Conv2D(32, 3, padding: Padding.Same, activation: Activation.Relu).Build(seed: 1);
        _workspace = new Workspace(network, Samples, backward: true, statistics: false);
        _gradients = new float[network.ParameterCount];
        _workspace.Forward(_inputs);
        new CounterRandom(1, "gradient").FillNormal(_workspace.OutputGradient.Span, deviation: 0.01f);
    }

    [Benchmark]
    public void Forward() => _workspace.Forward(_inputs);

    /// <summary>relu's slope is 0 or 1: the gradient that it is multiplied with in place stays what it is.</summary>
    [Benchmark]
    public int Backward() => _workspace.Backward(fused: false, _gradients, accumulate: false);
}
