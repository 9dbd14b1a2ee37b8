namespace Explain.Render.Tests;

/// <summary>What the z-buffer paints, against the same worked out sample by sample.</summary>
public sealed class DepthBufferTests
{
    private static readonly Rect Bounds = new(0, 0, 90, 70);

    [Fact]
    public void Every_sample_shows_the_nearest_of_many_triangles_that_pass_through_each_other()
    {
        var triangles = Random(60);
        var image = Paint(triangles);
        int wrong = 0;
        for (int y = 0; y < 70; y++)
        {
            for (int x = 0; x < 90; x++)
            {
                var want = Naive(triangles, x, y);
                var got = image.Pixels[(y * 90) + x];
                if (Math.Abs(want.R - got.R) > 1 || Math.Abs(want.G - got.G) > 1 || Math.Abs(want.B - got.B) > 1
                    || Math.Abs(want.A - got.A) > 1)
                    wrong++;
            }
        }
        // Nearness is single precision: where two triangles meet, a sample may go to the other.
        wrong.ShouldBeLessThan(20);
    }

    [Fact]
    public void Triangles_that_meet_cover_every_sample_once()
    {
        // A fan about a middle that is no whole number, all of one translucent colour: a sample covered twice would be darker, one left out
        // lighter.
        var stage = Stage();
        var vertex = new SpatialVertex { Red = 200, Green = 100, Blue = 40, Front = Lit.Unlit, Back = Lit.Unlit };
        var middle = new Projected(44.37, 33.91, 1);
        Projected[] rim = [.. Enumerable.Range(0, 23).Select(i => Angle.SinCos(360.0 * i / 23))
            .Select(a => new Projected(44.37 + (30 * a.Cos), 33.91 + (30 * a.Sin), 1))];
        for (int i = 0; i < rim.Length; i++)
        {
            var t = Triangle.Of(middle, rim[i], rim[(i + 1) % rim.Length], vertex, vertex, vertex, Palette.None, false, 0.5f);
            stage.Translucent.Add((1, t, null));
        }
        var image = DepthBuffer.Paint(stage, Bounds, 1).Image!;
        int inside = 0;
        for (int y = 0; y < 70; y++)
        {
            for (int x = 0; x < 90; x++)
            {
                double r = Math.Sqrt(((x + 0.5 - 44.37) * (x + 0.5 - 44.37)) + ((y + 0.5 - 33.91) * (y + 0.5 - 33.91)));
                if (r > 28) continue;
                image.Pixels[(y * 90) + x].A.ShouldBe((byte)128, $"({x}, {y})");
                inside++;
            }
        }
        inside.ShouldBeGreaterThan(2000);
    }

    [Fact]
    public void An_edge_covers_its_pixels_in_even_steps()
    {
        // The lower left half of a slightly sloping line: coverage must follow the true area to within a sixteenth.
        var stage = Stage();
        var vertex = new SpatialVertex { Red = 0, Front = Lit.Unlit, Back = Lit.Unlit };
        stage.Triangles.Add(Triangle.Of(
            new Projected(0, 10, 1), new Projected(80, 14, 1), new Projected(0, 60, 1), vertex, vertex, vertex, Palette.None, false, 1));
        var image = DepthBuffer.Paint(stage, Bounds, 1).Image!;
        for (int x = 0; x < 60; x++)
        {
            double area = 0;
            for (int y = 8; y < 18; y++)
                area += image.Pixels[(y * 90) + x].A / 255.0;
            area.ShouldBe(18 - (10 + (0.05 * (x + 0.5))), 0.07, $"column {x}");
        }
    }

