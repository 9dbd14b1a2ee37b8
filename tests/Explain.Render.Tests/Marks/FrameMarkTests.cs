using MathNet.Numerics.Distributions;

namespace Explain.Render.Tests;

/// <summary>Legends, category names, and the marks of bands, bars and intervals by themselves.</summary>
public class FrameMarkTests
{
    private static readonly Color Ink = Color.FromRgb(0x0072B2);

    // One pixel a hundredth, values rising upwards.
    private static PlotArea Area =>
        new(new Rect(0, 0, 100, 100), new LinearScale(new Limits(0, 1), 0, 100), new LinearScale(new Limits(0, 1), 100, 0), Theme.Light);

    [Theory]
    [InlineData(0.9, 0.9, false, true)]
    [InlineData(0.1, 0.9, true, true)]
    [InlineData(0.1, 0.1, true, false)]
    [InlineData(0.9, 0.1, false, false)]
    public void A_legend_stands_in_the_corner_that_the_data_leave_free(double freeX, double freeY, bool left, bool top)
    {
        // Points everywhere but in one corner.
        Point[] points = [.. Enumerable.Range(0, 441).Select(i => new Point(i % 21 / 20.0, i / 21 / 20.0))
            .Where(p => Math.Abs(p.X - freeX) > 0.45 || Math.Abs(p.Y - freeY) > 0.35)];
        var entry = Entry(points, out var data);
        (entry.X < data.Center.X).ShouldBe(left);
        (entry.Y < data.Center.Y).ShouldBe(top);
        entry.X.ShouldBeInRange(data.X, data.Right);
        entry.Y.ShouldBeInRange(data.Y, data.Bottom);
    }

    [Fact]
    public void A_legend_stands_beside_data_that_leave_no_corner_free()
    {
        var entry = Entry([.. Enumerable.Range(0, 441).Select(i => new Point(i % 21 / 20.0, i / 21 / 20.0))], out var data);
        entry.X.ShouldBeGreaterThan(data.Right);
    }

    [Theory]
    [InlineData(3, 120, 1)]
    [InlineData(1000, 0.4, 115)]
    public void Category_names_are_thinned_until_they_have_room(int count, double step, int every)
    {
        var labels = CategoryLabels.Fit([.. Enumerable.Range(0, count).Select(i => $"category {i}")], step, TestFont.Face);
        labels.Every.ShouldBe(every);
        labels.Lines.Count(l => l.Count > 0).ShouldBe((count + every - 1) / every);
        (labels.Note.Length > 0).ShouldBe(every > 1);
        foreach (string line in labels.Lines.SelectMany(l => l))
            TestFont.Face.Measure(line, Typography.Small).ShouldBeLessThanOrEqualTo(every * step);
    }

    [Fact]
    public void A_band_covers_what_lies_between_its_ends()
    {
        var band = new BandMark { At = [0, 0.5, 1], Lower = [0.2, 0.2, 0.4], Upper = [0.6, 0.8, 0.8], Color = Ink };
        var path = band.Draw(Area).ShouldHaveSingleItem().ShouldBeOfType<PathNode>();
        // Half of (0.4 + 0.6) and half of (0.6 + 0.4), each half as wide as the plot.
        Surface(path.Data.Points).ShouldBe(0.5 * 100 * 100, 1e-6);
    }

    [Fact]
    public void A_value_that_is_none_interrupts_a_band()
    {
        var band = new BandMark { At = [0, 0.2, 0.4, 0.6, 0.8], Lower = [0, 0, double.NaN, 0, 0], Upper = [1, 1, 1, 1, 1], Color = Ink };
        var parts = band.Draw(Area).OfType<PathNode>().ToArray();
        parts.Length.ShouldBe(2);
        parts[0].Data.Points.Max(p => p.X).ShouldBe(20, 1e-9);
        parts[1].Data.Points.Min(p => p.X).ShouldBe(60, 1e-9);
    }

