using System.Globalization;

namespace Explain.Render;

/// <summary>The labels of a colour bar: the limits always, and between them whatever round values have room.</summary>
/// <param name="Scale">The colours and limits.</param>
/// <param name="From">Pixel of the lower limit.</param>
/// <param name="To">Pixel of the upper limit; smaller than <paramref name="From"/> where values rise upwards.</param>
/// <param name="Face">Measures the labels.</param>
internal sealed record ColorBarTicks(ColorScale Scale, double From, double To, ITypeface Face)
{
    // Between two labels beside and below each other.
    private const double Across = 6;
    private const double Down = 2;

    // Decades below the limit that a root or logarithmic scale still tells apart.
    private const int Decades = 3;

    // Significant digits of the limits; outside of these magnitudes they are written with a power of ten.
    private const int Digits = 3;
    private const double LeastPlain = 1e-3;
    private const double MostPlain = 1e6;

    /// <summary>Labels in percent.</summary>
    public bool Percent { get; init; }

    private bool IsUpright => From > To;

    private LinearScale Linear => new(Scale.Limits, From, To) { Percent = Percent };

    /// <summary>
    /// The limits first, then the values between them; no two labels touch, except those of the limits where a bar is shorter than they
    /// are.
    /// </summary>
    public IReadOnlyList<(Tick Tick, double At)> Place()
    {
        var (min, max) = (Scale.Limits.Min, Scale.Limits.Max);
        // The limits' labels of a horizontal bar stand inside of it, at its ends.
        var placed = new List<(Tick Tick, double At)> { (new Tick(min, Format(min)), From), (new Tick(max, Format(max)), To) };
        var taken = placed.Select((p, i) => Extent(p.Tick.Label, p.At, IsUpright ? 0 : i == 0 ? 1 : -1)).ToList();
        foreach (var pair in Candidates())
        {
            (Tick Tick, double At)[] here =
                [.. pair.Where(t => t.Value > min && t.Value < max).Select(t => (t, From + (Scale.Position(t.Value) * (To - From))))];
            (double Low, double High)[] extents = [.. here.Select(h => Extent(h.Tick.Label, h.At, 0))];
            double clear = IsUpright ? Down : Across;
            if (extents.Any(e => !double.IsFinite(e.Low + e.High) || taken.Any(t => e.Low < t.High + clear && t.Low < e.High + clear)))
                continue;
            placed.AddRange(here);
            taken.AddRange(extents);
        }
        return placed;
    }

    // In the order of their worth; what stands together comes or goes together, so that both signs have the same ticks.
    private IEnumerable<Tick[]> Candidates()
    {
        var (min, max) = (Scale.Limits.Min, Scale.Limits.Max);
        if (min < 0 && max > 0) yield return [new Tick(0, Percent ? Format(0) : "0")];
        if (Scale.Spread == Spread.Linear)
        {
            foreach (var pair in RoundValues().Where(t => t.Value != 0).GroupBy(t => Math.Round(Math.Abs(t.Value) / Scale.Limits.Span, 9))
                .OrderByDescending(g => g.Key))
                yield return [.. pair.Select(t => Percent ? t : t with { Label = Format(t.Value) })];
            yield break;
        }
        if (!(max > 0) || !double.IsFinite(max)) yield break;
        int top = (int)Math.Floor(PortableMath.Log10(max));
        foreach (int lead in (int[])[1, 5, 2])
        {
            for (int decade = top; decade > top - Decades; decade--)
            {
                double value = DecimalTicks.Value(lead, decade);
                string text = Percent ? NumberFormat.Percent(value, Math.Max(0, -decade - 2)) : NumberFormat.Short(value);
                yield return min < 0 ? [new Tick(-value, "−" + text), new Tick(value, text)] : [new Tick(value, text)];
            }
        }
    }

    // Where a label lies along the bar: about its tick (0), after it (1) or before it (−1).
    private (double Low, double High) Extent(string label, double at, int side)
    {
        double half = (IsUpright ? Typography.Small : Face.Measure(label, Typography.Small)) / 2;
        return (at + ((side - 1) * half), at + ((side + 1) * half));
    }

    private IEnumerable<Tick> RoundValues() =>
        Linear.Ticks((IsUpright ? TickRoom.Beside : TickRoom.Along(Face)) with { Common = false }).Ticks.Where(t => !t.IsMinor);

    private string Format(double value)
    {
        if (Percent) return NumberFormat.Percent(value, 0);
        if (value == 0) return "0";
        double most = Math.Max(Math.Abs(Scale.Limits.Min), Math.Abs(Scale.Limits.Max));
        if (!(most is >= LeastPlain and < MostPlain)) return NumberFormat.Value(value);
        // Over several decades, as many decimals as each value needs.
        return Scale.Spread == Spread.Linear ? NumberFormat.Fixed(value, Decimals(most))
            : Math.Abs(value) < LeastPlain ? NumberFormat.Value(value)
            : NumberFormat.Short(Rounded(value));
    }

    // The same for every number of a bar: three digits of the largest, less zeros that all of them end in.
    private int Decimals(double most)
    {
        string scientific = most.ToString("E" + (Digits - 1), CultureInfo.InvariantCulture);
        int decimals = Math.Max(
            0,
            Digits - 1 - int.Parse(
                scientific.AsSpan(scientific.IndexOf('E', StringComparison.Ordinal) + 1),
                NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture));
        int ticks = RoundValues()
            .Select(t => t.Label.IndexOf('.', StringComparison.Ordinal) is var point && point < 0 ? 0 : t.Label.Length - point - 1)
            .DefaultIfEmpty(0)
            .Max();
        while (decimals > ticks && EndsInZero(Scale.Limits.Min, decimals) && EndsInZero(Scale.Limits.Max, decimals)) decimals--;
        return decimals;
    }

    private static bool EndsInZero(double value, int decimals) => NumberFormat.Fixed(value, decimals).EndsWith('0');

    private static double Rounded(double value) =>
        double.Parse(value.ToString("G" + Digits, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
