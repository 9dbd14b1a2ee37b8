using System.Text.Json;

namespace Explain.Core.Tests;

/// <summary>
/// The network from first principles on MNIST: 784-256-128-10 without biases, full batches of 60,000, gradient summed, rate 1e-5, followed
/// for six steps against an independent program in float64. (Later the early relu run oscillates, and float32 and float64 part.)
/// </summary>
public class FirstPrinciplesTests
{
    private static readonly Lazy<DataSplit> Data = new(() => Mnist.Load(TestData.MnistFolder!));

    [Theory]
    [InlineData("relu")]
    [InlineData("sigmoid")]
    [InlineData("tanh")]
    public void Six_full_batch_steps_follow_the_reference(string activation)
    {
        TestData.NeedsMnist();
        using var reference = JsonDocument.Parse(File.ReadAllText(Path.Combine(TestData.Reference, "first-principles-trajectory.json")));
        var rows = reference.RootElement.GetProperty("epochs").GetProperty(activation);
        var f = Activation.Parse(activation);
        var network =
            Network.Sequential(new Shape(28, 28)).Dense(256, f, bias: false).Dense(128, f, bias: false).Dense(10, f, bias: false).Build();
        var start = Npz.Read(Path.Combine(TestData.Reference, "first-principles-init.npz"));
        foreach (var (layer, name) in network.Layers.Zip(["W1", "W2", "W3"])) start[name].ToSingles().CopyTo(layer.Weights.Span);

        var trainer =
            new Trainer(network, Loss.SumOfSquares, new GradientDescent(1e-5f)) { BatchSize = null, Gradient = GradientReduction.Sum };
        var metrics = trainer.Fit(new DataSplit(Data.Value.Train), rows.GetArrayLength()).Metrics;

        foreach (var (row, ours) in rows.EnumerateArray().Zip(metrics))
        {
            string where = $"{activation}, step {ours.Epoch}";
            ShouldBeNear(ours.Loss, row.GetProperty("loss").GetDouble(), 1e-4, where);
            // Thirty images of 60,000 may lie on the edge between two classes.
            ours.Accuracy.ShouldBe(row.GetProperty("accuracy").GetDouble(), 5e-4, where);
            for (int l = 0; l < 3; l++)
            {
                ShouldBeNear(
                    ours.Layers[l].UpdateMean, row.GetProperty("mean_abs_update")[l].GetDouble(), 2e-3,
                    $"{where}, update of layer {l + 1}");
                ShouldBeNear(
                    ours.Layers[l].ActivationMean, row.GetProperty("mean_activation")[l].GetDouble(), 1e-3,
                    $"{where}, mean activation of layer {l + 1}");
                ShouldBeNear(
                    ours.Layers[l].ActivationStd, row.GetProperty("std_activation")[l].GetDouble(), 1e-3,
                    $"{where}, deviation of layer {l + 1}");
            }
        }
    }

    private static void ShouldBeNear(double actual, double expected, double relative, string where) =>
        Math.Abs(actual - expected).ShouldBeLessThan(Math.Abs(expected) * relative, $"{where}: {actual} against {expected}");
}
