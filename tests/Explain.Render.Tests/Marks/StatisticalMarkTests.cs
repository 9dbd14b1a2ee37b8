using System.Diagnostics;
using Explain.Core;

namespace Explain.Render.Tests;

/// <summary>Marks of samples by themselves: nothing, one value, equal ones, values that are none, and very many.</summary>
public sealed class StatisticalMarkTests
{
    private static readonly Dictionary<string, float[]> Samples = new()
    {
        ["empty"] = [],
        ["one"] = [3],
        ["two"] = [1, 2],
        ["equal"] = [.. Enumerable.Repeat(2.5f, 40)],
        ["zeros"] = new float[12],
        ["not a number"] = [float.NaN, float.NaN],
        ["some are infinite"] = [1, float.NaN, 2, float.PositiveInfinity, 3, float.NegativeInfinity, 4],
        ["huge"] = [-3e38f, 3e38f, 0],
        ["tiny"] = [1e-40f, 2e-40f, 3e-40f],
        ["one far off"] = [.. Enumerable.Range(0, 99).Select(i => i / 99f), 1e9f],
    };

    private static readonly Dictionary<string, Func<float[], Mark>> Marks = new()
    {
        ["box"] = s => new BoxMark { At = 0, Values = s, Color = Ink },
        ["notched box"] = s => new BoxMark { At = 0, Values = s, Color = Ink, Notched = true },
        ["violin"] = s => new ViolinMark { At = 0, Values = s, Color = Ink },
        ["ridge"] = s => new RidgeMark { Ridges = [Ridge.Of("first", s, Ink), Ridge.Of("second", s, Ink)] },
        ["density"] = s => new DensityMark { X = s, Y = s, Color = Ink },
        ["shaded density"] = s => new DensityMark { X = s, Y = s, Color = Ink, MostMarkers = 0 },
        ["hexagons"] = s => new HexbinMark { Points = [.. s.Select(v => new Point(v, v))] },
        ["hexagons of means"] = s =>
            new HexbinMark { Points = [.. s.Select((v, i) => new Point(i, v))], Values = s, Scale = ColorScale.Diverging(Theme.Light, 1) },
        ["contours"] = s => new ContourMark { Grid = Grid(s), X = new Limits(0, 1), Y = new Limits(0, 1), Levels = [0, 1, 2], Color = Ink },
        ["filled contours"] = s => new FilledContourMark
        {
            Grid = Grid(s),
            X = new Limits(0, 1),
            Y = new Limits(0, 1),
            Levels = [0, 1, 2],
            Scale = ColorScale.Diverging(Theme.Light, 2),
        },
    };

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (string mark in Marks.Keys)
            {
                foreach (string sample in Samples.Keys) cases.Add(mark, sample);
            }
            return cases;
        }
    }

    private static Color Ink => Categories.At(0, Theme.Light);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Any_sample_is_drawn_with_finite_coordinates_inside_of_the_plot(string mark, string sample)
    {
        var bounds = new Rect(0, 0, 320, 240);
        foreach (var axis in new[] { new Axis(), new Axis { Log = true }, new Axis { LinearWithin = 0.5 }, new Axis { Reversed = true } })
        {
            var drawn = new Plot { Bounds = bounds, Marks = [Marks[mark](Samples[sample])], Y = axis }.Draw(Theme.Light);
            AreSound(drawn, bounds, $"{mark} of {sample}");
        }
    }

    [Theory]
    [InlineData("box", "empty")]
    [InlineData("violin", "not a number")]
    [InlineData("ridge", "empty")]
    [InlineData("density", "not a number")]
    [InlineData("shaded density", "empty")]
    [InlineData("hexagons", "empty")]
    public void A_sample_without_a_value_is_said_to_have_none(string mark, string sample) =>
        Texts(new Plot { Bounds = new Rect(0, 0, 320, 240), Marks = [Marks[mark](Samples[sample])], Empty = "nothing here" }
            .Draw(Theme.Light))
            .ShouldContain("nothing here");

    [Fact]
    public void The_box_of_one_to_nine_has_its_quartiles_where_they_belong()
    {
        var area = new PlotArea(
            new Rect(0, 0, 100, 100),
            new LinearScale(new Limits(-0.5, 0.5), 0, 100),
            new LinearScale(new Limits(0, 10), 100, 0),
            Theme.Light);
        var nodes = Flat(new BoxMark { At = 0, Values = new float[] { 9, 1, 8, 2, 7, 3, 6, 4, 5 }, Color = Ink }.Draw(area))
            .OfType<PathNode>()
            .ToArray();
        var box = nodes.Single(n => n.Fill is not null).Data.Points;
        box.Min(p => p.Y).ShouldBe(30, 0.01);
        box.Max(p => p.Y).ShouldBe(70, 0.01);
        nodes.Where(n => n.Fill is null).SelectMany(n => n.Data.Points).Min(p => p.Y).ShouldBe(10, 0.01);
    }

    [Fact]
    public void A_violin_is_as_wide_to_the_left_as_to_the_right_and_widest_where_values_crowd()
    {
        var area = new PlotArea(
            new Rect(0, 0, 100, 100),
            new LinearScale(new Limits(-0.5, 0.5), 0, 100),
            new LinearScale(new Limits(-4, 4), 100, 0),
            Theme.Light);
        var values = new float[2000];
        new CounterRandom(1, "violin").FillNormal(values, mean: 1, deviation: 0.4f);
        var outline = Flat(new ViolinMark { At = 0, Values = values, Color = Ink }.Draw(area)).OfType<PathNode>().First().Data.Points;
        (outline.Max(p => p.X) - 50).ShouldBe(50 - outline.Min(p => p.X), 1e-9);
        outline.MaxBy(p => p.X).Y.ShouldBe(area.Y.Map(1), 3);
    }

    [Fact]
    public void Every_ridge_stands_at_its_category_and_the_first_is_not_cut()
    {
        string[] names = ["a", "b", "c"];
        var ridges = new RidgeMark { Ridges = [.. names.Select(n => Ridge.Of(n, [0, 1, 2, 3, 2, 1, 2], Ink))] };
        var plot = new Plot { Bounds = new Rect(0, 0, 320, 240), Marks = [ridges], Y = new Axis { Categories = names, Reversed = true } };
        var area = plot.AreaIn(Theme.Light);
        area.Y.Map(0).ShouldBeLessThan(area.Y.Map(1));
        Flat(ridges.Draw(area)).OfType<PathNode>().SelectMany(n => n.Data.Points).Min(p => p.Y)
            .ShouldBeGreaterThanOrEqualTo(area.Bounds.Y - 0.01);
    }

    [Theory]
    [InlineData("density", 10_000_000)]
    [InlineData("box", 4_000_000)]
    [InlineData("violin", 4_000_000)]
    [InlineData("ridge", 4_000_000)]
    [InlineData("hexagons", 1_000_000)]
    public void Millions_of_values_become_a_small_picture_in_little_time(string mark, int count)
    {
        var values = new float[count];
        new CounterRandom(1, "many").FillNormal(values);
        var made = mark == "density"
            ? new DensityMark { X = values, Y = values[(count / 2)..].Concat(values[..(count / 2)]).ToArray(), Color = Ink }
            : Marks[mark](values);
        var clock = Stopwatch.StartNew();
        var drawn = new Plot { Bounds = new Rect(0, 0, 600, 400), Marks = [made] }.Draw(Theme.Light);
        // A second or two alone on a machine; other work may run beside.
        clock.Elapsed.TotalSeconds.ShouldBeLessThan(15);
        Flat([drawn]).Count().ShouldBeLessThan(8000);
        Flat([drawn]).OfType<PathNode>().Sum(n => n.Data.Points.Count).ShouldBeLessThan(60_000);
    }

    private static ContourGrid Grid(float[] values)
    {
        int side = (int)Math.Sqrt(values.Length);
        return new ContourGrid([.. values.Take(side * side).Select(v => (double)v)], side, side);
    }

    internal static void AreSound(Node drawn, Rect bounds, string what)
    {
        foreach (var node in Flat([drawn]))
        {
            switch (node)
            {
                case PathNode path:
                    path.Data.Points.ShouldAllBe(p => double.IsFinite(p.X) && double.IsFinite(p.Y), what);
                    break;
                case TextNode text:
                    text.Text.ShouldNotContain("NaN", Case.Sensitive, what);
                    text.Origin.X.ShouldBeInRange(bounds.X - 1, bounds.Right + 1, what);
                    text.Origin.Y.ShouldBeInRange(bounds.Y - 1, bounds.Bottom + 4, what);
                    break;
                case PixelsNode pixels:
                    pixels.Pixels.Count.ShouldBe(pixels.Rows * pixels.Columns, what);
                    break;
            }
        }
    }

    internal static IEnumerable<Node> Flat(IEnumerable<Node> nodes) =>
        nodes.SelectMany(n => n is GroupNode group ? Flat(group.Children) : [n]);

    private static IEnumerable<string> Texts(Node node) => Flat([node]).OfType<TextNode>().Select(t => t.Text);
}
