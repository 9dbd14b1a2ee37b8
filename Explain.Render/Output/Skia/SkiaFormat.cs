#if SKIA
namespace Explain.Render;

/// <summary>The file formats that <see cref="SkiaCanvas"/> writes.</summary>
public enum SkiaFormat
{
    /// <summary>Bitmaps without loss.</summary>
    Png,

    /// <summary>Bitmaps without loss, mostly smaller.</summary>
    Webp,

    /// <summary>Bitmaps with loss and without alpha.</summary>
    Jpeg,

    /// <summary>Vector graphics, text as outlines.</summary>
    Pdf,
}
#endif
