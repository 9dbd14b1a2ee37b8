namespace Explain.Render.Tests.Marks;

public class LineMarkTests
{
    [Fact]
    public void A_zig_zag_with_more_points_than_pixels_is_a_line_within_a_band()
    {
        var paths = Paths(1000, sumUp: true);
        paths.Count.ShouldBe(2);
        paths[0].Fill.ShouldNotBeNull();
        Height(paths[0]).ShouldBe(80, 0.01);
        paths[1].Stroke.ShouldNotBeNull();
        Height(paths[1]).ShouldBeLessThan(20);
    }

    [Fact]
    public void A_zig_zag_with_fewer_points_than_pixels_is_a_line_through_all_of_them()
    {
        var path = Paths(100).ShouldHaveSingleItem();
        path.Fill.ShouldBeNull();
        path.Data.Points.Count.ShouldBe(100);
    }

    [Fact]
    public void A_crowded_line_keeps_what_swings_and_what_stands_out()
    {
        // A sine of ten periods and one spike, in far more points than pixels: every crest reaches its height.
        Point[] points = [.. Enumerable.Range(0, 20_000).Select(i => new Point(i, i == 7_777 ? 10 : Math.Sin(i * Math.PI / 1000)))];
        foreach (bool reversed in new[] { false, true })
        {
            var path = Draw(
                [.. points],
                new LinearScale(new Limits(0, 19_999), reversed ? 300 : 0, reversed ? 0 : 300),
                new LinearScale(new Limits(-10, 10), 100, 0))
                .ShouldHaveSingleItem();
            path.Data.Points.Count.ShouldBeLessThanOrEqualTo(4 * 602);
            path.Data.Points.Min(p => p.Y).ShouldBe(0, 1e-9);
            path.Data.Points.Count(p => Math.Abs(p.Y - 45) < 0.01).ShouldBeGreaterThanOrEqualTo(10);
            path.Data.Points.Count(p => Math.Abs(p.Y - 55) < 0.01).ShouldBeGreaterThanOrEqualTo(10);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Many_points_above_one_another_are_a_vertical_line(bool sumUp)
    {
        Point[] points = [.. Enumerable.Range(0, 500).Select(i => new Point(1, i % 9))];
        var path = Draw(points, new LinearScale(new Limits(0, 2), 0, 300), new LinearScale(new Limits(0, 10), 100, 0), sumUp)
            .ShouldHaveSingleItem();
        path.Data.Points.ShouldAllBe(p => p.X == 150);
        Height(path).ShouldBe(80, 0.01);
    }

    private static double Height(PathNode path) => path.Data.Points.Max(p => p.Y) - path.Data.Points.Min(p => p.Y);

    private static List<PathNode> Paths(int points, bool sumUp = false) =>
        Draw(
            [.. Enumerable.Range(0, points).Select(i => new Point(i, i % 2 == 0 ? 1 : 9))],
            new LinearScale(new Limits(0, points - 1), 0, 300),
            new LinearScale(new Limits(0, 10), 100, 0),
            sumUp);

    private static List<PathNode> Draw(Point[] points, Scale x, Scale y, bool sumUp = false)
    {
        var line = new LineMark { Color = Theme.Light.Foreground, Points = points, SumUp = sumUp };
        var area = new PlotArea(new Rect(0, 0, 300, 100), x, y, Theme.Light);
        return [.. line.Draw(area).OfType<GroupNode>().SelectMany(g => g.Children).OfType<PathNode>()];
    }
}
