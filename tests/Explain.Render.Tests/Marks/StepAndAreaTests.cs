using System.Globalization;
using static Explain.Render.Tests.StatisticalMarkTests;

namespace Explain.Render.Tests.Marks;

public class StepAndAreaTests
{
    private static readonly Color Ink = Categories.At(0, Theme.Light);
    private static readonly PlotArea Area = new(
        new Rect(0, 0, 100, 100), new LinearScale(new Limits(0, 10), 0, 100), new LinearScale(new Limits(0, 10), 100, 0), Theme.Light);

    [Theory]
    [InlineData(StepPlace.After, "0,100 40,100 40,50 80,50 80,20")]
    [InlineData(StepPlace.Before, "0,100 0,50 40,50 40,20 80,20")]
    [InlineData(StepPlace.Middle, "0,100 20,100 20,50 60,50 60,20 80,20")]
    public void Steps_lie_where_they_are_asked_for(StepPlace place, string expected) =>
        Line(new StepMark { Points = [new(0, 0), new(4, 5), new(8, 8)], Color = Ink, Place = place }).ShouldBe(expected);

    [Fact]
    public void A_histogram_stands_on_zero_and_keeps_the_widths_of_its_bins()
    {
        var mark = StepMark.Histogram([0, 1, 4, 5], [2, 6, 1], Ink);
        Line(mark).ShouldBe("0,100 0,80 10,80 10,40 40,40 40,90 50,90 50,100");
        Flat(mark.Draw(Area)).OfType<PathNode>().Count(n => n.Fill is not null).ShouldBe(1);
        mark.Ys.ShouldContain(0);
        StepMark.Histogram([0], [], Ink).Draw(Area).ShouldBeEmpty();
    }

    [Fact]
    public void A_bin_without_a_height_is_a_gap_and_an_empty_one_stands_on_a_logarithmic_floor()
    {
        Lines(StepMark.Histogram([0, 2, 4, 6], [3, double.NaN, 3], Ink)).ShouldBe(["0,100 0,70 20,70 20,100", "40,100 40,70 60,70 60,100"]);
        var log = Area with { Y = new LogScale(new Limits(1, 100), 100, 0) };
        Lines(StepMark.Histogram([0, 2, 4, 6], [10, 0, 10], Ink), log).ShouldBe(["0,100 0,50 20,50 20,100 40,100 40,50 60,50 60,100"]);
        Lines(new StepMark { Points = [new(0, 10), new(2, 0), new(4, 10)], Color = Ink }, log).Count.ShouldBe(1);
    }

    [Fact]
    public void Odd_points_are_drawn_or_left_out()
    {
        new StepMark { Points = [], Color = Ink }.Draw(Area).ShouldBeEmpty();
        new StepMark { Points = [new(double.NaN, 1)], Color = Ink }.Draw(Area).ShouldBeEmpty();
        Flat(new StepMark { Points = [new(5, 5)], Color = Ink }.Draw(Area)).OfType<PathNode>().ShouldHaveSingleItem()
            .Fill.ShouldNotBeNull();
        new AreaMark { At = [], Values = [], Color = Ink }.Draw(Area).ShouldBeEmpty();
        Flat(new AreaMark { At = [5], Values = [5], Color = Ink }.Draw(Area)).OfType<PathNode>().ShouldHaveSingleItem()
            .Stroke.ShouldNotBeNull();
        Flat(new AreaMark { At = [0, 1, 2, 3, 4], Values = [1, 2, double.NaN, 2, 1], Color = Ink }.Draw(Area))
            .OfType<PathNode>()
            .Count(n => n.Fill is not null)
            .ShouldBe(2);
    }

