namespace Explain.Render;

/// <summary>
/// Ten colours for classes and series that readers with any colour vision can tell apart, from the palette of Okabe and Ito ("Color
/// universal design", 2008), with brown and grey added and adapted to each background until every two differ for every reader. A marker,
/// dash or label always goes with them as the second cue.
/// </summary>
public static class Categories
{
    private static readonly Color[] LightColors =
    [
        Color.FromRgb(0x0072B2), Color.FromRgb(0xD55E00), Color.FromRgb(0x009E73), Color.FromRgb(0xCC79A7), Color.FromRgb(0xE69F00),
        Color.FromRgb(0x56B4E9), Color.FromRgb(0x1B1F24), Color.FromRgb(0xAC9848), Color.FromRgb(0x7B4B22), Color.FromRgb(0x707983),
    ];

    private static readonly Color[] DarkColors =
    [
        Color.FromRgb(0x3F9FE0), Color.FromRgb(0xF07A2A), Color.FromRgb(0x1FBF92), Color.FromRgb(0xDD91BC), Color.FromRgb(0xEDB02D),
        Color.FromRgb(0x8ED0F5), Color.FromRgb(0xE6E9ED), Color.FromRgb(0xF0E442), Color.FromRgb(0xB98255), Color.FromRgb(0x7D8793),
    ];

    // For paper: ten lightnesses in even steps from 0.26 to 0.80, neighbours in the list far apart, each with a hue of its own.
    private static readonly Color[] PrintColors =
    [
        Oklab.FromLch(0.38, 0.14, 260), Oklab.FromLch(0.68, 0.16, 50), Oklab.FromLch(0.26, 0.09, 320), Oklab.FromLch(0.80, 0.13, 220),
        Oklab.FromLch(0.50, 0.13, 150),
        Oklab.FromLch(0.62, 0.16, 350), Oklab.FromLch(0.44, 0.15, 25), Oklab.FromLch(0.74, 0.15, 105), Oklab.FromLch(0.32, 0.07, 200),
        Oklab.FromLch(0.56, 0.17, 300),
    ];

    private static readonly double[][] PrintDashes =
        [[], [7, 3], [2, 2], [9, 3, 2, 3], [4, 2], [12, 4], [9, 3, 2, 3, 2, 3], [1, 3], [5, 5], [14, 3, 5, 3]];

    private static readonly double[][] DashPatterns = [[], [6, 3], [2, 2.5], [8, 3, 2, 3]];

    /// <summary>Number of colours before they repeat.</summary>
    public static int Count => LightColors.Length;

    /// <summary>The colour of the category <paramref name="index"/>; repeats after <see cref="Count"/>.</summary>
    public static Color At(int index, Theme theme) =>
        theme.GreySafe ? PrintColors[((index % Count) + Count) % Count]
            : (Oklab.FromColor(theme.Background).L < 0.5 ? DarkColors : LightColors)[((index % Count) + Count) % Count];

    /// <summary>The marker of the category: ten differ, as the colours do.</summary>
    public static Marker MarkerAt(int index) => (Marker)(((index % Count) + Count) % Count);

    /// <summary>The dash pattern that tells series apart whose colours repeat: solid for the first ten, and so on.</summary>
    public static IReadOnlyList<double> DashesAt(int index) => DashPatterns[index / Count % DashPatterns.Length];

    /// <summary>
    /// The dash pattern of the category in a theme: one whose colours must survive as greys tells series apart by their dashes from the
    /// first on.
    /// </summary>
    public static IReadOnlyList<double> DashesAt(int index, Theme theme) =>
        theme.GreySafe ? PrintDashes[index % PrintDashes.Length] : DashesAt(index);
}
