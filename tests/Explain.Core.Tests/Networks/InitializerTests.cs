namespace Explain.Core.Tests;

public class InitializerTests
{
    private const int FanIn = 400;
    private const int FanOut = 100;

    [Theory]
    [InlineData("uniform", 0, 0.57735)]
    [InlineData("uniform(-0.5, 0.5)", 0, 0.288675)]
    [InlineData("normal(0.1)", 0, 0.1)]
    [InlineData("normal/3", 0, 0.333333)]
    [InlineData("normal / √fan-in", 0, 0.05)]
    [InlineData("normal·√(2/fan-out)", 0, 0.141421)]
    [InlineData("poisson(1)/4", 0.25, 0.25)]
    [InlineData("glorot normal", 0, 0.0632456)]
    [InlineData("glorot uniform", 0, 0.0632456)]
    [InlineData("he normal", 0, 0.0707107)]
    [InlineData("he uniform", 0, 0.0707107)]
    [InlineData("lecun normal", 0, 0.05)]
    [InlineData("Lecun Uniform", 0, 0.05)]
    [InlineData("zeros", 0, 0)]
    [InlineData("constant(0.25)", 0.25, 0)]
    public void Mean_and_deviation_are_what_the_name_says(string name, double mean, double deviation)
    {
        var values = new float[FanIn * FanOut];
        Initializer.Parse(name).Fill(values, FanIn, FanOut, new CounterRandom(2, "test"));
        values.Average(v => (double)v).ShouldBe(mean, 0.02 * Math.Max(deviation, 1e-6));
        Math.Sqrt(values.Average(v => (v - mean) * (v - mean))).ShouldBe(deviation, 0.015 * Math.Max(deviation, 1e-6));
    }

    [Fact]
    public void A_normal_has_the_tails_of_a_normal()
    {
        var values = new float[200_000];
        Initializer.Normal(1).Fill(values, 1, 1, new CounterRandom(3, "test"));
        double Beyond(double z) => values.Count(v => Math.Abs(v) > z) / 200_000.0;
        Beyond(1).ShouldBe(0.3173, 0.004);
        Beyond(2).ShouldBe(0.0455, 0.002);
        Beyond(3).ShouldBe(0.0027, 0.0005);
    }

    [Fact]
    public void A_poisson_weight_is_a_quarter_of_a_whole_number()
    {
        var values = new float[50_000];
        Initializer.PoissonOverFour.Fill(values, 1, 1, new CounterRandom(3, "test"));
        values.ShouldAllBe(v => v >= 0 && v * 4 == MathF.Round(v * 4));
        (values.Count(v => v == 0) / 50_000.0).ShouldBe(Math.Exp(-1), 0.006);
    }

    [Fact]
    public void Every_name_reads_back()
    {
        foreach (string name in Initializer.Names)
            Initializer.Parse(Initializer.Parse(name).Name).Name.ShouldBe(Initializer.Parse(name).Name);
        foreach (string name in Activation.Names) Activation.Parse(Activation.Parse(name).Name).Name.ShouldBe(Activation.Parse(name).Name);
        Activation.Parse("Leaky ReLU (0.2)").Name.ShouldBe("leaky relu(0.2)");
    }

    [Fact]
    public void Layers_start_from_streams_of_their_own()
    {
        var network = Network.Sequential(4).Dense(4).Dense(4).Build(seed: 1);
        network.Layers[0].Weights.Span.ToArray().ShouldNotBe(network.Layers[1].Weights.Span.ToArray());
        Network.Sequential(4).Dense(4).Dense(4).Build(seed: 1).WeightsHash().ShouldBe(network.WeightsHash());
        Network.Sequential(4).Dense(4).Dense(4).Build(seed: 2).WeightsHash().ShouldNotBe(network.WeightsHash());
    }

    [Fact]
    public void An_upside_down_range_is_refused() =>
        Should.Throw<InputException>(() => Initializer.Parse("uniform(1, -1)")).Message.ShouldContain("the first must be below the second");
}
