namespace Explain.Core.Tests;

/// <summary>Every method on closed-form models; the table gives each model's formula and what each method must answer.</summary>
public class AttributionTests
{
    /// <summary>One model at one input.</summary>
    /// <param name="Formula">What it computes.</param>
    /// <param name="Network">The model.</param>
    /// <param name="Input">x.</param>
    /// <param name="Baseline">x₀ of integrated gradients.</param>
    /// <param name="Target">The class that is explained.</param>
    /// <param name="Output">F(x).</param>
    /// <param name="Gradient">∂F/∂x.</param>
    /// <param name="Integrated">Integrated gradients.</param>
    private sealed record Case(
        string Formula, Network Network, float[] Input, float[] Baseline, int Target, double Output, float[] Gradient, float[] Integrated);

    private static readonly Case[] Cases =
    [
        new("(2a − b + 3c + 5, a)", Model([3], [(2, Activation.Identity)], [2, -1, 3, 1, 0, 0, 5, 0]), [1, 2, 3], [0, 0, 0], 0, 14,
            [2, -1, 3], [2, -2, 9]),
        new("(2a − b + 3c + 5, a), second class", Model([3], [(2, Activation.Identity)], [2, -1, 3, 1, 0, 0, 5, 0]), [1, 2, 3], [0, 0, 0],
            1, 1, [1, 0, 0], [1, 0, 0]),
        new("(2a − b + 3c + 5, a) from another baseline", Model([3], [(2, Activation.Identity)], [2, -1, 3, 1, 0, 0, 5, 0]), [1, 2, 3],
            [1, 1, 1], 0, 14, [2, -1, 3], [0, -1, 6]),
        // On the line from 0 the unit opens half-way: each input gets ½ · 1.
        new("relu(a + b − 1)", Model([2], [(2, Activation.Relu)], [1, 1, 0, 0, -1, 0]), [1, 1], [0, 0], 0, 1, [1, 1], [0.5f, 0.5f]),
        // A closed unit has no gradient.
        new("relu(a + b − 1), closed", Model([2], [(2, Activation.Relu)], [1, 1, 0, 0, -1, 0]), [0.25f, 0.25f], [0, 0], 0, 0, [0, 0],
            [0, 0]),
        // 1 − relu(1 − a), the example of the paper: saturated at 2, so the gradient says nothing; the integral says 1.
        new("1 − relu(1 − a)", Model([1], [(1, Activation.Relu), (2, Activation.Identity)], [-1, 1, -1, 0, 1, 0]), [2], [0], 0, 1, [0],
            [1]),
        // max(a, b) = relu(a − b) + b, written with two units as b ≥ 0: from 0 all of it belongs to the larger input.
        new("relu(a − b) + relu(b)", Model([2], [(2, Activation.Relu), (2, Activation.Identity)], [1, -1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 0]),
            [3, 1], [0, 0], 0, 3, [1, 0], [3, 0]),
        // A single output for two classes: class 0 is the opposite.
        new("2a, class 0", Model([1], [(1, Activation.Identity)], [2, 0]), [3], [1], 0, -6, [-2], [-4]),
    ];

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Cases.Length)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void The_input_gradient_of_a_closed_form_is_its_derivative(int index)
    {
        Case model = Cases[index];

        Attribution attribution = new InputGradient(model.Network).Attribute(Row(model.Input), [model.Target]);

        ShouldBe(attribution.Values, model.Gradient, 1e-6f, model.Formula);
        attribution.Outputs[0].ShouldBe(model.Output, 1e-6);
        attribution.BaselineOutputs[0].ShouldBe(double.NaN);
        attribution.CompletenessGaps[0].ShouldBe(double.NaN);
    }

    [Theory]
    [MemberData(nameof(Indices))]
    public void Integrated_gradients_of_a_closed_form_are_its_integral(int index)
    {
        Case model = Cases[index];

        Attribution attribution = new IntegratedGradients(model.Network, model.Baseline).Attribute(Row(model.Input), [model.Target]);

        ShouldBe(attribution.Values, model.Integrated, 2e-3f, model.Formula);
        attribution.Outputs[0].ShouldBe(model.Output, 1e-6);
        attribution.BaselineOutputs[0].ShouldBe(model.Output - model.Integrated.Sum(), 1e-5);
        Math.Abs(attribution.CompletenessGaps[0]).ShouldBeLessThanOrEqualTo(0.001 * Math.Abs(model.Integrated.Sum()) + 1e-6);
    }

    [Theory]
    [InlineData(ExplainedOutput.Output)]
    [InlineData(ExplainedOutput.Probability)]
    public void The_gradient_agrees_with_central_differences(ExplainedOutput explained)
    {
        Network network = Network.Sequential(5).Dense(7, Activation.Tanh).Dense(3, Activation.Identity).Build(seed: 3);
        float[] input = [0.3f, -0.8f, 1.2f, 0.1f, -0.4f];
        var method = new InputGradient(network, explained);
        Attribution attribution = method.Attribute(Row(input), [2]);
        for (int f = 0; f < input.Length; f++)
        {
            double above = At(f, 1e-2f), below = At(f, -1e-2f);
            ((double)attribution.Values[0, f]).ShouldBe((above - below) / 2e-2, 1e-3);
        }

        double At(int feature, float change)
        {
            float[] moved = [.. input];
            moved[feature] += change;
            return method.Attribute(Row(moved), [2]).Outputs[0];
        }
    }

    [Theory]
    [InlineData(ExplainedOutput.Output)]
    [InlineData(ExplainedOutput.Probability)]
    public void Integrated_gradients_are_complete_on_a_relu_network(ExplainedOutput explained)
    {
        Network network =
            Network.Sequential(20).Dense(32, Activation.Relu).Dense(16, Activation.Relu).Dense(4, Activation.Identity).Build(seed: 5);
        var random = new CounterRandom(1, "inputs");
        var inputs = new Matrix(6, 20);
        foreach (ref float value in inputs.Span) value = 2 * random.NextSingle() - 0.5f;
        int[] targets = [0, 1, 2, 3, 0, 1];

        Attribution attribution = new IntegratedGradients(network, explained: explained).Attribute(inputs, targets);

        for (int n = 0; n < inputs.Rows; n++)
        {
            double change = attribution.Outputs[n] - attribution.BaselineOutputs[n],
                sum = attribution.Values.Row(n).ToArray().Sum(value => (double)value);
            attribution.CompletenessGaps[n].ShouldBe(sum - change, 1e-12);
            double scale = Math.Max(Math.Abs(change), attribution.Values.Row(n).ToArray().Sum(value => Math.Abs((double)value)) / 100);
            Math.Abs(attribution.CompletenessGaps[n]).ShouldBeLessThanOrEqualTo(0.001 * scale);
        }
        if (explained == ExplainedOutput.Probability)
            attribution.Outputs.ShouldAllBe(p => p > 0 && p < 1);
    }

    [Fact]
    public void Steps_are_doubled_until_the_gap_is_small_and_no_further_than_allowed()
    {
        // The unit opens at 0.3 of the way, which the midpoint rule meets no better than to half a step.
        Network network = Model([1], [(2, Activation.Relu)], [1, 0, -0.3f, 0]);
        Attribution coarse = new IntegratedGradients(network) { MaximumSteps = 10 }.Attribute(Row([1]), [0]);
        Attribution fine = new IntegratedGradients(network).Attribute(Row([1]), [0]);
        Attribution linear = new IntegratedGradients(Model([1], [(2, Activation.Identity)], [1, 0, 0, 0])).Attribute(Row([1]), [0]);

        coarse.Steps[0].ShouldBe(10);
        linear.Steps[0].ShouldBe(32);
        fine.Steps[0].ShouldBeGreaterThan(32);
        Math.Abs(fine.CompletenessGaps[0]).ShouldBeLessThan(0.0007);
    }

    [Fact]
    public void The_probability_of_two_logits_is_that_of_their_difference_as_one()
    {
        Network two = Model([1], [(2, Activation.Identity)], [0, 2, 0, 0]), one = Model([1], [(1, Activation.Identity)], [2, 0]);
        foreach (int target in new[] { 0, 1 })
        {
            Attribution a = new InputGradient(two, ExplainedOutput.Probability).Attribute(Row([0.7f]), [target]);
            Attribution b = new InputGradient(one, ExplainedOutput.Probability).Attribute(Row([0.7f]), [target]);
            a.Outputs[0].ShouldBe(target == 1 ? 1 / (1 + Math.Exp(-1.4)) : 1 / (1 + Math.Exp(1.4)), 1e-6);
            b.Outputs[0].ShouldBe(a.Outputs[0], 1e-6);
            b.Values[0, 0].ShouldBe(a.Values[0, 0], 1e-6f);
        }
    }

    [Fact]
    public void Wrong_sizes_and_classes_are_refused()
    {
        Network network = Cases[0].Network;
        Should.Throw<ArgumentException>(() => new InputGradient(network).Attribute(new Matrix(1, 2), [0]))
            .Message.ShouldContain("2 values; the network takes 3");
        Should.Throw<ArgumentException>(() => new InputGradient(network).Attribute(new Matrix(2, 3), [0]))
            .Message.ShouldContain("2 samples need as many");
        Should.Throw<ArgumentException>(() => new IntegratedGradients(network).Attribute(new Matrix(1, 3), [2]))
            .Message.ShouldContain("Target 2 is not a class; allowed are 0 to 1");
        Should.Throw<ArgumentException>(() => new IntegratedGradients(network, new float[2]))
            .Message.ShouldContain("baseline has 2 values");
    }

    /// <summary>A network with the given parameters: for each layer its weights, outputs × inputs, then its biases.</summary>
    private static Network Model(int[] inputs, (int Units, Activation Activation)[] layers, float[] parameters)
    {
        NetworkBuilder builder = Network.Sequential(inputs[0]);
        foreach ((int units, Activation activation) in layers) builder = builder.Dense(units, activation);
        Network network = builder.Build(seed: 1);
        network.ParameterCount.ShouldBe(parameters.Length);
        parameters.CopyTo(network.Parameters);
        return network;
    }

    private static Matrix Row(float[] values) => new(values, 0, 1, values.Length);

    private static void ShouldBe(Matrix actual, float[] expected, float tolerance, string formula)
    {
        for (int f = 0; f < expected.Length; f++) actual[0, f].ShouldBe(expected[f], tolerance, formula);
    }
}
