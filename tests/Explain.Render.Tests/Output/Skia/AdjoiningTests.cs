using static Explain.Render.Tests.Exact;

namespace Explain.Render.Tests;

public class AdjoiningTests
{
    private static readonly Color Blue = Color.FromRgb(0x0072B2);
    private static readonly Color Paper = Color.FromRgb(0xFFFFFF);

    [Theory]
    [InlineData(0, 0, 255)]
    [InlineData(17, 0, 255)]
    [InlineData(45, 0.3, 255)]
    [InlineData(88.8, 0.123, 255)]
    [InlineData(30, 0.7, 128)]
    [InlineData(3, 0.5, 51)]
    public void The_triangles_of_a_rectangle_are_the_rectangle(double degrees, double shift, byte alpha)
    {
        var color = Blue with { A = alpha };
        var rect = new Rect(-31 + shift, -23, 62.25, 46.5);
        var place = Transform.Translate(45, 45).Then(Transform.Rotate(degrees));
        var pieces = Triangles(rect, 19, 13).Select(t => (Node)new PathNode(t, color)).ToArray();
        pieces.Length.ShouldBe(19 * 13 * 2);
        var whole = BitmapCanvas.Render(On(
            Paper, 90, 90, new GroupNode([new PathNode(PathData.Rectangle(rect), color)]) { Transform = place }));
        var mosaic = BitmapCanvas.Render(On(Paper, 90, 90, new GroupNode(pieces) { Transform = place, Adjoining = true }));
        var overlaid = BitmapCanvas.Render(On(Paper, 90, 90, new GroupNode(pieces) { Transform = place }));
        // Inside, where the rectangle covers whole pixels: opaque pieces leave no trace, areas of translucent ones add up nearly.
        int Most(Bitmap other) => Enumerable.Range(0, whole.Pixels.Length).Where(i => Inside(i % 90, i / 90))
            .Max(i => PictureDifference.Pixel(whole.Pixels[i], other.Pixels[i]));
        bool Inside(int x, int y)
        {
            var p = Transform.Rotate(-degrees).Apply(new(x + 0.5 - 45, y + 0.5 - 45));
            return p.X > rect.X + 2 && p.X < rect.Right - 2 && p.Y > rect.Y + 2 && p.Y < rect.Bottom - 2;
        }

        Most(mosaic).ShouldBeLessThanOrEqualTo(alpha == 255 ? 2 : 20);
        Most(overlaid).ShouldBeGreaterThan(alpha == 255 ? 30 : 2);
    }

    [Fact]
    public void Two_colours_that_meet_mix_only_each_other()
    {
        foreach (double slope in new[] { 0, 0.01, 0.37, 1, 5 })
        {
            var left = new PathNode(Polygon(new(0, 0), new(20 + slope, 0), new(20 - slope, 40), new(0, 40)), Red);
            var right = new PathNode(Polygon(new(20 + slope, 0), new(40, 0), new(40, 40), new(20 - slope, 40)), Blue);
            var bitmap = BitmapCanvas.Render(On(Paper, 40, 40, new GroupNode([left, right]) { Adjoining = true }));
            for (int y = 0; y < 40; y++)
            {
                for (int x = 0; x < 40; x++)
                {
                    // On the straight line from red to blue in every channel; white would lie off it.
                    var c = bitmap[x, y];
                    double share = c.R / 255.0;
                    ((double)c.G).ShouldBe(Blue.G * (1 - share), 3, $"({x}, {y}) of slope {slope}");
                    ((double)c.B).ShouldBe(Blue.B * (1 - share), 3, $"({x}, {y}) of slope {slope}");
                }
            }
        }
    }

