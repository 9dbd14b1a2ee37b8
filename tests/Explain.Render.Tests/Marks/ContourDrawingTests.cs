using static Explain.Render.Tests.StatisticalMarkTests;

namespace Explain.Render.Tests.Marks;

/// <summary>What contours, their bands and upright bars look like in pixels, not only where their points lie.</summary>
public class ContourDrawingTests
{
    private const int Size = 120;
    private static readonly Limits Unit = new(0, 1);

    // A slope that rises to the right: levels are upright lines.
    private static readonly ContourGrid Slope = new([.. Enumerable.Range(0, 36).Select(i => i % 6 / 5.0)], 6, 6);

    [Fact]
    public void Bands_of_a_slope_are_upright_stripes_in_the_colours_of_their_middles_and_meet_without_a_gap()
    {
        var scale = ColorScale.Sequential(Theme.Light, 1);
        var picture = Paint(new FilledContourMark { Grid = Slope, X = Unit, Y = Unit, Levels = [0.25, 0.5, 0.75], Scale = scale });
        double[] middles = [0.125, 0.375, 0.625, 0.875];
        for (int band = 0; band < 4; band++)
        {
            foreach (int y in new[] { 1, 60, 118 }) picture[(30 * band) + 15, y].ShouldBe(scale.At(middles[band]));
        }
        // Levels fall between pixels here and there: nothing of the white below shines through.
        var thirds = Paint(new FilledContourMark { Grid = Slope, X = Unit, Y = Unit, Levels = [0.337, 0.671], Scale = scale });
        for (int x = 0; x < Size; x++)
            Contrast.Ratio(thirds[x, 50], Color.FromRgb(0xFFFFFF))
                .ShouldBeGreaterThanOrEqualTo(Contrast.Ratio(scale.At(0.337 - (0.334 / 2)), Color.FromRgb(0xFFFFFF)) - 0.02);
    }

    [Fact]
    public void A_hole_of_the_grid_shows_the_ground()
    {
        double[] values = [.. Slope.Values];
        values[14] = double.NaN;
        var picture = Paint(new FilledContourMark
        {
            Grid = new ContourGrid(values, 6, 6),
            X = Unit,
            Y = Unit,
            Levels = [0.5],
            Scale = ColorScale.Sequential(Theme.Light, 1),
        });
        // Row 2 from the bottom, column 2; the four cells about it are gone.
        picture[48, Size - 1 - 48].ShouldBe(Color.FromRgb(0xFFFFFF));
        picture[100, 20].ShouldNotBe(Color.FromRgb(0xFFFFFF));
    }

    [Fact]
    public void Lines_of_a_slope_are_drawn_at_their_levels_the_strong_one_twice_as_wide_and_left_out_behind_their_labels()
    {
        var mark = new ContourMark
        {
            Grid = Slope,
            X = Unit,
            Y = Unit,
            Levels = [0.25, 0.75],
            Strong = 0.75,
            Color = Color.FromRgb(0),
            Width = 2,
            Label = null,
        };
        var picture = Paint(mark);
        Dark(picture, 30, 60).ShouldBeTrue();
        Dark(picture, 26, 60).ShouldBeFalse();
        Dark(picture, 90, 60).ShouldBeTrue();
        (Width(picture, 30), Width(picture, 90)).ShouldBe((2, 4));
        // With a label the line is interrupted by as much as the text is long, and the text stands upright along it.
        var labelled = mark with { Levels = [0.5], Label = v => NumberFormat.Value(v) };
        var text = Flat(labelled.Draw(Area())).OfType<TextNode>().ShouldHaveSingleItem();
        (text.Text, Math.Abs(text.Rotation)).ShouldBe(("0.500", 90));
        var path = Flat(labelled.Draw(Area())).OfType<PathNode>().ShouldHaveSingleItem().Data;
        path.Verbs.Count(v => v == PathVerb.Move).ShouldBe(2);
        // The letters leave light between them where the line would be dark all along.
        var under = Paint(labelled);
        Enumerable.Range(0, Size).Count(y => Dark(under, 60, y)).ShouldBeLessThan(Size - 10);

        static bool Dark(Bitmap b, int x, int y) => b[x, y].R < 128;

        static int Width(Bitmap b, int x) => Enumerable.Range(x - 8, 16).Count(i => Dark(b, i, 60));
    }

