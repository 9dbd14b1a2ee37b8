using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Explain.Render;

/// <summary>
/// The container of PNG (third edition, 2025): rows of RGB, or of RGBA where something shines through, compressed by the runtime's zlib.
/// Rows are not filtered: charts come out smaller so, because what stands above or before is repeated as it is.
/// </summary>
internal static class PngFile
{
    /// <summary>Level of pictures: half the time of the runtime's default for files a tenth larger (docs/performance.md).</summary>
    public const int Quick = 2;

    /// <summary>Level of what is kept inside other files and looked at often.</summary>
    public const int Small = 9;

    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The file of a picture of RGBA pixels with straight alpha.</summary>
    public static byte[] Encode(ReadOnlySpan<uint> pixels, int width, int height, bool opaque, PngMetadata? metadata, int level)
    {
        var output = new MemoryStream();
        Begin(output, width, height, opaque, metadata);
        Chunk(output, "IDAT"u8, Compress(pixels, width, width, height, opaque, level).Span);
        Chunk(output, "IEND"u8, []);
        return output.ToArray();
    }

    /// <summary>The image data of a rectangle.</summary>
    /// <param name="pixels">From its first pixel on.</param>
    /// <param name="pitch">Pixels from one row to the next.</param>
    /// <param name="width">Pixels across.</param>
    /// <param name="height">Pixels down.</param>
    /// <param name="opaque">Whether alpha is left out.</param>
    /// <param name="level">0 … 9, as of zlib.</param>
    public static ReadOnlyMemory<byte> Compress(ReadOnlySpan<uint> pixels, int pitch, int width, int height, bool opaque, int level)
    {
        var output = new MemoryStream(Math.Max(4096, width * height / 8));
        // Chunks of several rows: each call of zlib has its price.
        int rowBytes = 1 + ((opaque ? 3 : 4) * width), together = Math.Clamp((1 << 16) / rowBytes, 1, height);
        byte[] rows = new byte[rowBytes * together];
        using (var zlib = new ZLibStream(output, new ZLibCompressionOptions { CompressionLevel = level }, leaveOpen: true))
        {
            for (int y = 0; y < height; y += together)
            {
                int count = Math.Min(together, height - y);
                for (int i = 0; i < count; i++)
                {
                    var row = rows.AsSpan(i * rowBytes, rowBytes);
                    var source = pixels.Slice((y + i) * pitch, width);
                    // Byte 0 is the number of the filter: none.
                    if (opaque)
                        Colors(source, row[1..]);
                    else
                        MemoryMarshal.AsBytes(source).CopyTo(row[1..]);
                }
                zlib.Write(rows, 0, count * rowBytes);
            }
        }
        return output.GetBuffer().AsMemory(0, (int)output.Length);
    }

    /// <summary>Writes all that stands before the image data. An animation's control chunk goes behind the header.</summary>
    public static void Begin(
        Stream output, int width, int height, bool opaque, PngMetadata? metadata, ReadOnlySpan<byte> animation = default)
    {
        output.Write(Signature);
        Span<byte> header = stackalloc byte[13];
        header.Clear();
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        (header[8], header[9]) = (8, (byte)(opaque ? 2 : 6));
        Chunk(output, "IHDR"u8, header);
        Chunk(output, "sRGB"u8, [0]);
        if (!animation.IsEmpty)
            Chunk(output, "acTL"u8, animation);
        if (metadata is not null)
            Describe(output, metadata);
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

    // tEXt where Latin-1 can say it, iTXt (UTF-8) otherwise.
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

    /// <summary>
    /// Pixels without their alpha, three bytes each. Four at a time: lanes of 16 bytes whose last four are written over by the next; the
    /// rest one by one.
    /// </summary>
    private static void Colors(ReadOnlySpan<uint> pixels, Span<byte> row)
    {
        int x = 0;
        var lanes = Vector128.Create((byte)0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 255, 255, 255, 255);
        // Two pixels short of the end, so that the four bytes too many still lie in the row.
        for (; x + 6 <= pixels.Length; x += 4)
            Vector128.Shuffle(Vector128.Create(pixels[x..]).AsByte(), lanes).CopyTo(row[(3 * x)..]);
        for (; x < pixels.Length; x++)
        {
            uint p = pixels[x];
            (row[3 * x], row[(3 * x) + 1], row[(3 * x) + 2]) = ((byte)p, (byte)(p >> 8), (byte)(p >> 16));
        }
    }
}
