using static Explain.Render.Tests.Exact;

namespace Explain.Render.Tests;

public class GradientTests
{
    private static readonly Color Blue = Color.FromRgb(0x0000FF);
    private static readonly PathData Square = PathData.Rectangle(new Rect(0, 0, 100, 100));

    [Fact]
    public void Each_pixel_along_a_line_has_the_colour_at_its_centre()
    {
        var bitmap = Filled(100, 2, new LinearGradient(new(0, 0), new(100, 0), [new(0, new(10, 200, 30)), new(1, new(250, 0, 31))]));
        for (int x = 0; x < 100; x++)
        {
            double t = (x + 0.5) / 100;
            bitmap[x, 1].ShouldBe(new Color(Rounded(10 + (240 * t)), Rounded(200 - (200 * t)), Rounded(30 + t)), $"column {x}");
        }
    }

    [Fact]
    public void Beyond_its_ends_the_first_and_the_last_colour_go_on()
    {
        var bitmap = Filled(100, 1, new LinearGradient(new(40, 0), new(60, 0), [new(0.25, Red), new(0.75, Blue)]));
        for (int x = 0; x < 45; x++)
            bitmap[x, 0].ShouldBe(Red);
        for (int x = 55; x < 100; x++)
            bitmap[x, 0].ShouldBe(Blue);
    }

    [Fact]
    public void Two_stops_at_one_place_are_a_hard_edge_there()
    {
        var bitmap = Filled(
            100, 1, new LinearGradient(new(0, 0), new(100, 0), [new(0, Red), new(0.37, Red), new(0.37, Blue), new(1, Blue)]));
        for (int x = 0; x < 100; x++)
            bitmap[x, 0].ShouldBe(x < 37 ? Red : Blue, $"column {x}");
    }

    [Fact]
    public void Alpha_is_interpolated_beside_the_colours_and_multiplied_afterwards()
    {
        var bitmap = BitmapCanvas.Render(On(
            White,
            100,
            1,
            new PathNode(Square, new LinearGradient(new(0, 0), new(100, 0), [new(0, new(255, 0, 0, 0)), new(1, new(0, 0, 255, 255))]))));
        for (int x = 0; x < 100; x++)
        {
            double t = (x + 0.5) / 100;
            var expected = new Color(
                Rounded((255 * (1 - t) * t) + (255 * (1 - t))), Rounded(255 * (1 - t)), Rounded((255 * t * t) + (255 * (1 - t))));
            Near(bitmap[x, 0], expected, 1).ShouldBeTrue($"column {x}: {bitmap[x, 0]}, not {expected}");
        }
    }

    [Fact]
    public void Partly_covered_pixels_mix_the_gradient_with_what_is_under_it()
    {
        var stops = new GradientStop[] { new(0, White), new(1, White) };
        var shaded = Drawn(30, 30, new PathNode(PathData.Circle(new(15, 15), 12.3), new LinearGradient(new(0, 0), new(9, 4), stops)));
        var plain = Drawn(30, 30, new PathNode(PathData.Circle(new(15, 15), 12.3), White));
        foreach (var (a, b) in shaded.Cast<double>().Zip(plain.Cast<double>()))
            a.ShouldBe(b, 1.01 / 255);
    }

    [Fact]
    public void A_gradient_turns_and_stretches_with_its_group()
    {
        var gradient = new LinearGradient(new(2, 1), new(9, 5), [new(0, Black), new(1, White)]);
        var t = Transform.Translate(8, 3).Then(Transform.Rotate(25)).Then(new Transform(2, 0.3, -0.7, 3, 0, 0));
        var drawn = Drawn(
            50, 50, new GroupNode([new PathNode(PathData.Rectangle(new Rect(-100, -100, 300, 300)), gradient)]) { Transform = t });
        var back = t.Inverse()!.Value;
        for (int y = 0; y < 50; y++)
        {
            for (int x = 0; x < 50; x++)
            {
                var p = back.Apply(new Point(x + 0.5, y + 0.5));
                double expected = Math.Clamp((((p.X - 2) * 7) + ((p.Y - 1) * 4)) / 65, 0, 1);
                drawn[x, y].ShouldBe(expected, 0.501 / 255, $"({x}, {y})");
            }
        }
    }

    [Fact]
    public void A_radial_gradient_depends_on_the_distance_from_its_centre()
    {
        var gradient = new RadialGradient(new(20, 30), 25, [new(0, White), new(1, Black)]);
        var drawn = Drawn(60, 60, new PathNode(Square, gradient));
        for (int y = 0; y < 60; y++)
        {
            for (int x = 0; x < 60; x++)
            {
                double r = Math.Sqrt(((x - 19.5) * (x - 19.5)) + ((y - 29.5) * (y - 29.5)));
                drawn[x, y].ShouldBe(Math.Max(0, 1 - (r / 25)), 0.501 / 255, $"({x}, {y})");
            }
        }
    }

    [Fact]
    public void Odd_stops_and_shapes_give_something_sensible()
    {
        GradientStop[] two = [new(0, Red), new(1, Blue)];
        Filled(4, 1, new LinearGradient(new(1, 1), new(1, 1), two))[2, 0].ShouldBe(Blue);
        Filled(4, 1, new RadialGradient(new(1, 1), 0, two))[2, 0].ShouldBe(Blue);
        Filled(4, 1, new RadialGradient(new(1, 1), double.NaN, two))[2, 0].ShouldBe(Blue);
        Filled(4, 1, new LinearGradient(new(double.NaN, 1), new(1, 1), two))[2, 0].ShouldBe(Blue);
        Filled(4, 1, new LinearGradient(new(0, 0), new(1e-320, 0), two))[2, 0].ShouldBe(Blue);
        Filled(4, 1, new LinearGradient(new(0, 0), new(4, 0), [new(0.3, Red)]))[2, 0].ShouldBe(Red);
        Filled(4, 1, new LinearGradient(new(0, 0), new(4, 0), []))[2, 0].ShouldBe(Black);
        // Out of order: each stop stands at least where the one before it does.
        var unsorted = Filled(
            4, 1, new LinearGradient(new(0, 0), new(4, 0), [new(0.5, Red), new(0.2, Blue), new(double.NaN, White), new(7, White)]));
        unsorted[1, 0].ShouldBe(Red);
        unsorted[2, 0].ShouldBe(White);
    }

    private static Bitmap Filled(int width, int height, Paint paint) =>
        BitmapCanvas.Render(Picture(width, height, new PathNode(Square, paint)));

    private static byte Rounded(double v) => (byte)Math.Round(v, MidpointRounding.AwayFromZero);

    private static bool Near(Color a, Color b, int most) =>
        Math.Abs(a.R - b.R) <= most && Math.Abs(a.G - b.G) <= most && Math.Abs(a.B - b.B) <= most;
}
