namespace Explain.Render.Tests.Marks;

public class MarkerStampTests
{
    public static TheoryData<Marker, double, bool> Dots
    {
        get
        {
            var dots = new TheoryData<Marker, double, bool>();
            foreach (var marker in Enum.GetValues<Marker>())
            {
                dots.Add(marker, 3, false);
                dots.Add(marker, 3, true);
                dots.Add(marker, 0.7, true);
                dots.Add(marker, 17.3, true);
            }
            return dots;
        }
    }

    [Theory]
    [MemberData(nameof(Dots))]
    public void A_dot_covers_what_its_outline_covers(Marker marker, double radius, bool rim)
    {
        const double Density = 2;
        var mark = new DotMark
        {
            Points = [],
            Color = new Color(200, 60, 20, 180),
            Marker = marker,
            Radius = radius,
            Rim = rim ? new Color(20, 90, 240) : null,
        };
        var stamp = new MarkerStamp(mark, Density, DotPicture.Reach(mark));
        int side = (2 * stamp.Reach) + 1;
        double size = side / Density;
        var outline = mark.Outline(new Point(size / 2, size / 2), mark.Color);
        // Drawn finely and averaged, since Skia's own coverage of a pixel is a few samples.
        const int Fine = 16;
        var expected = BitmapCanvas.Render(
            new Scene(size, size, new Color(0, 0, 0, 0), [outline], new SceneInfo { Title = "", AltText = "" }, TestFont.Face),
            Density * Fine);
        for (int y = 0; y < side; y++)
        {
            var row = stamp.Row(y);
            for (int x = 0; x < side; x++)
            {
                var (red, green, blue, alpha) = row[x];
                double r = 0, g = 0, b = 0, a = 0;
                for (int i = 0; i < Fine * Fine; i++)
                {
                    var c = expected[(x * Fine) + (i % Fine), (y * Fine) + (i / Fine)];
                    double share = c.A / 255.0;
                    (r, g, b, a) = (r + (c.R * share), g + (c.G * share), b + (c.B * share), a + c.A);
                }
                const double Samples = Fine * Fine;
                // A cell that rim and fill share is mixed once here, and sample by sample there.
                double near = rim ? 20 : 6;
                (255.0 * alpha).ShouldBe(a / Samples, near, $"alpha of cell ({x}, {y})");
                ((double)red).ShouldBe(r / Samples, near, $"red of cell ({x}, {y})");
                ((double)green).ShouldBe(g / Samples, near, $"green of cell ({x}, {y})");
                ((double)blue).ShouldBe(b / Samples, near, $"blue of cell ({x}, {y})");
            }
        }
    }

    [Fact]
    public void Dots_over_each_other_let_as_much_through_as_their_layers_together()
    {
        var mark = new DotMark { Points = [], Color = new Color(10, 20, 30, 51) };
        var stamp = new MarkerStamp(mark, 2, DotPicture.Reach(mark));
        stamp.Row(stamp.Reach)[stamp.Reach].Alpha.ShouldBe(0.2f, 1e-6f);
        stamp.Layered(3).Row(stamp.Reach)[stamp.Reach].Alpha.ShouldBe(1 - (0.8f * 0.8f * 0.8f), 1e-6f);
    }
}
