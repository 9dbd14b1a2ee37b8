using static Explain.Render.Tests.Exact;

namespace Explain.Render.Tests;

public class OpacityTests
{
    private static readonly Color Clear = new(0, 0, 0, 0);

    [Fact]
    public void A_group_is_drawn_apart_before_it_is_made_transparent()
    {
        var a = new PathNode(PathData.Rectangle(new Rect(0, 0, 6, 6)), White);
        var b = new PathNode(PathData.Rectangle(new Rect(3, 0, 6, 6)), White);
        var drawn = Drawn(10, 40, new GroupNode([a, b]) { Opacity = 0.5 });
        drawn[1, 2].ShouldBe(128 / 255.0);
        drawn[4, 2].ShouldBe(128 / 255.0);
        drawn[9, 2].ShouldBe(0);
        Drawn(10, 10, new GroupNode([a, b]) { Opacity = 0 }).Cast<double>().ShouldAllBe(v => v == 0);
    }

    [Fact]
    public void Groups_in_groups_multiply_their_opacities()
    {
        var shape = new PathNode(PathData.Rectangle(new Rect(0, 0, 9, 90)), White);
        var drawn = Drawn(
            9, 90, new GroupNode([new GroupNode([shape]) { Opacity = 0.5 }, new GroupNode([]) { Opacity = 0.3 }]) { Opacity = 0.4 });
        drawn.Cast<double>().ShouldAllBe(v => v == 51 / 255.0);
    }

    [Fact]
    public void What_comes_after_a_skipped_group_is_still_drawn()
    {
        var far = new GroupNode([new PathNode(PathData.Rectangle(new Rect(0, 70, 10, 10)), White)]) { Opacity = 0.5 };
        var drawn = Drawn(10, 100, far, new PathNode(PathData.Rectangle(new Rect(0, 0, 10, 100)), White));
        drawn.Cast<double>().ShouldAllBe(v => v == 1);
    }

    [Fact]
    public void Colours_mix_in_proportion_to_alpha()
    {
        var bitmap = BitmapCanvas.Render(On(White, 2, 2, new PathNode(PathData.Rectangle(new Rect(0, 0, 2, 2)), new Color(255, 0, 0, 51))));
        bitmap[0, 0].ShouldBe(new Color(255, 204, 204));
    }

    [Fact]
    public void On_no_background_colours_stay_what_they_are_and_only_alpha_says_how_much_is_covered()
    {
        var bitmap = BitmapCanvas.Render(On(
            Clear, 4, 1, new PathNode(PathData.Rectangle(new Rect(0.6, 0, 2, 1)), new Color(250, 100, 50))));
        ((double)bitmap[0, 0].A).ShouldBe(102, 2);
        ((double)bitmap[0, 0].R).ShouldBe(250, 2);
        ((double)bitmap[0, 0].G).ShouldBe(100, 2);
        bitmap[1, 0].ShouldBe(new Color(250, 100, 50));
        bitmap[3, 0].ShouldBe(Clear);
    }

    [Fact]
    public void Mixing_rounds_to_nearest_for_every_pair_of_values()
    {
        for (uint under = 0; under < 256; under += 5)
        {
            for (uint alpha = 0; alpha < 256; alpha++)
            {
                for (uint over = 0; over < 256; over += 15)
                {
                    uint mixed = Blend.Mix(under * 0x01010101, over * 0x01010101, alpha);
                    uint expected = (((over * alpha) + (under * (255 - alpha))) + 127) / 255;
                    if (mixed != expected * 0x01010101)
                        mixed.ShouldBe(expected * 0x01010101, $"{over} at {alpha} over {under}");
                }
            }
        }
    }

    [Fact]
    public void Opaque_and_premultiplied_colours_come_back_as_they_were()
    {
        for (uint a = 1; a < 256; a++)
        {
            for (uint c = 0; c < 256; c++)
            {
                uint premultiplied = Blend.Premultiply(c | (a << 24));
                bool rounded = (premultiplied & 255) == ((c * a) + 127) / 255,
                    back = Blend.Premultiply(Blend.Unpremultiply(premultiplied)) == premultiplied;
                (rounded && back).ShouldBe(true, $"colour {c} at alpha {a}");
            }
        }
    }
}
