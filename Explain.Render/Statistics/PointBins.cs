namespace Explain.Render;

/// <summary>
/// Points counted into the cells of a grid, in blocks of one size on all threads: counts are whole numbers, so their order does not matter.
/// </summary>
/// <param name="Columns">Cells across.</param>
/// <param name="Rows">Cells down.</param>
/// <param name="Counts">Row after row from the top.</param>
/// <param name="Left">Points not finite or beyond the grid.</param>
internal sealed record PointBins(int Columns, int Rows, int[] Counts, long Left)
{
    private const int Block = 1 << 18;

    /// <summary>Counts the points whose cell <paramref name="cell"/> tells, −1 for none.</summary>
    public static PointBins Of(int points, int columns, int rows, Func<int, int> cell)
    {
        var counts = new int[columns * rows];
        long left = 0;
        Pieces.For((points + Block - 1) / Block, () => new Own(new int[counts.Length]), (block, own) =>
        {
            long missed = 0;
            int from = block * Block, to = Math.Min(points, from + Block);
            Array.Clear(own.Counts);
            for (int i = from; i < to; i++)
            {
                int at = cell(i);
                if (at >= 0) own.Counts[at]++;
                else missed++;
            }
            for (int c = 0; c < counts.Length; c++)
            {
                if (own.Counts[c] != 0) Interlocked.Add(ref counts[c], own.Counts[c]);
            }
            Interlocked.Add(ref left, missed);
        });
        return new PointBins(columns, rows, counts, left);
    }

    private sealed record Own(int[] Counts);
}
