using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Explain.Render.Tests;

/// <summary>
/// PNG → bitmap, written from the standard and independent of the encoder: grey, RGB, palette (also of fewer than 8 bits) and RGBA, all
/// five filters, checksums and chunk order checked. Slow and plain on purpose.
/// </summary>
internal static class PngDecoder
{
    public static DecodedPng Decode(byte[] file)
    {
        if (!file.AsSpan(0, 8).SequenceEqual(new byte[] { 137, 80, 78, 71, 13, 10, 26, 10 }))
            throw new InvalidDataException("The file does not begin with the PNG signature.");
        var chunks = new List<(string Type, byte[] Data)>();
        for (int at = 8; at < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            string type = Encoding.ASCII.GetString(file, at + 4, 4);
            uint stated = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length));
            uint actual = Crc(file.AsSpan(at + 4, length + 4));
            if (stated != actual)
                throw new InvalidDataException($"Chunk {type} states the checksum {stated:x8} but has {actual:x8}.");
            chunks.Add((type, file[(at + 8)..(at + 8 + length)]));
            at += length + 12;
        }
        if (chunks[0].Type != "IHDR" || chunks[^1].Type != "IEND")
            throw new InvalidDataException("A PNG begins with IHDR and ends with IEND.");
        var header = chunks[0].Data;
        int width = BinaryPrimitives.ReadInt32BigEndian(header), height = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4));
        int depth = header[8];
        if ((depth != 8 && (header[9] != 3 || depth is not (1 or 2 or 4))) || header[10] != 0 || header[11] != 0 || header[12] != 0)
            throw new InvalidDataException("Only 8 bits a channel, or fewer with a palette, without interlacing are read here.");
        int channels = header[9] switch
        {
            0 => 1,
            2 => 3,
            3 => 1,
            6 => 4,
            _ => throw new InvalidDataException($"Colour type {header[9]} is not read here."),
        };

        int rowBytes = ((width * channels * depth) + 7) / 8;
        var compressed = new MemoryStream(chunks.Where(c => c.Type == "IDAT").SelectMany(c => c.Data).ToArray());
        using var zlib = new ZLibStream(compressed, CompressionMode.Decompress);
        var raw = new MemoryStream();
        zlib.CopyTo(raw);
        if (raw.Length != height * (1L + rowBytes))
            throw new InvalidDataException($"The image data has {raw.Length} bytes; {height} rows of 1 + {rowBytes} were expected.");

        var filters = new byte[height];
        var rows = Unfilter(raw.ToArray(), rowBytes, height, channels, filters);
        byte[] palette = Find(chunks, "PLTE"), alphas = Find(chunks, "tRNS"), physical = Find(chunks, "pHYs");
        var bitmap = new Bitmap(width, height);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int at = (y * rowBytes) + (x * channels * depth / 8),
                    value = (rows[at] >> (8 - depth - (x * channels * depth % 8))) & ((1 << depth) - 1);
                bitmap[x, y] = header[9] switch
                {
                    0 => new Color((byte)value, (byte)value, (byte)value),
                    2 => new Color(rows[at], rows[at + 1], rows[at + 2]),
                    3 => new Color(
                        palette[3 * value],
                        palette[(3 * value) + 1],
                        palette[(3 * value) + 2],
                        value < alphas.Length ? alphas[value] : (byte)255),
                    _ => new Color(rows[at], rows[at + 1], rows[at + 2], rows[at + 3]),
                };
            }
        }
        return new DecodedPng(
            bitmap, header[9], depth, filters, Texts(chunks), physical.Length == 9 ? BinaryPrimitives.ReadInt32BigEndian(physical) : 0);
    }

    private static byte[] Find(List<(string Type, byte[] Data)> chunks, string type) => chunks.Find(c => c.Type == type).Data ?? [];

    private static Dictionary<string, string> Texts(List<(string Type, byte[] Data)> chunks)
    {
        var texts = new Dictionary<string, string>();
        foreach (var (type, data) in chunks)
        {
            int end = Array.IndexOf(data, (byte)0);
            if (type == "tEXt")
                texts.Add(Encoding.Latin1.GetString(data, 0, end), Encoding.Latin1.GetString(data, end + 1, data.Length - end - 1));
            else if (type == "iTXt" && data[end + 1] == 0 && data[end + 3] == 0 && data[end + 4] == 0)
                texts.Add(Encoding.Latin1.GetString(data, 0, end), Encoding.UTF8.GetString(data, end + 5, data.Length - end - 5));
        }
        return texts;
    }

    private static byte[] Unfilter(byte[] raw, int length, int height, int channels, byte[] filters)
    {
        var rows = new byte[length * height];
        for (int y = 0; y < height; y++)
        {
            int filter = filters[y] = raw[y * (length + 1)];
            for (int i = 0; i < length; i++)
            {
                int a = i >= channels ? rows[(y * length) + i - channels] : 0;
                int b = y > 0 ? rows[((y - 1) * length) + i] : 0;
                int c = i >= channels && y > 0 ? rows[((y - 1) * length) + i - channels] : 0;
                int p = a + b - c, nearest = new[] { a, b, c }.MinBy(v => Math.Abs(p - v));
                int predicted = filter switch
                {
                    0 => 0,
                    1 => a,
                    2 => b,
                    3 => (a + b) / 2,
                    4 => nearest,
                    _ => throw new InvalidDataException($"There is no filter {filter}."),
                };
                rows[(y * length) + i] = (byte)(raw[(y * (length + 1)) + 1 + i] + predicted);
            }
        }
        return rows;
    }

    private static uint Crc(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in data)
        {
            crc ^= b;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xEDB88320u : crc >> 1;
        }
        return ~crc;
    }
}

/// <summary>What a PNG file holds.</summary>
/// <param name="Bitmap">Its pixels.</param>
/// <param name="ColorType">0 grey, 2 RGB, 3 palette, 6 RGBA.</param>
/// <param name="BitDepth">Bits a channel.</param>
/// <param name="Filters">The filter of each row.</param>
/// <param name="Texts">Keyword → text.</param>
/// <param name="PixelsPerMetre">Physical resolution, 0 where not stated.</param>
internal sealed record DecodedPng(
    Bitmap Bitmap, int ColorType, int BitDepth, byte[] Filters, IReadOnlyDictionary<string, string> Texts, int PixelsPerMetre);
