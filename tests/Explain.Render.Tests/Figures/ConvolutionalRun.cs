using Explain.Core;

namespace Explain.Render.Tests;

/// <summary>
/// A tiny convolutional network with every kind of layer, trained for a moment: training gives the same bits on every machine.
/// </summary>
internal static class ConvolutionalRun
{
    public static RunFolder Write(string path)
    {
        var network = Network.Sequential(new Shape(12, 12))
            .Conv2D(6, kernel: 3, padding: Padding.Same).BatchNorm(activation: Activation.Relu).MaxPool2D(2)
            .Conv2D(10, kernel: 3, activation: Activation.Relu).AveragePool2D(2).Flatten().Dropout(0.2f)
            .Dense(12, Activation.Relu).Dense(3).Build(seed: 4);
        using (var run = RunWriter.Create(path))
        {
            new Trainer(network, Loss.SoftmaxCrossEntropy, new Adam(3e-3f)) { BatchSize = 30 }
                .Fit(
                    new DataSplit(Patterns(240, 0), Patterns(60, 1)),
                    epochs: 3,
                    sink: run,
                    new RunDetails { Name = "conv", Title = "Small convolutional network" });
        }
        return RunFolder.Open(path);
    }

    /// <summary>Pictures of 12×12: a line across, a line down, or a cross, somewhere.</summary>
    private static Dataset Patterns(int count, int part)
    {
        var inputs = new Matrix(count, 144);
        var labels = new int[count];
        var random = new CounterRandom(1, $"patterns/{part}");
        for (int n = 0; n < count; n++)
        {
            labels[n] = random.NextInt32(3);
            int x = 2 + random.NextInt32(8), y = 2 + random.NextInt32(8);
            for (int i = 1; i < 11; i++)
            {
                if (labels[n] != 1) inputs[n, (y * 12) + i] = 1;
                if (labels[n] != 0) inputs[n, (i * 12) + x] = 1;
            }
        }
        return new Dataset("patterns", inputs, new Shape(12, 12), labels, ["across", "down", "cross"]);
    }
}
