using Explain.Core;

namespace Explain.Render.Tests;

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
            double naive = samples.Average(s => Math.Exp(-0.5 * Math.Pow((density.At(i) - s) / density.Bandwidth, 2))) / (density.Bandwidth * Math.Sqrt(2 * Math.PI));
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

    [Fact]
    public void Each_point_is_counted_in_the_hexagon_of_the_nearest_centre()
    {
        var random = new CounterRandom(5, "hexagons");
        Point[] points = [.. Enumerable.Range(0, 500).Select(_ => new Point(100 * random.NextDouble(), 100 * random.NextDouble())), new(double.NaN, 1)];
        var bins = HexBins.Of(points, [], 9);
        bins.Sum(b => b.Count).ShouldBe(500);
        var naive = points.Take(500).CountBy(p => bins.MinBy(b => Math.Pow(b.Center.X - p.X, 2) + Math.Pow(b.Center.Y - p.Y, 2)).Center).ToDictionary();
        bins.ShouldAllBe(b => naive[b.Center] == b.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Millions_of_points_are_counted_whatever_the_threads_and_stay_a_small_picture(int threads)
    {
        int before = Explain.Core.Rows.Threads;
        try
        {
            Explain.Core.Rows.Threads = threads;
            var random = new CounterRandom(1, "many");
            float[] x = new float[1_000_000], y = new float[x.Length];
            for (int i = 0; i < x.Length; i++) (x[i], y[i]) = (random.NextSingle() + random.NextSingle(), random.NextSingle() * random.NextSingle());
            x[7] = float.NaN;
            y[8] = float.PositiveInfinity;
            var mark = new DensityMark { X = x, Y = y, Color = Theme.Light.Foreground };
            var area = new PlotArea(new Rect(0, 0, 300, 200), new LinearScale(new Limits(0, 2), 0, 300), new LinearScale(new Limits(0, 1), 200, 0), Theme.Light);
            mark.Draw(area).OfType<GroupNode>().SelectMany(g => g.Children).OfType<PixelsNode>().ShouldHaveSingleItem().Pixels.Count.ShouldBe(150 * 100);
            mark.MostInCell(area).ShouldBe(Naive(x, y));
        }
        finally
        {
            Explain.Core.Rows.Threads = before;
        }

        static int Naive(float[] x, float[] y) => Enumerable.Range(0, x.Length).Where(i => float.IsFinite(x[i]) && float.IsFinite(y[i])).CountBy(i => (Math.Min(149, (int)(x[i] / 2.0 * 300 / 2)), Math.Min(99, (int)((200 - (y[i] * 200.0)) / 2)))).Max(c => c.Value);
    }
}
