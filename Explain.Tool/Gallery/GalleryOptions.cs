using Explain.Render;

namespace Explain.Tool;

/// <summary>How a gallery is built.</summary>
/// <param name="Title">Heading of the overview.</param>
/// <param name="Theme">"light" or "dark" to begin with; "auto" follows the reader's system.</param>
/// <param name="Out">The folder to make.</param>
public sealed record GalleryOptions(string Title, string Theme, string Out)
{
    /// <summary>Typeface of the pictures; <see cref="Typeface.Default"/> where none is given.</summary>
    public ITypeface? Face { get; init; }
}
