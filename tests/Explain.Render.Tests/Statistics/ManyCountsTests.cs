using Explain.Core;

namespace Explain.Render.Tests;

public class ManyCountsTests
{
    [Fact]
    public void Each_point_is_counted_in_the_hexagon_of_the_nearest_centre()
    {
        var random = new CounterRandom(5, "hexagons");
        Point[] points =
            [.. Enumerable.Range(0, 500).Select(_ => new Point(100 * random.NextDouble(), 100 * random.NextDouble())), new(double.NaN, 1)];
        var bins = HexBins.Of(points, [], 9);
        bins.Sum(b => b.Count).ShouldBe(500);
        var naive = points.Take(500).CountBy(p => bins.MinBy(b => Math.Pow(b.Center.X - p.X, 2) + Math.Pow(b.Center.Y - p.Y, 2)).Center)
            .ToDictionary();
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
            for (int i = 0; i < x.Length; i++)
                (x[i], y[i]) = (random.NextSingle() + random.NextSingle(), random.NextSingle() * random.NextSingle());
            x[7] = float.NaN;
            y[8] = float.PositiveInfinity;
            var mark = new DensityMark { X = x, Y = y, Color = Theme.Light.Foreground };
            var area = new PlotArea(
                new Rect(0, 0, 300, 200),
                new LinearScale(new Limits(0, 2), 0, 300),
                new LinearScale(new Limits(0, 1), 200, 0),
                Theme.Light);
            mark.Draw(area).OfType<GroupNode>().SelectMany(g => g.Children).OfType<PixelsNode>().ShouldHaveSingleItem()
                .Pixels.Count.ShouldBe(150 * 100);
            mark.MostInCell(area).ShouldBe(Naive(x, y));
        }
        finally
        {
            Explain.Core.Rows.Threads = before;
        }

        static int Naive(float[] x, float[] y) => Enumerable.Range(0, x.Length)
            .Where(i => float.IsFinite(x[i]) && float.IsFinite(y[i]))
            .CountBy(i => (Math.Min(149, (int)(x[i] / 2.0 * 300 / 2)), Math.Min(99, (int)((200 - (y[i] * 200.0)) / 2))))
            .Max(c => c.Value);
    }
}
