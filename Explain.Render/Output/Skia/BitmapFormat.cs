namespace Explain.Render;

/// <summary>The file formats that <see cref="BitmapCanvas"/> writes.</summary>
public enum BitmapFormat
{
    /// <summary>Without loss, with title and physical size.</summary>
    Png,

    /// <summary>Without loss, mostly smaller.</summary>
    Webp,

    /// <summary>With loss and without alpha.</summary>
    Jpeg,
}
