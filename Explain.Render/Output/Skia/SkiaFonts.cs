using System.Runtime.CompilerServices;
using SkiaSharp;

namespace Explain.Render;

/// <summary>Skia's typefaces of the fonts that text is set in, and how letters are drawn.</summary>
internal static class SkiaFonts
{
    private static readonly ConditionalWeakTable<FontProgram, SKTypeface> Typefaces = [];

    /// <summary>Grey letters: colours at their edges would be wrong on every other screen, and in print.</summary>
    public static SKSurfaceProperties Surface { get; } = new(SKPixelGeometry.Unknown);

    /// <summary>
    /// A font at a size. Glyphs stand where they were measured to stand, between pixels and unhinted; baselines that run along the pixels
    /// are put on them, so that letters have crisp feet.
    /// </summary>
    /// <exception cref="FontException">Skia cannot read the font.</exception>
    public static SKFont Of(FontProgram program, double size, bool thickened) => new(Typefaces.GetValue(program, Read), (float)size)
    {
        Edging = SKFontEdging.Antialias,
        Hinting = SKFontHinting.None,
        Subpixel = true,
        LinearMetrics = true,
        BaselineSnap = true,
        Embolden = thickened,
    };

    private static SKTypeface Read(FontProgram program)
    {
        using var data = SKData.CreateCopy(program.Bytes.Span);
        return SKTypeface.FromData(data, program.Index)
            ?? throw new FontException($"Font '{program.File}' cannot be drawn; choose another with --font, or \"builtin\".");
    }
}
