namespace Explain.Render;

/// <summary>An sRGB colour with straight alpha, 8 bits a channel.</summary>
public readonly record struct Color(byte R, byte G, byte B, byte A = 255)
{
    /// <summary>From 0xRRGGBB.</summary>
    public static Color FromRgb(int rgb) => new((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb);

    /// <summary>The same colour with another opacity, 0 … 1.</summary>
    public Color WithAlpha(double alpha) => this with { A = (byte)Math.Round(255 * Math.Clamp(alpha, 0, 1)) };

    /// <summary>"#rrggbb", with the alpha as two more digits where it is not opaque.</summary>
    public override string ToString() => A == 255 ? $"#{R:x2}{G:x2}{B:x2}" : $"#{R:x2}{G:x2}{B:x2}{A:x2}";
}
