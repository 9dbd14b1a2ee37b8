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
    /// <summary>Bitmaps as WebP, without loss; null where this build is without Skia.</summary>
    public static ICanvas? Webp { get; } = new SkiaCanvas { Format = SkiaFormat.Webp };

    /// <summary>Bitmaps as JPEG, on an opaque background; null where this build is without Skia.</summary>
    public static ICanvas? Jpeg { get; } = new SkiaCanvas { Format = SkiaFormat.Jpeg };
#else
    /// <summary>Bitmaps as WebP, without loss; null where this build is without Skia.</summary>
    public static ICanvas? Webp => null;

    /// <summary>Bitmaps as JPEG, on an opaque background; null where this build is without Skia.</summary>
    public static ICanvas? Jpeg => null;
#endif

#if SKIA
    private static SkiaCanvas Default() => new();
#else
    private static RasterCanvas Default() => new();
#endif
}
