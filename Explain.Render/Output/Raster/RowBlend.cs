namespace Explain.Render;

/// <summary>A row of finished pixels laid over another, through a mask where there is one.</summary>
internal static class RowBlend
{
    /// <summary>
    /// Lays <paramref name="source"/>, each pixel first made paler to <paramref name="share"/> / 255 times the mask, over
    /// <paramref name="under"/>; both begin at column <paramref name="x"/> of row <paramref name="y"/>.
    /// </summary>
    public static void Over(Span<uint> under, ReadOnlySpan<uint> source, byte share, ClipMask? mask, int x, int y)
    {
        if (mask is null)
        {
            SpanBlend.Over(under, source, share);
            return;
        }
        foreach (ref readonly var run in mask.From(x, y))
        {
            int first = Math.Max(run.X - x, 0), end = Math.Min(run.End - x, source.Length);
            if (first >= end)
                return;
            SpanBlend.Over(under[first..end], source[first..end], (uint)((run.Coverage * share) + 0.5f));
        }
    }
}
