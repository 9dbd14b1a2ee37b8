using Explain.Core;

namespace Explain.Render.Tests;

public class ScaleTests
{
    [Fact]
    public void A_linear_scale_maps_ends_to_ends_also_when_turned()
    {
        var up = new LinearScale(new Limits(0, 10), 100, 20);
        up.Map(0).ShouldBe(100);
        up.Map(10).ShouldBe(20);
        up.Map(5).ShouldBe(60);
    }

    [Fact]
    public void A_log_scale_has_no_place_for_zero()
    {
        var scale = new LogScale(new Limits(0.01, 1), 0, 100);
        scale.Map(0.1).ShouldBe(50, 1e-9);
        scale.Map(0).ShouldBe(double.NaN);
        scale.Map(-1).ShouldBe(double.NaN);
    }

    [Fact]
    public void Limits_ignore_values_that_are_not_finite()
    {
        Limits.Of([double.NaN, 2, double.PositiveInfinity, -1]).ShouldBe(new Limits(-1, 2));
        Limits.Of([double.NaN]).IsEmpty.ShouldBeTrue();
        Limits.Of([]).OrWidened().ShouldBe(new Limits(0, 1));
        Limits.Of([4, 4]).OrWidened().ShouldBe(new Limits(2, 6));
        Limits.Of([-1, 3]).Symmetric().ShouldBe(new Limits(-3, 3));
    }

    [Fact]
    public void The_robust_magnitude_leaves_one_outlier_in_a_thousand_out()
    {
        float[] values = [.. Enumerable.Range(1, 999).Select(i => (i % 2 == 0 ? 1f : -1f) * i / 999), 1000f];
        Quantiles.OfMagnitudes(values, Quantiles.Robust).ShouldBe(995 / 999.0, 1e-6);
        Quantiles.OfMagnitudes([float.NaN], 0.5).ShouldBe(0);
    }

    [Fact]
    public void A_diverging_scale_is_neutral_at_zero_and_counts_what_it_clips()
    {
        foreach (var theme in new[] { Theme.Light, Theme.Dark })
        {
            var scale = ColorScale.Diverging(theme, 2);
            var (_, a, b) = Oklab.FromColor(scale.At(0));
            Math.Sqrt((a * a) + (b * b)).ShouldBeLessThan(0.01);
            scale.Position(-2).ShouldBe(0);
            scale.Position(2).ShouldBe(1);
            scale.Clipped([0, 1, 2, 3, -5, float.NaN]).ShouldBe(2 / 6.0, 1e-9);
            scale.At(float.NaN).ShouldBe(scale.NotFinite);
        }
    }

    [Fact]
    public void A_logarithmic_scale_shows_small_values_and_keeps_signs_apart()
    {
        var scale = ColorScale.Diverging(Theme.Light, 1, Spread.Log);
        scale.Position(0).ShouldBe(0.5);
        scale.Position(1).ShouldBe(1, 1e-12);
        scale.Position(-1).ShouldBe(0, 1e-12);
        scale.Position(0.1).ShouldBeGreaterThan(0.7);
        scale.Position(-0.1).ShouldBe(1 - scale.Position(0.1), 1e-12);
    }

    [Fact]
    public void Bands_share_the_range_equally()
    {
        var band = new BandScale(4, 0, 100, 0.2);
        band.Center(0).ShouldBe(12.5);
        band.Start(3).ShouldBe(77.5);
        band.Width.ShouldBe(20);
    }
}
