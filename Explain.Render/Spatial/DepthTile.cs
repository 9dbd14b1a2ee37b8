using System.Runtime.Intrinsics;

namespace Explain.Render;

/// <summary>
/// A square piece of the picture with sixteen samples a pixel, no two in one row or column of the pixel's 16 × 16 grid, so that edges of
/// any slope come out in seventeen even steps. Each sample holds the nearest colour (premultiplied) and how near it is; 0 is infinitely
/// far.
/// </summary>
internal sealed class DepthTile
{
    public const int Side = 32;
    public const int Samples = 16;

    /// <summary>Sample i lies in row i; these are the columns, both in sixteenths of a pixel.</summary>
    public static readonly int[] Columns = [6, 13, 1, 10, 4, 15, 8, 2, 11, 5, 14, 0, 9, 3, 12, 7];

    public float[] Near { get; } = new float[Side * Side * Samples];

    public uint[] Colors { get; } = new uint[Side * Side * Samples];

    public void Clear()
    {
        Array.Clear(Near);
        Array.Clear(Colors);
    }

    /// <summary>The mean colour of a pixel, straight alpha.</summary>
    public Color Resolve(int pixel)
    {
        var samples = Colors.AsSpan(pixel * Samples, Samples);
        uint first = samples[0];
        if (!samples.ContainsAnyExcept(first))
        {
            uint p = first >> 24 == 255 ? first : Blend.Unpremultiply(first);
            return new Color((byte)p, (byte)(p >> 8), (byte)(p >> 16), (byte)(p >> 24));
        }
        uint r = 0, g = 0, b = 0, a = 0;
        foreach (uint s in samples)
        {
            r += s & 255;
            g += (s >> 8) & 255;
            b += (s >> 16) & 255;
            a += s >> 24;
        }
        uint half = a / 2;
        return new Color(Straight(r), Straight(g), Straight(b), (byte)((a + (Samples / 2)) / Samples));

        byte Straight(uint sum) => a == 0 ? (byte)0 : (byte)Math.Min(255, ((sum * 255) + half) / a);
    }

    /// <summary>How near the farthest sample of a pixel is.</summary>
    public float Farthest(int pixel)
    {
        var samples = Near.AsSpan(pixel * Samples, Samples);
        var least = Vector256.Min(Vector256.Create<float>(samples), Vector256.Create<float>(samples[8..]));
        var four = Vector128.Min(least.GetLower(), least.GetUpper());
        return Math.Min(Math.Min(four[0], four[1]), Math.Min(four[2], four[3]));
    }
}
