using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Explain.Render;

/// <summary>
/// Sets a line of text glyph after glyph with kerning, at positions that are not rounded to pixels. What one face lacks is made from it
/// (superscripts and subscripts are scaled figures and letters), taken from the built-in font, from other fonts of the machine (only by a
/// typeface that is from a file itself), or shown as a crossed box, in this order: nothing is ever left out. Hebrew, Arabic and other
/// scripts that run from right to left are set in the order in which they are read (see <see cref="BidirectionalText"/>), their letters not
/// joined; a combining mark is set over the character before it; tabs and line breaks are spaces; control and format characters have no
/// width.
/// </summary>
public abstract class GlyphTypeface : ITypeface
{
    // Layout measures a line several times before a canvas sets it, and the next epoch's figure has nearly the same lines.
    private const int MostLines = 4096;
    private const int LongestLine = 256;
    // Other faces are asked for so many letters at once.
    private const int LongestRun = 64;
    private readonly ConcurrentDictionary<(string Text, FontWeight Weight), PlacedGlyph[]> _lines = new();

    /// <inheritdoc/>
    public abstract string Family { get; }

    /// <inheritdoc/>
    public abstract double CapHeight { get; }

    /// <inheritdoc/>
    public abstract (double Ascent, double Descent) LineMetrics { get; }

    /// <inheritdoc/>
    public double Measure(string text, double size, FontWeight weight = FontWeight.Regular)
    {
        var line = Set(text, weight);
        return line is [.., var last] ? (last.X + last.Glyph.Advance) * size : 0;
    }

    /// <inheritdoc/>
    public PathData Outline(string text, double size, FontWeight weight = FontWeight.Regular)
    {
        var verbs = new List<PathVerb>();
        var points = new List<Point>();
        foreach (var (_, glyph, x) in Set(text, weight))
        {
            verbs.AddRange(glyph.Outline.Verbs);
            foreach (var p in glyph.Outline.Points)
                points.Add(new Point((p.X + x) * size, p.Y * size));
        }
        return new PathData(verbs, points);
    }

    /// <summary>The glyphs of a line, from left to right; not to be written to.</summary>
    internal PlacedGlyph[] Set(string text, FontWeight weight)
    {
        if (_lines.TryGetValue((text, weight), out var line))
            return line;
        line = [.. Place(text, weight)];
        if (text.Length <= LongestLine)
        {
            if (_lines.Count >= MostLines)
                _lines.Clear();
            _lines[(text, weight)] = line;
        }
        return line;
    }

    private IEnumerable<PlacedGlyph> Place(string text, FontWeight weight)
    {
        var face = Face(weight);
        double x = 0;
        var codes = Codes(text);
        int previous = 0, covered = 0;
        FontFileTypeface? substitute = null, last = null;
        for (int at = 0; at < codes.Count; at++)
        {
            int visible = Visible(new Rune(codes[at]), face);
            if (visible == 0)
                continue;
            var glyph = GlyphFallback.Find(face, weight, visible);
            if (glyph is not null || Fallback is null)
                (substitute, covered) = (null, 0);
            else if (covered-- == 0)
            {
                (substitute, covered) = Fallback.For(Missing(codes, at, face, weight));
                covered--;
            }
            // A bold companion may have fewer letters.
            glyph ??= substitute?.Face(weight).Find(visible) ?? substitute?.Face(FontWeight.Regular).Find(visible) ?? GlyphFallback.Missing;
            if (previous != 0 && ReferenceEquals(substitute, last))
                x += (substitute?.Face(weight) ?? face).Kern(previous, visible);
            yield return new PlacedGlyph(visible, glyph, x) { Substitute = substitute };
            x += glyph.Advance;
            (previous, last) = (visible, substitute);
        }
    }

    /// <summary>
    /// Where letters come from that the typeface lacks; null where they are shown as missing, as by the built-in font, which draws the same
    /// on every machine.
    /// </summary>
    private protected virtual FontFallback? Fallback => null;

    /// <summary>The face of a weight.</summary>
    private protected abstract IFace Face(FontWeight weight);

    private static IReadOnlyList<int> Codes(string text) =>
        BidirectionalText.IsNeeded(text) ? BidirectionalText.Order(text) : [.. text.EnumerateRunes().Select(rune => rune.Value)];

    // The run of characters from one on that neither the face nor what stands in for it has.
    private static List<int> Missing(IReadOnlyList<int> codes, int start, IFace face, FontWeight weight)
    {
        var run = new List<int>();
        for (int i = start; i < codes.Count && run.Count < LongestRun; i++)
        {
            int visible = Visible(new Rune(codes[i]), face);
            if (visible == 0 || GlyphFallback.Find(face, weight, visible) is not null) break;
            run.Add(visible);
        }
        return run;
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
