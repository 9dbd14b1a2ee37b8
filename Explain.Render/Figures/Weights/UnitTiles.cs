using Explain.Core;

namespace Explain.Render;

/// <summary>A matrix as pictures, one a unit: what it weighs each input with.</summary>
internal sealed class UnitTiles(MatrixSheet sheet)
{
    /// <summary>The most pictures.</summary>
    public const int Most = 400;

    /// <summary>The room that tiles share.</summary>
    public const double Width = 680;

    private const double MostWidth = 760;

    /// <summary>Tiles up to this number are large enough to be labelled.</summary>
    private const int MostLabelled = 30;

    /// <summary>Adds the pictures at the origin, few of them large and labelled; returns their extents.</summary>
    public (double Width, double Height) Draw(List<Node> nodes, List<string> notes)
    {
        var (rows, columns) = sheet.Layer.KernelShape is { } kernel ? (kernel.Height, kernel.Width)
            : UnitImages.InputGrid(sheet.Request.Run, sheet.Index, sheet.Matrix.Columns);
        int count = Math.Min(sheet.Matrix.Rows, Most);
        if (count < sheet.Matrix.Rows) notes.Add($"The first {count} of {NumberFormat.Count(sheet.Matrix.Rows)} units.");
        if (rows * columns < sheet.Matrix.Columns) notes.Add("Each picture is the mean over the channels of its input.");
        var tiles = new List<ReadOnlyMemory<float>>();
        for (int u = 0; u < count; u++)
            tiles.Add(UnitImages.Flatten(sheet.Matrix.RowRange(u, 1).Memory, rows, columns));
        bool filters = sheet.Layer.KernelShape is not null;
        int across = filters && count > 8 ? 8 : Across(count, rows, columns);
        if (count > MostLabelled)
        {
            var mosaic = new Mosaic { Tiles = tiles, TileRows = rows, TileColumns = columns, Across = across };
            double cell = TileCell(mosaic.Columns);
            nodes.Add(new GroupNode([mosaic.Draw(sheet.Scale, default, cell)]) { Label = $"{count} units" });
            return (mosaic.Columns * cell, mosaic.Rows * cell);
        }
        const double Gap = 14;
        double side = Math.Min((Width - ((across - 1) * Gap)) / across, 150);
        double size = Mosaic.CellSize(Math.Max(rows, columns), side, filters ? 20 : 12);
        double tileWidth = size * columns, tileHeight = size * rows;
        for (int u = 0; u < count; u++)
        {
            double x = u % across * (tileWidth + Gap), y = u / across * (tileHeight + Gap + Typography.Label + 4);
            string name = sheet.UnitName(u);
            nodes.Add(new TextNode(
                sheet.Theme.Face.Ellipsize(name, tileWidth, Typography.Label),
                new Point(x, y + Typography.Label),
                Typography.Label,
                sheet.Theme.Muted));
            nodes.Add(new GroupNode(
            [
                HeatMap.Draw(tiles[u].Span, rows, columns, sheet.Scale, new Rect(x, y + Typography.Label + 5, tileWidth, tileHeight)),
            ]) { Label = name, Tooltip = name });
        }
        int down = (count + across - 1) / across;
        return (Width, (down * (tileHeight + Gap + Typography.Label + 4)) - Gap + 1);
    }

    // Whole or half pixels a cell show every cell alike; the page grows or shrinks a little for it.
    private static double TileCell(int columns)
    {
        double even = Math.Round(2 * Width / columns) / 2;
        return even >= 1 && even * columns <= MostWidth ? even : Width / columns;
    }

    private static int Across(int count, int rows, int columns)
    {
        if (count is 10 or 5) return 5;
        if (count <= 4) return count;
        double aspect = (double)columns / rows;
        for (int across = (int)Math.Ceiling(Math.Sqrt(count / aspect)); across <= 2 * Math.Sqrt(count / aspect); across++)
        {
            if (count % across == 0) return across;
        }
        return Math.Clamp((int)Math.Ceiling(Math.Sqrt(count * 1.4 / aspect)), 1, count);
    }
}
