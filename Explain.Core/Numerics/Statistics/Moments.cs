namespace Explain.Core;

/// <summary>Mean and standard deviation of some values.</summary>
/// <param name="Mean">The mean; NaN of none.</param>
/// <param name="Deviation">The standard deviation, divided by the number of values; NaN of none.</param>
public readonly record struct Moments(double Mean, double Deviation)
{
    /// <summary>Of the finite values.</summary>
    public static Moments Of(ReadOnlySpan<float> values)
    {
        if (values.Length > 0 && Reduce.IsAllFinite(values))
        {
            double mean = Reduce.Sum(values) / values.Length;
            return new Moments(mean, Math.Sqrt(Math.Max(0, (Reduce.SumOfSquares(values) / values.Length) - (mean * mean))));
        }
        double n = 0, sum = 0, squares = 0;
        foreach (float v in values)
        {
            if (!float.IsFinite(v)) continue;
            n++;
            sum += v;
            squares += (double)v * v;
        }
        return new Moments(sum / n, Math.Sqrt(Math.Max(0, (squares / n) - (sum / n * (sum / n)))));
    }

    /// <summary>The mean magnitude of the finite values; 0 where there are none.</summary>
    public static double MeanMagnitude(ReadOnlySpan<float> values)
    {
        if (values.Length > 0 && Reduce.IsAllFinite(values)) return Reduce.SumAbs(values) / values.Length;
        double n = 0, sum = 0;
        foreach (float v in values)
        {
            if (!float.IsFinite(v)) continue;
            n++;
            sum += Math.Abs(v);
        }
        return n == 0 ? 0 : sum / n;
    }
}
