namespace Explain.Render;

/// <summary>The file formats of pictures.</summary>
public static class Canvases
{
    /// <summary>Bitmaps.</summary>
    public static ICanvas Png { get; } = new BitmapCanvas(BitmapFormat.Png);

    /// <summary>Bitmaps without loss, mostly smaller.</summary>
    public static ICanvas Webp { get; } = new BitmapCanvas(BitmapFormat.Webp);

    /// <summary>Bitmaps with loss, on an opaque background.</summary>
    public static ICanvas Jpeg { get; } = new BitmapCanvas(BitmapFormat.Jpeg);

    /// <summary>Vector graphics for the screen.</summary>
    public static ICanvas Svg { get; } = new SvgWriter();

    /// <summary>Vector graphics for paper.</summary>
    public static ICanvas Pdf { get; } = new PdfCanvas();
}
