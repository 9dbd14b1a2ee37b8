using System.Globalization;
using System.Text;

namespace Explain.Render;

/// <summary>Numbers, names and strings as PDF writes them (ISO 32000-1:2008, 7.3).</summary>
internal static class PdfSyntax
{
    // The largest number that every reader keeps.
    private const double Limit = 1e7;

    /// <summary>Appends a coordinate and a space: at most three decimals, no exponent, 0 where it is not a number.</summary>
    public static StringBuilder Real(this StringBuilder text, double value)
    {
        long thousandths = double.IsNaN(value) ? 0
            : (long)Math.Round(Math.Clamp(value, -Limit, Limit) * 1000, MidpointRounding.AwayFromZero);
        if (thousandths < 0)
            text.Append('-');
        thousandths = Math.Abs(thousandths);
        text.Append(thousandths / 1000);
        int rest = (int)(thousandths % 1000);
        if (rest > 0)
        {
            text.Append('.').Append((char)('0' + (rest / 100)));
            if (rest % 100 > 0)
                text.Append((char)('0' + (rest / 10 % 10)));
            if (rest % 10 > 0)
                text.Append((char)('0' + (rest % 10)));
        }
        return text.Append(' ');
    }

    /// <summary>
    /// Appends the six numbers of a map. Factors keep more digits than positions: they are multiplied by thousands of pixels.
    /// </summary>
    public static StringBuilder Matrix(this StringBuilder text, in Transform t) =>
        text.Factor(t.A).Factor(t.B).Factor(t.C).Factor(t.D).Real(t.E).Real(t.F);

    /// <summary>Appends a colour's channels as shares.</summary>
    public static StringBuilder Channels(this StringBuilder text, Color color) =>
        text.Real(color.R / 255.0).Real(color.G / 255.0).Real(color.B / 255.0);

    /// <summary>Appends the corners of a rectangle as an array.</summary>
    public static StringBuilder Box(this StringBuilder text, Rect r) =>
        text.Append("[ ").Real(r.X).Real(r.Y).Real(r.Right).Real(r.Bottom).Append(']');

    /// <summary>A text string: UTF-16 with a byte order mark, in hexadecimal digits.</summary>
    public static string Text(string value) => "<FEFF" + Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(value)) + ">";

    private static StringBuilder Factor(this StringBuilder text, double value) =>
        text.Append((double.IsFinite(value) ? Math.Round(Math.Clamp(value, -Limit, Limit), 7) + 0.0 : 0).ToString(
            "0.#######", CultureInfo.InvariantCulture))
            .Append(' ');
}
