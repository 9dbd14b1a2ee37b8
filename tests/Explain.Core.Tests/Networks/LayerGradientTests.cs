namespace Explain.Core.Tests;

/// <summary>
/// The table of <see cref="GradientTests"/> for every kind of layer: each stack with every loss, and with every activation where it has
/// one. A new kind joins by a line in <see cref="Stacks"/>.
/// </summary>
public class LayerGradientTests
{
    private static readonly Shape Image = new(6, 5, 2);

    /// <summary>By name: the layers over a 6×5×2 image, ending in 4 outputs.</summary>
    private static readonly Dictionary<string, Func<NetworkBuilder, Activation, NetworkBuilder>> Stacks = new()
    {
        ["conv"] = (n, f) => n.Conv2D(3, 3, activation: f, biasStart: 0.1f, initializer: Weights).Dense(4, initializer: Weights),
        ["conv same"] = (n, f) => n.Conv2D(2, 3, padding: Padding.Same, activation: f, initializer: Weights).Dense(4, initializer: Weights),
        ["conv even same"] = (n, f) =>
            n.Conv2D(2, 2, padding: Padding.Same, activation: f, initializer: Weights).Dense(4, initializer: Weights),
        ["conv strided same"] = (n, f) => n.Conv2D(2, 3, 2, Padding.Same, f, initializer: Weights).Dense(4, initializer: Weights),
        ["conv uneven"] = (n, f) =>
            n.Conv2D(3, (3, 2), (2, 3), new Padding(2, 0, 1, 1), f, bias: false, initializer: Weights).Dense(4, initializer: Weights),
        ["conv 1×1"] = (n, f) => n.Conv2D(3, 1, activation: f, initializer: Weights).Dense(4, initializer: Weights),
        ["conv strided past pixels"] = (n, f) => n.Conv2D(3, 1, 3, activation: f, initializer: Weights).Dense(4, initializer: Weights),
        ["conv conv"] = (n, f) => n.Conv2D(2, 3, padding: Padding.Same, activation: f, initializer: Weights)
            .Conv2D(3, 3, 2, activation: f, initializer: Weights)
            .Dense(4, initializer: Weights),
        ["conv of many channels"] = (n, f) => n.Conv2D(6, 1, initializer: Weights)
            .Conv2D(2, 3, padding: Padding.Same, activation: f, biasStart: 0.1f, initializer: Weights)
            .Dense(4, initializer: Weights),
        ["conv uneven of many channels"] = (n, f) => n.Conv2D(5, 1, initializer: Weights)
            .Conv2D(2, (3, 2), (2, 3), new Padding(2, 0, 1, 1), f, bias: false, initializer: Weights)
            .Dense(4, initializer: Weights),
        ["conv last"] = (n, f) => n.Conv2D(4, (6, 5), (1, 1), activation: f, initializer: Initializer.Normal(0.1f)),
        ["max pool"] = (n, f) => n.MaxPool2D(2).Dense(4, f, initializer: Weights),
        ["max pool overlapping"] = (n, f) =>
            n.Conv2D(2, 1, activation: f, initializer: Weights).MaxPool2D((3, 2), (1, 1)).Dense(4, initializer: Weights),
        ["average pool"] = (n, f) => n.AveragePool2D(2).Dense(4, f, initializer: Weights),
        ["average pool overlapping"] = (n, f) =>
            n.Conv2D(2, 1, activation: f, initializer: Weights).AveragePool2D((3, 2), (2, 1)).Dense(4, initializer: Weights),
        ["average pool last"] = (n, f) => n.Conv2D(4, 3, activation: f, initializer: Weights).AveragePool2D((4, 3), (1, 1)),
        ["flatten"] = (n, f) => n.Conv2D(2, 3, activation: f, initializer: Weights).Flatten().Dense(4, initializer: Weights),
        ["dropout"] = (n, f) => n.Dense(9, f, initializer: Initializer.Normal(0.2f)).Dropout(0.4).Dense(4, initializer: Weights),
        ["dropout first and last"] = (n, f) => n.Dropout(0.25).Dense(4, f, initializer: Initializer.Normal(0.2f)).Dropout(0.5),
        ["batch norm of channels"] = (n, f) =>
            n.Conv2D(3, 3, 2, initializer: Weights).BatchNorm(activation: f).Dense(4, initializer: Weights),
        ["batch norm of units"] = (n, f) =>
            n.Dense(5, initializer: Weights).BatchNorm(epsilon: 0.01, activation: f).Dense(4, initializer: Weights),
        ["batch norm first and last"] = (n, f) => n.BatchNorm(activation: f).Dense(4, initializer: Weights).BatchNorm(activation: f),
        ["all"] = (n, f) => n.Conv2D(3, 3, padding: Padding.Same, activation: f, initializer: Weights).MaxPool2D(2).BatchNorm().Dropout(0.2)
            .AveragePool2D(2, 1).Flatten().Dense(4, initializer: Weights),
    };

