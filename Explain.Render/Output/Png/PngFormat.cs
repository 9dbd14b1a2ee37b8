using System.Runtime.Intrinsics;

namespace Explain.Render;

/// <summary>How a PNG keeps its pixels: the colour type and bit depth of its header, and the palette where it has one.</summary>
/// <param name="ColorType">0 grey, 2 RGB, 3 palette, 6 RGBA.</param>
/// <param name="BitDepth">Bits a channel; 1, 2, 4 or 8 with a palette, 8 otherwise.</param>
/// <param name="Palette">The colours of type 3.</param>
internal sealed record PngFormat(byte ColorType, int BitDepth, PngPalette? Palette = null)
{
    private const int BlockRows = 64;

    /// <summary>Bytes of a pixel; 1 where it has less.</summary>
    public int PixelBytes => ColorType switch { 2 => 3, 6 => 4, _ => 1 };

    /// <summary>
    /// Whether rows are filtered. Numbers of colours say nothing about their neighbours, so there a filter only hides what repeats.
    /// </summary>
    public bool Filters => Palette is null;

    /// <summary>The smallest format that holds the picture as it is.</summary>
    public static PngFormat Of(Bitmap bitmap)
    {
        if (PngPalette.Of(bitmap) is not { } palette)
            return new PngFormat((byte)(IsOpaque(bitmap) ? 2 : 6), 8);
        if (palette.Count > 16 && IsGrey(palette.Colors))
            return new PngFormat(0, 8);
        return new PngFormat(3, palette.Count switch { <= 2 => 1, <= 4 => 2, <= 16 => 4, _ => 8 }, palette);
    }

    /// <summary>Bytes of a row of so many pixels, without the filter's number.</summary>
    public int RowBytes(int width) => (int)(((long)width * PixelBytes * BitDepth + 7) / 8);

    /// <summary>A row of pixels as bytes.</summary>
    /// <param name="pixels">The pixels.</param>
    /// <param name="row">Receives <see cref="RowBytes"/> bytes.</param>
    /// <param name="numbers">Workspace of a byte a pixel.</param>
    public void Pack(ReadOnlySpan<uint> pixels, Span<byte> row, Span<byte> numbers)
    {
        if (Palette is not null)
        {
            if (BitDepth == 8)
            {
                Palette.Number(pixels, row);
                return;
            }
            Palette.Number(pixels, numbers);
            Join(numbers[..pixels.Length], row, BitDepth);
            return;
        }
        int at = 0;
        switch (ColorType)
        {
            case 0:
                foreach (uint p in pixels)
                    row[at++] = (byte)p;
                break;
            case 2:
                Colors(pixels, row);
                break;
            default:
                if (BitConverter.IsLittleEndian)
                {
                    System.Runtime.InteropServices.MemoryMarshal.AsBytes(pixels).CopyTo(row);
                    break;
                }
                foreach (uint p in pixels)
                {
                    (row[at], row[at + 1], row[at + 2], row[at + 3]) = ((byte)p, (byte)(p >> 8), (byte)(p >> 16), (byte)(p >> 24));
                    at += 4;
                }
                break;
        }
    }

    /// <summary>
    /// Pixels without their alpha, three bytes each. Four at a time: lanes of 16 bytes whose last four are written over by the next; the
    /// rest one by one.
    /// </summary>
    private static void Colors(ReadOnlySpan<uint> pixels, Span<byte> row)
    {
        int x = 0;
        if (BitConverter.IsLittleEndian)
        {
            var lanes = Vector128.Create((byte)0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 255, 255, 255, 255);
            // Two pixels short of the end, so that the four bytes too many still lie in the row.
            for (; x + 6 <= pixels.Length; x += 4)
                Vector128.Shuffle(Vector128.Create(pixels[x..]).AsByte(), lanes).CopyTo(row[(3 * x)..]);
        }
        for (; x < pixels.Length; x++)
        {
            uint p = pixels[x];
            (row[3 * x], row[(3 * x) + 1], row[(3 * x) + 2]) = ((byte)p, (byte)(p >> 8), (byte)(p >> 16));
        }
    }

    /// <summary>Small numbers side by side in bytes, the leftmost in the highest bits; the last byte is filled up with zeros.</summary>
    private static void Join(ReadOnlySpan<byte> numbers, Span<byte> row, int bits)
    {
        int perByte = 8 / bits;
        for (int at = 0; at < row.Length; at++)
        {
            int value = 0;
            var part = numbers.Slice(at * perByte, Math.Min(perByte, numbers.Length - (at * perByte)));
            foreach (byte number in part)
                value = (value << bits) | number;
            row[at] = (byte)(value << (bits * (perByte - part.Length)));
        }
    }

    private static bool IsGrey(ReadOnlySpan<uint> colors)
    {
        foreach (uint p in colors)
        {
            if (p != (0xFF000000 | ((p & 0xFF) * 0x010101)))
                return false;
        }
        return true;
    }

    private static bool IsOpaque(Bitmap bitmap)
    {
        if (bitmap.IsOpaque)
            return true;
        int blocks = (bitmap.Height + BlockRows - 1) / BlockRows;
        bool translucent = false;
        Pieces.For(blocks, b =>
        {
            int first = b * BlockRows * bitmap.Width;
            if (!Blend.IsOpaque(bitmap.Pixels.AsSpan(first, Math.Min(BlockRows * bitmap.Width, bitmap.Pixels.Length - first))))
                Volatile.Write(ref translucent, true);
        });
        return !translucent;
    }
}
