namespace Explain.Core.Tests;

public class ActivationHistogramTests
{
    [Fact]
    public void An_open_range_grows_around_zero_and_keeps_every_value()
    {
        var histogram = new ActivationHistogram(null);
        float[] values = [0, 0, 1e-4f, -0.5f, 3.2f, 700, -1.1f];
        foreach (float v in values) histogram.Add([v]);
        var taken = histogram.Take();
        taken.Counts.Sum().ShouldBe(values.Length);
        float width = (taken.Maximum - taken.Minimum) / taken.Counts.Length;
        taken.Minimum.ShouldBeLessThanOrEqualTo(-1.1f);
        taken.Maximum.ShouldBeGreaterThanOrEqualTo(700);
        (taken.Minimum / width).ShouldBe(MathF.Round(taken.Minimum / width), "zero is an edge");
        taken.Counts[0].ShouldBe(2);
        taken.Counts[^1].ShouldBe(1);
    }

    [Fact]
    public void Counts_do_not_depend_on_the_order_of_values()
    {
        float[] values = [.. Enumerable.Range(0, 1000).Select(i => MathF.Sin(i) * i / 100)];
        var (up, down) = (new ActivationHistogram(null), new ActivationHistogram(null));
        up.Add(values);
        Array.Reverse(values);
        down.Add(values);
        up.Take().Counts.ShouldBe(down.Take().Counts);
    }

    [Fact]
    public void A_known_range_includes_both_its_ends()
    {
        var histogram = new ActivationHistogram((0, 1));
        histogram.Add([0, 1, 0.5f, 0.99f]);
        var taken = histogram.Take();
        (taken.Minimum, taken.Maximum).ShouldBe((0f, 1f));
        taken.Counts[0].ShouldBe(1);
        taken.Counts[32].ShouldBe(1);
        taken.Counts[^1].ShouldBe(2);
    }
}
