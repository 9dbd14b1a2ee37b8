namespace Explain.Render;

/// <summary>
/// The five row filters of PNG, and which to take: the one whose bytes, read as signed, have the least sum of absolute values (the heuristic the
/// standard recommends). Rows come back with the filter's number in front.
/// </summary>
internal sealed class PngFilter(int length, int channels)
{
    private const int Filters = 5;

    private readonly byte[][] _filtered = MakeRows(length);

    /// <summary>The row as it is.</summary>
    public ReadOnlySpan<byte> None(ReadOnlySpan<byte> row)
    {
        row.CopyTo(_filtered[0].AsSpan(1));
        return _filtered[0];
    }

    /// <summary>The row under the best filter. The row above the first is all zero.</summary>
    public ReadOnlySpan<byte> Best(ReadOnlySpan<byte> row, ReadOnlySpan<byte> above)
    {
        if (row.SequenceEqual(above))
        {
            _filtered[2].AsSpan(1).Clear();
            return _filtered[2];
        }
        int best = 0;
        long least = long.MaxValue;
        for (int f = 0; f < Filters; f++)
        {
            long sum = Apply(f, row, above, _filtered[f].AsSpan(1), least);
            if (sum < least)
                (best, least) = (f, sum);
        }
        return _filtered[best];
    }

    private static byte[][] MakeRows(int length)
    {
        var rows = new byte[Filters][];
        for (int f = 0; f < Filters; f++)
        {
            rows[f] = new byte[length + 1];
            rows[f][0] = (byte)f;
        }
        return rows;
    }

    /// <summary>Filters a row and returns its sum; gives up, with a sum that is too large, once it is past <paramref name="limit"/>.</summary>
    private long Apply(int filter, ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, Span<byte> output, long limit)
    {
        const int Block = 256;
        long sum = 0;
        for (int first = 0; first < row.Length && sum < limit; first += Block)
        {
            int end = Math.Min(first + Block, row.Length);
            for (int i = first; i < end; i++)
            {
                int left = i >= channels ? row[i - channels] : 0, up = above[i], corner = i >= channels ? above[i - channels] : 0;
                int predicted = filter switch { 0 => 0, 1 => left, 2 => up, 3 => (left + up) >> 1, _ => Paeth(left, up, corner) };
                byte value = (byte)(row[i] - predicted);
                output[i] = value;
                sum += Math.Abs((int)(sbyte)value);
            }
        }
        return sum;
    }

    private static int Paeth(int left, int up, int corner)
    {
        int p = left + up - corner, toLeft = Math.Abs(p - left), toUp = Math.Abs(p - up), toCorner = Math.Abs(p - corner);
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }
}
