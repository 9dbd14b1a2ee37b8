namespace Explain.Render;

/// <summary>Ink that can be read on a given ground.</summary>
public static class Contrast
{
    /// <summary>The contrast ratio that small text needs (Web Content Accessibility Guidelines 2.2, criterion 1.4.3).</summary>
    public const double Readable = 4.5;

    /// <summary>
    /// The theme's foreground or background, whichever stands out more from <paramref name="ground"/>; black or white where neither reaches
    /// <see cref="Readable"/>, as one of these always does.
    /// </summary>
    public static Color On(Color ground, Theme theme)
    {
        var ink = Better(theme.Foreground, theme.Background, ground);
        return Ratio(ink, ground) >= Readable ? ink : Better(new Color(0, 0, 0), new Color(255, 255, 255), ground);
    }

    /// <summary>Contrast ratio of two colours as the Web Content Accessibility Guidelines 2.2 define it, 1 … 21.</summary>
    public static double Ratio(Color a, Color b)
    {
        double x = Luminance(a), y = Luminance(b);
        return (Math.Max(x, y) + 0.05) / (Math.Min(x, y) + 0.05);
    }

    private static Color Better(Color a, Color b, Color ground) => Ratio(a, ground) >= Ratio(b, ground) ? a : b;

    private static double Luminance(Color c) => (0.2126 * Oklab.Linear(c.R)) + (0.7152 * Oklab.Linear(c.G)) + (0.0722 * Oklab.Linear(c.B));
}
