using static Explain.Render.Tests.Exact;

namespace Explain.Render.Tests;

public class StrokeTests
{
    private static readonly PathData Slanted = PathData.Line(20.3, 30.7, 70.3, 70.7); // Length 10·√41.

    [Theory]
    [InlineData(LineCap.Butt, 0.0)]
    [InlineData(LineCap.Square, 1.0)]
    [InlineData(LineCap.Round, Math.PI / 4)]
    public void A_line_covers_its_length_times_its_width_and_its_caps(LineCap cap, double ends)
    {
        foreach (double width in new[] { 0.4, 1, 3.5, 12 })
            StrokedArea(Slanted, new Stroke(White, width, Cap: cap))
                .ShouldBe(
                    (width * 10 * Math.Sqrt(41)) + (ends * width * width),
                    0.005 * ((width * 10 * Math.Sqrt(41)) + (ends * width * width)) + 0.05);
    }

    [Theory]
    [InlineData(LineJoin.Miter, 4.0)]
    [InlineData(LineJoin.Round, Math.PI)]
    [InlineData(LineJoin.Bevel, 2.0)]
    public void A_right_angle_adds_what_its_join_says(LineJoin join, double perSquaredHalfWidth)
    {
        var path = new PathBuilder().MoveTo(20, 20).LineTo(80, 20).LineTo(80, 80).LineTo(20, 80).Close().Build();
        // Four sides of 60; at each corner the inner overlap of a quarter counts once, the outer quarter as the join says.
        double half = 4, expected = (4 * 60 * 2 * half) - (4 * half * half) + (perSquaredHalfWidth * half * half);
        StrokedArea(path, new Stroke(White, 2 * half, Join: join)).ShouldBe(expected, 0.5);
    }

    [Fact]
    public void A_mitre_longer_than_four_widths_is_cut()
    {
        // A corner of 29.0 degrees has a mitre of 1 / sin(14.5°) = 3.994 widths, one of 28.9 degrees of 4.007.
        static double Area(double degrees)
        {
            double a = degrees * Math.PI / 180;
            var path = PathData.Polyline([new(90, 50), new(30, 50), new(30 + (60 * Math.Cos(a)), 50 - (60 * Math.Sin(a)))]);
            return StrokedArea(path, new Stroke(White, 6)) - StrokedArea(path, new Stroke(White, 6, Join: LineJoin.Bevel));
        }

        Area(29.0).ShouldBeGreaterThan(15);
        Area(28.9).ShouldBe(0, 1e-6);
    }

    [Fact]
    public void A_ring_covers_its_circumference_times_its_width() =>
        StrokedArea(PathData.Circle(new Point(50, 50), 30), new Stroke(White, 7)).ShouldBe(2 * Math.PI * 30 * 7, 1);

    [Fact]
    public void A_line_that_turns_back_on_itself_has_no_hole()
    {
        var path = PathData.Polyline([new(20, 50), new(80, 50), new(20, 50.2), new(80, 50.4), new(50, 50)]);
        var bitmap = Drawn(100, 100, new PathNode(path, null, new Stroke(White, 10)));
        for (int x = 21; x < 79; x++)
            bitmap[x, 50].ShouldBe(1, $"column {x}");
    }

    [Theory]
    [InlineData(new[] { 6.0, 4.0 }, 9, 6.0)]
    [InlineData(new[] { 5.0 }, 9, 5.0)]
    [InlineData(new[] { 1.0, 2.0, 3.0 }, 23, 2.0)]
    public void Dashes_are_as_many_and_as_long_as_the_pattern_says(double[] dashes, int count, double mean)
    {
        var drawn = Drawn(100, 3, new PathNode(PathData.Line(5, 1.5, 95, 1.5), null, new Stroke(White, 1, dashes)));
        int found = 0;
        for (int x = 1; x < 100; x++)
        {
            if (drawn[x, 1] > 0 && drawn[x - 1, 1] == 0)
                found++;
        }
        found.ShouldBe(count);
        (Sum(drawn) / count).ShouldBe(mean, 0.01);
    }

    [Fact]
    public void Dashes_go_round_corners_and_over_the_closing_line()
    {
        var drawn = Drawn(30, 30, new PathNode(PathData.Rectangle(new Rect(5, 5, 20, 20)), null, new Stroke(White, 2, [10, 10])));
        Sum(drawn).ShouldBe(4 * 10 * 2, 0.1);
        drawn[10, 5].ShouldBe(1);
        drawn[20, 5].ShouldBe(0);
        drawn[4, 20].ShouldBe(1);
        drawn[4, 10].ShouldBe(0);
    }

