namespace Explain.Core;

/// <summary>Five numbers of a sample and what lies beyond them (Tukey, "Exploratory data analysis", 1977).</summary>
/// <param name="Count">Finite values.</param>
/// <param name="LowWhisker">The least value within 1.5 interquartile ranges below the lower quartile.</param>
/// <param name="Lower">Lower quartile.</param>
/// <param name="Median">Median.</param>
/// <param name="Upper">Upper quartile.</param>
/// <param name="HighWhisker">The largest value within 1.5 interquartile ranges above the upper quartile.</param>
/// <param name="Outliers">Values beyond the whiskers, rising.</param>
public sealed record BoxSummary(
    int Count, double LowWhisker, double Lower, double Median, double Upper, double HighWhisker, IReadOnlyList<float> Outliers)
{
    private const double Fence = 1.5;

    /// <summary>
    /// Half the height of a notch: medians whose notches do not overlap differ at about the 95 % level (McGill, Tukey and Larsen,
    /// "Variations of box plots", 1978).
    /// </summary>
    public double Notch => Count == 0 ? 0 : 1.57 * (Upper - Lower) / Math.Sqrt(Count);

    /// <summary>Of the finite values; null where there are none.</summary>
    public static BoxSummary? Of(ReadOnlySpan<float> values)
    {
        float[] sorted = KernelDensity.Sorted(values);
        if (sorted.Length == 0) return null;
        double lower = Quantile(sorted, 0.25), upper = Quantile(sorted, 0.75), reach = Fence * (upper - lower);
        int first = Array.FindIndex(sorted, v => v >= lower - reach), last = Array.FindLastIndex(sorted, v => v <= upper + reach);
        return new BoxSummary(
            sorted.Length, Math.Min(sorted[first], lower), lower, Quantile(sorted, 0.5), upper, Math.Max(sorted[last], upper),
            [.. sorted[..first], .. sorted[(last + 1)..]]);
    }

    /// <summary>The quantile of values in rising order, linear between neighbours (type 7 of Hyndman and Fan, 1996).</summary>
    public static double Quantile(ReadOnlySpan<float> sorted, double q)
    {
        if (sorted.Length == 0) return double.NaN;
        double place = q * (sorted.Length - 1);
        int i = Math.Min(sorted.Length - 1, (int)place);
        return sorted[i] + ((place - i) * ((double)sorted[Math.Min(sorted.Length - 1, i + 1)] - sorted[i]));
    }
}
