namespace Explain.Render;

/// <summary>What a PNG file says beside its pixels.</summary>
/// <param name="PixelsPerInch">Physical resolution.</param>
/// <param name="Title">Title, empty for none.</param>
/// <param name="Description">Description, empty for none.</param>
public sealed record PngMetadata(double PixelsPerInch, string Title = "", string Description = "")
{
    /// <summary>That of a picture drawn at <paramref name="scale"/>: 96 scene pixels are an inch, as in CSS.</summary>
    public static PngMetadata Of(SceneInfo info, double scale) => new(96 * scale, info.Title, info.AltText);
}
