namespace Explain.Render;

/// <summary>The canvases there are.</summary>
public static class Canvases
{
    /// <summary>Bitmaps: Skia where this build has it, the managed rasteriser otherwise.</summary>
    public static ICanvas Png { get; } = Default();

    /// <summary>Bitmaps by the managed rasteriser, whatever the build has: the same bytes everywhere.</summary>
    public static ICanvas ManagedPng { get; } = new RasterCanvas();

    /// <summary>Vector graphics.</summary>
    public static ICanvas Svg { get; } = new SvgWriter();

    /// <summary>Vector graphics for paper.</summary>
    public static ICanvas Pdf { get; } = new PdfWriter();

#if SKIA
    private static SkiaCanvas Default() => new();
#else
    private static RasterCanvas Default() => new();
#endif
}
