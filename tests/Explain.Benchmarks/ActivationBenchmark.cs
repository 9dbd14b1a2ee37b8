using BenchmarkDotNet.Attributes;
using Explain.Core;

namespace Explain.Benchmarks;

/// <summary>
/// Activation functions of a hidden layer of 256 units, 2048 samples at a time, and their way back: gradient times slope, without and with
/// the statistics.
/// </summary>
[MemoryDiagnoser]
public class ActivationBenchmark
{
    private const int Samples = 2048, Units = 256;

    private Matrix _inputs, _outputs, _gradient;
    private Activation _activation = null!;
    private ActivationStatistics _statistics = null!;
    private Action _forward = null!;

    [Params("relu", "sigmoid", "tanh", "gelu")]
    public string Name { get; set; } = "relu";

    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        Rows.Threads = Threads;
        (_inputs, _outputs) = (new Matrix(Samples, Units), new Matrix(Samples, Units));
        // Zeros: what is multiplied with slopes again and again would end in subnormal numbers, which are slow.
        _gradient = new Matrix(Samples, Units);
        new CounterRandom(1, "inputs").FillNormal(_inputs.Span, deviation: 1);
        _activation = Activation.Parse(Name);
        _statistics = new ActivationStatistics(Units, Units, Samples);
        _forward = Name switch
        {
            "relu" => () => Apply(default(ReluFormula)),
            "sigmoid" => () => Apply(new SigmoidFormula(1)),
            "tanh" => () => Apply(default(TanhFormula)),
            _ => () => Apply(default(GeluFormula)),
        };
        _forward();
    }

    [Benchmark]
    public void Forward() => _forward();

    [Benchmark]
    public bool Backward() => _activation.Backward(_inputs, _outputs, _gradient, null);

    [Benchmark]
    public bool BackwardWithStatistics()
    {
        _statistics.Reset();
        return _activation.Backward(_inputs, _outputs, _gradient, _statistics);
    }

    private void Apply<TFormula>(TFormula formula)
        where TFormula : struct, IFormula => Elementwise.Apply(_inputs.Span, _outputs.Span, new Lanewise<TFormula>(formula));
}
