namespace Explain.Render;

/// <summary>A grid of values as coloured cells.</summary>
public static class HeatMap
{
    // More cells than this a side cannot be told apart on any page, and would only swell the file.
    private const int MostCells = 1200;

    /// <summary>
    /// Values row after row from the top, stretched over <paramref name="bounds"/>. Cells beyond the last value stay empty. Very large
    /// grids are averaged down.
    /// </summary>
    public static PixelsNode Draw(ReadOnlySpan<float> values, int rows, int columns, ColorScale scale, Rect bounds)
    {
        int down = ((rows - 1) / MostCells) + 1, along = ((columns - 1) / MostCells) + 1;
        if (down > 1 || along > 1)
            return Draw(
                Averaged(values, rows, columns, down, along), (rows + down - 1) / down, (columns + along - 1) / along, scale, bounds);
        var pixels = new Color[rows * columns];
        for (int i = 0; i < Math.Min(values.Length, pixels.Length); i++)
            pixels[i] = scale.At(values[i]);
        return new PixelsNode(columns, rows, pixels, bounds);
    }

    private static float[] Averaged(ReadOnlySpan<float> values, int rows, int columns, int down, int along)
    {
        int r2 = (rows + down - 1) / down, c2 = (columns + along - 1) / along;
        var sums = new double[r2 * c2];
        var counts = new int[r2 * c2];
        for (int i = 0; i < Math.Min(values.Length, rows * columns); i++)
        {
            int cell = (i / columns / down * c2) + (i % columns / along);
            sums[cell] += values[i];
            counts[cell]++;
        }
        return [.. sums.Select((s, i) => counts[i] == 0 ? 0f : (float)(s / counts[i]))];
    }
}