    [Fact]
    public void A_picture_is_the_same_for_any_number_of_threads()
    {
        int before = Explain.Core.Rows.Threads;
        try
        {
            var pictures = new List<byte[]>();
            foreach (int threads in new[] { 1, 2, 5 })
            {
                Explain.Core.Rows.Threads = threads;
                pictures.Add(Canvases.Png.Encode(
                    new Scene(
                        300, 240, Theme.Light.Background, [Trial(new Rect(0, 0, 300, 240)).Draw(Theme.Light, 1.5)],
                        new SceneInfo { Title = "t", AltText = "a" }, TestFont.Face),
                    1.5));
            }
            pictures[1].ShouldBe(pictures[0]);
            pictures[2].ShouldBe(pictures[0]);
        }
        finally
        {
            Explain.Core.Rows.Threads = before;
        }
    }

    [Fact]
    public void A_space_of_every_item_is_as_it_was_seen() => Golden.MatchPng("space", Canvases.Png.Encode(new Scene(
        520, 400, Theme.Light.Background, [Trial(new Rect(0, 0, 520, 400)).Draw(Theme.Light, 1)],
        new SceneInfo { Title = "t", AltText = "a" }, TestFont.Face)));

    [Fact]
    public void A_line_behind_a_panel_is_cut_where_the_panel_begins()
    {
        var panel = new PanelItem
        {
            Corner = new Point3(-1, 0, 1),
            Across = new Point3(2, 0, 0),
            Down = new Point3(0, 0, -2),
            Rows = 1,
            Columns = 1,
            Values = [1],
            Colors = ColorScale.Sequential(Theme.Light, 1),
        };
        var line = new LineItem
        {
            Points = [new Point3(-2, 1, 0), new Point3(2, 1, 0)],
            Color = new Color(255, 0, 0),
            Hidden = HiddenLine.Omitted,
            Name = "line",
        };
        var space = new Space
        {
            Bounds = new Rect(0, 0, 400, 400),
            Items = [panel, line],
            Camera = new Camera(-90, 0) { FieldOfView = 0 },
            ShowAxes = false,
            X = new Axis { Limits = new Limits(-2, 2) },
            Y = new Axis { Limits = new Limits(-2, 2) },
            Z = new Axis { Limits = new Limits(-2, 2) },
            Aspect = new Point3(1, 1, 1),
        };
        var path = Find(space.Draw(Theme.Light, 1));
        double length = 0;
        for (int i = 1; i < path.Data.Points.Count; i++)
        {
            if (path.Data.Verbs[i] == PathVerb.Line) length += Math.Abs(path.Data.Points[i].X - path.Data.Points[i - 1].X);
        }
        // Half of it is hidden, but for a pixel or two on either side.
        var all = Find((space with { Items = [line] }).Draw(Theme.Light, 1));
        double whole = all.Data.Points.Max(p => p.X) - all.Data.Points.Min(p => p.X);
        length.ShouldBe(whole / 2, 5);
        Find((space with { Camera = space.Camera.Turned(180) }).Draw(Theme.Light, 1)).Data.Points.Select(p => p.X).Max()
            .ShouldBe(all.Data.Points.Max(p => p.X), 1e-6);

        static PathNode Find(GroupNode group) =>
            group.Children.OfType<GroupNode>().Single(g => g.Label == "line").Children.OfType<PathNode>().Single();
    }

