namespace Explain.Core.Tests;

/// <summary>
/// The worked backpropagation example for xor: every printed number, to the precision that the six printed digits of the start allow.
/// </summary>
public class XorByHandTests
{
    private const double Tolerance = 3e-5;

    private static readonly Network Before = Xor.Network();
    private static readonly (Network Network, MemorySink Sink) After = OneStep();

    [Fact]
    public void Outputs_are_the_published_ones() =>
        ShouldBeNear(Before.Predict(Xor.Data.Inputs).Span, [0.222117, 0.419674, 0.580326, 0.777883]);

    [Fact]
    public void Cross_entropies_and_their_mean_are_the_published_ones()
    {
        var readout = new Readout(Loss.BinaryCrossEntropy, TargetEncoding.ZeroOne);
        var outputs = Before.Predict(Xor.Data.Inputs);
        var targets = readout.Encode(Xor.Data.Labels, 1);
        double[] expected = [0.25118, 0.868278, 0.544165, 1.50455];
        for (int n = 0; n < 4; n++)
            Loss.BinaryCrossEntropy.Evaluate(outputs.RowRange(n, 1), targets.RowRange(n, 1)).ShouldBe(expected[n], Tolerance);
        After.Sink.Metrics[0].Loss.ShouldBe(0.792043, Tolerance);
    }

    [Fact]
    public void Output_and_hidden_deltas_are_the_published_ones()
    {
        var readout = new Readout(Loss.BinaryCrossEntropy, TargetEncoding.ZeroOne);
        var workspace = new Workspace(Before, 4, backward: true, statistics: false);
        var pass = new LossPass(readout, Activation.Sigmoid, 4);
        workspace.Forward(Xor.Data.Inputs);
        pass.Fused.ShouldBeTrue();
        pass.Run(workspace.Outputs, readout.Encode(Xor.Data.Labels, 1), Xor.Data.Labels, workspace.OutputGradient, 1);
        ShouldBeNear(workspace.OutputGradient.Span, [0.222117, -0.580326, -0.419674, 0.777882]);
        workspace.Backward(pass.Fused, new float[Before.ParameterCount], accumulate: false);
        ShouldBeNear(workspace[0].Gradient.Span, [-0.00904025, -0.0158805, 0.394472, 0.277364, 0.28527, 0.200581, -0.0316601, -0.0556155]);
    }

    [Fact]
    public void Updates_are_the_published_ones()
    {
        var update = After.Sink.Snapshots[1].Layers;
        ShouldBeNear(update[0].Update.Span, [0.0032955524744466, -0.00216456230264157, 0.00291295330971479, -0.000926204957067966], 1e-7);
        ShouldBeNear(update[1].Update.Span, [0.0135519, 0.0150604], 1e-6);
    }

    [Fact]
    public void Parameters_after_the_step_are_the_published_ones() =>
        ShouldBeNear(After.Network.Parameters, [-1.049549, -1.035094, -1.142759, -0.60749, -0.015976, -0.010161, -0.66646, -0.615784, 0]);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_thousand_epochs_of_single_samples_end_where_published_runs_ended(int seed)
    {
        var network = Xor.Network();
        var result = new Trainer(network, Loss.BinaryCrossEntropy, new GradientDescent(0.1f)) { BatchSize = 1, Seed = (ulong)seed }
            .Fit(new DataSplit(Xor.Data), 1000);
        result.Final("train loss").ShouldBeInRange(0.0083, 0.0086);
        result.Final("train accuracy").ShouldBe(1.0);
    }

    private static (Network, MemorySink) OneStep()
    {
        var network = Xor.Network();
        var sink = new MemorySink();
        new Trainer(network, Loss.BinaryCrossEntropy, new GradientDescent(0.1f)) { BatchSize = null }.Fit(new DataSplit(Xor.Data), 1, sink);
        return (network, sink);
    }

    private static void ShouldBeNear(ReadOnlySpan<float> actual, double[] expected, double tolerance = Tolerance)
    {
        actual.Length.ShouldBe(expected.Length);
        for (int i = 0; i < expected.Length; i++) ((double)actual[i]).ShouldBe(expected[i], tolerance, $"value {i}");
    }
}
