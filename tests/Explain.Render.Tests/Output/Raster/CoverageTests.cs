using FsCheck;
using FsCheck.Fluent;
using static Explain.Render.Tests.Exact;

namespace Explain.Render.Tests;

public class CoverageTests
{
    private const int Size = 24;

    [Fact]
    public void Each_pixel_of_any_triangle_is_covered_by_the_exact_area_that_lies_in_it()
    {
        var coordinate = Gen.Choose(-8 * 97, (Size + 8) * 97).Select(v => v / 97.0);
        var points = from x in coordinate from y in coordinate select new Point(x, y);
        var triangles = from a in points from b in points from c in points select new[] { a, b, c };
        Prop.ForAll(triangles.ToArbitrary(), t =>
        {
            var coverage = Coverage(Polygon(t), Size, Size);
            for (int y = 0; y < Size; y++)
            {
                for (int x = 0; x < Size; x++)
                {
                    double exact = AreaInPixel(t, x, y);
                    if (Math.Abs(coverage[x, y] - exact) > 0.0011)
                        throw new ShouldAssertException($"Pixel ({x}, {y}) is covered by {exact}, not {coverage[x, y]}.");
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Fact]
    public void A_circle_covers_its_area() =>
        // The four cubics themselves are 0.02 % off.
        Sum(Coverage(PathData.Circle(new Point(50.3, 49.6), 40), 100, 100)).ShouldBe(Math.PI * 1600, 1.5);

    [Fact]
    public void An_edge_through_the_middle_of_a_pixel_covers_half_of_it()
    {
        var drawn = Drawn(6, 6, new PathNode(PathData.Rectangle(new Rect(1.5, 1, 3, 4)), White));
        drawn[0, 2].ShouldBe(0);
        drawn[1, 2].ShouldBe(128 / 255.0);
        drawn[2, 2].ShouldBe(1);
        drawn[4, 2].ShouldBe(128 / 255.0);
        drawn[5, 2].ShouldBe(0);
    }

    [Fact]
    public void A_corner_covers_the_product_of_both_sides() =>
        Coverage(PathData.Rectangle(new Rect(0.25, 0.5, 3, 3)), 4, 4)[0, 0].ShouldBe(0.75f * 0.5f);

    [Fact]
    public void Rectangles_that_meet_inside_a_pixel_leave_no_seam_within_one_path()
    {
        var path = new PathBuilder()
            .MoveTo(1, 1).LineTo(3.3, 1).LineTo(3.3, 5).LineTo(1, 5).Close()
            .MoveTo(3.3, 1).LineTo(6, 1).LineTo(6, 5).LineTo(3.3, 5).Close().Build();
        for (int x = 1; x < 6; x++)
            Coverage(path, 8, 8)[x, 3].ShouldBe(1, 1e-6f, $"column {x}");
    }

    [Fact]
    public void Rectangles_that_meet_between_pixels_leave_no_seam()
    {
        var drawn = Drawn(
            8,
            4,
            new PathNode(PathData.Rectangle(new Rect(0, 0, 4, 4)), White),
            new PathNode(PathData.Rectangle(new Rect(4, 0, 4, 4)), White));
        Sum(drawn).ShouldBe(32);
    }

    [Fact]
    public void A_pentagram_is_hollow_by_the_even_odd_rule_and_full_by_the_non_zero_rule()
    {
        Point[] tips = [new(50, 5), new(76.4503, 86.4058), new(7.2025, 36.0942), new(92.7975, 36.0942), new(23.5497, 86.4058)];
        var full = Coverage(Polygon(tips), 100, 100);
        var hollow = Coverage(Polygon(tips), 100, 100, FillRule.EvenOdd);
        full[50, 50].ShouldBe(1, 1e-5f);
        hollow[50, 50].ShouldBe(0);
        hollow[50, 12].ShouldBe(1, 1e-5f);
        // The inner pentagon of a regular pentagram has the circumradius r / φ²; the star's area is known from it.
        double golden = (1 + Math.Sqrt(5)) / 2, inner = 45 / (golden * golden), pentagon = 2.5 * inner * inner * Math.Sin(2 * Math.PI / 5);
        (Sum(full) - Sum(hollow)).ShouldBe(pentagon, 1);
    }

    [Fact]
    public void Coverage_does_not_depend_on_how_rows_are_cut_into_bands()
    {
        var path = PathData.Circle(new Point(30.123, 29.871), 28.5);
        var whole = Coverage(path, 64, 64, rows: 64);
        foreach (int rows in new[] { 1, 7, 32 })
            Coverage(path, 64, 64, rows: rows).Cast<float>().ShouldBe(whole.Cast<float>());
    }

    [Fact]
    public void Shapes_far_outside_the_picture_still_cover_it()
    {
        Sum(Drawn(10, 10, new PathNode(Polygon(new(-1e7, -1e7), new(1e7, -1e7), new(1e7, 1e7), new(-1e7, 1e7)), White))).ShouldBe(100);
        Sum(Drawn(10, 10, new PathNode(Polygon(new(20, 0), new(1e7, 0), new(20, 10)), White))).ShouldBe(0);
    }

    [Fact]
    public void Points_that_are_not_finite_are_left_out()
    {
        var path = Polygon(new(1, 1), new(double.NaN, 3), new(5, 1), new(5, 5), new(double.PositiveInfinity, 4), new(1, 5));
        Sum(Drawn(6, 6, new PathNode(path, White, new Stroke(White, 0.5)))).ShouldBe(20.25, 0.1);
        Sum(Drawn(6, 6, new PathNode(PathData.Circle(new Point(double.NaN, 1), 3), White))).ShouldBe(0);
    }

    [Fact]
    public void Curves_end_where_they_should_whatever_follows_a_close()
    {
        var path = new PathBuilder().MoveTo(1, 1).LineTo(4, 1).LineTo(4, 4).Close().LineTo(4, 4).LineTo(1, 4).Close().Build();
        Sum(Coverage(path, 6, 6)).ShouldBe(9, 1e-4);
    }

    /// <summary>The independent twin: the triangle cut to the pixel, side by side, and its area by the shoelace formula.</summary>
    private static double AreaInPixel(Point[] polygon, int x, int y)
    {
        IEnumerable<Point> cut = polygon;
        cut = Cut(cut.ToList(), p => p.X - x);
        cut = Cut(cut.ToList(), p => x + 1 - p.X);
        cut = Cut(cut.ToList(), p => p.Y - y);
        cut = Cut(cut.ToList(), p => y + 1 - p.Y);
        var points = cut.ToList();
        double sum = 0;
        for (int i = 0; i < points.Count; i++)
        {
            var (p, q) = (points[i], points[(i + 1) % points.Count]);
            sum += (p.X * q.Y) - (q.X * p.Y);
        }
        return Math.Abs(sum) / 2;
    }

    private static IEnumerable<Point> Cut(List<Point> polygon, Func<Point, double> inside)
    {
        for (int i = 0; i < polygon.Count; i++)
        {
            var (p, q) = (polygon[i], polygon[(i + 1) % polygon.Count]);
            double a = inside(p), b = inside(q);
            if (a >= 0)
                yield return p;
            if (a * b < 0)
                yield return new Point(p.X + ((q.X - p.X) * a / (a - b)), p.Y + ((q.Y - p.Y) * a / (a - b)));
        }
    }
}
