namespace Explain.Render;

/// <summary>
/// A line of text as glyphs, in ems: origin at the left end of the baseline, y downwards. Glyphs are not hinted, so that their advances
/// scale exactly, and one shaping serves every size.
/// </summary>
/// <param name="Text">What is set.</param>
/// <param name="Runs">From left to right.</param>
/// <param name="Advance">Width of the line.</param>
public sealed record ShapedText(string Text, IReadOnlyList<GlyphRun> Runs, double Advance);

/// <summary>Glyphs of one font that stand side by side and are read in one direction.</summary>
/// <param name="Font">The font file whose glyphs they are.</param>
/// <param name="Text">The part of the line that they set, in the order in which it is read.</param>
/// <param name="Glyphs">Glyph numbers from left to right.</param>
/// <param name="Origins">Where each stands in the line.</param>
/// <param name="Clusters">
/// For each glyph, where in <paramref name="Text"/> the characters begin that it stands for; a ligature is one glyph of several characters,
/// and several glyphs may share one.
/// </param>
public sealed record GlyphRun(FontProgram Font, string Text, ushort[] Glyphs, Point[] Origins, int[] Clusters)
{
    /// <summary>Whether the glyphs are to be thickened, because the family has no bold font.</summary>
    public bool Thickened { get; init; }
}

/// <summary>Measures lines of text.</summary>
public static class TextMeasure
{
    /// <summary>Advance width in pixels of <paramref name="text"/> set at <paramref name="size"/> pixels an em.</summary>
    public static double Measure(this ITypeface face, string text, double size, FontWeight weight = FontWeight.Regular)
    {
        ArgumentNullException.ThrowIfNull(face);
        return face.Shape(text, weight).Advance * size;
    }
}
