using System.Globalization;

namespace Explain.Render;

/// <summary>
/// Evenly spaced ticks as whole numbers of a power of ten, so that values are the doubles nearest to what the labels say and labels need no
/// rounding.
/// </summary>
/// <param name="Numbers">The ticks in units of the power, rising.</param>
/// <param name="Exponent">The power of ten.</param>
internal sealed record DecimalTicks(IReadOnlyList<long> Numbers, int Exponent)
{
    // Beyond these an axis says less with plain numbers than with a power of ten.
    private const int MostPlain = 4;
    private const int LeastPlain = -3;
    private const int MostDecimals = 5;
    private const int MostDigits = 6;

    /// <summary>
    /// The multiples of lead × 10^exponent within the domain; null where they are too many or beyond what doubles tell apart.
    /// </summary>
    public static DecimalTicks? Within(Limits domain, int lead, int exponent, int most)
    {
        double step = Value(lead, exponent);
        if (!(step > 0) || !double.IsFinite(step)) return null;
        double low = Math.Ceiling((domain.Min / step) - 1e-9), high = Math.Floor((domain.Max / step) + 1e-9);
        if (!(Math.Max(Math.Abs(low), Math.Abs(high)) * lead < 9e15) || high - low >= most) return null;
        var numbers = new List<long>();
        for (double i = low; i <= high; i++)
        {
            long number = (long)i * lead;
            double value = Value(number, exponent);
            // The tolerance above is for bounds like 0.1 + 0.2; a tick is never outside of its axis.
            if (value >= domain.Min - (1e-9 * step) && value <= domain.Max + (1e-9 * step)) numbers.Add(number);
        }
        return new DecimalTicks(numbers, exponent);
    }

    /// <summary>number × 10^exponent, correctly rounded.</summary>
    public static double Value(long number, int exponent) =>
        double.Parse(string.Create(CultureInfo.InvariantCulture, $"{number}E{exponent}"), NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>
    /// All labels in one format: percent, plain, SI (k, M, G), a common factor or a common offset, whichever is shortest and fits the
    /// magnitudes.
    /// </summary>
    public TickSet Labelled(bool percent, bool common)
    {
        if (Numbers.Count == 0) return TickSet.None;
        var (numbers, exponent) = Trimmed();
        if (percent) return Plain(numbers, exponent + 2, "\u00A0%", "");
        long largest = numbers.Max(Math.Abs);
        if (largest == 0) return new TickSet([new Tick(0, "0")]);
        int order = Digits(largest) - 1 + exponent;
        if (common && Digits(largest) > MostDigits && numbers.Count > 1 && Offset(numbers) is var offset and not 0)
        {
            var rest = new DecimalTicks([.. numbers.Select(n => n - offset)], exponent).Labelled(percent: false, common: false);
            string shift = new DecimalTicks([Math.Abs(offset)], exponent).Labelled(percent: false, common: false).Ticks[0].Label;
            return new TickSet(
                [.. rest.Ticks.Select((t, i) => new Tick(Value(numbers[i], exponent), Signed(t.Label, numbers[i] - offset)))],
                (offset < 0 ? "− " : "+ ") + shift);
        }
        if (exponent >= 2 && order is >= MostPlain and < 12)
        {
            int unit = order >= 9 ? 9 : order >= 6 ? 6 : 3;
            return Plain(numbers, exponent - unit, unit == 9 ? "G" : unit == 6 ? "M" : "k", "");
        }
        bool plain = order is >= LeastPlain and < 12 && -exponent <= Math.Max(MostDecimals, 1 - order);
        if (plain) return Plain(numbers, exponent, "", "");
        string power = NumberFormat.PowerOfTen(order);
        if (order is 0 or 1) return Plain(numbers, exponent, "", "");
        return common ? Plain(numbers, exponent - order, "", "×" + power) : Plain(numbers, exponent - order, "×" + power, "");
    }

    private TickSet Plain(List<long> numbers, int shown, string suffix, string common)
    {
        var (own, exponent) = Trimmed();
        return new TickSet(
            [.. numbers.Select((n, i) =>
                new Tick(Value(own[i], exponent), n == 0 && suffix != "\u00A0%" ? "0" : Digits(n, shown) + suffix))],
            common);
    }

    // number × 10^exponent, exact; digits before the point are grouped from five on.
    private static string Digits(long number, int exponent)
    {
        string digits = Math.Abs(number).ToString(CultureInfo.InvariantCulture);
        if (exponent > 0) digits = number == 0 ? "0" : digits + new string('0', Math.Min(exponent, 320));
        string fraction = "";
        if (exponent < 0)
        {
            digits = digits.PadLeft(1 - exponent, '0');
            fraction = "." + digits[^-exponent..];
            digits = digits[..^-exponent];
        }
        for (int i = digits.Length - 3; i > 0 && digits.Length > 4; i -= 3)
            digits = digits.Insert(i, ",");
        return (number < 0 ? "−" : "") + digits + fraction;
    }

    private static string Signed(string label, long rest) => rest > 0 ? "+" + label : label;

    private static int Digits(long magnitude) => magnitude.ToString(CultureInfo.InvariantCulture).Length;

    // The leading digits that all ticks share, as a number of the same unit; 0 where the rest would not be much shorter.
    private static long Offset(List<long> numbers)
    {
        long span = numbers[^1] - numbers[0], unit = 1;
        while (unit <= span * 2) unit *= 10;
        long low = numbers[0] < 0 && numbers[^1] > 0 ? 0 : numbers[0] >= 0 ? numbers[0] / unit * unit : numbers[^1] / unit * unit;
        return low;
    }

    // Without zeros that all numbers end in.
    private (List<long> Numbers, int Exponent) Trimmed()
    {
        List<long> numbers = [.. Numbers];
        int exponent = Exponent;
        while (numbers.All(n => n % 10 == 0) && numbers.Exists(n => n != 0))
        {
            for (int i = 0; i < numbers.Count; i++) numbers[i] /= 10;
            exponent++;
        }
        return (numbers, exponent);
    }
}
