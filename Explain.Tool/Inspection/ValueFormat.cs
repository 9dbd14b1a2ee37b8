namespace Explain.Tool;

/// <summary>
/// One format for the numbers of a matrix: as many decimals as give the largest six digits, or an exponent for all where that would print a
/// number that is not zero as zero. What programs read as numbers: no groups, a hyphen for minus, <c>nan</c> and <c>inf</c>.
/// </summary>
internal sealed class ValueFormat
{
    private const int Digits = 6, MostDecimals = 9;
    private readonly string _format;

    private ValueFormat(string format) => _format = format;

    /// <summary>The format for <paramref name="values"/>.</summary>
    public static ValueFormat Of(IEnumerable<double> values)
    {
        double largest = 0, smallest = double.PositiveInfinity;
        bool areWhole = true;
        foreach (double value in values.Where(double.IsFinite))
        {
            double size = Math.Abs(value);
            largest = Math.Max(largest, size);
            if (size > 0) smallest = Math.Min(smallest, size);
            areWhole &= value == Math.Truncate(value);
        }
        int before = 1; // Digits before the point, or 1 minus the zeros after it.
        double bound = 10;
        while (largest >= bound && before <= Digits)
        {
            bound *= 10;
            before++;
        }
        for (bound = 1; largest > 0 && largest < bound && before > Digits - MostDecimals; before--) bound /= 10;
        if (before > Digits) return new("0.00000e+00");
        if (areWhole) return new("0");
        int decimals = Math.Min(Digits - before, MostDecimals);
        double half = 0.5;
        for (int d = 0; d < decimals; d++) half /= 10;
        return new(smallest < half ? "0.00000e+00" : "0." + new string('0', Math.Max(decimals, 1)));
    }

    /// <summary>A number as text.</summary>
    public string Text(double value) =>
        double.IsNaN(value) ? "nan" : double.IsInfinity(value) ? (value > 0 ? "inf" : "-inf") : value.ToString(_format);
}
