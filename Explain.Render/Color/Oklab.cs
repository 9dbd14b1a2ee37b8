namespace Explain.Render;

/// <summary>
/// Colours in OKLab, where equal distances look about equally different (Björn Ottosson, "A perceptual color space for image processing",
/// 2020). Lightness runs from 0 to 1; chroma of sRGB colours stays below about 0.32; hue is in degrees.
/// </summary>
public static class Oklab
{
    private static readonly double[] Intensities = [.. Enumerable.Range(0, 256).Select(i => Decode(i / 255.0))];
    private static readonly double[] Borders = [.. Enumerable.Range(0, 255).Select(i => Decode((i + 0.5) / 255))];

    /// <summary>The sRGB colour of the given lightness, chroma and hue; where sRGB has none, the one of less chroma that it has.</summary>
    public static Color FromLch(double lightness, double chroma, double hue)
    {
        var (sin, cos) = Angle.SinCos(hue);
        if (InGamut(ToLinear(lightness, chroma * cos, chroma * sin)))
            return Encode(ToLinear(lightness, chroma * cos, chroma * sin));
        double low = 0, high = chroma;
        for (int i = 0; i < 24; i++)
        {
            double middle = (low + high) / 2;
            if (InGamut(ToLinear(lightness, middle * cos, middle * sin))) low = middle;
            else high = middle;
        }
        return Encode(ToLinear(lightness, low * cos, low * sin));
    }

    /// <summary>Lightness, green–red and blue–yellow coordinates of a colour, its alpha ignored.</summary>
    public static (double L, double A, double B) FromColor(Color color)
    {
        double r = Linear(color.R), g = Linear(color.G), b = Linear(color.B);
        double l = PortableMath.Cbrt((0.4122214708 * r) + (0.5363325363 * g) + (0.0514459929 * b));
        double m = PortableMath.Cbrt((0.2119034982 * r) + (0.6806995451 * g) + (0.1073969566 * b));
        double s = PortableMath.Cbrt((0.0883024619 * r) + (0.2817188376 * g) + (0.6299787005 * b));
        return (
            (0.2104542553 * l) + (0.7936177850 * m) - (0.0040720468 * s),
            (1.9779984951 * l) - (2.4285922050 * m) + (0.4505937099 * s),
            (0.0259040371 * l) + (0.7827717662 * m) - (0.8086757660 * s));
    }

    /// <summary>The colour the share <paramref name="t"/> of the way from <paramref name="a"/> to <paramref name="b"/>, opaque.</summary>
    public static Color Mix(Color a, Color b, double t)
    {
        var (l0, a0, b0) = FromColor(a);
        var (l1, a1, b1) = FromColor(b);
        t = Math.Clamp(t, 0, 1);
        return Encode(ToLinear(l0 + ((l1 - l0) * t), a0 + ((a1 - a0) * t), b0 + ((b1 - b0) * t)));
    }

    private static (double R, double G, double B) ToLinear(double lightness, double a, double b)
    {
        double l = lightness + (0.3963377774 * a) + (0.2158037573 * b);
        double m = lightness - (0.1055613458 * a) - (0.0638541728 * b);
        double s = lightness - (0.0894841775 * a) - (1.2914855480 * b);
        l *= l * l;
        m *= m * m;
        s *= s * s;
        return (
            (4.0767416621 * l) - (3.3077115913 * m) + (0.2309699292 * s),
            (-1.2684380046 * l) + (2.6097574011 * m) - (0.3413193965 * s),
            (-0.0041960863 * l) - (0.7034186147 * m) + (1.7076147010 * s));
    }

    private static bool InGamut((double R, double G, double B) c) =>
        c.R is >= -1e-4 and <= 1.0001 && c.G is >= -1e-4 and <= 1.0001 && c.B is >= -1e-4 and <= 1.0001;

    private static Color Encode((double R, double G, double B) c) => new(Channel(c.R), Channel(c.G), Channel(c.B));

    /// <summary>The intensity, 0 … 1, of a channel of sRGB (IEC 61966-2-1).</summary>
    internal static double Linear(byte value) => Intensities[value];

    /// <summary>The channel of an intensity: as many steps as there are borders between neighbours below it.</summary>
    internal static byte Channel(double intensity)
    {
        int at = Array.BinarySearch(Borders, intensity);
        return (byte)(at < 0 ? ~at : at);
    }

    private static double Decode(double v) => v <= 0.04045 ? v / 12.92 : PortableMath.Pow((v + 0.055) / 1.055, 2.4);
}
