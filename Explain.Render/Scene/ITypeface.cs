namespace Explain.Render;

/// <summary>
/// Sets lines of text. Layout and every output use the same one, so what fits in the layout fits in the picture.
/// </summary>
public interface ITypeface
{
    /// <summary>Family name, for SVG's font-family.</summary>
    string Family { get; }

    /// <summary>Height of capital letters as a share of the em.</summary>
    double CapHeight { get; }

    /// <summary>Distance from the baseline to the top and to the bottom of a line, as shares of the em.</summary>
    (double Ascent, double Descent) LineMetrics { get; }

    /// <summary>The glyphs of a line, ready to be measured and drawn at every size.</summary>
    ShapedText Shape(string text, FontWeight weight = FontWeight.Regular);
}
