using System.Globalization;
using System.Text;

namespace Explain.Render;

/// <summary>
/// Sets a line of text glyph after glyph with kerning. What one face lacks is made from it (superscripts and subscripts are scaled figures and letters), taken
/// from the built-in font, or shown as a crossed box, in this order: nothing is ever left out. Characters are set in the order in which they are stored: there is no
/// reordering for right-to-left scripts and no joining; a combining mark is set over the character before it; control and format characters have no width.
/// </summary>
public abstract class GlyphTypeface : ITypeface
{
    /// <inheritdoc/>
    public abstract string Family { get; }

    /// <inheritdoc/>
    public abstract double CapHeight { get; }

    /// <inheritdoc/>
    public abstract (double Ascent, double Descent) LineMetrics { get; }

    /// <inheritdoc/>
    public double Measure(string text, double size, FontWeight weight = FontWeight.Regular)
    {
        double x = 0;
        foreach (var (_, position, advance) in Set(text, weight))
            x = position + advance;
        return x * size;
    }

    /// <inheritdoc/>
    public PathData Outline(string text, double size, FontWeight weight = FontWeight.Regular)
    {
        var verbs = new List<PathVerb>();
        var points = new List<Point>();
        foreach (var (outline, position, _) in Set(text, weight))
        {
            verbs.AddRange(outline.Verbs);
            foreach (var p in outline.Points)
                points.Add(new Point((p.X + position) * size, p.Y * size));
        }
        return new PathData(verbs, points);
    }

    /// <summary>The face of a weight.</summary>
    private protected abstract IFace Face(FontWeight weight);

    private IEnumerable<(PathData Outline, double Position, double Advance)> Set(string text, FontWeight weight)
    {
        var face = Face(weight);
        double x = 0;
        int previous = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            int code = Visible(rune, face);
            if (code == 0)
                continue;
            var glyph = GlyphFallback.Find(face, weight, code);
            if (previous != 0)
                x += face.Kern(previous, code);
            yield return (glyph.Outline, x, glyph.Advance);
            x += glyph.Advance;
            previous = code;
        }
    }

    // Spaces of every kind that have no glyph of their own become a space; what is not meant to be seen becomes 0.
    private static int Visible(Rune rune, IFace face) => rune.Value is '\t' or '\n' or '\r' ? ' ' : Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format => 0,
        UnicodeCategory.SpaceSeparator => face.Find(rune.Value) is null ? ' ' : rune.Value,
        UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => ' ',
        _ => rune.Value is (>= 0xFE00 and <= 0xFE0F) ? 0 : rune.Value,
    };
}
