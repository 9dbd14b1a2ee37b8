namespace Explain.Core.Tests;

public class DistributionTests
{
    [Fact]
    public void A_density_is_that_of_its_kernels_summed_one_by_one()
    {
        var random = new CounterRandom(3, "samples");
        float[] samples = [.. Enumerable.Range(0, 400).Select(_ => random.NextSingle() + (random.NextSingle() > 0.5f ? 1 : 0))];
        var density = KernelDensity.Of(samples);
        for (int i = 0; i < density.Heights.Count; i += 37)
        {
            double naive = samples.Average(s => Math.Exp(-0.5 * Math.Pow((density.At(i) - s) / density.Bandwidth, 2)))
                / (density.Bandwidth * Math.Sqrt(2 * Math.PI));
            density.Heights[i].ShouldBe(naive, 0.002);
        }
        KernelDensity.Of(samples, new Limits(-1, 3)).Heights.Sum(h => h * 4 / 511).ShouldBe(1, 1e-3);
    }

    [Fact]
    public void Odd_samples_have_no_density_but_harm_nothing()
    {
        KernelDensity.Of([]).Heights.ShouldBeEmpty();
        KernelDensity.Of([float.NaN, float.PositiveInfinity]).Heights.ShouldBeEmpty();
        KernelDensity.Of([2, 2, 2]).Heights.ShouldBeEmpty();
        BoxSummary.Of([float.NaN]).ShouldBeNull();
    }

    [Fact]
    public void A_box_has_quartiles_whiskers_and_outliers()
    {
        var box = BoxSummary.Of([1, 2, 3, 4, 5, 6, 7, 8, 9, 40]).ShouldNotBeNull();
        (box.Lower, box.Median, box.Upper).ShouldBe((3.25, 5.5, 7.75));
        (box.LowWhisker, box.HighWhisker).ShouldBe((1, 9));
        box.Outliers.ShouldBe([40f]);
    }
}
