namespace Explain.Render;

/// <summary>
/// Ticks at multiples of a nice step, found by trying the steps and scoring each by simplicity, coverage, density and legibility, after J.
/// Talbot, S. Lin and P. Hanrahan, "An Extension of Wilkinson's Algorithm for Positioning Tick Labels on Axes" (2010), with their weights.
/// Unlike theirs, ticks never leave the domain and always are multiples of the step.
/// </summary>
internal static class TickSearch
{
    // Nice leads in tenths, and how much is lost by each; 2.5 only where the others are much worse, 4 and 3 where labels are long.
    private static readonly int[] Leads = [10, 50, 20, 25, 40, 30];
    private static readonly double[] Costs = [0, 0.25, 0.25, 1, 1.6, 1.6];

    // Readers are served well by labels a little further apart than the least distance.
    private const double Roomier = 1.5;

    /// <summary>The best ticks.</summary>
    /// <param name="scale">Gives domain and pixels.</param>
    /// <param name="room">What labels may take.</param>
    /// <param name="whole">Only whole numbers.</param>
    /// <param name="percent">Labels in percent.</param>
    public static TickSet Best(Scale scale, TickRoom room, bool whole, bool percent)
    {
        var domain = scale.Domain;
        if (double.IsInfinity(domain.Span))
        {
            var ends = new DecimalTicks([-1, 0, 1], 308).Labelled(percent, room.Common);
            return room.Fits(scale, ends.Ticks) ? ends : ends with { Ticks = [ends.Ticks[1]] };
        }
        if (domain.IsEmpty || !(domain.Span > 0) || !(scale.Length > 0)) return Single(domain, percent);
        double spacing = Math.Max(1, room.Spacing), target = scale.Length / (spacing * Roomier);
        // Halved until at least two labels fit; then one is better than none.
        foreach (var (least, count) in new[] { (spacing, 2), (spacing / 2, 2), (1.0, 2), (1.0, 1) })
        {
            var best = TickSet.None;
            double bestScore = double.NegativeInfinity;
            int low = (int)Math.Floor(PortableMath.Log10(domain.Span / Math.Max(2, scale.Length / least))) - 2,
                high = (int)Math.Ceiling(PortableMath.Log10(domain.Span)) + (count == 1 ? 3 : 0);
            for (int exponent = low; exponent <= high; exponent++)
            {
                for (int i = 0; i < Leads.Length; i++)
                {
                    if (whole && (exponent < 0 || (exponent == 0 && Leads[i] % 10 != 0))) continue;
                    var ticks = DecimalTicks.Within(domain, Leads[i], exponent - 1, most: (int)(scale.Length / least) + 2);
                    if (ticks is null || ticks.Numbers.Count < count) continue;
                    double step = DecimalTicks.Value(Leads[i], exponent - 1);
                    if (ticks.Numbers.Count > 1 && step / domain.Span * scale.Length < least * (1 - 1e-9)) continue;
                    var set = ticks.Labelled(percent, room.Common);
                    double score = Score(domain, set.Ticks, i, target);
                    if (score <= bestScore
                        || !room.Fits(scale, set.Ticks)
                        || set.Ticks.Select(t => t.Label).Distinct(StringComparer.Ordinal).Count() < set.Ticks.Count)
                        continue;
                    (best, bestScore) = (set, score);
                }
            }
            if (best.Ticks.Count > 0) return best;
        }
        return whole ? TickSet.None : Single(domain, percent);
    }

    private static double Score(Limits domain, IReadOnlyList<Tick> ticks, int lead, double target)
    {
        double span = domain.Span, low = ticks[0].Value - domain.Min, high = domain.Max - ticks[^1].Value;
        bool zero = domain.Min <= 0 && domain.Max >= 0;
        double simplicity = (zero ? 1 : 0) - Costs[lead];
        // Twice the gap of the paper costs as much, as ticks inside the domain cannot avoid one.
        double coverage = 1 - (0.5 * ((low * low) + (high * high)) / (0.04 * span * span));
        double reached = Math.Max(ticks.Count - 1, 0.5) / Math.Max((ticks[^1].Value - ticks[0].Value) / span, 0.1);
        double density = 2 - Math.Max(reached / target, target / reached);
        double legibility = 1.0 / Math.Max(1, ticks.Max(t => t.Label.Length));
        return (0.25 * simplicity) + (0.2 * coverage) + (0.5 * density) + (0.05 * legibility);
    }

    private static TickSet Single(Limits domain, bool percent) =>
        domain.IsEmpty ? TickSet.None
            : new([new Tick(domain.Min, percent ? NumberFormat.Percent(domain.Min) : NumberFormat.Value(domain.Min))]);
}
