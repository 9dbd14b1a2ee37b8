using Explain.Core;
using static Explain.Render.Tests.Exact;

namespace Explain.Render.Tests;

/// <summary>Pixels in which outlines overlap, against dense samples of what they are the outlines of.</summary>
public class OverlapTests
{
    private const int Size = 20;

    /// <summary>
    /// Steps of 255: chords may lie 1/50 of a pixel from their curves, which is five; rounding and what is left of edges that cross are
    /// less.
    /// </summary>
    private const double Close = 5.5;

    [Theory]
    [InlineData(LineJoin.Miter, LineCap.Butt)]
    [InlineData(LineJoin.Round, LineCap.Round)]
    [InlineData(LineJoin.Bevel, LineCap.Square)]
    public void A_line_covers_each_place_once_however_it_turns(LineJoin join, LineCap cap)
    {
        for (int seed = 0; seed < 12; seed++)
        {
            var random = new CounterRandom((ulong)seed, "overlaps");
            double width = 0.3 + (4 * random.NextDouble());
            var path = new PathBuilder();
            for (int line = 0; line <= random.NextInt32(2); line++)
            {
                var points = Enumerable.Range(0, 3 + random.NextInt32(9))
                    .Select(_ => new Point(4 + (12 * random.NextDouble()), 4 + (12 * random.NextDouble())))
                    .ToList();
                // Some in steps, as histograms are, and some closed.
                foreach (int i in Enumerable.Range(1, points.Count - 1))
                    points[i] = seed % 3 != 0 ? points[i]
                        : i % 2 == 0 ? points[i] with { X = points[i - 1].X }
                        : points[i] with { Y = points[i - 1].Y };
                path.MoveTo(points[0].X, points[0].Y);
                foreach (var p in points.Skip(1))
                    path.LineTo(p.X, p.Y);
                if (seed % 4 == 1)
                    path.Close();
            }
            Agree(
                Picture(Size, Size, new PathNode(path.Build(), null, new Stroke(White, width, null, cap, join))),
                $"seed {seed}, width {width}");
        }
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.1)]
    [InlineData(0.4)]
    public void Steps_lower_and_narrower_than_the_pen_cover_each_place_once(double step)
    {
        var points = new List<Point> { new(2.3, 10.2) };
        for (int i = 0; i < 21; i++)
        {
            points.Add(points[^1].Offset(0, (i % 5 - 2) * step));
            points.Add(points[^1].Offset(0.7, 0));
        }
        Agree(Picture(Size, Size, new PathNode(PathData.Polyline(points), null, new Stroke(White, 1.5))), $"steps of {step}");
    }

    // A curve's end is cut at right angles to its first chord, which is a little turned against the curve itself: that shows at the corners
    // of a wide pen.
    [Fact]
    public void Curves_of_any_width_cover_each_place_once()
    {
        for (int seed = 0; seed < 12; seed++)
        {
            var random = new CounterRandom((ulong)seed, "curves");
            double At() => 3 + (14 * random.NextDouble());
            var path = new PathBuilder().MoveTo(At(), At()).CubicTo(At(), At(), At(), At(), At(), At()).Build();
            Agree(
                Picture(Size, Size, new PathNode(path, null, new Stroke(White, 0.4 + (3 * random.NextDouble()), Join: LineJoin.Round))),
                $"seed {seed}",
                12);
        }
    }

    [Theory]
    [InlineData(FillRule.NonZero)]
    [InlineData(FillRule.EvenOdd)]
    public void An_outline_of_few_corners_that_crosses_itself_is_filled_by_its_rule_in_every_pixel(FillRule rule)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            var random = new CounterRandom((ulong)seed, "crossings");
            Point At() => new(1 + (18 * random.NextDouble()), 1 + (18 * random.NextDouble()));
            var polygon = Polygon([.. Enumerable.Range(0, 4 + random.NextInt32(4)).Select(_ => At())]);
            Agree(Picture(Size, Size, new PathNode(polygon, White, null, rule)), $"seed {seed}");
            if (rule == FillRule.NonZero)
                Agree(
                    Picture(
                        Size,
                        Size,
                        new GroupNode([new PathNode(PathData.Rectangle(new Rect(0, 0, Size, Size)), White)]) { ClipPath = polygon }),
                    $"clip of seed {seed}");
        }
    }

    [Theory]
    [InlineData(200, 20, 12)]
    [InlineData(3000, 0.3, 24)]
    public void A_crowd_of_lines_covers_each_place_once_but_for_the_ends_of_its_edges(int lines, double longest, double close)
    {
        var random = new CounterRandom(9, "crowd");
        double Near(double at) => at + (longest * (random.NextDouble() - 0.5));
        var path = new PathBuilder();
        for (int i = 0; i < lines; i++)
        {
            double x = 20 * random.NextDouble(), y = 20 * random.NextDouble();
            path.MoveTo(x, y).LineTo(Near(x), Near(y));
        }
        Agree(Picture(Size, Size, new PathNode(path.Build(), null, new Stroke(White, 0.1))), $"{lines} lines", close);
    }

    [Theory]
    [InlineData(FontWeight.Regular)]
    [InlineData(FontWeight.Bold)]
    public void Letters_of_pen_strokes_are_no_darker_where_the_strokes_meet(FontWeight weight)
    {
        const int Fine = 16;
        var scene = Picture(120, 20, new TextNode("ABKRaefgkrtx 48%&", new Point(2.3, 14.6), 11, White, Weight: weight));
        var (drawn, fine) = (RasterCanvas.Render(scene), RasterCanvas.Render(scene, Fine));
        for (int i = 0; i < drawn.Width * drawn.Height; i++)
        {
            var (x, y) = (i % drawn.Width, i / drawn.Width);
            double mean = Enumerable.Range(0, Fine * Fine).Average(k => (double)fine[(x * Fine) + (k % Fine), (y * Fine) + (k / Fine)].G);
            ((double)drawn[x, y].G).ShouldBe(mean, 8, $"({x}, {y})");
        }
    }

    [Fact]
    public void An_outline_that_crosses_itself_is_the_same_in_a_mosaic()
    {
        var bow = new PathNode(Polygon([new(2.3, 2.1), new(17.2, 16.4), new(17.8, 2.6), new(2.9, 17.3)]), White);
        Agree(Picture(Size, Size, new GroupNode([bow]) { Adjoining = true }), "mosaic");
    }

    [Fact]
    public void A_faded_group_is_clipped_once_however_many_shapes_share_the_border_of_the_clip()
    {
        var discs = new Node[] { new PathNode(PathData.Circle(new(8, 10), 7), Red), new PathNode(PathData.Circle(new(12, 10), 7), White) };
        Agree(Picture(Size, Size, new GroupNode(discs) { Clip = new Rect(3.5, 5.25, 12.1, 8.5), Opacity = 0.6 }), "upright");
        Agree(
            Picture(
                Size,
                Size,
                new GroupNode(discs) { Clip = new Rect(3.5, -3.75, 12.1, 8.5), Opacity = 0.6, Transform = Transform.Rotate(25) }),
            "turned");
        Agree(
            Picture(Size, Size, new GroupNode([new GroupNode(discs) { Opacity = 0.6 }]) { Clip = new Rect(3.5, 5.25, 12.1, 8.5) }),
            "around it");
    }

    [Fact]
    public void A_row_does_not_depend_on_the_band_it_is_in()
    {
        var random = new CounterRandom(5, "bands");
        var contours = new Contours();
        for (int i = 0; i < 60; i++)
            contours.Add(new Point(20 * random.NextDouble(), 20 * random.NextDouble()));
        contours.End(closed: true);
        var whole = Union(contours, 32);
        Union(contours, 7).ShouldBe(whole);
        Union(contours, 1).ShouldBe(whole);
    }

    private static float[,] Union(Contours contours, int rows)
    {
        var edges = new EdgeList();
        edges.Add(contours, new Bounds(0, 0, Size, Size));
        var sink = new Sink(new float[Size, Size]);
        var (buffer, union) = (new CoverageBuffer(Size, rows), new UnionScan(rows));
        for (int top = 0; top < Size; top += rows)
        {
            buffer.Begin(top, new Bounds(0, 0, Size, Size));
            union.Add(edges.Span, FillRule.NonZero, top, buffer);
            buffer.Sweep(FillRule.NonZero, ref sink);
        }
        return sink.Values;
    }

    private static void Agree(Scene scene, string what, double close = Close)
    {
        var drawn = RasterCanvas.Render(scene);
        var truth = new SampledTruth(scene, 1);
        for (int i = 0; i < drawn.Pixels.Length; i++)
            SampledTruth.Difference(drawn.Pixels[i], truth.At(i % drawn.Width, i / drawn.Width))
                .ShouldBeLessThan(close, $"{what}, pixel ({i % drawn.Width}, {i / drawn.Width})");
    }
}
