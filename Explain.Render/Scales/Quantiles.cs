namespace Explain.Render;

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
        Array.Sort(magnitudes, 0, n);
        return magnitudes[Math.Clamp((int)Math.Ceiling(q * n) - 1, 0, n - 1)];
    }

    /// <summary>The middle value, or the mean of the two in the middle; NaN where there is none.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Where(double.IsFinite).Order()];
        if (sorted.Length == 0) return double.NaN;
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
