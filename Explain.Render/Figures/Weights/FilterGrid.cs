using Explain.Core;

namespace Explain.Render;

/// <summary>
/// The filters of a convolution over several channels: a column a filter, in it a picture for each channel that it looks at.
/// </summary>
/// <param name="filters">Filters × (kernel height · kernel width · channels), channels last.</param>
/// <param name="kernel">Shape of one filter.</param>
/// <param name="scale">Colours of all.</param>
/// <param name="theme">Of labels.</param>
internal sealed class FilterGrid(Matrix filters, Shape kernel, ColorScale scale, Theme theme)
{
    private const double Width = 680;
    private const double MostHeight = 900;
    private const double Left = 34;
    private const double Top = 16;
    private const int Most = 64;

    /// <summary>Adds the grid at the origin; returns its extents.</summary>
    public (double Width, double Height) Draw(List<Node> nodes, List<string> notes)
    {
        int across = Math.Min(Most, filters.Rows), down = Math.Min(Most, kernel.Channels);
        if (across < filters.Rows || down < kernel.Channels)
            notes.Add(
                $"The first {across} of {NumberFormat.Count(filters.Rows)} filters, "
                    + $"the first {down} of {NumberFormat.Count(kernel.Channels)} channels.");
        var tiles = new List<ReadOnlyMemory<float>>();
        for (int c = 0; c < down; c++)
        {
            for (int f = 0; f < across; f++) tiles.Add(UnitImages.Channel(filters.Row(f), kernel, c));
        }
        var mosaic = new Mosaic { Tiles = tiles, TileRows = kernel.Height, TileColumns = kernel.Width, Across = across, Gap = 1 };
        double cell = Math.Min(Mosaic.CellSize(mosaic.Columns, Width - Left), Mosaic.CellSize(mosaic.Rows, MostHeight));
        nodes.Add(new GroupNode([mosaic.Draw(scale, new Point(Left, Top), cell)]) { Label = $"{across} filters over {down} channels" });
        nodes.Add(new TextNode("filter →", new Point(Left, 8), Typography.Small, theme.Muted));
        double wide = cell * (kernel.Width + 1), high = cell * (kernel.Height + 1),
            taken = Left + theme.Face.Measure("filter →", Typography.Small) + 8;
        foreach (var tick in new LinearScale(new Limits(0, across), 0, mosaic.Columns * cell) { Whole = true }.Ticks(50)
            .Where(t => t.Value < across))
        {
            double x = Left + ((tick.Value + 0.5) * wide) - (cell / 2);
            if (x - (theme.Face.Measure(tick.Label, Typography.Small) / 2) >= taken)
                nodes.Add(new TextNode(tick.Label, new Point(x, 8), Typography.Small, theme.Muted, TextAnchor.Middle));
        }
        nodes.Add(new TextNode(
            "channel", new Point(9, Top + Math.Min(mosaic.Rows * cell, 60)), Typography.Small, theme.Muted, Rotation: -90));
        foreach (var tick in new LinearScale(new Limits(0, down), 0, mosaic.Rows * cell) { Whole = true }.Ticks(40)
            .Where(t => t.Value < down))
            nodes.Add(new TextNode(
                tick.Label,
                new Point(Left - 5, theme.Face.Centered(Top + ((tick.Value + 0.5) * high) - (cell / 2), Typography.Small)),
                Typography.Small,
                theme.Muted,
                TextAnchor.End));
        return (Left + (mosaic.Columns * cell), Top + (mosaic.Rows * cell));
    }
}