    [Fact]
    public void Odd_data_draws()
    {
        double nan = double.NaN;
        SpaceItem[][] cases =
        [
            [],
            [new PointsItem { Points = [new Point3(1, 1, 1)], Color = new Color(1, 2, 3) }],
            [new PointsItem { Points = [new Point3(nan, 1, 1), new Point3(1, double.PositiveInfinity, 1)], Color = new Color(1, 2, 3) }],
            [Surface(5, (_, _) => 2)],
            [Surface(5, (_, _) => nan)],
            [Surface(9, (r, c) => r == 4 && c == 4 ? 1e30 : r * c)],
            [Surface(9, (r, c) => r == 4 && c == 4 ? double.NegativeInfinity : r * c)],
            [Surface(0, (_, _) => 0)],
            [Surface(1, (_, _) => 1)],
            [Surface(3, (r, c) => r == 1 ? 1e308 : -1e308)],
            [new SurfaceItem { Xs = [0, 1], Ys = [0], Heights = new double[1, 2] }],
            [
                new LineItem { Points = [], Color = new Color(1, 2, 3) },
                new LineItem { Points = [default, new Point3(1, 1, 1)], Color = new Color(1, 2, 3), Width = nan },
            ],
            [
                new PanelItem
                {
                    Corner = default,
                    Across = default,
                    Down = default,
                    Rows = 0,
                    Columns = 4,
                    Values = [],
                    Colors = ColorScale.Sequential(Theme.Light, 1),
                },
            ],
            [new RibbonItem { Points = [new Point3(0, 0, nan)], Fill = new Color(1, 2, 3), Line = new Color(0, 0, 0) }],
            [
                new MeshItem
                {
                    Vertices = [default, new Point3(1, 0, 0)],
                    Triangles = [new MeshTriangle(0, 1, 7)],
                    Color = new Color(1, 2, 3),
                },
            ],
            [new LabelItem { At = default, Text = new string('w', 400) }],
        ];
        for (int i = 0; i < cases.Length; i++)
        {
            foreach (bool log in new[] { false, true })
            {
                var space = new Space
                {
                    Bounds = new Rect(0, 0, 200, 160),
                    Items = cases[i],
                    Z = new Axis { Log = log, Label = new string('z', 200) },
                };
                SceneCheck.IsSound(
                    new Scene(200, 160, Theme.Dark.Background, [space.Draw(Theme.Dark, 1)], new SceneInfo
                    {
                        Title = "space",
                        AltText = "an odd space",
                        Description = "Odd data in a space.",
                        Caption = "An odd space.",
                        Table = new DataTable(["x"], [["1"]]),
                        Command = "explain render run --figure space",
                    }, TestFont.Face),
                    $"case {i}");
            }
        }
    }

    [Fact]
    public void A_million_points_draw()
    {
        var points = new Point3[1_000_000];
        for (int i = 0; i < points.Length; i++)
            points[i] = new Point3(i * 0.618033 % 1, i * 0.754877 % 1, i * 0.569840 % 1);
        var space = new Space
        {
            Bounds = new Rect(0, 0, 200, 160),
            Items = [new PointsItem { Points = points, Color = new Color(10, 90, 200), Radius = 1 }],
        };
        space.Draw(Theme.Light, 1).Children.OfType<PixelsNode>().ShouldHaveSingleItem();
    }

    internal static Space Trial(Rect bounds) => new()
    {
        Bounds = bounds,
        X = new Axis { Label = "first" },
        Y = new Axis { Label = "second" },
        Z = new Axis { Label = "height" },
        Items =
        [
            Surface(40, (r, c) => r is > 30 and < 34 && c is > 5 and < 9 ? double.NaN
                : 20 / (1 + (0.02 * (((r - 14) * (r - 14)) + ((c - 22) * (c - 22)))))) with
            {
                LinesEvery = 5,
                Contours = [.. Contour.Every(new Limits(0, 20), 5).Select(k => k with { OnFloor = true })],
            },
            .. Enumerable.Range(0, 10).Select(m => new PointsItem
            {
                Points = [.. Enumerable.Range(0, 4).Select(i => new Point3(4 * m, 10 * i, 2 + (4 * i)))],
                Color = Categories.At(m, Theme.Light),
                Marker = (Marker)m,
                Radius = 4,
                Rim = Theme.Light.Background,
            }),
            new LineItem { Points = [new Point3(0, 0, 2), new Point3(39, 39, 12)], Color = Categories.At(1, Theme.Light), Width = 2 },
            new PanelItem
            {
                Corner = new Point3(30, 5, 20),
                Across = new Point3(8, 0, 0),
                Down = new Point3(0, 0, -8),
                Rows = 2,
                Columns = 2,
                Values = [0, 1, 0.3f, 0.7f],
                Colors = ColorScale.Sequential(Theme.Light, 1),
                Frame = Theme.Light.Foreground,
                Opacity = 0.8,
            },
            new RibbonItem
            {
                Points = [.. Enumerable.Range(0, 20).Select(i => new Point3(i, 38, 10 + (i % 4)))],
                Base = 6,
                Fill = Categories.At(2, Theme.Light),
                Line = Theme.Light.Foreground,
            },
            new MeshItem
            {
                Vertices = [new Point3(5, 5, 16), new Point3(12, 5, 16), new Point3(8, 10, 16), new Point3(8, 7, 20)],
                Triangles = [new MeshTriangle(0, 1, 3), new MeshTriangle(1, 2, 3), new MeshTriangle(2, 0, 3), new MeshTriangle(0, 2, 1)],
                Color = Categories.At(4, Theme.Light),
            },
            new LabelItem { At = new Point3(22, 14, 20), Text = "top" },
            new LabelItem { At = new Point3(22, 14, 20), Text = "the same place" },
        ],
    };

