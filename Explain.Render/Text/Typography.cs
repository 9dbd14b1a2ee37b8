namespace Explain.Render;

/// <summary>Text sizes of all figures, in pixels an em, and text fitted to a width.</summary>
public static class Typography
{
    /// <summary>A figure's title.</summary>
    public const double Title = 15;

    /// <summary>The line under it, and a panel's title.</summary>
    public const double Heading = 11.5;

    /// <summary>Labels of axes, legends and bars.</summary>
    public const double Label = 10.5;

    /// <summary>Ticks, cells and notes.</summary>
    public const double Small = 9.5;

    /// <summary>The text, or as much of it as fits with "…" at its end; empty where not even that fits.</summary>
    public static string Ellipsis(string text, double width, double size, FontWeight weight = FontWeight.Regular) =>
        TextLayout.Ellipsize(text, width, size, weight);

    /// <summary>Lines no wider than <paramref name="width"/>, as <see cref="TextLayout.Wrap"/> breaks them; what is beyond <paramref name="lines"/> ends in "…". No line for a blank text.</summary>
    public static IReadOnlyList<string> Wrap(string text, double width, double size, FontWeight weight = FontWeight.Regular, int lines = int.MaxValue) =>
        string.IsNullOrWhiteSpace(text) ? [] : TextLayout.Wrap(text, width, size, weight, lines);

    /// <summary>The baseline that centres capitals and digits of the given size on <paramref name="y"/>.</summary>
    public static double Centered(double y, double size) => y + (Typeface.Current.CapHeight * size / 2);
}
