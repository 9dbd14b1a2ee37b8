namespace Explain.Render;

/// <summary>A rectangle of pixels → the compressed image data of a PNG.</summary>
internal static class PngRows
{
    /// <summary>Compresses a rectangle.</summary>
    /// <param name="pixels">Pixels, row after row.</param>
    /// <param name="first">The index of the rectangle's upper left pixel.</param>
    /// <param name="pitch">Pixels from a row to the next.</param>
    /// <param name="width">Pixels across the rectangle.</param>
    /// <param name="height">Pixels down the rectangle.</param>
    /// <param name="format">How the pixels are kept.</param>
    /// <param name="level">How hard to compress.</param>
    /// <param name="filter">Whether each row takes the filter that suits it; otherwise none has one.</param>
    public static byte[] Compress(
        uint[] pixels, int first, int pitch, int width, int height, PngFormat format, DeflateLevel level, bool filter)
    {
        int stride = format.RowBytes(width) + 1;
        return Zlib.Compress((long)stride * height, format.PixelBytes, stride, level, (at, bytes) =>
        {
            int y = (int)(at / stride), end = y + (bytes.Length / stride);
            var rows = new Rows(pixels.AsSpan(first), pitch, width, format);
            if (filter)
                rows.Filtered(y, end, bytes);
            else
                rows.Plain(y, end, bytes);
        });
    }

    private readonly ref struct Rows(ReadOnlySpan<uint> pixels, int pitch, int width, PngFormat format)
    {
        private readonly ReadOnlySpan<uint> _pixels = pixels;
        private readonly byte[] _numbers = new byte[format.BitDepth < 8 ? width : 0];

        public void Plain(int first, int end, Span<byte> bytes)
        {
            int stride = format.RowBytes(width) + 1;
            for (int y = first; y < end; y++)
            {
                int at = (y - first) * stride;
                if (y > first && Row(y).SequenceEqual(Row(y - 1)))
                {
                    bytes.Slice(at - stride, stride).CopyTo(bytes[at..]);
                    continue;
                }
                bytes[at] = 0;
                format.Pack(Row(y), bytes.Slice(at + 1, stride - 1), _numbers);
            }
        }

        public void Filtered(int first, int end, Span<byte> bytes)
        {
            int stride = format.RowBytes(width) + 1;
            var filter = new PngFilter(stride - 1, format.PixelBytes);
            if (first > 0)
                format.Pack(Row(first - 1), filter.Next(), _numbers);
            for (int y = first; y < end; y++)
            {
                var target = bytes.Slice((y - first) * stride, stride);
                if (y > 0 && Row(y).SequenceEqual(Row(y - 1)))
                {
                    target.Clear();
                    target[0] = PngFilter.Up;
                    continue;
                }
                format.Pack(Row(y), filter.Next(), _numbers);
                filter.Best(target);
            }
        }

        private ReadOnlySpan<uint> Row(int y) => _pixels.Slice(y * pitch, width);
    }
}
