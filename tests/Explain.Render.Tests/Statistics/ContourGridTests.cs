using Explain.Core;

namespace Explain.Render.Tests;

public class ContourGridTests
{
    private const int N = 41;

    private static ContourGrid Grid(Func<double, double, double> f, int rows = N, int columns = N) =>
        new([.. Enumerable.Range(0, rows * columns).Select(i => f(i % columns, Math.DivRem(i, columns).Quotient))], rows, columns);

    private static ContourGrid Noise(int seed, int rows, int columns)
    {
        var random = new CounterRandom((ulong)seed, "contours");
        return Grid((_, _) => random.NextInt32(7), rows, columns);
    }

    [Fact]
    public void Lines_of_a_plane_are_straight_and_open()
    {
        var line = Grid((x, y) => x + (2 * y)).Lines(30.3).ShouldHaveSingleItem();
        line.Closed.ShouldBeFalse();
        line.Points.ShouldAllBe(p => Math.Abs(p.X + (2 * p.Y) - 30.3) < 1e-9);
    }

    [Fact]
    public void Lines_of_a_cone_are_closed_circles()
    {
        var line = Grid((x, y) => Math.Sqrt(((x - 20) * (x - 20)) + ((y - 20) * (y - 20)))).Lines(11.5).ShouldHaveSingleItem();
        line.Closed.ShouldBeTrue();
        line.Points[0].ShouldBe(line.Points[^1]);
        line.Points.ShouldAllBe(p => Math.Abs(Math.Sqrt(((p.X - 20) * (p.X - 20)) + ((p.Y - 20) * (p.Y - 20))) - 11.5) < 0.03);
    }

    [Fact]
    public void The_centre_of_a_saddle_says_which_corners_are_joined()
    {
        // Corners 4 0 / 0 2: their mean is 1.5.
        var saddle = new ContourGrid([4, 0, 0, 2], 2, 2);
        saddle.Band(1, double.PositiveInfinity).Count.ShouldBe(1);
        saddle.Band(1.75, double.PositiveInfinity).Count.ShouldBe(2);
    }

    [Fact]
    public void Bands_share_out_the_plane()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            var grid = Noise(seed, 2 + (seed % 7), 2 + (seed % 5));
            double[] levels = [double.NegativeInfinity, 1, 2.5, 4, 5.25, double.PositiveInfinity];
            double area = levels.Zip(levels.Skip(1)).Sum(l => grid.Band(l.First, l.Second).Sum(Area));
            area.ShouldBe((grid.Rows - 1) * (grid.Columns - 1), 1e-9);
        }
    }

    [Fact]
    public void Every_band_of_random_values_is_closed_and_lies_between_its_levels()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            var grid = Noise(seed, 6, 7);
            foreach (var loop in grid.Band(1.5, 4.5))
            {
                loop[0].ShouldBe(loop[^1]);
                loop.ShouldAllBe(p => At(grid, p) >= 1.5 - 1e-9 && At(grid, p) <= 4.5 + 1e-9);
            }
            grid.Band(1.5, 4.5).Sum(Area).ShouldBeGreaterThanOrEqualTo(0);
        }
    }

    [Fact]
    public void Lines_of_different_levels_do_not_cross()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            var grid = Noise(seed, 5, 5);
            var low = Segments(grid.Lines(2.25));
            foreach (var (a, b) in Segments(grid.Lines(3.5)))
                low.ShouldAllBe(s => !Cross(a, b, s.A, s.B));
        }
    }

    [Fact]
    public void Cells_without_a_finite_corner_are_holes()
    {
        var grid = Grid((x, y) => x == 2 && y == 2 ? double.NaN : 1, 5, 5);
        grid.Band(0, 2).Sum(Area).ShouldBe(12, 1e-9);
        grid.Lines(0.5).ShouldBeEmpty();
    }

    [Fact]
    public void Levels_are_whole_steps_inside_the_limits()
    {
        ContourGrid.NiceLevels(new Limits(-0.07, 1.02), 10).ShouldBe([0, 0.2, 0.4, 0.6, 0.8, 1], 1e-12);
        ContourGrid.NiceLevels(new Limits(3, 3), 10).ShouldBeEmpty();
        ContourGrid.NiceLevels(default, 10).ShouldBeEmpty();
    }

    private static double Area(IReadOnlyList<Point> loop) =>
        loop.Zip(loop.Skip(1)).Sum(e => (e.First.X * e.Second.Y) - (e.Second.X * e.First.Y)) / 2;

    // On an edge of the grid, where all points of outlines lie, values run straight.
    private static double At(ContourGrid grid, Point p)
    {
        int x = Math.Min(grid.Columns - 2, (int)p.X), y = Math.Min(grid.Rows - 2, (int)p.Y);
        double u = p.X - x, v = p.Y - y;
        double Value(int c, int r) => grid.Values[(r * grid.Columns) + c];
        return ((1 - v) * (((1 - u) * Value(x, y)) + (u * Value(x + 1, y))))
            + (v * (((1 - u) * Value(x, y + 1)) + (u * Value(x + 1, y + 1))));
    }

    private static List<(Point A, Point B)> Segments(IReadOnlyList<Isoline> lines) =>
        [.. lines.SelectMany(l => l.Points.Zip(l.Points.Skip(1), (a, b) => (a, b)))];

    private static bool Cross(Point a, Point b, Point c, Point d)
    {
        return (Turn(a, b, c) * Turn(a, b, d)) < -1e-12 && (Turn(c, d, a) * Turn(c, d, b)) < -1e-12;

        static double Turn(Point p, Point q, Point r) => ((q.X - p.X) * (r.Y - p.Y)) - ((q.Y - p.Y) * (r.X - p.X));
    }
}