    [Fact]
    public void Bars_grow_from_zero_to_their_values_on_both_sides()
    {
        var area = Area with { X = new LinearScale(new Limits(-0.5, 2.5), 0, 300), Y = new LinearScale(new Limits(-1, 1), 100, 0) };
        var bars = new BarMark { Values = [0.5, -0.25, double.NaN], Color = Ink }.Draw(area).OfType<PathNode>()
            .Where(n => n.Fill is not null).ToArray();
        bars.Length.ShouldBe(2);
        (bars[0].Data.Points.Min(p => p.Y), bars[0].Data.Points.Max(p => p.Y)).ShouldBe((25, 50));
        (bars[1].Data.Points.Min(p => p.Y), bars[1].Data.Points.Max(p => p.Y)).ShouldBe((50, 62.5));
    }

    [Fact]
    public void Bars_of_one_category_stand_beside_each_other()
    {
        var area = Area with { X = new LinearScale(new Limits(-0.5, 0.5), 0, 100) };
        double end = double.NegativeInfinity;
        for (int group = 0; group < 3; group++)
        {
            var bar = (PathNode)new BarMark { Values = [1], Color = Ink, Group = group, Groups = 3 }.Draw(area).First();
            bar.Data.Points.Min(p => p.X).ShouldBeGreaterThanOrEqualTo(end - 1e-9);
            end = bar.Data.Points.Max(p => p.X);
        }
        end.ShouldBeLessThan(100);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Whiskers_reach_from_the_lower_to_the_upper_end(bool horizontal)
    {
        var whiskers =
            (PathNode)new IntervalMark { Intervals = [new(0.5, 0.4, 0.3, 0.8)], Color = Ink, Horizontal = horizontal }.Draw(Area).First();
        var along = whiskers.Data.Points.Select(p => horizontal ? p.X : 100 - p.Y).ToArray();
        along.Min().ShouldBe(30, 1e-9);
        along.Max().ShouldBe(80, 1e-9);
    }

    [Fact]
    public void An_interval_without_ends_keeps_its_point() =>
        new IntervalMark { Intervals = [new(0.5, 0.4, double.NaN, double.NaN)], Color = Ink }.Draw(Area).Count().ShouldBe(1);

    // The ends of Wilson's interval are the shares p at which the observed share lies z standard errors of p away.
    [Theory]
    [InlineData(0, 12)]
    [InlineData(5, 12)]
    [InlineData(12, 12)]
    [InlineData(9_700, 10_000)]
    public void Wilsons_interval_ends_where_the_share_seen_is_just_not_surprising(long hits, long all)
    {
        const double Z = 1.959963984540054;
        var interval = ClassScores.Wilson(hits, all);
        double seen = (double)hits / all;
        foreach (double p in new[] { interval.Min, interval.Max })
        {
            if (p is > 1e-9 and < 1 - 1e-9) (Math.Abs(seen - p) / Math.Sqrt(p * (1 - p) / all)).ShouldBe(Z, 1e-3);
        }
        seen.ShouldBeInRange(interval.Min - 1e-12, interval.Max + 1e-12);
    }

    [Fact]
    public void Wilsons_interval_of_no_sample_says_nothing() => ClassScores.Wilson(0, 0).ShouldBe(new Limits(0, 1));

    // From W. S. Gosset's table: two-sided, 95 %.
    [Theory]
    [InlineData(1, 12.7062)]
    [InlineData(2, 4.3027)]
    [InlineData(4, 2.7764)]
    [InlineData(9, 2.2622)]
    [InlineData(30, 2.0423)]
    public void Students_t_has_the_values_of_its_table(int freedom, double t) => StudentT.InvCDF(0, 1, freedom, 0.975).ShouldBe(t, 5e-5);

    private static Point Entry(IReadOnlyList<Point> points, out Rect data)
    {
        var plot = new Plot
        {
            Bounds = new Rect(0, 0, 500, 320),
            Marks = [new DotMark { Points = points, Color = Ink, Name = "seen" }],
            X = new Axis { Limits = new Limits(0, 1) },
            Y = new Axis { Limits = new Limits(0, 1) },
            Legend = LegendPlace.Corner,
        };
        data = plot.AreaIn(Theme.Light).Bounds;
        return plot.Draw(Theme.Light).Children.OfType<TextNode>().Single(t => t.Text == "seen").Origin;
    }

    private static double Surface(IReadOnlyList<Point> p) =>
        Math.Abs(Enumerable.Range(0, p.Count).Sum(i => (p[i].X * p[(i + 1) % p.Count].Y) - (p[(i + 1) % p.Count].X * p[i].Y))) / 2;
}
