namespace Explain.Render;

/// <summary>
/// At most 256 colours and their numbers, in order of first appearance: a hash table with open addressing, small enough for the first-level
/// cache.
/// </summary>
internal sealed class PngPalette
{
    /// <summary>The most colours.</summary>
    public const int Most = 256;

    private const int Bits = 10;
    private const int BlockRows = 64;

    private readonly uint[] _keys = new uint[1 << Bits];
    private readonly short[] _numbers = new short[1 << Bits]; // Number + 1; 0 where the place is free.
    private readonly uint[] _colors = new uint[Most];

    /// <summary>The colours by number, packed as in <see cref="Bitmap.Pixels"/>.</summary>
    public ReadOnlySpan<uint> Colors => _colors.AsSpan(0, Count);

    /// <summary>Number of colours.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// The colours of a picture, or null where there are more than 256. Looked for in blocks of rows side by side, put together from the
    /// top.
    /// </summary>
    public static PngPalette? Of(Bitmap bitmap)
    {
        int blocks = (bitmap.Height + BlockRows - 1) / BlockRows;
        var parts = new PngPalette[blocks];
        bool full = false;
        Pieces.For(blocks, b =>
        {
            // Whichever block finds too many first, the answer is the same.
            if (Volatile.Read(ref full))
                return;
            var part = parts[b] = new PngPalette();
            int first = b * BlockRows;
            if (!part.TryAdd(bitmap.Pixels, first * bitmap.Width, bitmap.Width, bitmap.Width, Math.Min(BlockRows, bitmap.Height - first)))
                Volatile.Write(ref full, true);
        });
        if (full)
            return null;
        var palette = parts[0];
        foreach (var part in parts.AsSpan(1))
        {
            foreach (uint color in part.Colors)
            {
                if (!palette.TryAdd(color))
                    return null;
            }
        }
        return palette;
    }

    /// <summary>Adds the colours of a rectangle; false, with a part of them added, where there are too many.</summary>
    public bool TryAdd(uint[] pixels, int first, int pitch, int width, int rows)
    {
        for (int y = 0; y < rows; y++)
        {
            var row = pixels.AsSpan(first + (y * pitch), width);
            if (y > 0 && row.SequenceEqual(pixels.AsSpan(first + ((y - 1) * pitch), width)))
                continue;
            for (int x = 0; x < row.Length;)
            {
                uint color = row[x++];
                if (!TryAdd(color))
                    return false;
                x += Run(row, x, color);
            }
        }
        return true;
    }

    /// <summary>Adds a colour unless it is there; false where there is no room.</summary>
    public bool TryAdd(uint color)
    {
        int at = Find(color);
        if (_numbers[at] > 0)
            return true;
        if (Count == Most)
            return false;
        _keys[at] = color;
        _colors[Count++] = color;
        _numbers[at] = (short)Count;
        return true;
    }

    /// <summary>The number of a colour that is there.</summary>
    public byte NumberOf(uint color) => (byte)(_numbers[Find(color)] - 1);

    /// <summary>The numbers of a row of pixels.</summary>
    public void Number(ReadOnlySpan<uint> pixels, Span<byte> numbers)
    {
        for (int x = 0; x < pixels.Length;)
        {
            uint color = pixels[x];
            byte number = NumberOf(color);
            int run = 1 + Run(pixels, x + 1, color);
            if (run == 1)
                numbers[x] = number;
            else
                numbers.Slice(x, run).Fill(number);
            x += run;
        }
    }

    /// <summary>How many pixels from <paramref name="x"/> on have this colour. Most runs are none at all or long.</summary>
    private static int Run(ReadOnlySpan<uint> pixels, int x, uint color)
    {
        if (x >= pixels.Length || pixels[x] != color)
            return 0;
        int other = pixels[x..].IndexOfAnyExcept(color);
        return other < 0 ? pixels.Length - x : other;
    }

    private int Find(uint color)
    {
        int at = (int)((color * 0x9E3779B1u) >> (32 - Bits));
        while (_numbers[at] > 0 && _keys[at] != color)
            at = (at + 1) & ((1 << Bits) - 1);
        return at;
    }
}
