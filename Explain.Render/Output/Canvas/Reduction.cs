namespace Explain.Render;

/// <summary>
/// Images with fewer cells, each the mean of those it replaces by area: what a bitmap shows where cells are finer than its pixels, and what
/// a vector file embeds where they are finer than anyone could see.
/// </summary>
internal static class Reduction
{
    /// <summary>The image, with at most <paramref name="columns"/> × <paramref name="rows"/> cells.</summary>
    public static PixelsNode Reduce(PixelsNode image, int columns, int rows)
    {
        columns = Math.Clamp(columns, 1, image.Columns);
        rows = Math.Clamp(rows, 1, image.Rows);
        return columns == image.Columns && rows == image.Rows
            ? image
            : Reduced(image, new Resampling(image.Columns, 0, columns, 0, columns), new Resampling(image.Rows, 0, rows, 0, rows))
                with { Bounds = image.Bounds };
    }

    /// <summary>
    /// The image as the device pixels that it covers, partly covered ones at its border with as much alpha; null where none can be seen.
    /// </summary>
    /// <param name="image">Its cells.</param>
    /// <param name="place">Where it lies in device pixels.</param>
    /// <param name="seen">What of them can be seen.</param>
    public static PixelsNode? ToPixels(PixelsNode image, Rect place, Rect seen)
    {
        var across = new Resampling(image.Columns, place.X, place.Right, seen.X, seen.Right);
        var down = new Resampling(image.Rows, place.Y, place.Bottom, seen.Y, seen.Bottom);
        return across.Count > 0 && down.Count > 0 ? Reduced(image, across, down) : null;
    }

    private static PixelsNode Reduced(PixelsNode image, Resampling across, Resampling down)
    {
        var source = image.Pixels as Color[] ?? [.. image.Pixels];
        var pixels = new Color[across.Count * down.Count];
        Pieces.For(down.Count, y =>
        {
            int firstRow = down.Cell(y, out var rowWeights);
            for (int x = 0; x < across.Count; x++)
            {
                int firstColumn = across.Cell(x, out var columnWeights);
                pixels[(y * across.Count) + x] = Mean(source, image.Columns, firstColumn, columnWeights, firstRow, rowWeights);
            }
        });
        return image with
        {
            Columns = across.Count,
            Rows = down.Count,
            Pixels = pixels,
            Bounds = new Rect(across.First, down.First, across.Count, down.Count),
        };
    }

    // Colours count as much as they can be seen.
    private static Color Mean(
        Color[] cells, int pitch, int firstColumn, ReadOnlySpan<float> columnWeights, int firstRow, ReadOnlySpan<float> rowWeights)
    {
        double r = 0, g = 0, b = 0, a = 0;
        for (int i = 0; i < rowWeights.Length; i++)
        {
            for (int k = 0; k < columnWeights.Length; k++)
            {
                var cell = cells[((firstRow + i) * pitch) + firstColumn + k];
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
