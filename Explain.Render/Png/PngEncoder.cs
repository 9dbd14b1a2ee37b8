using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Explain.Render;

/// <summary>
/// Bitmap → PNG (ISO/IEC 15948): grey where there is no other colour, palette where there are at most 256, RGB where all is opaque, RGBA otherwise; 8 bits a channel.
/// Charts are compressed at the fastest level: they are long runs, of which the slower levels gain a few per cent for several times the time.
/// </summary>
/// <remarks>The pixels are the same everywhere; the compressed bytes are the same within one version of .NET, whose zlib may change with the next.</remarks>
internal static class PngEncoder
{
    private const int MaxPalette = 256;

    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static byte[] Encode(Bitmap bitmap, PngMetadata? metadata = null, CompressionLevel level = CompressionLevel.Fastest)
    {
        var output = new MemoryStream(1024 + (bitmap.Pixels.Length / 4));
        output.Write(Signature);
        bool grey = IsGrey(bitmap.Pixels);
        var palette = grey ? null : Palette(bitmap.Pixels);
        bool opaque = palette is null && IsOpaque(bitmap.Pixels);
        int channels = grey || palette is not null ? 1 : opaque ? 3 : 4;

        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, bitmap.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], bitmap.Height);
        header[8] = 8;
        header[9] = (byte)(grey ? 0 : palette is not null ? 3 : opaque ? 2 : 6);
        Chunk(output, "IHDR"u8, header);
        if (metadata is not null)
            Describe(output, metadata);
        if (palette is not null)
            WritePalette(output, palette);
        Chunk(output, "IDAT"u8, Compress(bitmap, palette, channels, level));
        Chunk(output, "IEND"u8, []);
        return output.ToArray();
    }

    /// <summary>Colour → index in order of first appearance, or null where there are too many.</summary>
    private static Dictionary<uint, byte>? Palette(uint[] pixels)
    {
        var palette = new Dictionary<uint, byte>(MaxPalette);
        uint last = ~pixels[0];
        foreach (uint p in pixels)
        {
            if (p == last)
                continue;
            last = p;
            if (palette.ContainsKey(p))
                continue;
            if (palette.Count == MaxPalette)
                return null;
            palette.Add(p, (byte)palette.Count);
        }
        return palette;
    }

    private static bool IsGrey(uint[] pixels)
    {
        foreach (uint p in pixels)
        {
            if (p != (0xFF000000 | ((p & 0xFF) * 0x010101)))
                return false;
        }
        return true;
    }

    private static bool IsOpaque(uint[] pixels)
    {
        uint all = uint.MaxValue;
        foreach (uint p in pixels)
            all &= p;
        return all >> 24 == 255;
    }

    private static void WritePalette(Stream output, Dictionary<uint, byte> palette)
    {
        Span<byte> colors = stackalloc byte[3 * MaxPalette], alphas = stackalloc byte[MaxPalette];
        int alphaCount = 0;
        foreach (var (p, i) in palette)
        {
            (colors[3 * i], colors[(3 * i) + 1], colors[(3 * i) + 2], alphas[i]) = ((byte)p, (byte)(p >> 8), (byte)(p >> 16), (byte)(p >> 24));
            if (p >> 24 != 255)
                alphaCount = Math.Max(alphaCount, i + 1);
        }
        Chunk(output, "PLTE"u8, colors[..(3 * palette.Count)]);
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

    private static ReadOnlySpan<byte> Compress(Bitmap bitmap, Dictionary<uint, byte>? palette, int channels, CompressionLevel level)
    {
        var compressed = new MemoryStream(1024 + (bitmap.Pixels.Length / 4));
        using (var zlib = new ZLibStream(compressed, level, leaveOpen: true))
        {
            int length = bitmap.Width * channels;
            byte[] row = new byte[length], above = new byte[length];
            var filter = new PngFilter(length, channels);
            for (int y = 0; y < bitmap.Height; y++)
            {
                Unpack(bitmap.Pixels.AsSpan(y * bitmap.Width, bitmap.Width), palette, channels, row);
                zlib.Write(palette is not null ? filter.None(row) : filter.Best(row, above));
                (row, above) = (above, row);
            }
        }
        return compressed.GetBuffer().AsSpan(0, (int)compressed.Length);
    }

    private static void Unpack(ReadOnlySpan<uint> pixels, Dictionary<uint, byte>? palette, int channels, Span<byte> row)
    {
        if (palette is not null)
        {
            uint last = pixels[0];
            byte index = palette[last];
            for (int x = 0; x < pixels.Length; x++)
            {
                if (pixels[x] != last)
                {
                    last = pixels[x];
                    index = palette[last];
                }
                row[x] = index;
            }
            return;
        }
        int at = 0;
        foreach (uint p in pixels)
        {
            row[at] = (byte)p;
            if (channels == 1)
            {
                at++;
                continue;
            }
            row[at + 1] = (byte)(p >> 8);
            row[at + 2] = (byte)(p >> 16);
            if (channels == 4)
                row[at + 3] = (byte)(p >> 24);
            at += channels;
        }
    }

    private static void Chunk(Stream output, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
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
