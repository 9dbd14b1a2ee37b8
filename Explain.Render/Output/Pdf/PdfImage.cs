namespace Explain.Render;

/// <summary>Images as objects of a PDF: RGB under the row filters of PNG, or a palette; the alpha, where there is any, as a mask.</summary>
internal static class PdfImage
{
    private const int MaxPalette = 256;

    /// <summary>Adds the image.</summary>
    /// <param name="file">Where to.</param>
    /// <param name="image">Its cells.</param>
    /// <param name="smooth">Whether readers are to blend cells that they enlarge.</param>
    /// <returns>The number of its object.</returns>
    public static int Add(PdfFile file, PixelsNode image, bool smooth)
    {
        int count = image.Columns * image.Rows;
        var colors = new byte[3 * count];
        var alphas = new byte[count];
        bool opaque = true;
        for (int i = 0; i < count; i++)
        {
            var c = image.Pixels[i];
            (colors[3 * i], colors[(3 * i) + 1], colors[(3 * i) + 2], alphas[i]) = (c.R, c.G, c.B, c.A);
            opaque &= c.A == 255;
        }
        string entries = $"/Type /XObject /Subtype /Image /Width {image.Columns} /Height {image.Rows} /BitsPerComponent 8 /Interpolate "
            + $"{(smooth ? "true" : "false")}";
        string mask = opaque ? ""
            : $" /SMask {file.AddStream($"{entries} /ColorSpace /DeviceGray{Predictor(image, 1)}", Filtered(alphas, image.Columns, 1))} 0 "
                + "R";
        if (Palette(colors) is var (palette, indices))
            return file.AddStream(
                $"{entries} /ColorSpace [/Indexed /DeviceRGB {(palette.Length / 3) - 1} <{Convert.ToHexString(palette)}>]{mask}", indices);
        return file.AddStream($"{entries} /ColorSpace /DeviceRGB{Predictor(image, 3)}{mask}", Filtered(colors, image.Columns, 3));
    }

    private static string Predictor(PixelsNode image, int channels) =>
        $" /DecodeParms << /Predictor 15 /Colors {channels} /Columns {image.Columns} >>";

    private static byte[] Filtered(byte[] values, int columns, int channels)
    {
        int length = columns * channels, rows = values.Length / length;
        var output = new byte[rows * (length + 1)];
        var filter = new PngFilter(length, channels);
        for (int y = 0; y < rows; y++)
        {
            values.AsSpan(y * length, length).CopyTo(filter.Next());
            filter.Best(output.AsSpan(y * (length + 1), length + 1));
        }
        return output;
    }

    /// <summary>Colours in order of first appearance and each cell's; null where they would not save anything.</summary>
    private static (byte[] Palette, byte[] Indices)? Palette(byte[] colors)
    {
        var numbers = new Dictionary<int, byte>();
        var palette = new List<byte>();
        var indices = new byte[colors.Length / 3];
        for (int i = 0; i < indices.Length; i++)
        {
            var c = colors.AsSpan(3 * i, 3);
            int key = c[0] | (c[1] << 8) | (c[2] << 16);
            if (!numbers.TryGetValue(key, out byte number))
            {
                if (numbers.Count == MaxPalette || numbers.Count > indices.Length / 3)
                    return null;
                number = (byte)numbers.Count;
                numbers.Add(key, number);
                palette.AddRange(c);
            }
            indices[i] = number;
        }
        return ([.. palette], indices);
    }
}
