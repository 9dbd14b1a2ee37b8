using System.Runtime.Intrinsics;

namespace Explain.Render;

/// <summary>The cells of an image, premultiplied.</summary>
internal sealed record ImageSource(int Columns, int Rows, uint[] Pixels)
{
    /// <summary>Cells a pixel, along either axis, that sampling can average by itself.</summary>
    private const double MostCells = 4;

    /// <summary>Whether nothing shows through any cell.</summary>
    public bool IsOpaque { get; } = Blend.IsOpaque(Pixels);

    /// <summary>
    /// For an image that is turned or slanted and strongly reduced: the image with blocks of cells averaged until no more than a few make
    /// up a pixel, and the map from the device to it. So every cell has its share in the picture, however many there are. Blocks are whole
    /// cells; those at the right and lower border may be smaller.
    /// </summary>
    public (ImageSource Image, Transform ToCells) Reduced(in Transform toCells)
    {
        double across = Math.Sqrt((toCells.A * toCells.A) + (toCells.C * toCells.C)),
            down = Math.Sqrt((toCells.B * toCells.B) + (toCells.D * toCells.D));
        int width = Block(across, Columns), height = Block(down, Rows);
        if (width == 1 && height == 1)
            return (this, toCells);
        int columns = (Columns + width - 1) / width, rows = (Rows + height - 1) / height;
        var pixels = new uint[columns * rows];
        for (int y = 0; y < rows; y++)
        {
            for (int x = 0; x < columns; x++)
                pixels[(y * columns) + x] = Mean(
                    x * width, y * height, Math.Min(width, Columns - (x * width)), Math.Min(height, Rows - (y * height)));
        }
        return (new ImageSource(columns, rows, pixels), Transform.Scale(1.0 / width, 1.0 / height).Then(toCells));
    }

    private static int Block(double cellsPerPixel, int cells) => cellsPerPixel <= MostCells ? 1 : (int)Math.Min(cells, cellsPerPixel / 2);

    private uint Mean(int left, int top, int width, int height)
    {
        var sum = Vector128<double>.Zero;
        var other = Vector128<double>.Zero;
        for (int y = top; y < top + height; y++)
        {
            foreach (uint p in Pixels.AsSpan((y * Columns) + left, width))
            {
                sum += Vector128.Create(p & 255, (double)((p >> 8) & 255));
                other += Vector128.Create((p >> 16) & 255, (double)(p >> 24));
            }
        }
        double cells = (double)width * height;
        return Pixel.Pack(Vector128.Create(
            (float)(sum.ToScalar() / cells),
            (float)(sum.GetElement(1) / cells),
            (float)(other.ToScalar() / cells),
            (float)(other.GetElement(1) / cells)));
    }
}
