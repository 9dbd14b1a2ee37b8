namespace Explain.Render;

/// <summary>
/// A continuous colour map from 0 … 1, constructed in <see cref="Oklab"/> so that equal steps look equal. Each map has a form for each
/// theme in which "nothing" recedes into the background.
/// </summary>
public sealed class ColorMap
{
    // Odd, so that one step is exactly the middle; a few fewer than 256, so that an image of one map with its gaps and missing values still
    // fits a palette.
    private const int Steps = 251;
    private const double LightTop = 0.965;
    private const double DarkBottom = 0.235;
    private readonly Color[] _colors = new Color[Steps];

    private ColorMap(string name, Func<double, Color> color)
    {
        Name = name;
        for (int i = 0; i < Steps; i++)
            _colors[i] = color(i / (Steps - 1.0));
    }

    /// <summary>"sequential", "grey" or "diverging".</summary>
    public string Name { get; }

    /// <summary>The colour at <paramref name="t"/>; beyond 0 … 1 the colour of the nearer end.</summary>
    public Color At(double t) => _colors[(int)Math.Round(Math.Clamp(double.IsNaN(t) ? 0 : t, 0, 1) * (Steps - 1))];

    /// <summary>
    /// For magnitudes: lightness falls (light theme) or rises (dark theme) evenly, the hue turns from yellow over green to violet-blue.
    /// </summary>
    public static ColorMap Sequential(Theme theme) => IsDark(theme) ? DarkSequential : LightSequential;

    /// <summary>For pictures whose values are ink: from the background to the foreground without hue.</summary>
    public static ColorMap Grey(Theme theme) => IsDark(theme) ? DarkGrey : LightGrey;

    /// <summary>
    /// For signed values with symmetric limits: blue below, neutral at zero (0.5), orange-red above. In a grey-safe theme, where two wings
    /// of one lightness would hide the sign, lightness rises evenly through the whole map: dark blue, a middle grey at zero, light orange.
    /// </summary>
    public static ColorMap Diverging(Theme theme) => theme.GreySafe ? PrintDiverging : IsDark(theme) ? DarkDiverging : LightDiverging;

    private static ColorMap LightSequential { get; } = new("sequential", t => Ramp(t, t, LightTop - ((LightTop - 0.29) * t)));

    private static ColorMap DarkSequential { get; } = new("sequential", t => Ramp(t, 1 - t, DarkBottom + ((0.95 - DarkBottom) * t)));

    private static ColorMap LightGrey { get; } = new("grey", t => Oklab.FromLch(LightTop - ((LightTop - 0.12) * t), 0, 0));

    private static ColorMap DarkGrey { get; } = new("grey", t => Oklab.FromLch(DarkBottom + ((0.97 - DarkBottom) * t), 0, 0));

    private static ColorMap LightDiverging { get; } = new("diverging", t => Wing(t, LightTop, 0.40));

    private static ColorMap DarkDiverging { get; } = new("diverging", t => Wing(t, DarkBottom + 0.03, 0.80));

    private static ColorMap PrintDiverging { get; } = new(
        "diverging", t => Oklab.FromLch(0.24 + (0.7 * t), 0.13 * Math.Abs((2 * t) - 1), t < 0.5 ? 255 : 65));

    private static bool IsDark(Theme theme) => Oklab.FromColor(theme.Background).L < 0.5;

    // u = 0 is the yellow end, u = 1 the violet-blue end. Chroma begins near none at t = 0, where nothing is, and is highest beyond the
    // middle; FromLch trims what sRGB lacks.
    private static Color Ramp(double t, double u, double lightness) =>
        Oklab.FromLch(lightness, 0.012 + (0.145 * PortableMath.SinCos(Math.PI * 0.76 * PortableMath.Pow(t, 0.8)).Sin), 104 + (172 * u));

    private static Color Wing(double t, double middle, double end)
    {
        double d = Math.Abs((2 * t) - 1);
        return Oklab.FromLch(middle + ((end - middle) * d), 0.165 * PortableMath.Pow(d, 0.85), t < 0.5 ? 250 : 45);
    }
}