    [Fact]
    public void A_million_steps_are_a_few_thousand_points()
    {
        var mark = new StepMark
        {
            Points = [.. Enumerable.Range(0, 1_000_000).Select(i => new Point(i / 1e5, 5 + (4 * Math.Sin(i))))],
            Color = Ink,
            Base = 0,
        };
        var path = Flat(mark.Draw(Area)).OfType<PathNode>().First(n => n.Stroke is not null);
        path.Data.Points.Count.ShouldBeLessThan(1000);
        path.Data.Points.Min(p => p.Y).ShouldBe(10, 0.01);
        var area = new AreaMark { At = [.. mark.Points.Select(p => p.X)], Values = [.. mark.Points.Select(p => p.Y)], Color = Ink };
        Flat(area.Draw(Area)).OfType<PathNode>().Sum(n => n.Data.Points.Count).ShouldBeLessThan(2500);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void An_area_is_full_on_both_sides_of_where_it_crosses_its_base(bool band, bool meets)
    {
        // Crosses in the middle of a pixel, between two places or at one.
        var signed = Area with { Y = new LinearScale(new Limits(-5, 5), 100.5, 0.5) };
        double[] at = meets ? [0.05, 5.05, 10.05] : [0.05, 10.05], values = meets ? [-50, 0, 50] : [-50, 50];
        Mark mark = band ? new BandMark { At = at, Lower = [.. at.Select(_ => 0.0)], Upper = values, Color = Ink, Opacity = 1 }
            : new AreaMark { At = at, Values = values, Color = Ink, Opacity = 1 };
        var nodes = Flat(mark.Draw(signed)).OfType<PathNode>().ToList();
        nodes.Count(n => n.Fill is not null).ShouldBe(2);
        nodes.Count(n => n.Stroke is not null).ShouldBe(band ? 0 : 1);
        var picture = BitmapCanvas.Render(new Scene(
            100, 100, new Color(0, 0, 0, 0), [.. nodes.Where(n => n.Fill is not null)], new SceneInfo { Title = "", AltText = "" },
            TestFont.Face));
        // Two triangles of 0.2375 pixels each.
        ((int)picture[50, 50].A).ShouldBeInRange(100, 125);
    }

    [Fact]
    public void An_area_that_crosses_its_base_everywhere_is_a_small_document()
    {
        const int Count = 200_000;
        var mark = new AreaMark
        {
            At = [.. Enumerable.Range(0, Count).Select(i => 10.0 * i / Count)],
            Values = [.. Enumerable.Range(0, Count).Select(i => 4.0 * (1 - (2 * (i % 2))))],
            Color = Ink,
        };
        var nodes = Flat(mark.Draw(Area with { Y = new LinearScale(new Limits(-5, 5), 100, 0) })).OfType<PathNode>().ToList();
        nodes.Count.ShouldBe(3);
        nodes.Sum(n => n.Data.Points.Count).ShouldBeLessThan(6000);
        nodes.ShouldAllBe(n => n.Data.Points.Count > 100);
    }

    [Fact]
    public void What_is_not_finite_counts_as_zero_in_a_stack_and_what_is_negative_is_refused()
    {
        AreaMark.Stack([0, 1, 2, 3], [new("a", [double.NegativeInfinity, double.PositiveInfinity, double.NaN, 1], Ink)])[0]
            .Values.ShouldBe([0, 0, 0, 1]);
        Should.Throw<ArgumentException>(() => AreaMark.Stack([0], [new("a", [-1], Ink)]));
    }

    [Fact]
    public void A_stack_adds_up_from_the_bottom_and_is_named_from_the_top()
    {
        var stack = AreaMark.Stack(
            [0, 5, 10],
            [
                new("a", [1, 2, 3], Ink),
                new("b", [1, double.NaN, 1], Categories.At(1, Theme.Light)),
                new("c", [2, 2, 2], Categories.At(2, Theme.Light)),
            ]);
        stack.Select(m => m.Name).ShouldBe(["c", "b", "a"]);
        stack[0].Values.ShouldBe([4, 4, 6]);
        stack[1].Values.ShouldBe([2, 2, 4]);
        stack[1].Base.ShouldBe([1, 2, 3]);
        // Each is painted over the one above it.
        stack.ShouldAllBe(m => Flat(m.Draw(Area)).OfType<PathNode>().Single().Data.Points.Max(p => p.Y) == 100);
        var picture = BitmapCanvas.Render(new Scene(
            100, 100, Color.FromRgb(0xFFFFFF), [.. stack.SelectMany(m => m.Draw(Area))], new SceneInfo { Title = "", AltText = "" },
            TestFont.Face));
        picture[50, 85].ShouldBe(Ink);
        picture[99, 65].ShouldBe(Categories.At(1, Theme.Light));
        picture[50, 70].ShouldBe(Categories.At(2, Theme.Light));
        picture[50, 50].ShouldBe(Color.FromRgb(0xFFFFFF));
        stack[1].EndIn(Area).ShouldNotBeNull().Y.ShouldBe(65);
    }

    [Fact]
    public void Shares_of_a_stack_fill_the_plot_where_there_is_anything()
    {
        var stack = AreaMark.Stack([0, 1, 2], [new("a", [1, 0, 0], Ink), new("b", [3, 0, 5], Ink)], shares: true);
        stack[0].Values.ShouldBe([1, double.NaN, 1]);
        stack[1].Values[0].ShouldBe(0.25);
    }

    [Fact]
    public void Named_steps_and_areas_are_labelled_at_their_ends()
    {
        var plot = new Plot
        {
            Bounds = new Rect(0, 0, 300, 200),
            LabelEnds = true,
            Marks =
            [
                new StepMark { Points = [new(0, 1), new(1, 2)], Color = Ink, Name = "steps" },
                .. AreaMark.Stack([0, 1], [new("below", [1, 1], Ink), new("above", [1, 1], Ink)]),
            ],
        };
        Flat([plot.Draw(Theme.Light)]).OfType<TextNode>().Select(t => t.Text).Count(t => t is "steps" or "below" or "above").ShouldBe(3);
    }

    [Fact]
    public void A_legend_stands_by_itself_where_several_names_are_nowhere_else()
    {
        Mark[] marks =
        [
            new LineMark { Points = [new(0, 0), new(1, 1)], Color = Ink, Name = "one" },
            new DotMark { Points = [new(0, 1), new(1, 0)], Color = Categories.At(1, Theme.Light), Name = "two" },
        ];
        Texts(marks).ShouldBe(["one", "two"], ignoreOrder: true);
        Texts(marks, LegendPlace.None).ShouldBeEmpty();
        Texts(marks[..1]).ShouldBeEmpty();
        // The line is named at its end, and one name that is left needs no legend.
        Texts(marks, labelEnds: true).ShouldBe(["one"]);
        // Panels that something outside lays out have one legend together.
        Texts(marks, area: new Rect(30, 10, 200, 150)).ShouldBeEmpty();

        static string[] Texts(Mark[] marks, LegendPlace place = LegendPlace.Auto, bool labelEnds = false, Rect? area = null) =>
            [.. Flat([new Plot { Bounds = new Rect(0, 0, 300, 200), Marks = marks, Legend = place, LabelEnds = labelEnds, Area = area }
                .Draw(Theme.Light)]).OfType<TextNode>().Select(t => t.Text).Where(t => t is "one" or "two")];
    }

    private static string Line(Mark mark) => Lines(mark).ShouldHaveSingleItem();

    private static List<string> Lines(Mark mark, PlotArea? area = null) =>
        [.. Flat(mark.Draw(area ?? Area)).OfType<PathNode>().Where(n => n.Stroke is not null).Select(n =>
            string.Join(' ', n.Data.Points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.X:0.##},{p.Y:0.##}"))))];
}
