namespace Explain.Render.Tests.Marks;

public class HistogramMarkTests
{
    private static readonly HistogramMark Bins =
        new() { Minimum = 0, Maximum = 3, Heights = [104, 100, -20], Color = Theme.Light.Foreground };

    [Fact]
    public void Bars_are_measured_from_zero() => Limits.Of(Bins.Ys).ShouldBe(new Limits(-20, 104));

    [Fact]
    public void Bins_below_zero_hang_from_it()
    {
        var area = new PlotArea(
            new Rect(0, 0, 300, 125),
            new LinearScale(new Limits(0, 3), 0, 300),
            new LinearScale(new Limits(-20, 105), 125, 0),
            Theme.Light);
        var outline = ((PathNode)Bins.Draw(area).First()).Data.Points;
        outline[0].ShouldBe(new Point(0, 105));
        outline[^1].ShouldBe(new Point(300, 105));
        outline.Max(p => p.Y).ShouldBe(125, 1e-9);
        outline.Min(p => p.Y).ShouldBe(1, 1e-9);
    }
}
