using Explain.Core;

namespace Explain.Render.Tests;

/// <summary>Surfaces, their contours and cuts, against the same worked out triangle by triangle.</summary>
public sealed class SurfaceTests
{
    private const int Side = 13;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Contours_are_the_crossings_of_every_triangle_each_once(int seed)
    {
        var random = new CounterRandom((ulong)seed, "heights");
        float[] heights = [.. Enumerable.Range(0, Side * Side).Select(_ => (2 * random.NextSingle()) - 1)];
        // A hole in the middle.
        heights[(6 * Side) + 6] = float.NaN;
        var stage = Build(Surface(heights) with { Contours = [new Contour(0.2)] });
        var line = stage.Lines.Single(l => l.Order == LineOrder.Contour);
        var found = line.Pieces.SelectMany(p => p.Zip(p.Skip(1))).ToArray();
        double level = stage.MapZ(0.2);
        var want = new List<(Point3 A, Point3 B)>();
        foreach (var t in stage.Triangles.Select(Corners))
        {
            // On the floor plan, as the camera looks straight down along parallel rays.
            Point3[] crossings = [.. new[] { (t[0], t[1]), (t[1], t[2]), (t[2], t[0]) }.Where(e => e.Item1.Z >= level != e.Item2.Z >= level)
                .Select(e => e.Item1.Toward(e.Item2, (level - e.Item1.Z) / (e.Item2.Z - e.Item1.Z)))];
            if (crossings.Length == 2) want.Add((crossings[0], crossings[1]));
        }
        want.Count.ShouldBeGreaterThan(20);
        found.Length.ShouldBe(want.Count);
        foreach (var (a, b) in want)
            found.Count(f => (Near(a, f.First) && Near(b, f.Second)) || (Near(a, f.Second) && Near(b, f.First))).ShouldBe(1, $"{a} to {b}");
    }

    [Fact]
    public void A_contour_on_a_logarithmic_axis_stands_at_its_height()
    {
        float[] heights = [.. Enumerable.Range(0, Side * Side).Select(i => MathF.Pow(10, (i % Side / 6f) - 1))];
        var stage = Build(Surface(heights) with { Contours = [new Contour(1)] }, new Axis { Log = true, Limits = new Limits(0.1, 10) });
        var points = stage.Lines.Single(l => l.Order == LineOrder.Contour).Pieces.SelectMany(p => p).ToArray();
        points.Length.ShouldBe((2 * Side) - 1);
        points.ShouldAllBe(p => Math.Abs(p.Z) < 1e-6, "1 is halfway between 0.1 and 10");
        points.ShouldAllBe(p => Math.Abs(p.X) < 1e-3, "where the middle column is");
    }

    [Fact]
    public void What_lies_below_the_least_height_is_cut_between_the_places_of_the_grid()
    {
        // A plane from −1 to 1: the half above 0 is left, although no column of the grid lies at 0.
        const int Even = 12;
        double[] places = [.. Enumerable.Range(0, Even).Select(i => (double)i)];
        var heights = new double[Even, Even];
        for (int i = 0; i < Even * Even; i++)
            heights[i / Even, i % Even] = (2.0 * (i % Even) / (Even - 1)) - 1;
        var item = new SurfaceItem { Xs = places, Ys = places, Heights = heights, Least = 0, LinesEvery = 3 };
        var stage = Build(item, new Axis { Limits = new Limits(-1, 1) });
        double all = Build(item with { Least = null }, new Axis { Limits = new Limits(-1, 1) }).Triangles.Sum(Area);
        stage.Triangles.Sum(Area).ShouldBe(all / 2, 1e-6 * all);
        stage.Triangles.SelectMany(Corners).ShouldAllBe(p => p.X > -1e-6);
        stage.Lines.SelectMany(l => l.Pieces).SelectMany(p => p).Where(p => p.IsFinite).ShouldAllBe(p => p.Z > -1e-9);
    }

