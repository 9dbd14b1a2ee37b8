using System.Numerics;

namespace Explain.Render;

/// <summary>
/// Draws upright images, one axis after the other: a row of cells is stretched along x, then rows are mixed along y. Where cells are
/// enlarged to whole pixels this is copying, and the row is stretched once for all the device rows that show it.
/// </summary>
internal sealed class ImagePainter
{
    private Vector4[] _row = [];
    private Vector4[] _sum = [];
    private uint[] _pixels = [];

    /// <summary>Draws the device rows <paramref name="top"/> … <paramref name="bottom"/> − 1.</summary>
    public void Paint(ImageCommand image, ClipMask? mask, in Surface surface, int top, int bottom)
    {
        int count = image.X.Count;
        if (_row.Length < count)
        {
            _row = new Vector4[count];
            _sum = new Vector4[count];
            _pixels = new uint[count];
        }
        int shown = -1;
        bool opaque = mask is null && image.Image.IsOpaque;
        for (int y = Math.Max(top, image.Y.First); y < Math.Min(bottom, image.Y.First + image.Y.Count); y++)
        {
            int cell = image.Y.Cell(y - image.Y.First, out var weights);
            if (image.Y.IsWhole(y - image.Y.First))
            {
                if (cell != shown)
                {
                    WholeRow(image, cell);
                    shown = cell;
                }
            }
            else
            {
                Mixed(image, cell, weights);
                shown = -1;
            }
            var under = surface.Row(y).Slice(image.X.First, count);
            var drawn = _pixels.AsSpan(0, count);
            if (opaque && count > 2 && drawn[count / 2] >> 24 == 255)
            {
                // Only the borders can be covered in part.
                drawn[1..^1].CopyTo(under[1..]);
                under[0] = Blend.Over(under[0], drawn[0]);
                under[^1] = Blend.Over(under[^1], drawn[^1]);
                continue;
            }
            RowBlend.Over(under, drawn, 255, mask, image.X.First, y);
        }
    }

    /// <summary>One row of cells, with no other row mixed in.</summary>
    private void WholeRow(ImageCommand image, int cell)
    {
        var source = image.Image.Pixels.AsSpan(cell * image.Image.Columns, image.Image.Columns);
        for (int i = 0; i < image.X.Count; i++)
        {
            int first = image.X.Cell(i, out var weights);
            _pixels[i] = weights.Length == 1 && weights[0] == 1 ? source[first] : Pack(Sum(source, first, weights));
        }
    }

    private void Mixed(ImageCommand image, int cell, ReadOnlySpan<float> weights)
    {
        int count = image.X.Count;
        Array.Clear(_sum, 0, count);
        for (int k = 0; k < weights.Length; k++)
        {
            var source = image.Image.Pixels.AsSpan((cell + k) * image.Image.Columns, image.Image.Columns);
            for (int i = 0; i < count; i++)
            {
                int first = image.X.Cell(i, out var across);
                _row[i] = Sum(source, first, across);
            }
            for (int i = 0; i < count; i++)
                _sum[i] += _row[i] * weights[k];
        }
        for (int i = 0; i < count; i++)
            _pixels[i] = Pack(_sum[i]);
    }

    private static Vector4 Sum(ReadOnlySpan<uint> source, int first, ReadOnlySpan<float> weights)
    {
        var sum = Vector4.Zero;
        for (int k = 0; k < weights.Length; k++)
            sum += Unpack(source[first + k]) * weights[k];
        return sum;
    }

    internal static Vector4 Unpack(uint p) => new(p & 255, (p >> 8) & 255, (p >> 16) & 255, p >> 24);

    /// <summary>Rounded to nearest; no channel above alpha, as premultiplied colours must be.</summary>
    internal static uint Pack(Vector4 v)
    {
        uint a = (uint)(Math.Min(v.W, 255) + 0.5f);
        return Math.Min(a, (uint)(v.X + 0.5f)) | (Math.Min(a, (uint)(v.Y + 0.5f)) << 8) | (Math.Min(a, (uint)(v.Z + 0.5f)) << 16)
            | (a << 24);
    }
}
