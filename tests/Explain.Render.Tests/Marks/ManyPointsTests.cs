using System.Diagnostics;
using Explain.Core;

namespace Explain.Render.Tests.Marks;

/// <summary>More points than pixels: little time, small files, and the picture that all of them would make.</summary>
public class ManyPointsTests(ITestOutputHelper output)
{
    private static readonly Rect Frame = new(0, 0, 300, 200);
    private static readonly Color Ink = Categories.At(0, Theme.Light);

    [Theory]
    [InlineData(1_000_000, 2.5)]
    [InlineData(10_000_000, 20)]
    public void Millions_of_dots_are_drawn_in_little_time_to_a_small_file(int count, double seconds)
    {
        var points = Normal(count, 0.5);
        var clock = Stopwatch.StartNew();
        var scene =
            new Chart { Title = "Dots", Plot = new Plot { Marks = [new DotMark { Points = points, Color = Ink, Name = "samples" }] } }
                .Draw(Theme.Light);
        int png = Canvases.Png.Encode(scene).Length;
        var time = clock.Elapsed;
        int svg = scene.ToSvg().Length;
        output.WriteLine($"{count:N0} dots: {time.TotalSeconds:0.00} s to PNG of {png:N0} bytes, SVG of {svg:N0}");
        // A fraction of it alone on a machine; other work may run beside.
        time.TotalSeconds.ShouldBeLessThan(seconds);
        svg.ShouldBeLessThan(400_000);
        scene.ToSvg().ShouldContain($"{NumberFormat.Count(count)} points, drawn as an image");
    }

    [Theory]
    [InlineData(255, false, Marker.Circle, 3)]
    [InlineData(255, true, Marker.Circle, 4)]
    [InlineData(255, true, Marker.Star, 3)]
    [InlineData(60, false, Marker.Square, 2)]
    [InlineData(60, true, Marker.Ring, 5)]
    public void An_image_of_dots_is_what_their_outlines_would_make(byte alpha, bool rim, Marker marker, double radius)
    {
        var points = Normal(12_000, 0.22);
        var mark = new DotMark
        {
            Points = points,
            Color = Ink with { A = alpha },
            Rim = rim ? Color.FromRgb(0xFFFFFF) : null,
            Marker = marker,
            Radius = radius,
        };
        var area = Area();
        mark.Draw(area).OfType<GroupNode>().Single().Children.ShouldHaveSingleItem().ShouldBeOfType<PixelsNode>();
        var all = new GroupNode([.. points.Select(p => mark.Outline(area.Map(p.X, p.Y), mark.Color))]);
        double difference = Difference([.. mark.Draw(area)], [all]);
        output.WriteLine($"{difference:0.00} of 255 on the average");
        // Middles move by up to a quarter of a pixel, and Skia's coverage of thin rims is approximate.
        difference.ShouldBeLessThan(rim ? 16 : 5);
    }

    [Fact]
    public void Dots_of_few_places_stay_outlines_at_their_places()
    {
        Point[] points = [.. Enumerable.Range(0, 50_000).Select(i => new Point(i % 7 / 7.0, i % 11 / 11.0)), new(double.NaN, 0), new(9, 9)];
        var mark = new DotMark { Points = points, Color = Ink with { A = 40 } };
        var nodes = mark.Draw(Area()).OfType<GroupNode>().Single().Children;
        nodes.Count.ShouldBe(77);
        // Hundreds of translucent dots at one place hide what is behind them.
        nodes.OfType<PathNode>().ShouldAllBe(n => ((SolidPaint)n.Fill!).Color.A > 250);
    }

    [Theory]
    [InlineData(1, 1500)]
    [InlineData(5, 200)]
    [InlineData(5, 100_000)]
    [InlineData(60, 3)]
    public void Faint_dots_at_one_place_are_as_dark_in_an_image_as_they_would_be_as_outlines(byte alpha, int count)
    {
        var mark = new DotMark { Points = [.. Enumerable.Repeat(new Point(0.5, 0.5), count)], Color = Ink with { A = alpha } };
        int expected = (int)Math.Round(255 * (1 - Math.Pow(1 - (alpha / 255.0), count)));
        ((int)new DotPicture(mark, Area(), Frame).Paint().Pixels.Max(c => c.A)).ShouldBeInRange(expected - 1, expected + 1);
    }

