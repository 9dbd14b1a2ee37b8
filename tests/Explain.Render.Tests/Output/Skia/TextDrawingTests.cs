using static Explain.Render.Tests.Exact;

namespace Explain.Render.Tests;

public class TextDrawingTests
{
    [Fact]
    public void The_anchor_says_where_on_the_line_the_origin_lies()
    {
        double width = TestFont.Face.Measure("MIM", 20);
        var start = Ink(new TextNode("MIM", new Point(50, 50), 20, White));
        var middle = Ink(new TextNode("MIM", new Point(50, 50), 20, White, TextAnchor.Middle));
        var end = Ink(new TextNode("MIM", new Point(50, 50), 20, White, TextAnchor.End));
        start.Left.ShouldBeInRange(49, 54);
        ((double)(start.Left - end.Left)).ShouldBe(width, 1.01);
        ((double)(start.Left - middle.Left)).ShouldBe(width / 2, 1.01);
        start.Bottom.ShouldBeInRange(50, 51);
        ((double)(start.Bottom - start.Top)).ShouldBe(20 * TestFont.Face.CapHeight, 2);
    }

    [Fact]
    public void Text_turned_by_minus_ninety_degrees_runs_upwards()
    {
        var ink = Ink(new TextNode("MIM", new Point(50, 80), 20, White, Rotation: -90));
        (ink.Bottom - ink.Top).ShouldBeGreaterThan(2 * (ink.Right - ink.Left));
        ink.Right.ShouldBeInRange(50, 51);
        ink.Bottom.ShouldBeInRange(76, 81);
    }

    [Fact]
    public void A_quarter_turn_gives_the_same_pixels_turned()
    {
        var plain = BitmapCanvas.Render(Picture(60, 30, new TextNode("Loss", new Point(4, 20), 16, White)));
        var turned = BitmapCanvas.Render(Picture(30, 60, new TextNode("Loss", new Point(10, 4), 16, White, Rotation: 90)));
        for (int y = 0; y < 30; y++)
        {
            for (int x = 0; x < 60; x++)
                ((double)turned[29 - y, x].R).ShouldBe(plain[x, y].R, 12, $"({x}, {y})");
        }
    }

    [Fact]
    public void Text_keeps_its_place_at_every_scale()
    {
        var scene = Picture(100, 40, new TextNode("Accuracy", new Point(95, 25), 13, White, TextAnchor.End));
        double one = Mean(BitmapCanvas.Render(scene)), three = Mean(BitmapCanvas.Render(scene, 3));
        // Strokes of a letter that overlap inside one pixel count twice there, so small text is a little bolder.
        three.ShouldBe(one, 0.04 * one);
    }

    private static double Mean(Bitmap b) => b.Pixels.Average(p => (double)(p & 255));

    private static (int Left, int Top, int Right, int Bottom) Ink(TextNode node)
    {
        var drawn = Drawn(100, 100, node);
        var (left, top, right, bottom) = (100, 100, 0, 0);
        for (int y = 0; y < 100; y++)
        {
            for (int x = 0; x < 100; x++)
            {
                if (drawn[x, y] > 0.05)
                    (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x + 1), Math.Max(bottom, y + 1));
            }
        }
        return (left, top, right, bottom);
    }
}
