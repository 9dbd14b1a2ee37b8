using System.Diagnostics;
using Explain.Core;

namespace Explain.Render.Tests;

/// <summary>Clustered heat maps, parallel coordinates, and charts that hold them.</summary>
public sealed class MatrixAndLinesTests
{
    private static readonly Rect Bounds = new(0, 0, 420, 300);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(1, 7)]
    [InlineData(2, 2)]
    public void A_small_matrix_is_drawn_with_its_trees(int rows, int columns)
    {
        float[] values = [.. Enumerable.Range(0, rows * columns).Select(i => (float)i)];
        var map = Map(values, rows, columns) with { RowTree = rows > 1 ? ClusterTree.OfRows(values, rows, columns) : null };
        StatisticalMarkTests.AreSound(new GroupNode([.. map.Draw(Theme.Light)]), Bounds, $"{rows} × {columns}");
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Equal_cells_and_cells_without_a_value_are_drawn(float value)
    {
        float[] values = [.. Enumerable.Repeat(value, 48)];
        var map = Map(values, 8, 6) with { RowTree = ClusterTree.OfRows(values, 8, 6) };
        var drawn = new GroupNode([.. map.Draw(Theme.Dark)]);
        StatisticalMarkTests.AreSound(drawn, Bounds, $"{value}");
        StatisticalMarkTests.Flat([drawn]).OfType<PixelsNode>().Single().Pixels.Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public void Cells_stand_in_the_order_of_the_tree_and_names_go_with_them()
    {
        // Rows 0 and 2 are alike, and so are 1 and 3.
        float[] values = [1, 1, -1, -1, 1, 1, -1, -1];
        var tree = ClusterTree.OfRows(values, 4, 2);
        var map = Map(values, 4, 2) with { RowTree = tree, RowNames = ["r0", "r1", "r2", "r3"] };
        var nodes = StatisticalMarkTests.Flat(map.Draw(Theme.Light)).ToArray();
        var pixels = nodes.OfType<PixelsNode>().Single();
        string[] names = [.. nodes.OfType<TextNode>().OrderBy(t => t.Origin.Y).Select(t => t.Text)];
        names.ShouldBe(tree.Order.Select(i => $"r{i}"));
        for (int row = 0; row < 4; row++)
            pixels.Pixels[2 * row].ShouldBe(map.Scale.At(values[2 * tree.Order[row]]));
        pixels.Pixels[0].ShouldBe(pixels.Pixels[2]);
    }

    [Fact]
    public void Four_thousand_rows_and_columns_are_averaged_into_a_picture_of_bounded_size()
    {
        const int N = 4000;
        var values = new float[N * N];
        for (int i = 0; i < values.Length; i++) values[i] = i / N < N / 2 ? -1 : 1;
        var clock = Stopwatch.StartNew();
        var pixels = StatisticalMarkTests.Flat(Map(values, N, N).Draw(Theme.Light)).OfType<PixelsNode>().Single();
        clock.Elapsed.TotalSeconds.ShouldBeLessThan(15);
        pixels.Rows.ShouldBe(1000);
        pixels.Columns.ShouldBe(1000);
        var scale = ColorScale.Diverging(Theme.Light, 1);
        pixels.Pixels[0].ShouldBe(scale.At(-1));
        pixels.Pixels[^1].ShouldBe(scale.At(1));
    }

    [Fact]
    public void A_line_without_a_value_runs_through_none()
    {
        var lines = Lines(
            new ParallelAxis("a", [1, 2, double.NaN]),
            new ParallelAxis("b", [1, double.PositiveInfinity, 3]) { Log = true },
            new ParallelAxis("c", [0, 1, 1]) { Categories = ["x", "y"] });
        var drawn = new GroupNode([.. lines.Draw(Theme.Light)]);
        StatisticalMarkTests.AreSound(drawn, Bounds, "missing");
        Texts(drawn).Count(t => t == "none").ShouldBe(2);
    }

    [Fact]
    public void Nothing_is_said_to_be_missing_where_every_line_has_a_value() =>
        Texts(new GroupNode([.. Lines(new ParallelAxis("a", [1, 2]), new ParallelAxis("b", [4, 3])).Draw(Theme.Light)]))
            .ShouldNotContain("none");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5000)]
    public void Any_number_of_lines_is_drawn_and_equal_values_keep_their_axis(int count)
    {
        var random = new CounterRandom(1, "lines");
        double[] values = [.. Enumerable.Range(0, count).Select(_ => random.NextDouble())];
        var drawn = new GroupNode([.. Lines(
            new ParallelAxis("equal", [.. Enumerable.Repeat(7.0, count)]),
            new ParallelAxis("values", values),
            new ParallelAxis("nothing", [.. Enumerable.Repeat(double.NaN, count)]))
            .Draw(Theme.Light)]);
        StatisticalMarkTests.AreSound(drawn, Bounds, $"{count} lines");
        Texts(drawn).ShouldContain("equal");
    }

    [Fact]
    public void A_chart_of_a_body_has_its_colour_bar_and_words()
    {
        var scale = ColorScale.Diverging(Theme.Light, 2);
        var scene = new Chart
        {
            Title = "Four cells",
            Body = (theme, bounds) => (Map([1, -1, 2, -2], 2, 2) with { Scale = scale, Bounds = bounds }).Draw(theme),
            Colors = scale,
            ColorLabel = "weight",
        }.Draw(Theme.Light);
        Texts(new GroupNode(scene.Nodes)).ShouldBe(["Four cells", "−2", "2", "0", "−1", "1", "weight"], ignoreOrder: true);
    }

    [Fact]
    public void A_chart_takes_the_colours_of_its_marks_for_the_bar()
    {
        Point[] points = [.. Enumerable.Repeat(new Point(1, 1), 50), new(2, 2)];
        var chart = new Chart
        {
            Title = "Points",
            Plot = new Plot { Marks = [new HexbinMark { Points = points }] },
            ColorLabel = "points in a hexagon",
        };
        Texts(new GroupNode(chart.Draw(Theme.Light).Nodes)).ShouldContain("50");
        Texts(new GroupNode((chart with { ColorLabel = "" }).Draw(Theme.Light).Nodes)).ShouldNotContain("50");
    }

    private static ClusteredHeatMap Map(float[] values, int rows, int columns) =>
        new() { Values = values, Rows = rows, Columns = columns, Scale = ColorScale.Diverging(Theme.Light, 1), Bounds = Bounds };

    private static ParallelCoordinates Lines(params ParallelAxis[] axes) =>
        new() { Axes = axes, Colors = [.. axes[0].Values.Select(_ => Categories.At(0, Theme.Light))], Bounds = Bounds };

    private static IEnumerable<string> Texts(Node node) => StatisticalMarkTests.Flat([node]).OfType<TextNode>().Select(t => t.Text);
}
