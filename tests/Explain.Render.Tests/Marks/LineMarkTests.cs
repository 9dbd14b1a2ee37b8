namespace Explain.Render.Tests.Marks;

public class LineMarkTests
{
    [Fact]
    public void A_zig_zag_with_more_points_than_pixels_is_a_line_within_a_band()
    {
        var paths = Paths(1000);
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

    private static double Height(PathNode path) => path.Data.Points.Max(p => p.Y) - path.Data.Points.Min(p => p.Y);

    private static List<PathNode> Paths(int points)
    {
        var line = new LineMark { Color = Theme.Light.Foreground, Points = [.. Enumerable.Range(0, points).Select(i => new Point(i, i % 2 == 0 ? 1 : 9))] };
        var area = new PlotArea(new Rect(0, 0, 300, 100), new LinearScale(new Limits(0, points - 1), 0, 300), new LinearScale(new Limits(0, 10), 100, 0), Theme.Light);
        return [.. line.Draw(area).OfType<GroupNode>().SelectMany(g => g.Children).OfType<PathNode>()];
    }
}