    [Fact]
    public void Lines_texts_images_and_groups_are_drawn_over_the_fills_in_order()
    {
        var lined = new PathNode(PathData.Rectangle(new Rect(2, 2, 10, 10)), Red, new Stroke(White, 2));
        var beside = new PathNode(PathData.Rectangle(new Rect(12, 2, 10, 10)), Blue);
        var image = new PixelsNode(1, 1, [Black], new Rect(4, 4, 2, 2));
        var group = new GroupNode([new PathNode(PathData.Rectangle(new Rect(5, 4, 2, 2)), White)]);
        var bitmap = BitmapCanvas.Render(On(Paper, 24, 14, new GroupNode([image, group, lined, beside]) { Adjoining = true }));
        bitmap[4, 4].ShouldBe(Black);
        bitmap[5, 4].ShouldBe(White);
        bitmap[9, 9].ShouldBe(Red);
        bitmap[15, 9].ShouldBe(Blue);
        bitmap[12, 9].ShouldBe(White); // The line of the first lies over the fill of the second.
    }

    [Fact]
    public void A_mosaic_is_clipped_and_faded_as_a_whole()
    {
        var clip = PathData.Circle(new(30, 30), 21.3);
        var pieces = Triangles(new Rect(3, 4, 50, 51), 6, 7).Select(t => (Node)new PathNode(t, White)).ToArray();
        var whole = new PathNode(PathData.Rectangle(new Rect(3, 4, 50, 51)), White);
        foreach (double opacity in new[] { 1, 0.4 })
        {
            var expected = Drawn(60, 70, new GroupNode([whole]) { ClipPath = clip, Opacity = opacity });
            var mosaic = Drawn(60, 70, new GroupNode(pieces) { ClipPath = clip, Opacity = opacity, Adjoining = true });
            foreach (var (a, b) in mosaic.Cast<double>().Zip(expected.Cast<double>()))
                a.ShouldBe(b, opacity / 2); // At the border half a pixel more; inside, where all is covered, the same.
            mosaic[25, 30].ShouldBe(expected[25, 30], 0.01);
        }
    }

    [Fact]
    public void Gradients_meet_without_a_seam_too()
    {
        var gradient = new LinearGradient(new(0, 0), new(60, 20), [new(0, Red), new(1, Blue)]);
        var rect = new Rect(2, 2, 50, 40);
        var whole = BitmapCanvas.Render(On(Paper, 60, 50, new PathNode(PathData.Rectangle(rect), gradient)));
        var mosaic = BitmapCanvas.Render(On(
            Paper, 60, 50, new GroupNode([.. Triangles(rect, 5, 6).Select(t => new PathNode(t, gradient))]) { Adjoining = true }));
        for (int y = 4; y < 40; y++)
        {
            for (int x = 4; x < 50; x++)
                (Math.Abs(mosaic[x, y].R - whole[x, y].R) <= 1
                    && Math.Abs(mosaic[x, y].G - whole[x, y].G) <= 1
                    && Math.Abs(mosaic[x, y].B - whole[x, y].B) <= 1).ShouldBeTrue($"({x}, {y})");
        }
    }

    [Fact]
    public void A_group_of_nothing_draws_nothing() => Sum(Drawn(5, 5, new GroupNode([]) { Adjoining = true })).ShouldBe(0);

    /// <summary>
    /// A grid over a rectangle whose inner crossings are shaken by a fixed sequence, each cell cut into two triangles of either
    /// orientation.
    /// </summary>
    private static IEnumerable<PathData> Triangles(Rect rect, int columns, int rows)
    {
        uint state = 12345;
        double Shake() => ((state = (state * 1664525) + 1013904223) / (double)uint.MaxValue) - 0.5;
        var grid = new Point[columns + 1, rows + 1];
        for (int y = 0; y <= rows; y++)
        {
            for (int x = 0; x <= columns; x++)
            {
                double dx = x == 0 || x == columns ? 0 : 0.7 * Shake(), dy = y == 0 || y == rows ? 0 : 0.7 * Shake();
                grid[x, y] = new(
                    x == columns ? rect.Right : rect.X + ((x + dx) * rect.Width / columns),
                    y == rows ? rect.Bottom : rect.Y + ((y + dy) * rect.Height / rows));
            }
        }
        for (int y = 0; y < rows; y++)
        {
            for (int x = 0; x < columns; x++)
            {
                yield return Polygon(grid[x, y], grid[x + 1, y], grid[x, y + 1]);
                yield return Polygon(grid[x + 1, y], grid[x, y + 1], grid[x + 1, y + 1]);
            }
        }
    }
}
