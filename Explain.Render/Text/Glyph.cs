namespace Explain.Render;

/// <summary>One character ready to be placed: shares of the em, origin at the left end of the baseline, y downwards.</summary>
/// <param name="Advance">Distance to the origin of the next character.</param>
/// <param name="Outline">To be filled by the non-zero rule.</param>
internal sealed record Glyph(double Advance, PathData Outline)
{
    /// <summary>Whether the outline is known to overlap itself, being made of pen strokes or of copies.</summary>
    public bool Overlaps { get; init; }
}

/// <summary>A glyph in a line.</summary>
/// <param name="Code">The code point whose glyph it is; not that of the text where a bracket is mirrored or a space is a plain one.</param>
/// <param name="Glyph">What is drawn.</param>
/// <param name="X">Its origin as a share of the em, from the left end of the line.</param>
internal readonly record struct PlacedGlyph(int Code, Glyph Glyph, double X)
{
    /// <summary>
    /// The typeface that the glyph is from where the one that sets the line lacks it; null where it is its own, one made from it, the
    /// built-in font's or the crossed box.
    /// </summary>
    public FontFileTypeface? Substitute { get; init; }
}

/// <summary>Characters of one family in one weight.</summary>
internal interface IFace
{
    /// <summary>The glyph of a Unicode code point; null where the face has none.</summary>
    Glyph? Find(int codePoint);

    /// <summary>What to add to the advance between two neighbours, as a share of the em; mostly zero or negative.</summary>
    double Kern(int left, int right);
}
