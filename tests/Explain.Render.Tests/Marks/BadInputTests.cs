using static Explain.Render.Tests.StatisticalMarkTests;

namespace Explain.Render.Tests.Marks;

/// <summary>
/// Input that nobody means: it is refused in words where a caller is wrong, and drawn as far as it makes sense where data are.
/// </summary>
public class BadInputTests
{
    private static readonly Color Ink = Categories.At(0, Theme.Light);
    private static readonly string Long = string.Join(' ', Enumerable.Repeat("words", 34));

    [Fact]
    public void Lists_that_do_not_go_together_are_refused_before_anything_is_drawn()
    {
        Refused(() => new ContourGrid([1, 2, 3], 2, 2)).ShouldContain("2 rows of 2 needs 4 values; it was given 3");
        Refused(() => new ContourGrid([], -1, 2)).ShouldContain("-1 rows");
        Refused(new HexbinMark { Points = [new(0, 0), new(1, 1)], Values = [1] }).ShouldContain("1 values for 2 points");
        Refused(new BandMark { At = [0, 1], Lower = [0], Upper = [1, 1], Color = Ink })
            .ShouldContain("2 positions, 1 lower and 2 upper ends");
        Refused(new DensityMark { X = new float[3], Y = new float[2], Color = Ink }).ShouldContain("3 horizontal and 2 vertical");
        Refused(new AreaMark { At = [0, 1], Values = [1], Color = Ink }).ShouldContain("2 places and 1 values");
        Refused(new AreaMark { At = [0, 1], Values = [1, 2], Base = [0], Color = Ink })
            .ShouldContain("AreaMark.Base has 1 values for 2 places");
        Refused(() => StepMark.Histogram([0, 1], [1, 2], Ink)).ShouldContain("2 heights needs 3 edges; it was given 2");
        Refused(() => AreaMark.Stack([0, 1], [new("b", [1, -2], Ink)])).ShouldContain("'b' of a stack is −2 at place 1");
        Refused(() => AreaMark.Stack([0, 1], [new("b", [1], Ink)])).ShouldContain("'b' of a stack has 1 values for 2 places");
        Refused(() => Space(new SurfaceItem { Xs = [0, 1], Ys = [0, 1], Heights = new double[2, 2], Values = new double[1, 2] }))
            .ShouldContain("SurfaceItem.Values has 1 rows of 2; Ys and Xs call for 2 rows of 2");
        Refused(() => Space(new SurfaceItem { Xs = [0, 1, 2], Ys = [0, 1], Heights = new double[2, 2] }))
            .ShouldContain("SurfaceItem.Heights has 2 rows of 2");

        static string Refused(object made) => made is Mark mark ? Should.Throw<ArgumentException>(() => new Plot { Marks = [mark] }).Message
            : Should.Throw<ArgumentException>((Func<object>)made).Message;
    }

    [Theory]
    [InlineData(1e100)]
    [InlineData(1e153)]
    [InlineData(-1e305)]
    public void A_value_far_beyond_the_axis_is_a_line_that_leaves_the_plot(double far)
    {
        Point[] points = [new(0.2, 0.3), new(0.4, far), new(0.5, 0.9)];
        double[] at = [.. points.Select(p => p.X)], values = [.. points.Select(p => p.Y)];
        var axis = new Axis { Limits = new Limits(0, 1) };
        Mark[] marks =
        [
            new LineMark { Points = points, Color = Ink, Width = 3 },
            new LineMark { Points = points, Color = Ink, Dashes = [5, 3] },
            new AreaMark { At = at, Values = values, Color = Ink },
            new StepMark { Points = points, Color = Ink },
        ];
        foreach (var mark in marks)
        {
            var plot = new Plot { Bounds = new Rect(0, 0, 300, 200), Marks = [mark], X = axis, Y = axis };
            var pixels = BitmapCanvas.Render(new Scene(
                300, 200, Theme.Light.Background, [plot.Draw(Theme.Light)], new SceneInfo { Title = "far", AltText = "far" },
                TestFont.Face));
            Enumerable.Range(0, 300 * 200).Any(i => pixels[i % 300, i / 300] == Ink).ShouldBeTrue();
        }
    }

