namespace Explain.Render;

/// <summary>An image of 8-bit sRGB colours with straight alpha, row after row from the top.</summary>
public sealed class Bitmap
{
    /// <summary>A transparent image.</summary>
    public Bitmap(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        Width = width;
        Height = height;
        Pixels = new uint[checked(width * height)];
    }

    /// <summary>Pixels across.</summary>
    public int Width { get; }

    /// <summary>Pixels down.</summary>
    public int Height { get; }

    /// <summary>The colour in column <paramref name="x"/> of row <paramref name="y"/>.</summary>
    public Color this[int x, int y]
    {
        get => Unpack(Pixels[Index(x, y)]);
        set => Pixels[Index(x, y)] = Pack(value);
    }

    /// <summary>Each pixel as R + 256·G + 65536·B + 16777216·A.</summary>
    internal uint[] Pixels { get; }

    internal static uint Pack(Color c) => c.R | ((uint)c.G << 8) | ((uint)c.B << 16) | ((uint)c.A << 24);

    internal static Color Unpack(uint p) => new((byte)p, (byte)(p >> 8), (byte)(p >> 16), (byte)(p >> 24));

    private int Index(int x, int y)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(x);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(x, Width);
        ArgumentOutOfRangeException.ThrowIfNegative(y);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(y, Height);
        return (y * Width) + x;
    }
}
