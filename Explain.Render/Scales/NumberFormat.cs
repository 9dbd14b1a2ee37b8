using System.Globalization;

namespace Explain.Render;

/// <summary>
/// Numbers as a report prints them: a real minus sign, powers of ten as superscripts, no more digits than mean something.
/// </summary>
public static class NumberFormat
{
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /// <summary>"0.0123", "1.23×10⁻⁵", "12,300": <paramref name="digits"/> significant digits, "not finite" values by name.</summary>
    public static string Value(double value, int digits = 3)
    {
        if (double.IsNaN(value)) return "n/a";
        if (double.IsInfinity(value)) return value > 0 ? "∞" : "−∞";
        if (value == 0) return "0";
        double magnitude = Math.Abs(value);
        var (mantissa, exponent) = Decimal(magnitude, digits);
        if (exponent is < -3 or > 6)
            return $"{(value < 0 ? "−" : "")}{mantissa.ToString("F" + (digits - 1), CultureInfo.InvariantCulture)}×{PowerOfTen(exponent)}";
        return Fixed(value, Math.Max(0, digits - 1 - exponent));
    }

    /// <summary>
    /// "0.5", "−12.25": up to six significant digits, no zeros that say nothing; as <see cref="Value"/> where that would be long.
    /// </summary>
    public static string Short(double value)
    {
        double magnitude = Math.Abs(value);
        if (!double.IsFinite(value) || (magnitude != 0 && magnitude is < 1e-4 or >= 1e6)) return Value(value);
        string text = magnitude.ToString("G6", CultureInfo.InvariantCulture);
        return value < 0 ? "−" + text : text;
    }

    /// <summary>"95.3 %" of the share 0.953, with a no-break space; "n/a" where it is not finite.</summary>
    public static string Percent(double share, int decimals = 1) =>
        double.IsFinite(share) ? $"{Fixed(100 * share, decimals)}\u00A0%" : "n/a";

    /// <summary>"60,000".</summary>
    public static string Count(long count) => count < 0 ? "−" + Count(-count) : count.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>"12.3k", "1.5M"; plain below a thousand.</summary>
    public static string Si(double value)
    {
        double magnitude = Math.Abs(value);
        return magnitude switch
        {
            >= 1e9 => Trimmed(value / 1e9) + "G",
            >= 1e6 => Trimmed(value / 1e6) + "M",
            >= 1e3 => Trimmed(value / 1e3) + "k",
            _ => Trimmed(value),
        };

        static string Trimmed(double v) => Fixed(v, Math.Abs(v) >= 100 || v == Math.Round(v) ? 0 : 1);
    }

    /// <summary>"10⁻⁵", "1" and "10" for the exponents 0 and 1.</summary>
    public static string PowerOfTen(int exponent)
    {
        if (exponent is 0 or 1) return exponent == 0 ? "1" : "10";
        string digits = Math.Abs(exponent).ToString(CultureInfo.InvariantCulture);
        return "10" + (exponent < 0 ? "⁻" : "") + string.Concat(digits.Select(d => Superscripts[d - '0']));
    }

    /// <summary>With exactly <paramref name="decimals"/> digits after the point and a real minus sign; never "−0".</summary>
    public static string Fixed(double value, int decimals)
    {
        string text = Math.Abs(value)
            .ToString((Math.Abs(value) >= 10000 ? "#,0." : "0.") + new string('0', decimals), CultureInfo.InvariantCulture);
        return value < 0 && text.AsSpan().ContainsAnyInRange('1', '9') ? "−" + text : text;
    }

    // Rounded to the given digits, so that 9.996 counts as 10.0. From the decimal digits and not by a logarithm and a division, whose
    // rounding would show in the last digit; of 15, so that what was written as 0.125 is a tie (as the formats in Fixed have it).
    private static (decimal Mantissa, int Exponent) Decimal(double magnitude, int digits)
    {
        string text = magnitude.ToString("E14", CultureInfo.InvariantCulture);
        int end = text.IndexOf('E', StringComparison.Ordinal),
            exponent = int.Parse(text.AsSpan(end + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        decimal mantissa = decimal.Round(
            decimal.Parse(text.AsSpan(0, end), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture),
            digits - 1,
            MidpointRounding.AwayFromZero);
        return mantissa >= 10 ? (mantissa / 10, exponent + 1) : (mantissa, exponent);
    }
}
