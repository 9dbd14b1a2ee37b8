using Explain.Core;

namespace Explain.Benchmarks;

/// <summary>
/// The small convolutional network of docs/performance.md on MNIST: seconds an epoch and the end of it, on standard output.
/// </summary>
internal static class CnnJob
{
    /// <summary>
    /// 16 filters of 3×3 relu, maximum of 2×2, 32 filters of 3×3 relu, maximum of 2×2, dense 10; Adam 0.001, batches of 128. Arguments:
    /// DATA_FOLDER EPOCHS [--threads N].
    /// </summary>
    public static void Run(string[] args)
    {
        Rows.Threads = int.Parse(Arguments.Option(args, "--threads") ?? $"{Environment.ProcessorCount}");
        var data = Mnist.Load(args[0]);
        var network = Network.Sequential(data.Train.SampleShape)
            .Conv2D(16, 3, padding: Padding.Same, activation: Activation.Relu)
            .MaxPool2D(2)
            .Conv2D(32, 3, padding: Padding.Same, activation: Activation.Relu)
            .MaxPool2D(2)
            .Dense(10)
            .Build(seed: 1);
        var clock = new EpochClock();
        var result = new Trainer(network, Loss.SoftmaxCrossEntropy, new Adam(rate: 0.001f)) { Progress = clock }
            .Fit(data, int.Parse(args[1]));
        var seconds = clock.Seconds.Order().ToArray();
        Arguments.Print(
            $"threads {Rows.Threads} epochs {seconds.Length} best {seconds[0]:F4} median {seconds[seconds.Length / 2]:F4} loss "
                + $"{result.Metrics[^1].Loss:F6} accuracy {result.Final("test accuracy"):F5}");
    }
}