    private static SurfaceItem Surface(int n, Func<int, int, double> height)
    {
        var heights = new double[n, n];
        for (int r = 0; r < n; r++)
        {
            for (int c = 0; c < n; c++)
                heights[r, c] = height(r, c);
        }
        double[] places = [.. Enumerable.Range(0, n).Select(i => (double)i)];
        return new SurfaceItem { Xs = places, Ys = places, Heights = heights };
    }

    private static Stage Stage()
    {
        var space = new Space { Bounds = Bounds, Items = [] };
        var box = SpaceBox.Of(space);
        return new Stage(box, new Projection(space.Camera, box.Half), Theme.Light);
    }

    private static PixelsNode Paint(List<Triangle> triangles)
    {
        var stage = Stage();
        stage.Triangles.AddRange(triangles);
        return DepthBuffer.Paint(stage, Bounds, 1).Image!;
    }

    private static List<Triangle> Random(int count)
    {
        uint state = 7;
        var list = new List<Triangle>();
        for (int i = 0; i < count; i++)
        {
            var vertex =
                new SpatialVertex { Red = Next() % 256, Green = Next() % 256, Blue = Next() % 256, Front = Lit.Unlit, Back = Lit.Unlit };
            list.Add(Triangle.Of(Corner(), Corner(), Corner(), vertex, vertex, vertex, Palette.None, false, 1));
        }
        return list;

        Projected Corner() => new((Next() % 28000 / 256.0) - 10, (Next() % 22000 / 256.0) - 8, 0.8 + (Next() % 4096 / 10240.0));

        uint Next()
        {
            state = (state * 1664525) + 1013904223;
            return state >> 8;
        }
    }

    private static Color Naive(List<Triangle> triangles, int x, int y)
    {
        double r = 0, g = 0, b = 0;
        int covered = 0;
        for (int s = 0; s < DepthTile.Samples; s++)
        {
            double px = x + (TriangleFiller.SampleX(s) / 256.0), py = y + (TriangleFiller.SampleY(s) / 256.0), nearest = 0;
            Triangle? top = null;
            foreach (var t in triangles)
            {
                double area = Area(t.X0, t.Y0, t.X1, t.Y1, t.X2, t.Y2);
                double a = Area(px, py, t.X1, t.Y1, t.X2, t.Y2) / area, c = Area(t.X0, t.Y0, px, py, t.X2, t.Y2) / area, d = 1 - a - c;
                if (a < 0 || c < 0 || d < 0) continue;
                double q = (a * t.Q0) + (c * t.Q1) + (d * t.Q2);
                if (q > nearest) (nearest, top) = (q, t);
            }
            if (top is not { } shown) continue;
            r += shown.C0.R;
            g += shown.C0.G;
            b += shown.C0.B;
            covered++;
        }
        return covered == 0 ? default
            : new Color(
                (byte)Math.Round(r / covered),
                (byte)Math.Round(g / covered),
                (byte)Math.Round(b / covered),
                (byte)Math.Round(255.0 * covered / DepthTile.Samples));
    }

    private static double Area(double x0, double y0, double x1, double y1, double x2, double y2) =>
        ((x1 - x0) * (y2 - y0)) - ((y1 - y0) * (x2 - x0));
}
