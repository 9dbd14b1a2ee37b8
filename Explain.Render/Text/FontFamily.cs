namespace Explain.Render;

/// <summary>A regular font and the bold one that belongs to it.</summary>
/// <param name="Regular">The regular font.</param>
/// <param name="Bold">The bold one, looked for when it is first needed; null where there is none.</param>
internal sealed record FontFamily(ShapingFont Regular, Lazy<ShapingFont?> Bold)
{
    /// <summary>
    /// The font that sets a character with its marks in a weight, and whether its glyphs are to be thickened, because there is no bold one
    /// or it has fewer characters.
    /// </summary>
    public (ShapingFont Font, bool Thickened) For(string cluster, FontWeight weight) => weight switch
    {
        FontWeight.Regular => (Regular, false),
        _ when Bold.Value is { } bold && (TextShaper.Covers(bold, cluster) || !TextShaper.Covers(Regular, cluster)) => (bold, false),
        _ => (Regular, true),
    };

    /// <summary>Whether it has a character with its marks.</summary>
    public bool Covers(string cluster) => TextShaper.Covers(Regular, cluster);
}
