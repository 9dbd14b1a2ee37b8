using System.Text;

namespace Explain.Render;

/// <summary>Text as XML: markup escaped, characters that XML 1.0 forbids left out.</summary>
internal static class SvgText
{
    /// <summary>Appends <paramref name="value"/>, fit for element content and for attributes in double quotes.</summary>
    public static StringBuilder Escaped(this StringBuilder text, string value)
    {
        for (int i = 0; i < value.Length; i++)
        {
            char c = value[i];
            switch (c)
            {
                case '&':
                    text.Append("&amp;");
                    break;
                case '<':
                    text.Append("&lt;");
                    break;
                case '>':
                    text.Append("&gt;");
                    break;
                case '"':
                    text.Append("&quot;");
                    break;
                case '\t' or '\n' or '\r':
                    text.Append(' ');
                    break;
                default:
                    if (char.IsHighSurrogate(c) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]))
                        text.Append(c).Append(value[++i]);
                    else if (c >= ' ' && c is not ((>= '\uD800' and <= '\uDFFF') or '\uFFFE' or '\uFFFF'))
                        text.Append(c);
                    break;
            }
        }
        return text;
    }
}
