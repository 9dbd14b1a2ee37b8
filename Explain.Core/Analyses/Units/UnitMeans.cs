using System.Runtime.Intrinsics;

namespace Explain.Core;

/// <summary>What the units of a layer weigh on average.</summary>
public static class UnitMeans
{
    /// <summary>The mean over units (rows) for each input: outputs × inputs → inputs.</summary>
    public static float[] Of(Matrix weights)
    {
        var sums = new double[weights.Columns];
        for (int r = 0; r < weights.Rows; r++)
        {
            var row = weights.Row(r);
            // Eight columns at a time, each its own sum; the rest one by one.
            int c = 0;
            for (; c + 8 <= row.Length; c += 8)
            {
                var (low, high) = Vector256.Widen(Vector256.Create(row.Slice(c, 8)));
                (Vector256.Create(sums.AsSpan(c, 4)) + low).CopyTo(sums, c);
                (Vector256.Create(sums.AsSpan(c + 4, 4)) + high).CopyTo(sums, c + 4);
            }
            for (; c < row.Length; c++) sums[c] += row[c];
        }
        return Array.ConvertAll(sums, sum => (float)(sum / Math.Max(1, weights.Rows)));
    }
}
