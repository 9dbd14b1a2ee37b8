namespace Explain.Core.Tests;

public class ActivationTests
{
    public static TheoryData<string> Elementwise => [.. Activation.Names.Where(n => Activation.Parse(n).IsElementwise)];

    /// <summary>As PyTorch computes them in double precision.</summary>
    [Theory]
    [InlineData("gelu", -3, -0.004049694094890)]
    [InlineData("gelu", 0.5, 0.345731230637007)]
    [InlineData("gelu", 2, 1.954499736103642)]
    [InlineData("gelu tanh", -3, -0.003637392081773)]
    [InlineData("gelu tanh", 0.5, 0.345714009825144)]
    [InlineData("gelu tanh", 2, 1.954597694087775)]
    [InlineData("selu", -1, -1.111330737812563)]
    [InlineData("selu", 2, 2.101401974710961)]
    [InlineData("softplus", -3, 0.048587351573742)]
    [InlineData("softplus", 2, 2.126928011042973)]
    [InlineData("mish", -3, -0.145647461275625)]
    [InlineData("mish", 0.5, 0.375245211304895)]
    [InlineData("mish", 2, 1.943958959533995)]
    [InlineData("hard sigmoid", -2, 0.166666666666667)]
    [InlineData("hard sigmoid", 3.5, 1)]
    public void Values_are_those_of_the_paper(string name, float x, double expected) =>
        ((double)Activation.Parse(name).Evaluate(x)).ShouldBe(expected, 3e-7 * Math.Abs(expected));

    [Theory]
    [MemberData(nameof(Elementwise))]
    public void Values_and_slopes_are_near_those_in_double_precision_everywhere(string name)
    {
        var activation = Activation.Parse(name);
        string twin = activation.Name;
        for (int i = -4000; i <= 4000; i++)
        {
            float x = (i * 0.005f) + 0.0013f; // Beside the kinks.
            double y = Twin.Activate(twin, x), slope = (Twin.Activate(twin, x + 1e-5) - Twin.Activate(twin, x - 1e-5)) / 2e-5;
            ((double)activation.Evaluate(x)).ShouldBe(y, 6e-7 * Math.Max(1, Math.Abs(y)), $"{name}({x})");
            ((double)activation.Slope(x)).ShouldBe(slope, 2e-6, $"slope of {name} at {x}");
        }
    }

    [Theory]
    [MemberData(nameof(Elementwise))]
    public void The_largest_slope_and_the_range_are_what_they_say(string name)
    {
        var activation = Activation.Parse(name);
        float largest = 0;
        for (int i = -200_000; i <= 200_000; i++)
        {
            float x = i * 0.0001f, y = activation.Evaluate(x);
            largest = Math.Max(largest, Math.Abs(activation.Slope(x)));
            if (activation.Range is { } range) y.ShouldBeInRange(range.Minimum, range.Maximum);
        }
        activation.LargestSlope.ShouldBe(largest, 2e-4f * largest, name);
    }

    [Theory]
    [MemberData(nameof(Elementwise))]
    public void However_large_the_input_the_output_and_the_slope_are_finite(string name)
    {
        var activation = Activation.Parse(name);
        foreach (float x in new[] { 20f, 89f, 105f, 1e4f, 1e13f, 1e20f, 3e38f })
        {
            foreach (float signed in new[] { x, -x })
            {
                float.IsFinite(activation.Evaluate(signed)).ShouldBeTrue($"{name}({signed})");
                activation.Slope(signed).ShouldBeInRange(-activation.LargestSlope, activation.LargestSlope, $"slope of {name} at {signed}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Elementwise))]
    public void What_is_not_a_number_is_not_hidden(string name) => float.IsNaN(Activation.Parse(name).Evaluate(float.NaN)).ShouldBeTrue();

    [Fact]
    public void Small_outputs_keep_their_digits_in_the_left_tail()
    {
        ((double)Activation.Gelu.Evaluate(-8)).ShouldBe(-8 * VectorMathTests.NormalCdf(-8), 1e-6 * 5e-15);
        ((double)Activation.Softplus.Evaluate(-30)).ShouldBe(Math.Exp(-30), 3e-7 * Math.Exp(-30));
        ((double)Activation.Softplus.Slope(-30)).ShouldBe(Math.Exp(-30), 5e-7 * Math.Exp(-30));
        ((double)Activation.Mish.Evaluate(-30)).ShouldBe(-30 * Math.Exp(-30), 5e-7 * 30 * Math.Exp(-30));
    }

    /// <summary>Klambauer et al.: mean 0 and variance 1 are a fixed point, which weights of variance 1/fan-in keep.</summary>
    [Fact]
    public void Selu_keeps_mean_and_variance_over_ten_layers()
    {
        var builder = Network.Sequential(400);
        for (int l = 0; l < 10; l++) builder.Dense(400, Activation.Selu, initializer: Initializer.LeCunNormal);
        var inputs = new Matrix(500, 400);
        new CounterRandom(4, "inputs").FillNormal(inputs.Span);
        var (mean, deviation) = Reduce.MeanAndStd(builder.Build(seed: 2).Predict(inputs).Span);
        mean.ShouldBe(0, 0.1);
        deviation.ShouldBe(1, 0.1);
    }
}