    [Fact]
    public void Ten_thousand_dots_are_as_many_outlines() =>
        new DotMark { Points = Normal(10_000, 0.2), Color = Ink }.Draw(Area()).OfType<GroupNode>().Single().Children.OfType<PathNode>()
            .Count().ShouldBe(10_000);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void An_image_of_dots_does_not_depend_on_threads(int threads)
    {
        int before = Explain.Core.Rows.Threads;
        try
        {
            var mark = new DotMark { Points = Normal(40_000, 0.3), Color = Ink with { A = 90 }, Rim = Ink };
            var area = Area();
            Explain.Core.Rows.Threads = 2;
            var two = Pixels(mark, area);
            Explain.Core.Rows.Threads = threads;
            Pixels(mark, area).ShouldBe(two);
        }
        finally
        {
            Explain.Core.Rows.Threads = before;
        }

        static Color[] Pixels(DotMark mark, PlotArea area) =>
            [.. ((PixelsNode)mark.Draw(area).OfType<GroupNode>().Single().Children[0]).Pixels];
    }

    [Theory]
    [InlineData("crossing", 2_500, 255, true)]
    [InlineData("crossing", 2_500, 100, true)]
    [InlineData("wander", 12_000, 255, false)]
    [InlineData("wander", 100_000, 90, true)]
    [InlineData("orbit", 12_000, 120, false)]
    public void A_line_that_crosses_itself_is_drawn_to_the_pixel_without_what_other_parts_cover(
        string kind, int count, byte alpha, bool isImage)
    {
        var points = Crossing(kind, count);
        var area = Area();
        var mark = new LineMark { Points = points, Color = Ink with { A = alpha } };
        var drawn = mark.Draw(area).OfType<GroupNode>().Single().Children.ShouldHaveSingleItem();
        if (isImage) drawn.ShouldBeOfType<PixelsNode>();
        else drawn.ShouldBeOfType<PathNode>().Data.Points.Count.ShouldBeLessThan(points.Count);
        var all = new PathNode(
            PathData.Polyline(points.Select(p => area.Map(p.X, p.Y))),
            Stroke: new Stroke(mark.Color, mark.Width, [], LineCap.Round, LineJoin.Round));
        double difference = Difference([drawn], [all]);
        output.WriteLine($"{kind}: {difference:0.0000} of 255 on the average");
        difference.ShouldBeLessThan(isImage ? 2 : 0.25);
    }

    [Theory]
    [InlineData("crossing")]
    [InlineData("wander")]
    [InlineData("orbit")]
    public void A_million_unsorted_points_are_a_line_in_little_time(string kind)
    {
        var points = Crossing(kind, 1_000_000);
        var clock = Stopwatch.StartNew();
        var scene = new Chart { Title = "Line", Plot = new Plot { Marks = [new LineMark { Points = points, Color = Ink, Name = "path" }] } }
            .Draw(Theme.Light);
        var drawn = clock.Elapsed;
        Canvases.Png.Encode(scene);
        output.WriteLine(
            $"{kind}: {drawn.TotalSeconds:0.00} s to nodes, {clock.Elapsed.TotalSeconds:0.00} s to PNG, "
                + $"SVG of {scene.ToSvg().Length:N0} characters");
        // One or two alone on a machine; five times that was seen beside eleven other programs.
        clock.Elapsed.TotalSeconds.ShouldBeLessThan(40);
        scene.ToSvg().Length.ShouldBeLessThan(100_000);
    }

    public static TheoryData<string> Crowds =>
    [
        "bars", "lying bars", "intervals", "lying intervals", "histogram", "line of gaps", "line of pairs", "dashed pairs",
        "unsorted steps", "sparkline",
    ];

