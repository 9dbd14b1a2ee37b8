namespace Explain.Core;

/// <summary>What recorded histograms say, and how they are brought to common bins.</summary>
public static class Histograms
{
    // Bins beyond this share on either side are left out of an axis.
    private const double Tail = 0.0005;

    /// <summary>The bins that hold all but the outermost 0.05 % on either side; empty where nothing was counted.</summary>
    public static Limits Range(Histogram histogram)
    {
        ArgumentNullException.ThrowIfNull(histogram);
        long total = histogram.Counts.Sum();
        if (total == 0) return default;
        int first = 0, last = histogram.Counts.Length - 1;
        for (long below = histogram.Counts[first]; below <= Tail * total && first < last; below += histogram.Counts[first]) first++;
        for (long above = histogram.Counts[last]; above <= Tail * total && last > first; above += histogram.Counts[last]) last--;
        return new Limits(Edge(histogram, first), Edge(histogram, last + 1));
    }

    /// <summary>
    /// Shares of all counts in <paramref name="bins"/> equal bins over <paramref name="limits"/>; a bin that lies in two gives to each in
    /// proportion.
    /// </summary>
    public static double[] Shares(Histogram histogram, Limits limits, int bins)
    {
        ArgumentNullException.ThrowIfNull(histogram);
        var shares = new double[bins];
        double total = histogram.Counts.Sum();
        double width = limits.Span / bins;
        for (int i = 0; i < histogram.Counts.Length; i++)
        {
            if (histogram.Counts[i] == 0) continue;
            double low = Edge(histogram, i), high = Edge(histogram, i + 1);
            int first = (int)Math.Floor((low - limits.Min) / width), last = (int)Math.Floor((high - limits.Min) / width);
            for (int b = Math.Max(0, first); b <= Math.Min(bins - 1, last); b++)
            {
                double overlap = high > low
                    ? (Math.Min(high, limits.Min + ((b + 1) * width)) - Math.Max(low, limits.Min + (b * width))) / (high - low)
                    : 1;
                shares[b] += Math.Max(0, overlap) * histogram.Counts[i] / total;
            }
        }
        return shares;
    }

    /// <summary>Mean and standard deviation, each bin counted at its middle; NaN where nothing was counted.</summary>
    public static (double Mean, double Deviation) Moments(Histogram histogram)
    {
        ArgumentNullException.ThrowIfNull(histogram);
        double n = 0, sum = 0, squares = 0;
        for (int i = 0; i < histogram.Counts.Length; i++)
        {
            double middle = (Edge(histogram, i) + Edge(histogram, i + 1)) / 2;
            n += histogram.Counts[i];
            sum += histogram.Counts[i] * middle;
            squares += histogram.Counts[i] * middle * middle;
        }
        return (sum / n, Math.Sqrt(Math.Max(0, (squares / n) - (sum / n * (sum / n)))));
    }

    private static double Edge(Histogram h, int i) => h.Minimum + (((double)h.Maximum - h.Minimum) * i / h.Counts.Length);
}