    [Fact]
    public void Of_translucent_sheets_the_nearer_lies_over_the_farther_in_whatever_order_they_came()
    {
        Color red = new(200, 0, 0, 128), blue = new(0, 0, 200, 128);
        var pictures = new[] { (red, 0.9, blue, 0.1), (blue, 0.1, red, 0.9) }
            .Select(order => Sheets(order.Item1, order.Item2, order.Item3, order.Item4))
            .ToArray();
        pictures[0].ShouldBe(pictures[1]);
        // Half of red over half of blue, of which red then is two thirds.
        pictures[0].R.ShouldBeInRange((byte)130, (byte)137);
        pictures[0].B.ShouldBeInRange((byte)63, (byte)70);
        pictures[0].A.ShouldBeInRange((byte)190, (byte)193);
    }

    private static Color Sheets(Color first, double firstHeight, Color second, double secondHeight)
    {
        var space = Above([Sheet(first, firstHeight), Sheet(second, secondHeight)], new Axis { Limits = new Limits(0, 1) });
        var stage = Stage(space);
        foreach (var item in space.Items)
            item.Build(stage);
        var image = DepthBuffer.Paint(stage, space.Bounds, 1).Image!;
        return image.Pixels[(image.Rows / 2 * image.Columns) + (image.Columns / 2)];
    }

    private static MeshItem Sheet(Color color, double height) => new()
    {
        Vertices = [new Point3(0, 0, height), new Point3(1, 0, height), new Point3(1, 1, height), new Point3(0, 1, height)],
        Triangles = [new MeshTriangle(0, 1, 2), new MeshTriangle(0, 2, 3)],
        Color = color,
        Shading = Shading.Flat,
    };

    private static SurfaceItem Surface(float[] heights)
    {
        double[] places = [.. Enumerable.Range(0, Side).Select(i => (double)i)];
        var grid = new double[Side, Side];
        for (int i = 0; i < heights.Length; i++)
            grid[i / Side, i % Side] = heights[i];
        return new SurfaceItem { Xs = places, Ys = places, Heights = grid };
    }

    private static Stage Build(SurfaceItem item, Axis? z = null)
    {
        var stage = Stage(Above([item], z ?? new Axis { Limits = new Limits(-1, 1) }));
        item.Build(stage);
        return stage;
    }

    private static Space Above(IReadOnlyList<SpaceItem> items, Axis z) => new()
    {
        Bounds = new Rect(-50, -50, 100, 100),
        Items = items,
        Z = z,
        Camera = new Camera(-90, 90) { FieldOfView = 0 },
    };

    private static Stage Stage(Space space)
    {
        var box = SpaceBox.Of(space);
        return new Stage(box, new Projection(space.Camera, box.Half).Placed(100, default), Theme.Light);
    }

    // Seen from above along parallel rays the picture is the floor, 100 pixels a unit, and nearness the height.
    private static Point3[] Corners(Triangle t)
    {
        var view = new Projection(new Camera(-90, 90) { FieldOfView = 0 }, new Point3(0.5, 0.5, 0.31)).Placed(100, default);
        double reach = 1 / (view.Apply(new Point3(0, 0, 1)).Q - 1);
        return
        [
            new(t.X0 / 100, -t.Y0 / 100, (t.Q0 - 1) * reach),
            new(t.X1 / 100, -t.Y1 / 100, (t.Q1 - 1) * reach),
            new(t.X2 / 100, -t.Y2 / 100, (t.Q2 - 1) * reach),
        ];
    }

    private static double Area(Triangle t) => Math.Abs(((t.X1 - t.X0) * (t.Y2 - t.Y0)) - ((t.Y1 - t.Y0) * (t.X2 - t.X0))) / 2;

    // Nearness, from which heights are read back, is single precision.
    private static bool Near(Point3 a, Point3 b) => Math.Abs(a.X - b.X) < 1e-4 && Math.Abs(a.Y - b.Y) < 1e-4;
}