    [Theory]
    [MemberData(nameof(Crowds))]
    public void A_crowd_of_anything_is_a_small_document_that_reaches_as_far(string kind)
    {
        const int Count = 200_000;
        var values = new float[Count];
        new CounterRandom(3, "crowd").FillNormal(values);
        for (int i = 0; i < Count; i++) values[i] = Math.Clamp(values[i], -3, 3);
        // One that stands out, in the middle of the rest.
        values[(Count / 2) + 1] = 9;
        double[] heights = [.. values.Select(v => (double)v)];
        Mark? mark = kind switch
        {
            "bars" or "lying bars" =>
                new BarMark { Values = heights, Color = Ink, Horizontal = kind == "lying bars", Texts = [.. heights.Select(_ => "text")] },
            "intervals" or "lying intervals" => new IntervalMark
            {
                Intervals = [.. heights.Select((h, i) => new Interval(i, h, h, h))],
                Color = Ink,
                Marker = null,
                Horizontal = kind == "lying intervals",
            },
            "histogram" => new HistogramMark { Minimum = 0, Maximum = Count - 1, Heights = heights, Color = Ink },
            "line of gaps" => Line(i => i % 2 == 1),
            "line of pairs" => Line(i => i % 3 < 2),
            "dashed pairs" => Line(i => i % 3 < 2) with { Dashes = [3, 2] },
            "unsorted steps" => new StepMark { Points = [.. heights.Select((h, i) => new Point((i * 7919) % Count, h))], Color = Ink },
            _ => null,
        };
        var along = new LinearScale(new Limits(-4, 10), 0, 200);
        var area = new PlotArea(
            Frame, new LinearScale(new Limits(0, Count - 1), 0, 300), new LinearScale(new Limits(-4, 10), 200, 0), Theme.Light);
        bool lying = kind.StartsWith("lying", StringComparison.Ordinal);
        if (lying) area = area with { X = along, Y = new LinearScale(new Limits(0, Count - 1), 0, 200) };
        Node[] nodes = mark is null ? [.. Sparkline.Draw(heights, Frame, new Limits(-4, 10), Ink)] : [.. mark.Draw(area)];
        var scene = new Scene(300, 200, Color.FromRgb(0xFFFFFF), nodes, new SceneInfo { Title = "", AltText = "" }, TestFont.Face);
        scene.ToSvg().Length.ShouldBeLessThan(kind == "dashed pairs" ? 4_000_000 : 300_000);
        // The value that stands out reaches to 13/14 of the plot, and nothing else beyond the half.
        var picture = BitmapCanvas.Render(scene);
        IEnumerable<int> inked = lying ? Enumerable.Range(0, 300).Where(x => Enumerable.Range(0, 200).Any(y => picture[x, y].R < 235))
            : Enumerable.Range(0, 200).Where(y => Enumerable.Range(0, 300).Any(x => picture[x, y].R < 235)).Select(y => 200 - y);
        inked.Max().ShouldBeInRange(178, 192);

        LineMark Line(Func<int, bool> shown) =>
            new() { Points = [.. heights.Select((h, i) => new Point(i, shown(i) || i == (Count / 2) + 1 ? h : double.NaN))], Color = Ink };
    }

    private static double Difference(IReadOnlyList<Node> a, IReadOnlyList<Node> b)
    {
        Bitmap one = Render(a), two = Render(b);
        double sum = 0;
        for (int y = 0; y < one.Height; y++)
        {
            for (int x = 0; x < one.Width; x++)
            {
                var (p, q) = (one[x, y], two[x, y]);
                sum += (Math.Abs(p.R - q.R) + Math.Abs(p.G - q.G) + Math.Abs(p.B - q.B)) / 3.0;
            }
        }
        return sum / (one.Width * one.Height);

        static Bitmap Render(IReadOnlyList<Node> nodes) => BitmapCanvas.Render(new Scene(
            Frame.Width, Frame.Height, Color.FromRgb(0xFFFFFF), [new GroupNode(nodes) { Clip = Frame }],
            new SceneInfo { Title = "", AltText = "" }, TestFont.Face));
    }

    private static PlotArea Area() =>
        new(Frame, new LinearScale(new Limits(0, 1), 0, 300), new LinearScale(new Limits(0, 1), 200, 0), Theme.Light);

    private static List<Point> Normal(int count, double deviation)
    {
        var values = new float[2 * count];
        new CounterRandom(1, "dots").FillNormal(values);
        return [.. Enumerable.Range(0, count)
            .Select(i => new Point(0.5 + (deviation * values[2 * i]), 0.5 + (deviation * values[(2 * i) + 1])))];
    }

    private static IReadOnlyList<Point> Crossing(string kind, int count)
    {
        var random = new CounterRandom(2, "line");
        var at = new Point(0.5, 0.5);
        return [.. Enumerable.Range(0, count).Select(i => kind switch
        {
            "crossing" => new Point(random.NextDouble(), random.NextDouble()),
            "wander" => at = new Point(
                Math.Clamp(at.X + (0.02 * (random.NextDouble() - 0.5)), 0, 1),
                Math.Clamp(at.Y + (0.02 * (random.NextDouble() - 0.5)), 0, 1)),
            _ => new Point(0.5 + (0.5 * Math.Sin(7.01 * i / 500)), 0.5 + (0.5 * Math.Sin(5 * i / 500.0))),
        })];
    }
}
