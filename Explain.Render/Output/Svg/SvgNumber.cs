using System.Text;

namespace Explain.Render;

/// <summary>Numbers as SVG is to have them: at most two decimals (a hundredth of a pixel), no trailing zeros, no minus zero.</summary>
internal static class SvgNumber
{
    /// <summary>Far outside any picture, and still a number that every reader parses.</summary>
    private const double Limit = 1e9;

    /// <summary>Appends <paramref name="value"/>; 0 where it is not a number.</summary>
    public static StringBuilder Number(this StringBuilder text, double value) => text.Hundredths(InHundredths(value));

    /// <summary>The value in steps of what is written, as a whole number: differences of these do not add up errors.</summary>
    public static long InHundredths(double value) =>
        double.IsNaN(value) ? 0 : (long)Math.Round(Math.Clamp(value, -Limit, Limit) * 100, MidpointRounding.AwayFromZero);

    /// <summary>Appends a number of hundredths.</summary>
    public static StringBuilder Hundredths(this StringBuilder text, long hundredths)
    {
        if (hundredths < 0)
            text.Append('-');
        hundredths = Math.Abs(hundredths);
        text.Append(hundredths / 100);
        int rest = (int)(hundredths % 100);
        if (rest == 0)
            return text;
        text.Append('.').Append((char)('0' + (rest / 10)));
        if (rest % 10 != 0)
            text.Append((char)('0' + (rest % 10)));
        return text;
    }

    /// <summary>Appends numbers with spaces between them.</summary>
    public static StringBuilder AppendNumbers(this StringBuilder text, IReadOnlyList<double> values)
    {
        for (int i = 0; i < values.Count; i++)
        {
            if (i > 0)
                text.Append(' ');
            text.Number(values[i]);
        }
        return text;
    }
}
