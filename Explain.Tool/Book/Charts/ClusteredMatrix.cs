using Explain.Core;
using Explain.Render;

namespace Explain.Tool;

/// <summary>A heat map in the order of its clusters.</summary>
internal static class ClusteredMatrix
{
    public static ChartExample Example { get; } = new("clusters", "A heat map in the order of its clusters",
        "For finding rows and columns that are alike. The order is that of the trees, so equal things become blocks; beware: "
            + "a tree is drawn even where there are no clusters, so look at the heights of its branches.",
        Draw);

    private static Scene Draw(Theme theme)
    {
        const int Rows = 36, Columns = 24;
        var random = new CounterRandom(seed: 17, "clusters");
        var values = new float[Rows * Columns];
        for (int i = 0; i < values.Length; i++)
        {
            int row = i / Columns * 7 % Rows, column = i % Columns * 5 % Columns;
            values[i] = (row / 12 == column / 8 ? 1.6f : row / 12 == 1 && column / 8 == 2 ? -1.3f : 0) + (0.45f * random.NextNormal());
        }
        var turned = new float[values.Length];
        for (int i = 0; i < values.Length; i++) turned[(i % Columns * Rows) + (i / Columns)] = values[i];
        var colors = ColorScale.Diverging(theme, 2.5);
        return new Chart
        {
            Title = "Answers of 36 units to 24 inputs",
            Subtitle = "three groups of units, each of which answers to a third of the inputs",
            Width = 520,
            Height = 530,
            Body = (t, bounds) => new ClusteredHeatMap
            {
                Values = values,
                Rows = Rows,
                Columns = Columns,
                Scale = colors,
                Bounds = bounds,
                RowTree = ClusterTree.OfRows(values, Rows, Columns),
                ColumnTree = ClusterTree.OfRows(turned, Columns, Rows),
                RowNames = [.. Enumerable.Range(1, Rows).Select(i => $"unit {i}")],
                ColumnNames = [.. Enumerable.Range(1, Columns).Select(i => $"input {i}")],
            }.Draw(t),
            Colors = colors,
            ColorLabel = "activation",
            Description =
                "Blocks of high values where a group of units meets its inputs; the second group is also low on the third kind of inputs.",
        }.Draw(theme);
    }
}
