namespace Explain.Render;

/// <summary>Many small pictures of one size in a grid, all on one colour scale, as a single image with transparent gaps.</summary>
public sealed record Mosaic
{
    /// <summary>The pictures: rows × columns values each, row after row.</summary>
    public required IReadOnlyList<ReadOnlyMemory<float>> Tiles { get; init; }

    /// <summary>Height of a picture in cells.</summary>
    public required int TileRows { get; init; }

    /// <summary>Width of a picture in cells.</summary>
    public required int TileColumns { get; init; }

    /// <summary>Pictures side by side.</summary>
    public required int Across { get; init; }

    /// <summary>Cells left empty between pictures.</summary>
    public int Gap { get; init; } = 2;

    /// <summary>Pictures below each other.</summary>
    public int Down => (Tiles.Count + Across - 1) / Across;

    /// <summary>Width in cells.</summary>
    public int Columns => (Across * (TileColumns + Gap)) - Gap;

    /// <summary>Height in cells.</summary>
    public int Rows => Math.Max(1, (Down * (TileRows + Gap)) - Gap);

    /// <summary>The image with cells of <paramref name="cell"/> pixels.</summary>
    public PixelsNode Draw(ColorScale scale, Point origin, double cell)
    {
        var pixels = new Color[Rows * Columns];
        for (int t = 0; t < Tiles.Count; t++)
        {
            var tile = Tiles[t].Span;
            int top = t / Across * (TileRows + Gap), left = t % Across * (TileColumns + Gap);
            for (int i = 0; i < tile.Length; i++)
                pixels[((top + (i / TileColumns)) * Columns) + left + (i % TileColumns)] = scale.At(tile[i]);
        }
        return new PixelsNode(Columns, Rows, pixels, new Rect(origin.X, origin.Y, Columns * cell, Rows * cell));
    }

    /// <summary>
    /// The largest cell, in steps of half a pixel (whole device pixels at twice the size), with which <paramref name="cells"/> fit into
    /// <paramref name="pixels"/>.
    /// </summary>
    public static double CellSize(int cells, double pixels, double most = 12)
    {
        double cell = Math.Floor(2 * pixels / Math.Max(1, cells)) / 2;
        return cell >= 0.5 ? Math.Min(most, cell) : pixels / Math.Max(1, cells);
    }
}