    [Fact]
    public void A_closed_contour_that_begins_and_ends_on_a_dash_has_a_join_there()
    {
        // 80 round: one dash from 0 to 10 and one from 70 to 80, which meet at the upper left corner.
        var square = PathData.Rectangle(new Rect(5, 5, 20, 20));
        var drawn = Drawn(30, 30, new PathNode(square, null, new Stroke(White, 2, [10, 60])));
        // The last ten of the closing side and the first ten of the upper one, with the outer corner of the mitre and without its inner
        // overlap.
        Sum(drawn).ShouldBe((2 * 10 * 2) + 1 - 1, 0.1);
        drawn[4, 4].ShouldBe(1);
        Drawn(30, 30, new PathNode(square, null, new Stroke(White, 2, [10, 60], Join: LineJoin.Bevel)))[4, 4].ShouldBe(128 / 255.0);
    }

    [Fact]
    public void A_dash_longer_than_a_closed_contour_leaves_it_closed()
    {
        var square = new PathNode(PathData.Rectangle(new Rect(5, 5, 20, 20)), null, new Stroke(White, 4));
        Drawn(30, 30, square with { Stroke = square.Stroke! with { Dashes = [1000, 1] } }).Cast<double>()
            .ShouldBe(Drawn(30, 30, square).Cast<double>());
    }

    [Theory]
    [InlineData(LineJoin.Miter, 0)]
    [InlineData(LineJoin.Bevel, 0)]
    [InlineData(LineJoin.Round, Math.PI / 4)]
    public void A_closed_line_there_and_back_ends_in_its_joins_not_its_caps(LineJoin join, double ends)
    {
        var path = new PathBuilder().MoveTo(20, 50).LineTo(70, 50).Close().Build();
        StrokedArea(path, new Stroke(White, 8, Cap: LineCap.Square, Join: join)).ShouldBe((50 * 8) + (ends * 64), 0.5);
    }

    [Fact]
    public void A_cusp_is_rounded_like_the_inside_of_any_curve()
    {
        // The control points cross so that the curve stands still in its middle, at (50, 35), and turns back.
        var cusp = new PathBuilder().MoveTo(20, 80).CubicTo(80, 20, 20, 20, 80, 80).Build();
        double area = StrokedArea(cusp, new Stroke(White, 6));
        area.ShouldBeInRange(6 * 80, 6 * 130);
        var bitmap = Drawn(100, 100, new PathNode(cusp, null, new Stroke(White, 6)));
        // Nothing sticks out of the cusp at (50, 35) by more than half a width.
        for (int y = 0; y < 31; y++)
            bitmap[50, y].ShouldBe(0, $"row {y}");
        bitmap[50, 35].ShouldBeGreaterThan(0.9);
    }

    [Fact]
    public void A_pattern_that_is_none_gives_a_solid_line()
    {
        foreach (double[] dashes in new double[][] { [], [0, 0], [3, -1], [double.NaN], [1e-9, 1e-9] })
            Sum(Drawn(20, 3, new PathNode(PathData.Line(0, 1.5, 20, 1.5), null, new Stroke(White, 1, dashes)))).ShouldBe(20, 1e-9);
    }

    [Fact]
    public void Hairlines_are_pale_but_never_vanish()
    {
        static double Brightness(double width) =>
            Drawn(10, 3, new PathNode(PathData.Line(0, 1.5, 10, 1.5), null, new Stroke(White, width)))[5, 1];
        Brightness(0.5).ShouldBe(0.5, 0.05);
        Brightness(0.1).ShouldBe(0.1, 0.03);
        Brightness(0.01).ShouldBeGreaterThan(0);
        Brightness(0).ShouldBe(0);
    }

    [Fact]
    public void A_line_of_no_length_shows_its_round_or_square_caps()
    {
        var point = PathData.Line(5, 5, 5, 5);
        Sum(Drawn(10, 10, new PathNode(point, null, new Stroke(White, 4, Cap: LineCap.Round)))).ShouldBe(Math.PI * 4, 0.6);
        Sum(Drawn(10, 10, new PathNode(point, null, new Stroke(White, 4, Cap: LineCap.Square)))).ShouldBe(16);
        Sum(Drawn(10, 10, new PathNode(point, null, new Stroke(White, 4)))).ShouldBe(0);
    }

    [Fact]
    public void The_pen_is_stretched_with_its_coordinates()
    {
        var line = new PathNode(PathData.Line(1, 1.5, 9, 1.5), null, new Stroke(White, 1));
        Sum(Drawn(40, 10, new GroupNode([line]) { Transform = Transform.Scale(4, 3) })).ShouldBe(8 * 4 * 3, 1e-9);
        Sum(Drawn(40, 10, new GroupNode([line]) { Transform = new Transform(-4, 0, 0, 3, 40, 0) })).ShouldBe(8 * 4 * 3, 1e-9);
    }
}
