namespace Explain.Render;

/// <summary>The colours and the typeface that all parts of a figure share.</summary>
public sealed record Theme
{
    private readonly ITypeface? _face;

    /// <summary>"light", "dark" or "print"; also the file suffix in a gallery.</summary>
    public required string Name { get; init; }

    /// <summary>Under everything.</summary>
    public required Color Background { get; init; }

    /// <summary>Text and strong lines.</summary>
    public required Color Foreground { get; init; }

    /// <summary>Secondary text, axes.</summary>
    public required Color Muted { get; init; }

    /// <summary>Grid lines.</summary>
    public required Color Grid { get; init; }

    /// <summary>Whether everything must still be told apart when a printer or copier leaves only lightness.</summary>
    public bool GreySafe { get; init; }

    /// <summary>
    /// Measures all text of the figure, and goes with its scene to whatever draws it; <see cref="Typeface.Default"/> where none is given.
    /// </summary>
    /// <exception cref="FontException">None is given, and the default cannot be used.</exception>
    public ITypeface Face
    {
        get => _face ?? Typeface.Default;
        init => _face = value;
    }

    /// <summary>Dark on white.</summary>
    public static Theme Light { get; } = new()
    {
        Name = "light",
        Background = Color.FromRgb(0xFFFFFF),
        Foreground = Color.FromRgb(0x1B1F24),
        Muted = Color.FromRgb(0x59636E),
        Grid = Color.FromRgb(0xE4E7EB),
    };

    /// <summary>Light on near-black.</summary>
    public static Theme Dark { get; } = new()
    {
        Name = "dark",
        Background = Color.FromRgb(0x14171C),
        Foreground = Color.FromRgb(0xE6E9ED),
        Muted = Color.FromRgb(0x9AA4B0),
        Grid = Color.FromRgb(0x2A3038),
    };

    /// <summary>Black on white, for paper: colours are chosen so that their greys differ too.</summary>
    public static Theme Print { get; } = new()
    {
        Name = "print",
        Background = Color.FromRgb(0xFFFFFF),
        Foreground = Color.FromRgb(0x000000),
        Muted = Color.FromRgb(0x404040),
        Grid = Color.FromRgb(0xD8D8D8),
        GreySafe = true,
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Theme> All { get; } = [Light, Dark, Print];
}
