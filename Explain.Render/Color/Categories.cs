namespace Explain.Render;

/// <summary>
/// Ten colours for classes and series that readers with any colour vision can tell apart, from the palette of Okabe and Ito ("Color universal design", 2008),
/// with brown and grey added and adapted to each background. A marker, dash or label always goes with them as the second cue.
/// </summary>
public static class Categories
{
    private static readonly Color[] LightColors =
    [
        Color.FromRgb(0x0072B2), Color.FromRgb(0xD55E00), Color.FromRgb(0x009E73), Color.FromRgb(0xCC79A7), Color.FromRgb(0xE69F00),
        Color.FromRgb(0x56B4E9), Color.FromRgb(0x1B1F24), Color.FromRgb(0xB3A100), Color.FromRgb(0x7B4B22), Color.FromRgb(0x8B949E),
    ];

    private static readonly Color[] DarkColors =
    [
        Color.FromRgb(0x3F9FE0), Color.FromRgb(0xF07A2A), Color.FromRgb(0x1FBF92), Color.FromRgb(0xDD91BC), Color.FromRgb(0xEDB02D),
        Color.FromRgb(0x8ED0F5), Color.FromRgb(0xE6E9ED), Color.FromRgb(0xF0E442), Color.FromRgb(0xB98255), Color.FromRgb(0x7D8793),
    ];

    private static readonly double[][] DashPatterns = [[], [6, 3], [2, 2.5], [8, 3, 2, 3]];

    /// <summary>Number of colours before they repeat.</summary>
    public static int Count => LightColors.Length;

    /// <summary>The colour of the category <paramref name="index"/>; repeats after <see cref="Count"/>.</summary>
    public static Color At(int index, Theme theme) =>
        (Oklab.FromColor(theme.Background).L < 0.5 ? DarkColors : LightColors)[((index % Count) + Count) % Count];

    /// <summary>The marker of the category: ten differ, as the colours do.</summary>
    public static Marker MarkerAt(int index) => (Marker)(((index % Count) + Count) % Count);

    /// <summary>The dash pattern that tells series apart whose colours repeat: solid for the first ten, and so on.</summary>
    public static IReadOnlyList<double> DashesAt(int index) => DashPatterns[index / Count % DashPatterns.Length];
}
