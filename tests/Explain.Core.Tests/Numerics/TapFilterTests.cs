namespace Explain.Core.Tests;

public sealed class TapFilterTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(37, 3, 5)]
    [InlineData(133, 25, 1)]
    [InlineData(64, 7, 50)]
    public void It_is_the_chain_of_multiply_adds_that_its_twin_is(int count, int taps, int step)
    {
        float[] x = new float[count + ((taps - 1) * step)], weights = new float[taps], y = new float[count];
        new CounterRandom(1, "x").FillNormal(x);
        new CounterRandom(1, "weights").FillNormal(weights);
        TapFilter.Apply(x, step, weights, y);
        for (int i = 0; i < count; i++)
        {
            float sum = 0;
            for (int k = 0; k < taps; k++) sum = MathF.FusedMultiplyAdd(x[i + (k * step)], weights[k], sum);
            y[i].ShouldBe(sum);
        }
    }

    [Fact]
    public void Too_few_values_are_refused() =>
        Should.Throw<ArgumentException>(() => TapFilter.Apply(new float[9], 2, new float[3], new float[6]))
            .Message.ShouldStartWith("6 results of 3 taps 2 apart need 10 values; there are 9.");
}
