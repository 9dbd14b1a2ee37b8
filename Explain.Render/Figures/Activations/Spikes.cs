namespace Explain.Render;

/// <summary>Where to cut the tallest bins of several histograms, beside which nothing else could be seen.</summary>
/// <param name="Tallest">The largest share; 0 where there is none.</param>
/// <param name="Cut">Where to cut; null where none stands out.</param>
internal readonly record struct Spikes(double Tallest, double? Cut)
{
    // To cut less off would say little and show nothing more.
    private const double LeastSpike = 1.3;

    /// <summary>Of the bins of several histograms.</summary>
    /// <param name="shares">Shares, those of a histogram together.</param>
    /// <param name="quantile">The share of the bins that are not empty, 0 … 1, whose height counts as usual.</param>
    /// <param name="headroom">What is kept, as a multiple of the usual height.</param>
    public static Spikes Of(IEnumerable<double[]> shares, double quantile, double headroom)
    {
        double[] positive = [.. shares.SelectMany(s => s).Where(s => s > 0 && double.IsFinite(s)).Order()];
        if (positive.Length == 0) return new Spikes(0, null);
        double usual = headroom * positive[(int)(quantile * (positive.Length - 1))];
        return new Spikes(positive[^1], positive[^1] > LeastSpike * usual ? usual : null);
    }
}
