namespace Explain.Core;

/// <summary>Order statistics of finite values, for colour limits that one outlier does not decide.</summary>
public static class Quantiles
{
    /// <summary>Share of magnitudes that colour limits cover unless a figure says otherwise.</summary>
    public const double Robust = 0.995;

    /// <summary>The magnitude below which the share <paramref name="q"/> of the finite values lies; 0 where there are none.</summary>
    public static double OfMagnitudes(ReadOnlySpan<float> values, double q)
    {
        var magnitudes = new float[values.Length];
        int n = 0;
        foreach (float v in values)
        {
            if (float.IsFinite(v)) magnitudes[n++] = Math.Abs(v);
        }
        if (n == 0) return 0;
        return Select(magnitudes.AsSpan(0, n), Math.Clamp((int)Math.Ceiling(q * n) - 1, 0, n - 1));
    }

    /// <summary>
    /// The value that would stand at <paramref name="rank"/>, from 0, if the values were sorted; they are put in another order. Hoare's
    /// selection (1961) between pivots near the rank, found in a small sample (after Floyd and Rivest 1975), so that few passes are needed;
    /// what is left at the end is sorted. No value may be NaN.
    /// </summary>
    internal static float Select(Span<float> values, int rank)
    {
        const int Few = 64;
        Span<float> sample = stackalloc float[Few];
        while (values.Length > 8 * Few)
        {
            int step = values.Length / Few;
            for (int i = 0; i < Few; i++)
                sample[i] = values[(i * step) + (step / 2)];
            sample.Sort();
            float pivot = sample[(int)((long)rank * Few / values.Length)];
            // Below the pivot, equal to it, above it (Dijkstra's three-way partition): many weights may be equal, zeros above all.
            int low = 0, high = values.Length;
            for (int i = 0; i < high;)
            {
                float v = values[i];
                if (v < pivot)
                    (values[low++], values[i++]) = (v, values[low - 1]);
                else if (v > pivot)
                    (values[--high], values[i]) = (v, values[high]);
                else
                    i++;
            }
            if (rank >= low && rank < high)
                return pivot;
            values = rank < low ? values[..low] : values[high..];
            rank -= rank < low ? 0 : high;
        }
        values.Sort();
        return values[rank];
    }

    /// <summary>The middle value, or the mean of the two in the middle; NaN where there is none.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Where(double.IsFinite).Order()];
        if (sorted.Length == 0) return double.NaN;
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
