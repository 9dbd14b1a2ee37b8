using System.Buffers;
using System.Runtime.InteropServices;
using SkiaSharp;

namespace Explain.Render;

/// <summary>Scene → bitmap, drawn by Skia.</summary>
/// <param name="format">What <see cref="Encode(Scene, double)"/> writes.</param>
public sealed class BitmapCanvas(BitmapFormat format) : ICanvas
{
    // Of 100; edges of letters show no rings at it.
    private const int JpegQuality = 92;

    // WebP: 100 is without loss.
    private const int Lossless = 100;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The picture would have no pixel or more than the format allows.</exception>
    public byte[] Encode(Scene scene, double scale = 1)
    {
        ArgumentNullException.ThrowIfNull(scene);
        // JPEG knows no alpha: the picture is laid on its background, and that on white.
        if (format == BitmapFormat.Jpeg)
            scene = scene with { Background = OverWhite(scene.Background) };
        var (width, height) = PictureSize.Of(scene, scale);
        // Rented, since a new array would be cleared by the runtime, page by page, before Skia clears it again.
        uint[] rented = ArrayPool<uint>.Shared.Rent(width * height);
        try
        {
            Draw(scene, scale, rented, width, height);
            bool opaque = scene.Background.A == 255;
            return format switch
            {
                BitmapFormat.Webp => Encode(rented, width, height, SKAlphaType.Unpremul, SKEncodedImageFormat.Webp, Lossless),
                BitmapFormat.Jpeg => Encode(rented, width, height, SKAlphaType.Opaque, SKEncodedImageFormat.Jpeg, JpegQuality),
                _ => PngFile.Encode(rented, width, height, opaque, PngMetadata.Of(scene.Info, scale), PngFile.Quick),
            };
        }
        finally
        {
            ArrayPool<uint>.Shared.Return(rented);
        }
    }

    /// <summary>
    /// The pixels of <paramref name="scene"/> at <paramref name="scale"/> device pixels a scene pixel; sizes are rounded up.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The picture would have no pixel or too many.</exception>
    public static Bitmap Render(Scene scene, double scale = 1)
    {
        ArgumentNullException.ThrowIfNull(scene);
        var (width, height) = PictureSize.Of(scene, scale);
        var bitmap = new Bitmap(width, height);
        Draw(scene, scale, bitmap.Pixels, width, height);
        return bitmap;
    }

    private static void Draw(Scene scene, double scale, uint[] pixels, int width, int height)
    {
        var info = new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul);
        // Skia draws straight into the array, which must not move meanwhile.
        var pinned = GCHandle.Alloc(pixels, GCHandleType.Pinned);
        try
        {
            using var surface = SKSurface.Create(info, pinned.AddrOfPinnedObject(), info.RowBytes, SkiaFonts.Surface);
            var canvas = surface.Canvas;
            canvas.Clear(SKColors.Transparent);
            canvas.Scale((float)scale, (float)scale);
            scene.Draw(canvas);
        }
        finally
        {
            pinned.Free();
        }
        if (scene.Background.A < 255)
        {
            foreach (ref uint p in pixels.AsSpan(0, width * height))
                p = Blend.Unpremultiply(p);
        }
    }

    private static byte[] Encode(uint[] pixels, int width, int height, SKAlphaType alpha, SKEncodedImageFormat format, int quality)
    {
        var pinned = GCHandle.Alloc(pixels, GCHandleType.Pinned);
        try
        {
            var info = new SKImageInfo(width, height, SKColorType.Rgba8888, alpha);
            using var pixmap = new SKPixmap(info, pinned.AddrOfPinnedObject());
            using var data = pixmap.Encode(format, quality)
                ?? throw new ArgumentOutOfRangeException("scale", $"Skia cannot write {width} × {height} pixels as {format}.");
            return data.ToArray();
        }
        finally
        {
            pinned.Free();
        }
    }

    private static Color OverWhite(Color color)
    {
        byte Over(byte channel) => (byte)((((channel * color.A) + (255 * (255 - color.A))) + 127) / 255);
        return new Color(Over(color.R), Over(color.G), Over(color.B));
    }
}
