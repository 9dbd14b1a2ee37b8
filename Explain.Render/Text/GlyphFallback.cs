namespace Explain.Render;

/// <summary>What stands in for a character that a face lacks.</summary>
internal static class GlyphFallback
{
    private static readonly Lazy<VectorFace> Regular = new(() => new VectorFace(VectorFontSource.BuiltIn.Value, FontWeight.Regular));
    private static readonly Lazy<VectorFace> Bold = new(() => new VectorFace(VectorFontSource.BuiltIn.Value, FontWeight.Bold));

    private static readonly Lazy<Glyph> Box = new(() =>
    {
        var path = new PathBuilder();
        double advance = new VectorDrawing("440 || *0.7 l,B l,C r,C r,B z / l,B r,C / l,C r,B", VectorPen.Regular).Draw(path, 0, 0);
        return new Glyph(advance / VectorPen.Em, path.Build()) { Overlaps = true };
    });

    /// <summary>A crossed box, for what nothing has.</summary>
    public static Glyph Missing => Box.Value;

    /// <summary>
    /// The glyph of the face; else a superscript or subscript made of the face's own glyph; else the built-in font's; else null.
    /// </summary>
    public static Glyph? Find(IFace face, FontWeight weight, int codePoint) =>
        face.Find(codePoint) ?? Script(face, codePoint) ?? (weight == FontWeight.Bold ? Bold : Regular).Value.Find(codePoint);

    private static Glyph? Script(IFace face, int codePoint)
    {
        if (VectorFontSource.BuiltIn.Value.Script(codePoint) is not { } script || face.Find(script.Base) is not { } full)
            return null;
        double raise = script.Raise / VectorPen.Em;
        var points = new Point[full.Outline.Points.Count];
        for (int i = 0; i < points.Length; i++)
            points[i] = new Point(full.Outline.Points[i].X * script.Scale, (full.Outline.Points[i].Y * script.Scale) - raise);
        return full with { Advance = full.Advance * script.Scale, Outline = full.Outline with { Points = points } };
    }
}
