namespace Explain.Render;

/// <summary>
/// The built-in font: a sans-serif of our own drawing that needs no file, so pictures come out the same on every machine. It covers ASCII,
/// Greek, accented Latin letters, superscripts and subscripts, and the signs that figures use; anything else is a crossed box.
/// </summary>
public sealed class VectorTypeface : GlyphTypeface
{
    private readonly VectorFace _regular;
    private readonly VectorFace _bold;

    /// <summary>The font that comes with the program.</summary>
    public VectorTypeface()
        : this(VectorFontSource.BuiltIn.Value)
    {
    }

    internal VectorTypeface(VectorFontSource source)
    {
        _regular = new VectorFace(source, FontWeight.Regular);
        _bold = new VectorFace(source, FontWeight.Bold);
    }

    /// <inheritdoc/>
    public override string Family => "";

    /// <inheritdoc/>
    public override double CapHeight => VectorPen.CapHeight / VectorPen.Em;

    /// <inheritdoc/>
    public override (double Ascent, double Descent) LineMetrics => (0.94, 0.24);

    private protected override IFace Face(FontWeight weight) => weight == FontWeight.Bold ? _bold : _regular;
}
