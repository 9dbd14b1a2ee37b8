using static Explain.Render.Tests.Exact;

namespace Explain.Render.Tests;

public class OutlineClipTests
{
    // Each of two coverages is rounded to 8 bits, and Skia samples them.
    private const double Sampled = 0.08;

    private static readonly PathData Star = Polygon(new(30, 3.3), new(46.1, 52.4), new(4.2, 22.1), new(55.7, 21.8), new(13.9, 52.9));
    private static readonly PathData Disc = PathData.Circle(new(33.3, 27.1), 19.7);
    private static readonly PathNode Everything = new(PathData.Rectangle(new Rect(-50, -50, 200, 200)), White);

    [Fact]
    public void What_is_cut_is_covered_by_the_share_of_the_clip()
    {
        var clipped = Drawn(60, 70, new GroupNode([Everything]) { ClipPath = Star });
        foreach (var (cut, drawn) in clipped.Cast<double>().Zip(Drawn(60, 70, new PathNode(Star, White)).Cast<double>()))
            cut.ShouldBe(drawn, Sampled);
        Sum(clipped).ShouldBeGreaterThan(500);
    }

    [Fact]
    public void Shares_of_shape_and_clip_multiply()
    {
        var (star, disc) = (Drawn(60, 70, new PathNode(Star, White)), Drawn(60, 70, new PathNode(Disc, White)));
        var clipped = Drawn(60, 70, new GroupNode([new PathNode(Disc, White)]) { ClipPath = Star });
        for (int y = 0; y < 70; y++)
        {
            for (int x = 0; x < 60; x++)
                clipped[x, y].ShouldBe(star[x, y] * disc[x, y], Sampled, $"({x}, {y})");
        }
    }

    [Fact]
    public void Clips_in_clips_multiply_and_leave_the_neighbours_alone()
    {
        var (star, disc) = (Drawn(60, 70, new PathNode(Star, White)), Drawn(60, 70, new PathNode(Disc, White)));
        var inner = new GroupNode([Everything]) { ClipPath = Disc };
        var dot = new PathNode(PathData.Rectangle(new Rect(1, 60, 3, 5)), White);
        var clipped = Drawn(60, 70, new GroupNode([inner]) { ClipPath = Star, Clip = new Rect(0, 0, 60, 40) }, dot);
        for (int y = 0; y < 70; y++)
        {
            for (int x = 0; x < 60; x++)
                clipped[x, y].ShouldBe(
                    x is >= 1 and < 4 && y is >= 60 and < 65 ? 1 : y < 40 ? star[x, y] * disc[x, y] : 0, Sampled, $"({x}, {y})");
        }
    }

    [Fact]
    public void Images_lines_and_texts_are_cut_like_shapes()
    {
        var star = Drawn(60, 70, new PathNode(Star, White));
        Node[] kinds =
        [
            new PixelsNode(1, 1, [White], new Rect(0, 0, 60, 70)),
            new GroupNode([new PixelsNode(1, 1, [White], new Rect(-100, -100, 200, 200))]) { Transform = Transform.Rotate(31) },
            new PathNode(PathData.Line(0, 35, 60, 35), null, new Stroke(White, 100)),
            new PathNode(
                PathData.Rectangle(new Rect(0, 0, 60, 70)), new LinearGradient(new(0, 0), new(9, 9), [new(0, White), new(1, White)])),
        ];
        foreach (var node in kinds)
        {
            var clipped = Drawn(60, 70, new GroupNode([node]) { ClipPath = Star });
            for (int y = 0; y < 70; y++)
            {
                for (int x = 0; x < 60; x++)
                    clipped[x, y].ShouldBe(star[x, y], Sampled, $"({x}, {y}) of {node.GetType().Name}");
            }
        }
        var text = new TextNode("MMMMMM", new(0, 40), 24, White);
        var whole = Drawn(60, 70, text);
        var cut = Drawn(60, 70, new GroupNode([text]) { ClipPath = Star });
        for (int y = 0; y < 70; y++)
        {
            for (int x = 0; x < 60; x++)
                cut[x, y].ShouldBe(whole[x, y] * star[x, y], Sampled);
        }
        Sum(cut).ShouldBeInRange(50, Sum(whole) - 50);
    }

    [Fact]
    public void A_clip_moves_with_its_group_and_cuts_all_that_is_drawn_apart_once()
    {
        // Two shapes, one over the other: where the clip covers half a pixel they must not cover three quarters of it.
        var twice = new GroupNode([Everything, Everything])
        {
            ClipPath = PathData.Rectangle(new Rect(0.5, 0, 4, 4)),
            Opacity = 0.8,
            Transform = Transform.Scale(2, 2).Then(Transform.Translate(0.25, 1)),
        };
        var drawn = Drawn(12, 12, new GroupNode([twice]));
        drawn[1, 5].ShouldBe(102 / 255.0);
        drawn[2, 5].ShouldBe(204 / 255.0);
        drawn[0, 5].ShouldBe(0);
        drawn[5, 1].ShouldBe(0);
    }

    [Fact]
    public void An_empty_clip_leaves_nothing()
    {
        foreach (var clip in new[]
        {
            PathData.Polyline([]),
            PathData.Line(0, 0, 9, 9),
            PathData.Circle(new(500, 500), 9),
            PathData.Circle(new(double.NaN, 5), 9),
        })
            Sum(Drawn(20, 20, new GroupNode([Everything]) { ClipPath = clip })).ShouldBe(0);
    }
}
