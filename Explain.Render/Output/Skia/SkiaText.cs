using System.Text;
using SkiaSharp;

namespace Explain.Render;

/// <summary>Shaped lines as Skia's runs of glyphs.</summary>
internal static class SkiaText
{
    /// <summary>The line at a size, its left end on the baseline at the origin; null where it has no glyph.</summary>
    /// <param name="line">The glyphs.</param>
    /// <param name="size">Pixels an em.</param>
    /// <param name="withCharacters">Whether each glyph is to say which characters it stands for, as documents want it.</param>
    public static SKTextBlob? Blob(ShapedText line, double size, bool withCharacters)
    {
        using var builder = new SKTextBlobBuilder();
        foreach (var run in line.Runs)
        {
            using var font = SkiaFonts.Of(run.Font, size, run.Thickened);
            if (withCharacters)
            {
                byte[] text = Encoding.UTF8.GetBytes(run.Text);
                var buffer = builder.AllocateRawPositionedTextRun(font, run.Glyphs.Length, text.Length, null);
                run.Glyphs.CopyTo(buffer.Glyphs);
                Positions(run, size, buffer.Positions);
                text.CopyTo(buffer.Text);
                for (int i = 0; i < run.Clusters.Length; i++)
                    buffer.Clusters[i] = (uint)Encoding.UTF8.GetByteCount(run.Text.AsSpan(0, run.Clusters[i]));
            }
            else
            {
                var buffer = builder.AllocateRawPositionedRun(font, run.Glyphs.Length, null);
                run.Glyphs.CopyTo(buffer.Glyphs);
                Positions(run, size, buffer.Positions);
            }
        }
        return builder.Build();
    }

    private static void Positions(GlyphRun run, double size, Span<SKPoint> positions)
    {
        for (int i = 0; i < positions.Length; i++)
            positions[i] = new SKPoint((float)(run.Origins[i].X * size), (float)(run.Origins[i].Y * size));
    }
}
