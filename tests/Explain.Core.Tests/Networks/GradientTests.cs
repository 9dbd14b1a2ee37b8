namespace Explain.Core.Tests;

/// <summary>
/// Backpropagation against central differences of the twin in double precision, for every activation in the hidden and in the output layer
/// and every loss, plain, weighted and smoothed. Left out, because the loss is not defined there: cross-entropies on probabilities behind
/// outputs that are not between 0 and 1. Losses that squash themselves are checked behind every output activation all the same: it is
/// unusual, but the gradient must be right. Weights before a hard sigmoid are smaller, so that it stays between its ends, where
/// cross-entropy is infinite.
/// </summary>
public class GradientTests
{
    private static readonly string[] Activations =
        [
        "identity", "sigmoid", "sigmoid(0.4)", "tanh", "relu", "relu6", "leaky relu(0.01)", "elu", "elu(0.5)", "swish", "gelu", "gelu tanh",
        "selu", "softplus", "mish", "hard sigmoid",
        "softmax", "softmax over batch",
    ];

    public static TheoryData<string, string, string> Combinations()
    {
        var all = new TheoryData<string, string, string>();
        foreach (string hidden in Activations)
        {
            foreach (string loss in Loss.Names)
            {
                foreach (string output in Activations.Where(o => IsDefined(loss, o))) all.Add(hidden, output, loss);
            }
        }
        return all;
    }

    public static TheoryData<string, string, string, double> Settings()
    {
        var all = new TheoryData<string, string, string, double>();
        foreach (string loss in Loss.Names.Concat(
            ["focal(0)", "focal(0.5)", "focal(5)", "binary focal(0)", "binary focal(0.5)", "binary focal(5)"]))
        {
            foreach (string output in new[] { "identity", "sigmoid", "softmax", "gelu" }.Where(o => IsDefined(loss, o)))
            {
                all.Add("tanh", output, loss, 0);
                if (Loss.Parse(loss).NeutralTarget(1) is not null) all.Add("mish", output, loss, 0.1);
            }
        }
        return all;
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public void Every_gradient_agrees_with_central_differences(string hidden, string output, string loss) =>
        ShouldAgreeWithDifferences(hidden, output, new Readout(Loss.Parse(loss), TargetEncoding.OneHot));

    [Theory]
    [MemberData(nameof(Settings))]
    public void So_it_does_with_weighted_classes_and_smoothed_labels(string hidden, string output, string loss, double smoothing) =>
        ShouldAgreeWithDifferences(
            hidden,
            output,
            new Readout(Loss.Parse(loss), TargetEncoding.OneHot) { LabelSmoothing = smoothing, ClassWeights = [0.5f, 2, 0, 1.5f] });

    private static void ShouldAgreeWithDifferences(string hidden, string output, Readout readout)
    {
        var network = Network.Sequential(3)
            .Dense(5, Activation.Parse(hidden), biasStart: 0.1f, initializer: Initializer.Normal(0.9f))
            .Dense(
                4,
                Activation.Parse(output),
                bias: hidden != "tanh",
                initializer: Initializer.Normal(output == "hard sigmoid" ? 0.3f : 0.7f))
            .Build(seed: 11);
        GradientCheck.Run(network, readout, GradientCheck.Values(7, 3, "inputs"), [0, 1, 2, 3, 2, 1, 0]);
    }

    [Fact]
    public void The_short_form_of_sigmoid_and_cross_entropy_is_the_long_one()
    {
        ShouldAgreeWithTheLongForm(Loss.BinaryCrossEntropy, Activation.SigmoidWith(0.4f));
        ShouldAgreeWithTheLongForm(Loss.CrossEntropy, Activation.Softmax);
    }

    [Fact]
    public void The_gradient_by_the_inputs_is_that_of_the_weighted_outputs()
    {
        var network = Network.Sequential(3).Dense(5, Activation.Tanh).Dense(2).Build(seed: 4);
        var inputs = GradientCheck.Values(3, 3, "inputs");
        var weights = GradientCheck.Values(3, 2, "weights");
        var gradient = network.InputGradient(inputs, weights);
        double[] parameters = [.. network.Parameters.ToArray().Select(p => (double)p)];
        for (int n = 0; n < 3; n++)
        {
            for (int i = 0; i < 3; i++)
            {
                double expected = GradientCheck.Difference(d =>
                {
                    var x = GradientCheck.Rows(inputs);
                    x[n][i] += d;
                    var y = Twin.Forward(network, parameters, x);
                    return (y[n][0] * weights[n, 0]) + (y[n][1] * weights[n, 1]);
                });
                ((double)gradient[n, i]).ShouldBe(expected, 1e-5);
            }
        }
    }

    private static void ShouldAgreeWithTheLongForm(Loss loss, Activation last)
    {
        var network = Network.Sequential(3).Dense(4, last).Build(seed: 3);
        int[] labels = [0, 3, 2];
        var readout = new Readout(loss, TargetEncoding.OneHot);
        var targets = readout.Encode(labels, 4);
        var workspace = new Workspace(network, 3, backward: true, statistics: false);
        var pass = new LossPass(readout, last, 3);
        pass.Fused.ShouldBeTrue();
        workspace.Forward(GradientCheck.Values(3, 3, "inputs"));
        pass.Run(workspace.Outputs, targets, labels, workspace.OutputGradient, 1);
        var shortForm = workspace.OutputGradient.Clone();
        for (int n = 0; n < 3; n++) loss.Gradient(workspace.Outputs.Row(n), targets.Row(n), 1, workspace.OutputGradient.Row(n));
        workspace.Backward(fused: false, gradients: null, accumulate: false, new Matrix(3, 3));
        for (int i = 0; i < shortForm.Length; i++) workspace.OutputGradient.Span[i].ShouldBe(shortForm.Span[i], 1e-6f);
    }

    private static bool IsDefined(string loss, string output) =>
        loss is not ("binary cross-entropy" or "cross-entropy")
        || output is "sigmoid" or "sigmoid(0.4)" or "hard sigmoid" or "softmax" or "softmax over batch";
}
