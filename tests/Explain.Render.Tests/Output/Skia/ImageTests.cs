using static Explain.Render.Tests.Exact;

namespace Explain.Render.Tests;

public class ImageTests
{
    private static readonly Color[] Checks = [White, Black, Black, White];

    [Fact]
    public void Cells_enlarged_to_whole_pixels_have_hard_edges()
    {
        var drawn = Drawn(10, 10, new PixelsNode(2, 2, Checks, new Rect(1, 1, 8, 8)));
        for (int y = 0; y < 10; y++)
        {
            for (int x = 0; x < 10; x++)
            {
                bool inside = x is >= 1 and < 9 && y is >= 1 and < 9;
                drawn[x, y].ShouldBe(inside && x < 5 == y < 5 ? 1 : 0, $"({x}, {y})");
            }
        }
    }

    [Fact]
    public void A_border_between_cells_inside_a_pixel_is_hard_all_the_same()
    {
        var drawn = Drawn(5, 2, new PixelsNode(2, 1, [White, Black], new Rect(0, 0, 5, 2)));
        drawn[1, 0].ShouldBe(1);
        drawn[2, 0].ShouldBeOneOf(0, 1);
        drawn[3, 0].ShouldBe(0);
    }

    [Fact]
    public void Fractional_bounds_are_covered_in_part_and_leave_no_seam_inside()
    {
        var drawn = Drawn(20, 20, new PixelsNode(7, 5, Enumerable.Repeat(White, 35).ToArray(), new Rect(2.4, 3.3, 13.1, 11.9)));
        Sum(drawn).ShouldBe(13.1 * 11.9, 0.1);
        for (int y = 4; y < 15; y++)
        {
            for (int x = 3; x < 15; x++)
                drawn[x, y].ShouldBe(1, $"({x}, {y})");
        }
        drawn[2, 8].ShouldBe(153 / 255.0, 2 / 255.0);
    }

    [Theory]
    [InlineData(Sampling.Nearest)]
    [InlineData(Sampling.Bilinear)]
    public void Shrunk_cells_are_averaged(Sampling sampling)
    {
        var stripes = new Color[90 * 90];
        for (int i = 0; i < stripes.Length; i++)
            stripes[i] = i % 3 == 0 ? White : Black;
        var drawn = Drawn(10, 10, new PixelsNode(90, 90, stripes, new Rect(0, 0, 10, 10), sampling));
        drawn.Cast<double>().ShouldAllBe(v => v == 85 / 255.0);
    }

    [Fact]
    public void Linear_enlargement_goes_straight_from_one_cell_centre_to_the_next()
    {
        var drawn = Drawn(20, 1, new PixelsNode(2, 1, [Black, White], new Rect(0, 0, 20, 1), Sampling.Bilinear));
        drawn[2, 0].ShouldBe(0);
        drawn[17, 0].ShouldBe(1);
        for (int x = 5; x < 15; x++)
            drawn[x, 0].ShouldBe((x + 0.5 - 5) / 10, 0.51 / 255, $"column {x}");
    }

    [Fact]
    public void Mirrored_and_turned_images_show_the_same_cells_elsewhere()
    {
        Color[] cells = [White, Red, new(0, 255, 0), new(0, 0, 255), new(255, 255, 0), Black];
        var image = new PixelsNode(3, 2, cells, new Rect(0, 0, 12, 8));
        var plain = BitmapCanvas.Render(Picture(12, 8, image));
        var mirrored = BitmapCanvas.Render(Picture(12, 8, new GroupNode([image]) { Transform = new Transform(-1, 0, 0, 1, 12, 0) }));
        var turned = BitmapCanvas.Render(Picture(
            8, 12, new GroupNode([image]) { Transform = Transform.Translate(8, 0).Then(Transform.Rotate(90)) }));
        for (int y = 0; y < 8; y++)
        {
            for (int x = 0; x < 12; x++)
            {
                mirrored[11 - x, y].ShouldBe(plain[x, y]);
                turned[7 - y, x].ShouldBe(plain[x, y]);
            }
        }
    }

    [Fact]
    public void A_turned_image_keeps_its_area()
    {
        var image = new PixelsNode(4, 4, Enumerable.Repeat(White, 16).ToArray(), new Rect(-10, -10, 20, 20));
        foreach (var sampling in new[] { Sampling.Nearest, Sampling.Bilinear })
            Sum(Drawn(
                40,
                40,
                new GroupNode([image with { Sampling = sampling }]) { Transform = Transform.Translate(20, 20).Then(Transform.Rotate(27)) }))
                .ShouldBe(400, 0.6);
    }

    [Theory]
    [InlineData(Sampling.Nearest)]
    [InlineData(Sampling.Bilinear)]
    public void A_turned_image_that_is_strongly_reduced_shows_the_mean_of_its_cells_not_some_of_them(Sampling sampling)
    {
        // Stripes a third white: a grid of samples would find more or fewer of them from pixel to pixel.
        var stripes = new Color[900 * 900];
        for (int i = 0; i < stripes.Length; i++)
            stripes[i] = i % 3 == 0 ? White : Black;
        var drawn = Drawn(30, 30, new GroupNode([new PixelsNode(900, 900, stripes, new Rect(-10, -10, 20, 20), sampling)])
        {
            Transform = Transform.Translate(15, 15).Then(Transform.Rotate(27)),
        });
        for (int y = 10; y < 20; y++)
        {
            for (int x = 10; x < 20; x++)
                drawn[x, y].ShouldBe(1 / 3.0, 0.02, $"({x}, {y})");
        }
    }

    [Fact]
    public void Transparent_cells_show_what_is_under_them()
    {
        var bitmap = BitmapCanvas.Render(On(
            White, 4, 2, new PixelsNode(2, 1, [new Color(0, 0, 0, 0), new Color(255, 0, 0, 51)], new Rect(0, 0, 4, 2))));
        bitmap[0, 0].ShouldBe(White);
        bitmap[3, 1].ShouldBe(new Color(255, 204, 204));
    }

    [Fact]
    public void Too_few_colours_are_refused() =>
        Should.Throw<ArgumentException>(() => Drawn(4, 4, new PixelsNode(2, 2, [White], new Rect(0, 0, 4, 4))))
            .Message.ShouldContain("2 × 2 cells has only 1");
}
