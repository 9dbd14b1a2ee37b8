namespace Explain.Render;

/// <summary>
/// Images with fewer cells, each the mean of those it replaces by area: what a vector file embeds where cells are finer than anyone could
/// see.
/// </summary>
internal static class Reduction
{
    /// <summary>The image, with at most <paramref name="columns"/> × <paramref name="rows"/> cells.</summary>
    public static PixelsNode Reduce(PixelsNode image, int columns, int rows)
    {
        columns = Math.Clamp(columns, 1, image.Columns);
        rows = Math.Clamp(rows, 1, image.Rows);
        if (columns == image.Columns && rows == image.Rows)
            return image;
        var across = new Resampling(image.Columns, 0, columns, 0, columns, Sampling.Nearest);
        var down = new Resampling(image.Rows, 0, rows, 0, rows, Sampling.Nearest);
        var pixels = new Color[columns * rows];
        for (int y = 0; y < rows; y++)
        {
            int firstRow = down.Cell(y, out var rowWeights);
            for (int x = 0; x < columns; x++)
            {
                int firstColumn = across.Cell(x, out var columnWeights);
                pixels[(y * columns) + x] = Mean(image, firstColumn, columnWeights, firstRow, rowWeights);
            }
        }
        return image with { Columns = columns, Rows = rows, Pixels = pixels };
    }

    // Colours count as much as they can be seen.
    private static Color Mean(
        PixelsNode image, int firstColumn, ReadOnlySpan<float> columnWeights, int firstRow, ReadOnlySpan<float> rowWeights)
    {
        double r = 0, g = 0, b = 0, a = 0;
        for (int i = 0; i < rowWeights.Length; i++)
        {
            for (int k = 0; k < columnWeights.Length; k++)
            {
                var cell = image.Pixels[((firstRow + i) * image.Columns) + firstColumn + k];
                double weight = rowWeights[i] * columnWeights[k] * cell.A;
                r += weight * cell.R;
                g += weight * cell.G;
                b += weight * cell.B;
                a += weight;
            }
        }
        return a > 0 ? new Color(Byte(r / a), Byte(g / a), Byte(b / a), Byte(a)) : default;
    }

    private static byte Byte(double value) => (byte)Math.Clamp(Math.Round(value), 0, 255);
}
