namespace Explain.Core;

/// <summary>
/// A density estimated from samples at evenly spaced places (Gaussian kernel; Silverman, "Density estimation for statistics and data
/// analysis", 1986). Determined by + − × ÷ √ alone, so that it has the same bits on every machine.
/// </summary>
/// <param name="Minimum">Place of the first height.</param>
/// <param name="Maximum">Place of the last height.</param>
/// <param name="Heights">
/// Density, one a place, 512 or as many as it takes for steps of half a bandwidth; integrates to 1, within 1 %, less what lies beyond the
/// ends.
/// </param>
/// <param name="Bandwidth">Standard deviation of the kernel; 0 where all samples are equal.</param>
public sealed record KernelDensity(double Minimum, double Maximum, IReadOnlyList<double> Heights, double Bandwidth)
{
    private const int FewestPlaces = 512;
    private const int MostPlaces = 1 << 16;
    private const double Reach = 5;

    /// <summary>No sample: no height.</summary>
    public static KernelDensity None { get; } = new(double.NaN, double.NaN, [], 0);

    /// <summary>
    /// Of the finite values, from the least to the largest, or over <paramref name="range"/>. Linear binning into places no further apart
    /// than half a bandwidth, then a sum over the kernel: time grows with the number of values only once. Where one far value makes the
    /// range so long that it would take more than 65,536 places, the kernel is narrower than a step and heights are shares of values a
    /// step.
    /// </summary>
    /// <param name="values">In any order; those that are not finite are left out.</param>
    /// <param name="range">Where the density is wanted.</param>
    /// <param name="bandwidth">
    /// Standard deviation of the kernel; by Silverman's rule, 0.9 · min(σ, IQR ÷ 1.34) · n^(−1/5), where null.
    /// </param>
    public static KernelDensity Of(ReadOnlySpan<float> values, Limits? range = null, double? bandwidth = null)
    {
        float[] sorted = Sorted(values);
        if (sorted.Length == 0) return None;
        double h = bandwidth ?? Silverman(sorted);
        var limits = range ?? new Limits(sorted[0], sorted[^1]);
        if (limits.IsEmpty) return None;
        if (!(h > 0) || !(limits.Span > 0)) return new KernelDensity(limits.Min, limits.Max, [], 0);
        // Sampled at steps of more than a bandwidth, a kernel is missed or counted far too high; at steps of half of one its samples add up
        // to its integral.
        double wanted = Math.Ceiling(2 * limits.Span / h) + 1;
        return wanted > MostPlaces
            ? new KernelDensity(limits.Min, limits.Max, Shares(sorted, limits, MostPlaces), h)
            : new KernelDensity(limits.Min, limits.Max, Smoothed(sorted, limits, Math.Max(FewestPlaces, (int)wanted), h), h);
    }

    private static double[] Smoothed(float[] sorted, Limits limits, int places, double h)
    {
        // Samples just outside of the range still reach into it.
        int margin = (int)Math.Min(4 * places, Math.Ceiling(Reach * h / limits.Span * (places - 1)));
        double step = limits.Span / (places - 1), origin = limits.Min - (margin * step);
        var counts = new double[places + (2 * margin)];
        foreach (float v in sorted)
        {
            double place = (v - origin) / step;
            if (!(place >= 0 && place <= counts.Length - 1)) continue;
            int bin = Math.Min(counts.Length - 2, (int)place);
            counts[bin + 1] += place - bin;
            counts[bin] += 1 - (place - bin);
        }
        double[] weights =
            [.. Enumerable.Range(0, margin + 1).Select(k => Gaussian(k * step / h) / (h * 2.5066282746310002 * sorted.Length))];
        var heights = new double[places];
        for (int i = 0; i < places; i++)
        {
            double sum = counts[i + margin] * weights[0];
            for (int k = 1; k <= margin; k++) sum += weights[k] * (counts[i + margin - k] + counts[i + margin + k]);
            heights[i] = sum;
        }
        return heights;
    }

    // A step about each place; half of one at the ends, so that trapezoids between the places add up to the share of the values inside.
    private static double[] Shares(float[] sorted, Limits limits, int places)
    {
        double step = limits.Span / (places - 1);
        var heights = new double[places];
        foreach (float v in sorted)
        {
            if (v < limits.Min || v > limits.Max) continue;
            int place = Math.Clamp((int)Math.Round((v - limits.Min) / step), 0, places - 1);
            heights[place] += 1 / (step * sorted.Length * (place == 0 || place == places - 1 ? 0.5 : 1));
        }
        return heights;
    }

    /// <summary>The place of the height <paramref name="index"/>.</summary>
    public double At(int index) => Minimum + ((Maximum - Minimum) * index / Math.Max(1, Heights.Count - 1));

    /// <summary>exp(−z² ÷ 2): a Taylor series near zero, squared eight times.</summary>
    internal static double Gaussian(double z)
    {
        double x = -z * z / 512;
        if (x < -0.5) return 0;
        double term = 1;
        for (int n = 14; n >= 1; n--) term = 1 + (x * term / n);
        for (int i = 0; i < 8; i++) term *= term;
        return term;
    }

    private static double Silverman(float[] sorted)
    {
        double mean = 0, squares = 0;
        foreach (float v in sorted) mean += v;
        mean /= sorted.Length;
        foreach (float v in sorted) squares += (v - mean) * (v - mean);
        double deviation = Math.Sqrt(squares / Math.Max(1, sorted.Length - 1));
        double middle = (BoxSummary.Quantile(sorted, 0.75) - BoxSummary.Quantile(sorted, 0.25)) / 1.34;
        // Where the middle half is one value, the rest still has a width.
        return 0.9 * (middle > 0 ? Math.Min(deviation, middle) : deviation) / FifthRoot(sorted.Length);
    }

    // Newton's iteration from above.
    private static double FifthRoot(double n)
    {
        double x = Math.Max(1, Math.Sqrt(n));
        for (int i = 0; i < 60; i++) x -= (x - (n / (x * x * x * x))) / 5;
        return x;
    }

    internal static float[] Sorted(ReadOnlySpan<float> values)
    {
        var finite = new float[values.Length];
        int n = 0;
        foreach (float v in values)
        {
            if (float.IsFinite(v)) finite[n++] = v;
        }
        Array.Resize(ref finite, n);
        Array.Sort(finite);
        return finite;
    }
}