    [Fact]
    public void A_picture_of_an_odd_width_is_refused()
    {
        foreach (double width in new[] { double.NaN, 0, 199, 8001 })
            Should.Throw<ArgumentOutOfRangeException>(() => new Chart { Title = "t", PictureWidth = width })
                .Message.ShouldContain("from 200 to 8000 pixels");
    }

    [Fact]
    public void Bars_without_names_are_whole()
    {
        var plot = new Plot { Bounds = new Rect(0, 0, 300, 200), Marks = [new BarMark { Values = [1, 4, 2], Color = Ink }] };
        var area = plot.AreaIn(Theme.Light);
        foreach (var bar in Flat(plot.Draw(Theme.Light).Children).OfType<PathNode>()
            .Where(p => p.Fill is SolidPaint { Color: var c } && c == Ink))
        {
            bar.Data.Points.Min(p => p.X).ShouldBeGreaterThanOrEqualTo(area.Bounds.X);
            bar.Data.Points.Max(p => p.X).ShouldBeLessThanOrEqualTo(area.Bounds.Right);
        }
    }

    [Fact]
    public void Colours_of_the_largest_numbers_are_spread_like_others()
    {
        var scale = ColorScale.Diverging(Theme.Light, 1.7e308);
        scale.Position(0).ShouldBe(0.5);
        scale.Position(-1.7e308).ShouldBe(0);
        scale.Position(0.85e308).ShouldBe(0.75, 1e-12);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(0)]
    [InlineData(-3)]
    [InlineData(double.PositiveInfinity)]
    public void A_size_that_is_none_is_named(double size)
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new Chart { Title = "t", Width = size }).Message.ShouldContain("Chart.Width is");
        Should.Throw<ArgumentOutOfRangeException>(() => new Chart { Title = "t", Height = size }).Message.ShouldContain("Chart.Height is");
    }

    [Theory]
    [InlineData(-1.7e308, 1.7e308, false)]
    [InlineData(1.7e308, 1.7e308, false)]
    [InlineData(-1.7e308, -1.7e308, false)]
    [InlineData(1e-320, 1.7e308, true)]
    [InlineData(1.7e308, 1.7e308, true)]
    [InlineData(5e-324, 5e-324, true)]
    public void The_largest_and_smallest_numbers_are_data(double a, double b, bool log)
    {
        var axis = new Axis { Log = log };
        var plot = new Plot
        {
            Bounds = new Rect(0, 0, 300, 200),
            Marks = [new DotMark { Points = [new(a, a), new(b, b)], Color = Ink }],
            X = axis,
            Y = axis,
        };
        var drawn = plot.Draw(Theme.Light);
        Texts(drawn).ShouldNotContain("no data");
        AreSound(drawn, plot.Bounds, $"{a} … {b}");
        var area = plot.AreaIn(Theme.Light);
        foreach (double v in new[] { a, b })
        {
            area.X.Map(v).ShouldBeInRange(area.Bounds.X - 0.01, area.Bounds.Right + 0.01);
            area.Y.Map(v).ShouldBeInRange(area.Bounds.Y - 0.01, area.Bounds.Bottom + 0.01);
        }
    }

    [Fact]
    public void Limits_are_widened_no_further_than_numbers_go()
    {
        new Limits(-1.7e308, 1.7e308).Padded(0.1).ShouldBe(new Limits(double.MinValue, double.MaxValue));
        new Limits(1.5e308, 1.5e308).OrWidened().ShouldBe(new Limits(0.75e308, double.MaxValue));
        new Limits(1, 3).Padded(0.5).ShouldBe(new Limits(0, 4));
    }

    [Fact]
    public void A_value_that_is_not_finite_does_not_spoil_the_mean_of_its_hexagon()
    {
        var area = Area(new Limits(0, 10));
        var scale = ColorScale.Sequential(Theme.Light, 4, 2);
        Fill(new HexbinMark { Points = [new(5, 5), new(5, 5), new(5, 5)], Values = [2, float.NaN, 4], Scale = scale })
            .ShouldBe(scale.At(3));
        Fill(new HexbinMark { Points = [new(5, 5)], Values = [float.NaN], Scale = scale }).ShouldBe(scale.NotFinite);
        HexBins.Of([new(1, 1), new(1, 1)], [3], 9).ShouldHaveSingleItem().Mean.ShouldBe(3);

        Color Fill(HexbinMark mark) => ((SolidPaint)Flat(mark.Draw(area)).OfType<PathNode>().ShouldHaveSingleItem().Fill!).Color;
    }

    [Fact]
    public void Hexagons_of_values_without_a_scale_take_that_of_their_means()
    {
        var mark = new HexbinMark { Points = [new(1, 1), new(1, 1), new(9, 9)], Values = [10, 20, 40] };
        var scale = ColorScale.Sequential(Theme.Light, 40, 15);
        Flat(mark.Draw(Area(new Limits(0, 10)))).OfType<PathNode>().Select(n => ((SolidPaint)n.Fill!).Color)
            .ShouldBe([scale.At(15), scale.At(40)], ignoreOrder: true);
        var chart = new Chart { Title = "t", Plot = new Plot { Marks = [mark] }, ColorLabel = "mean" };
        Texts(new GroupNode(chart.Draw(Theme.Light).Nodes)).ShouldContain("40");
    }

    [Fact]
    public void A_sample_of_one_value_is_a_line_that_can_be_seen()
    {
        float[] same = [.. Enumerable.Repeat(3f, 50)];
        foreach (var mark in new Mark[]
        {
            new ViolinMark { At = 0, Values = same, Color = Ink },
            new ViolinMark { At = 0, Values = same, Color = Ink, Hollow = true },
            new BoxMark { At = 0, Values = same, Color = Ink },
        })
        {
            var plot = new Plot { Bounds = new Rect(0, 0, 200, 150), Marks = [mark], X = new Axis { Categories = ["a"] } };
            var picture = BitmapCanvas.Render(new Scene(
                200, 150, Theme.Light.Background, mark.Draw(plot.AreaIn(Theme.Light)).ToArray(), new SceneInfo { Title = "", AltText = "" },
                TestFont.Face));
            int inked = Enumerable.Range(0, 200 * 150).Count(i => Contrast.Ratio(picture[i % 200, i / 200], Theme.Light.Background) > 2);
            inked.ShouldBeGreaterThan(80);
        }
    }

    [Fact]
    public void Words_that_are_too_long_end_in_an_ellipsis_inside_the_plot()
    {
        var bounds = new Rect(0, 0, 300, 200);
        Mark[] marks =
        [
            new RuleMark { Y = 5, Label = Long }, new RuleMark { X = 8, Label = Long }, new RuleMark { X = 2, Label = Long },
            new RuleMark { Y = 3, Label = Long, OnAxis = true }, new RuleMark { Y = 4, Label = Long, AtEnd = true },
            new LabelMark { At = new Point(9.9, 9), Text = Long, Color = Ink },
            new LabelMark { At = new Point(9.9, 2), Text = "at the edge", Color = Ink },
        ];
        foreach (var mark in marks)
        {
            var drawn = new Plot { Bounds = bounds, Marks = [new DotMark { Points = [new(0, 0), new(10, 10)], Color = Ink }, mark] }
                .Draw(Theme.Light);
            foreach (var text in Flat([drawn]).OfType<TextNode>())
            {
                double width = TestFont.Face.Measure(text.Text, text.Size, text.Weight),
                    left = text.Origin.X - (text.Anchor == TextAnchor.Start ? 0 : text.Anchor == TextAnchor.Middle ? width / 2 : width);
                left.ShouldBeGreaterThanOrEqualTo(bounds.X - 0.01, text.Text);
                (left + width).ShouldBeLessThanOrEqualTo(bounds.Right + 0.01, text.Text);
            }
            if (mark is not LabelMark { Text: "at the edge" }) Texts(drawn).Count(t => t.EndsWith('…')).ShouldBe(1, mark.ToString());
        }
    }

    [Fact]
    public void A_density_with_a_far_value_still_adds_up_to_one()
    {
        var random = new Explain.Core.CounterRandom(4, "tail");
        var body = new float[2000];
        random.FillNormal(body);
        foreach (float far in new[] { 10f, 300, 1e4f, 1e6f, 1e9f, 1e30f })
        {
            var density = KernelDensity.Of([.. body, far]);
            double step = (density.Maximum - density.Minimum) / (density.Heights.Count - 1);
            double integral = step * (density.Heights.Sum() - ((density.Heights[0] + density.Heights[^1]) / 2));
            integral.ShouldBe(1, 0.01, $"with a value at {far}");
            density.Heights.ShouldAllBe(h => h >= 0);
        }
        // And what is drawn of it is not lost between the pixels.
        var violin = new ViolinMark { At = 0, Values = (float[])[.. body, 1e6f], Color = Ink };
        var plot = new Plot { Bounds = new Rect(0, 0, 200, 150), Marks = [violin], X = new Axis { Categories = ["a"] } };
        var outline = Flat(violin.Draw(plot.AreaIn(Theme.Light))).OfType<PathNode>().First().Data.Points;
        (outline.Max(p => p.X) - outline.Min(p => p.X)).ShouldBeGreaterThan(50);
    }

    [Fact]
    public void A_surface_coloured_by_values_of_its_own_takes_their_range()
    {
        double[] places = [0, 1, 2, 3];
        double[,] heights = new double[4, 4], values = new double[4, 4];
        for (int i = 0; i < 16; i++) (heights[i / 4, i % 4], values[i / 4, i % 4]) = (i % 4, 1000 + (10 * i));
        var item = new SurfaceItem { Xs = places, Ys = places, Heights = heights, Values = values, Shading = Shading.Flat };
        Image(item).Pixels.ShouldBe(Image(item with { Colors = ColorScale.Sequential(Theme.Light, 1150, 1000) }).Pixels);
        Image(item).Pixels.Distinct().Count().ShouldBeGreaterThan(20);
        values[0, 0] = double.NaN;
        Image(item with { Values = new double[4, 4] }).Pixels.Count.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void One_missing_height_of_a_large_surface_is_no_hole()
    {
        const int N = 1401;
        double[] places = [.. Enumerable.Range(0, N).Select(i => (double)i)];
        var heights = new double[N, N];
        for (int i = 0; i < N * N; i++) heights[i / N, i % N] = Math.Sin(i / N / 200.0) + Math.Cos(i % N / 150.0);
        var item = new SurfaceItem { Xs = places, Ys = places, Heights = heights };
        int whole = Image(item).Pixels.Count(p => p.A > 0);
        heights[700, 700] = double.NaN;
        Image(item).Pixels.Count(p => p.A > 0).ShouldBe(whole);
        for (int i = 600 * N; i < 800 * N; i++) heights[i / N, i % N] = double.NaN;
        Image(item).Pixels.Count(p => p.A > 0).ShouldBeLessThan(whole);
    }

    private static PixelsNode Image(SurfaceItem item) =>
        Flat([Space(item).Draw(Theme.Light, 1)]).OfType<PixelsNode>().ShouldHaveSingleItem();

    private static Space Space(SpaceItem item) => new() { Bounds = new Rect(0, 0, 300, 240), Items = [item] };

    private static PlotArea Area(Limits limits) =>
        new(new Rect(0, 0, 200, 200), new LinearScale(limits, 0, 200), new LinearScale(limits, 200, 0), Theme.Light);

    private static IEnumerable<string> Texts(Node node) => Flat([node]).OfType<TextNode>().Select(t => t.Text);
}
