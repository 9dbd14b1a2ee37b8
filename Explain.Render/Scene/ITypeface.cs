namespace Explain.Render;

/// <summary>
/// Measures text and gives its outlines. Layout and every canvas use the same one, so what fits in the layout fits in the picture.
/// </summary>
public interface ITypeface
{
    /// <summary>
    /// Family name, for SVG's font-family; empty for the built-in vector font, whose text SVG sets in the reader's sans-serif.
    /// </summary>
    string Family { get; }

    /// <summary>Advance width in pixels of <paramref name="text"/> set at <paramref name="size"/> pixels an em.</summary>
    double Measure(string text, double size, FontWeight weight = FontWeight.Regular);

    /// <summary>Height of capital letters as a share of the em.</summary>
    double CapHeight { get; }

    /// <summary>Distance from the baseline to the top and to the bottom of a line, as shares of the em.</summary>
    (double Ascent, double Descent) LineMetrics { get; }

    /// <summary>Outlines of the text with its left end on the baseline at the origin, to be filled by the non-zero rule.</summary>
    PathData Outline(string text, double size, FontWeight weight = FontWeight.Regular);
}
