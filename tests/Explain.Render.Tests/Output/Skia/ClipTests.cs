using static Explain.Render.Tests.Exact;

namespace Explain.Render.Tests;

public class ClipTests
{
    private static readonly PathNode Everything = new(PathData.Rectangle(new Rect(-50, -50, 200, 200)), White);

    [Fact]
    public void A_clip_on_whole_pixels_cuts_there_and_nowhere_else()
    {
        var drawn = Drawn(10, 10, new GroupNode([Everything]) { Clip = new Rect(2, 3, 4, 5) });
        for (int y = 0; y < 10; y++)
        {
            for (int x = 0; x < 10; x++)
                drawn[x, y].ShouldBe(x is >= 2 and < 6 && y is >= 3 and < 8 ? 1 : 0, $"({x}, {y})");
        }
    }

    [Fact]
    public void A_clip_inside_a_pixel_keeps_the_share_of_it()
    {
        var drawn = Drawn(10, 10, new GroupNode([Everything]) { Clip = new Rect(2.6, 3, 4.2, 5) });
        drawn[2, 5].ShouldBe(0.4, 0.02);
        drawn[6, 5].ShouldBe(0.8, 0.02);
        Sum(drawn).ShouldBe(4.2 * 5, 0.2);
    }

    [Fact]
    public void Clips_in_clips_leave_what_lies_in_both()
    {
        var inner = new GroupNode([Everything]) { Clip = new Rect(4, 4, 8, 8) };
        Sum(Drawn(20, 20, new GroupNode([inner]) { Clip = new Rect(0, 0, 6, 7) })).ShouldBe(2 * 3);
        Sum(Drawn(20, 20, new GroupNode([inner]) { Clip = new Rect(0, 0, 3, 3) })).ShouldBe(0);
    }

    [Fact]
    public void A_turned_clip_covers_its_area_and_moves_with_its_group()
    {
        var turned = new GroupNode([Everything])
        {
            Clip = new Rect(-10, -6, 20, 12),
            Transform = Transform.Translate(20, 20).Then(Transform.Rotate(33)),
        };
        var drawn = Drawn(40, 40, turned);
        Sum(drawn).ShouldBe(240, 0.5);
        drawn[20, 20].ShouldBe(1);
        Sum(Drawn(40, 40, new GroupNode([turned]) { Clip = new Rect(0, 0, 20, 40) })).ShouldBe(120, 1.5);
    }

    [Fact]
    public void Images_are_clipped_like_shapes()
    {
        var image = new PixelsNode(1, 1, [White], new Rect(0, 0, 30, 30));
        Sum(Drawn(30, 30, new GroupNode([image]) { Clip = new Rect(2.5, 2, 10, 5) })).ShouldBe(50, 0.05);
        var turned =
            new GroupNode([image]) { Clip = new Rect(5, 5, 10, 6), Transform = Transform.Translate(4, 0).Then(Transform.Rotate(12)) };
        Sum(Drawn(30, 30, turned)).ShouldBe(60, 0.3);
    }
}
