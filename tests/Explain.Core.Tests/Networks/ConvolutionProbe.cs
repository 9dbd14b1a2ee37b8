namespace Explain.Core.Tests;

/// <summary>
/// Short trainings through every kind of layer, on images of one channel and of several; what is recorded of them must be the same bits.
/// </summary>
internal sealed class ConvolutionProbe : Probe
{
    public static Shape Shape { get; } = new(9, 8);

    public static Network Network() => Core.Network.Sequential(Shape).Conv2D(17, 3, padding: Padding.Same, activation: Activation.Relu)
        .MaxPool2D(2).BatchNorm(activation: Activation.Swish).Dropout(0.2)
        .Conv2D(5, (3, 2), (1, 1), Padding.Same, Activation.Tanh).AveragePool2D(2, 1).Flatten().Dense(6, Activation.Relu).BatchNorm()
        .Dense(3).Build(seed: 4);

    public static Dataset Images()
    {
        var inputs = new Matrix(53, Shape.Size);
        new CounterRandom(6, "images").FillUniform(inputs.Span, 0, 1);
        return new Dataset("images", inputs, Shape, [.. Enumerable.Range(0, 53).Select(n => n % 3)], ["a", "b", "c"]);
    }

    public override void Run(ProbeHash hash)
    {
        var (network, data) = (Network(), Images());
        foreach (int? batch in new int?[] { 19, null })
        {
            var sink = new MemorySink();
            new Trainer(network, Loss.SoftmaxCrossEntropy, new Adam()) { BatchSize = batch, Seed = 2 }.Fit(new DataSplit(data), 2, sink);
            hash.Add<float>(network.Parameters);
            hash.Add<float>(network.State);
            foreach (var layer in sink.Metrics.SelectMany(m => m.Layers))
                hash.Add<double>([layer.ActivationMean, layer.ActivationStd, layer.DeadShare, layer.SaturatedShare, layer.GradientMean]);
        }
        hash.Add(network.Predict(data.Inputs));
        var ones = new Matrix(53, 3);
        ones.Span.Fill(1);
        hash.Add(network.InputGradient(data.Inputs, ones));
    }
}