    private static readonly string[] Activations = [.. Activation.Names.Select(name => name == "leaky relu" ? "leaky relu(0.01)" : name)];

    private static Initializer Weights => Initializer.Normal(0.4f);

    public static TheoryData<string, string, string> Combinations()
    {
        var all = new TheoryData<string, string, string>();
        string[] unbounded = [.. Loss.Names.Where(name => name is not ("binary cross-entropy" or "cross-entropy"))];
        foreach (string stack in Stacks.Keys)
        {
            foreach (string loss in unbounded) all.Add(stack, "tanh", loss);
            // Tanh has had every loss already.
            for (int i = 0; i < Activations.Length; i++)
            {
                if (Activations[i] != "tanh") all.Add(stack, Activations[i], unbounded[i % unbounded.Length]);
            }
        }
        foreach (string last in new[] { "conv last", "batch norm first and last" })
        {
            // Here loss and activation cancel in a layer that is not dense.
            all.Add(last, "sigmoid", "binary cross-entropy");
            all.Add(last, "softmax", "cross-entropy");
        }
        return all;
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public void Every_gradient_of_every_kind_agrees_with_central_differences(string stack, string activation, string loss)
    {
        var network = Stacks[stack](Network.Sequential(Image), Activation.Parse(activation)).Build(seed: 12);
        var inputs = GradientCheck.Values(5, Image.Size, "images");
        GradientCheck.Run(network, new Readout(Loss.Parse(loss), TargetEncoding.OneHot), inputs, [0, 3, 1, 2, 2], new PassContext(
            Training: true, Seed: 9, Step: 3, FirstRow: 2));
    }

    [Theory]
    [InlineData("dropout")]
    [InlineData("batch norm of channels")]
    [InlineData("batch norm of units")]
    [InlineData("all")]
    public void Gradients_of_a_pass_that_only_evaluates_agree_as_well(string stack)
    {
        var network = Stacks[stack](Network.Sequential(Image), Activation.Tanh).Build(seed: 12);
        for (int i = 0; i < network.State.Length; i++) network.State[i] = 0.5f + (0.1f * i);
        GradientCheck.Run(
            network,
            new Readout(Loss.SoftmaxCrossEntropy, TargetEncoding.OneHot),
            GradientCheck.Values(5, Image.Size, "images"),
            [0, 3, 1, 2, 2]);
    }

    [Fact]
    public void Integrated_gradients_add_up_through_every_kind()
    {
        var network = Stacks["all"](Network.Sequential(Image), Activation.Tanh).Build(seed: 12);
        var inputs = GradientCheck.Values(3, Image.Size, "images");
        var zero = new Matrix(1, Image.Size);
        var gradient = new Matrix(3, Image.Size);
        const int Steps = 2000;
        var ones = new Matrix(3, 4);
        for (int n = 0; n < 3; n++) ones[n, 1] = 1;
        for (int s = 0; s < Steps; s++)
        {
            var between = inputs.Clone();
            Elementwise.Scale((s + 0.5f) / Steps, between.Span, between.Span);
            Elementwise.Add(gradient.Span, network.InputGradient(between, ones).Span, gradient.Span);
        }
        var outputs = network.Predict(inputs);
        float start = network.Predict(zero)[0, 1];
        for (int n = 0; n < 3; n++)
        {
            double sum = 0;
            for (int i = 0; i < Image.Size; i++) sum += gradient[n, i] / (double)Steps * inputs[n, i];
            sum.ShouldBe(outputs[n, 1] - start, 2e-3);
        }
    }
}