    [Fact]
    public void Lines_over_dark_bands_are_drawn_in_ink_that_stands_out()
    {
        var ground = ColorScale.Grey(Theme.Light, Unit);
        var mark = new ContourMark
        {
            Grid = Slope,
            X = Unit,
            Y = Unit,
            Levels = [0.1, 0.9],
            Color = Color.FromRgb(0),
            Ground = ground,
            Label = null,
        };
        foreach (var node in Flat(mark.Draw(Area())).OfType<PathNode>())
        {
            double level = node.Data.Points[0].X / Size;
            Contrast.Ratio(node.Stroke!.Color with { A = 255 }, ground.At(level)).ShouldBeGreaterThan(3);
        }
    }

    [Fact]
    public void An_upright_bar_shows_its_colours_rising_with_the_limits_at_both_ends()
    {
        var scale = ColorScale.Diverging(Theme.Light, 2);
        var room = new Rect(10, 5, 90, 110);
        Node[] nodes = [.. ColorBar.DrawUpright(scale, room, Theme.Light, "weight")];
        var bar = nodes.OfType<PixelsNode>().ShouldHaveSingleItem();
        var picture = Render(nodes);
        int x = (int)bar.Bounds.Center.X;
        Contrast.Ratio(picture[x, (int)bar.Bounds.Y + 1], scale.At(2)).ShouldBeLessThan(1.15);
        Contrast.Ratio(picture[x, (int)bar.Bounds.Bottom - 2], scale.At(-2)).ShouldBeLessThan(1.15);
        double middle = bar.Bounds.Center.Y;
        Contrast.Ratio(picture[x, (int)middle], scale.At(0)).ShouldBeLessThan(1.1);
        var texts = nodes.OfType<TextNode>().ToArray();
        texts[0].Text.ShouldBe("weight");
        texts[0].Origin.Y.ShouldBeLessThan(bar.Bounds.Y);
        // Each label stands at the height of its value.
        foreach (var text in texts[1..].Where(t => t.Text is "2.00" or "−2.00" or "0"))
        {
            double expected = bar.Bounds.Bottom - (scale.Position(text.Text switch { "0" => 0, "2.00" => 2, _ => -2 }) * bar.Bounds.Height);
            (text.Origin.Y - (TestFont.Face.CapHeight * text.Size / 2)).ShouldBe(expected, 0.01);
        }
        texts[1..].Length.ShouldBeGreaterThanOrEqualTo(3);
        nodes.OfType<PathNode>().Count(n => n.Fill is not null).ShouldBe(0);
    }

    [Fact]
    public void An_upright_bar_is_pointed_where_values_are_cut_off()
    {
        var room = new Rect(10, 5, 90, 110);
        Tips(ColorScale.Diverging(Theme.Light, 2)).ShouldBe(2);
        Tips(ColorScale.Sequential(Theme.Light, 2)).ShouldBe(1);
        ColorBar.DrawUpright(ColorScale.Sequential(Theme.Light, 2), room, Theme.Light, "weight", clipped: 0.02).OfType<TextNode>()
            .ShouldContain(t => t.Text.Contains('%', StringComparison.Ordinal));

        int Tips(ColorScale scale)
        {
            Node[] nodes = [.. ColorBar.DrawUpright(scale, room, Theme.Light, "", clipped: 0.02)];
            var bar = nodes.OfType<PixelsNode>().Single().Bounds;
            var picture = Render(nodes);
            // The colour of the end goes on in the point.
            int up = picture[(int)bar.Center.X, (int)bar.Y - 3] == scale.Map.At(1) ? 1 : 0,
                down = picture[(int)bar.Center.X, (int)bar.Bottom + 2] == scale.Map.At(0) ? 1 : 0;
            return up + down;
        }
    }

    private static PlotArea Area() =>
        new(new Rect(0, 0, Size, Size), new LinearScale(Unit, 0, Size), new LinearScale(Unit, Size, 0), Theme.Light);

    private static Bitmap Paint(Mark mark) => Render([.. mark.Draw(Area())]);

    private static Bitmap Render(IReadOnlyList<Node> nodes) => BitmapCanvas.Render(new Scene(
        Size, Size, Color.FromRgb(0xFFFFFF), nodes, new SceneInfo { Title = "", AltText = "" }, TestFont.Face));
}
