using BenchmarkDotNet.Attributes;
using Explain.Core;

namespace Explain.Benchmarks;

/// <summary>
/// What a step of the batch-128 job does beside its products: the loss and its gradient, the optimiser over all parameters, the look
/// whether all is finite.
/// </summary>
[MemoryDiagnoser]
public class StepBenchmark
{
    private const int Samples = 128, Classes = 10, Parameters = (785 * 256) + (257 * 128) + (129 * 10);

    private readonly float[] _parameters = new float[Parameters], _gradients = new float[Parameters];
    private readonly int[] _labels = [.. Enumerable.Range(0, Samples).Select(n => n * 7 % Classes)];
    private readonly Matrix _outputs = new(Samples, Classes), _gradient = new(Samples, Classes);
    private readonly Optimizer _adam = new Adam(rate: 0.001f);
    private readonly Readout _readout = new(Loss.SoftmaxCrossEntropy, TargetEncoding.OneHot);
    private LossPass _pass = null!;
    private Matrix _targets;

    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        Rows.Threads = Threads;
        new CounterRandom(1, "parameters").FillUniform(_parameters, -0.05f, 0.05f);
        new CounterRandom(1, "gradients").FillNormal(_gradients, deviation: 0.001f);
        new CounterRandom(1, "outputs").FillNormal(_outputs.Span, deviation: 2);
        _targets = _readout.Encode(_labels, Classes);
        _pass = new LossPass(_readout, Activation.Identity, Samples);
        _adam.Begin(Parameters);
    }

    [Benchmark]
    public double SoftmaxCrossEntropy() => _pass.Run(_outputs, _targets, _labels, _gradient, 1f / Samples).Loss;

    /// <summary>The rate is 0, so that the values stay where they are however often it runs; it is multiplied like any other.</summary>
    [Benchmark]
    public void AdamStep() => _adam.Step(_parameters, _gradients, rate: 0);

    [Benchmark]
    public bool AllFinite() => Reduce.IsAllFinite(_parameters);
}
