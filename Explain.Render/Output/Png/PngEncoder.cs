using System.Buffers.Binary;
using System.Text;

namespace Explain.Render;

/// <summary>
/// Bitmap → PNG (ISO/IEC 15948), the same bytes on every machine: a palette of 1, 2, 4 or 8 bits a pixel where there are at most 256
/// colours, grey where these are greys, RGB where all is opaque, RGBA otherwise. The stages, a file each: <c>PngPalette</c> and
/// <c>PngFormat</c> (pixels → rows of bytes), <c>PngFilter</c>, <c>Deflater</c> and <c>DeflateBlock</c> (bytes → bits), <c>Zlib</c> (pieces
/// side by side).
/// </summary>
internal static class PngEncoder
{
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The file of a picture.</summary>
    public static byte[] Encode(Bitmap bitmap, PngMetadata? metadata = null, DeflateLevel level = DeflateLevel.Fast)
    {
        var format = PngFormat.Of(bitmap);
        byte[] data = Compress(bitmap.Pixels, 0, bitmap.Width, bitmap.Width, bitmap.Height, format, level);
        var output = new MemoryStream(2048 + data.Length);
        Begin(output, bitmap.Width, bitmap.Height, format, metadata);
        Chunk(output, "IDAT"u8, data);
        Chunk(output, "IEND"u8, []);
        return output.Length == output.Capacity ? output.GetBuffer() : output.ToArray();
    }

    /// <summary>
    /// The image data of a rectangle. <see cref="DeflateLevel.Small"/> tries it with and without filters. <see cref="DeflateLevel.Fast"/>
    /// does without: charts come out smaller so, because what stands above or before is repeated as it is, and shaded surfaces hardly
    /// larger.
    /// </summary>
    public static byte[] Compress(uint[] pixels, int first, int pitch, int width, int height, PngFormat format, DeflateLevel level)
    {
        byte[] plain = PngRows.Compress(pixels, first, pitch, width, height, format, level, filter: false);
        if (level == DeflateLevel.Fast || !format.Filters)
            return plain;
        byte[] filtered = PngRows.Compress(pixels, first, pitch, width, height, format, level, filter: true);
        return plain.Length <= filtered.Length ? plain : filtered;
    }

    /// <summary>Writes all that stands before the image data. An animation's control chunk goes behind the header.</summary>
    public static void Begin(
        Stream output, int width, int height, PngFormat format, PngMetadata? metadata, ReadOnlySpan<byte> animation = default)
    {
        output.Write(Signature);
        Span<byte> header = stackalloc byte[13];
        header.Clear();
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        (header[8], header[9]) = ((byte)format.BitDepth, format.ColorType);
        Chunk(output, "IHDR"u8, header);
        Chunk(output, "sRGB"u8, [0]);
        if (!animation.IsEmpty)
            Chunk(output, "acTL"u8, animation);
        if (metadata is not null)
            Describe(output, metadata);
        if (format.Palette is not null)
            WritePalette(output, format.Palette.Colors);
    }

    private static void WritePalette(Stream output, ReadOnlySpan<uint> palette)
    {
        Span<byte> colors = stackalloc byte[3 * PngPalette.Most], alphas = stackalloc byte[PngPalette.Most];
        int alphaCount = 0;
        for (int i = 0; i < palette.Length; i++)
        {
            uint p = palette[i];
            (colors[3 * i], colors[(3 * i) + 1], colors[(3 * i) + 2], alphas[i]) = (
                (byte)p, (byte)(p >> 8), (byte)(p >> 16), (byte)(p >> 24));
            if (p >> 24 != 255)
                alphaCount = i + 1;
        }
        Chunk(output, "PLTE"u8, colors[..(3 * palette.Length)]);
        if (alphaCount > 0)
            Chunk(output, "tRNS"u8, alphas[..alphaCount]);
    }

    private static void Describe(Stream output, PngMetadata metadata)
    {
        Span<byte> physical = stackalloc byte[9];
        uint perMetre = (uint)Math.Clamp(Math.Round(metadata.PixelsPerInch / 0.0254), 1, int.MaxValue);
        BinaryPrimitives.WriteUInt32BigEndian(physical, perMetre);
        BinaryPrimitives.WriteUInt32BigEndian(physical[4..], perMetre);
        physical[8] = 1;
        Chunk(output, "pHYs"u8, physical);
        TextChunk(output, "Title", metadata.Title);
        TextChunk(output, "Description", metadata.Description);
    }

    /// <summary>tEXt where Latin-1 can say it, iTXt (UTF-8) otherwise.</summary>
    private static void TextChunk(Stream output, string keyword, string text)
    {
        if (text.Length == 0)
            return;
        text = text.Replace('\0', ' ');
        if (text.All(c => c <= 255))
            Chunk(output, "tEXt"u8, [.. Encoding.Latin1.GetBytes(keyword), 0, .. Encoding.Latin1.GetBytes(text)]);
        else
            Chunk(output, "iTXt"u8, [.. Encoding.Latin1.GetBytes(keyword), 0, 0, 0, 0, 0, .. Encoding.UTF8.GetBytes(text)]);
    }

    /// <summary>Writes length, type, data and checksum.</summary>
    public static void Chunk(Stream output, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> word = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(word, data.Length);
        output.Write(word);
        output.Write(type);
        output.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(word, Crc32.Of(type, data));
        output.Write(word);
    }
}
