#if SKIA
using System.Runtime.InteropServices;
using SkiaSharp;

namespace Explain.Render;

/// <summary>
/// Draws scenes with Skia, as PNG, WebP, JPEG or PDF. Text is drawn from the same outlines as everywhere, so that the layout is the same;
/// anti-aliasing differs from <see cref="RasterCanvas"/> by a few steps of 255.
/// </summary>
public sealed class SkiaCanvas : ICanvas
{
    // Of 100; edges of letters show no rings at it.
    private const int JpegQuality = 92;

    /// <summary>What <see cref="Encode"/> writes.</summary>
    public SkiaFormat Format { get; init; } = SkiaFormat.Png;

    /// <inheritdoc/>
    public byte[] Encode(Scene scene, double scale = 1) => Format switch
    {
        SkiaFormat.Pdf => Document(scene, scale),
        // 100 is WebP without loss. JPEG knows no alpha: the picture is laid on its background, and that on white.
        SkiaFormat.Webp => Encode(Render(scene, scale), SKAlphaType.Unpremul, SKEncodedImageFormat.Webp, 100),
        SkiaFormat.Jpeg => Encode(
            Render(scene with { Background = Opaque(scene.Background) }, scale),
            SKAlphaType.Opaque,
            SKEncodedImageFormat.Jpeg,
            JpegQuality),
        _ => PngEncoder.Encode(Render(scene, scale), PngMetadata.Of(scene.Info, scale)),
    };

    /// <summary>
    /// The pixels of <paramref name="scene"/> at <paramref name="scale"/> device pixels a scene pixel; sizes are rounded up.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The picture would have no pixel or too many.</exception>
    public static Bitmap Render(Scene scene, double scale = 1)
    {
        var (width, height) = PictureSize.Of(scene, scale);
        var bitmap = new Bitmap(width, height);
        // Skia draws straight into the bitmap, which must not move meanwhile.
        var pinned = GCHandle.Alloc(bitmap.Pixels, GCHandleType.Pinned);
        try
        {
            var info = new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul);
            using var surface = SKSurface.Create(info, pinned.AddrOfPinnedObject(), info.RowBytes);
            var canvas = surface.Canvas;
            canvas.Clear(SkiaConvert.Color(scene.Background));
            canvas.Scale((float)scale, (float)scale);
            Draw(canvas, scene.Face, scene.Nodes, adjoining: false);
        }
        finally
        {
            pinned.Free();
        }
        if (scene.Background.A < 255)
        {
            foreach (ref uint p in bitmap.Pixels.AsSpan())
                p = Blend.Unpremultiply(p);
        }
        return bitmap;
    }

    private static byte[] Encode(Bitmap bitmap, SKAlphaType alpha, SKEncodedImageFormat format, int quality)
    {
        using var image = SKImage.FromPixelCopy(
            new SKImageInfo(bitmap.Width, bitmap.Height, SKColorType.Rgba8888, alpha), MemoryMarshal.AsBytes<uint>(bitmap.Pixels));
        using var data = image.Encode(format, quality)
            ?? throw new ArgumentOutOfRangeException("scale", $"Skia cannot write {bitmap.Width} × {bitmap.Height} pixels as {format}.");
        return data.ToArray();
    }

    private static Color Opaque(Color color)
    {
        byte Over(byte channel) => (byte)((((channel * color.A) + (255 * (255 - color.A))) + 127) / 255);
        return new Color(Over(color.R), Over(color.G), Over(color.B));
    }

    /// <summary>One page, 0.75 points a scene pixel; text as outlines, and no date.</summary>
    private static byte[] Document(Scene scene, double scale)
    {
        float points = (float)(0.75 * scale);
        using var stream = new MemoryStream();
        using (var document = SKDocument.CreatePdf(stream, new SKDocumentPdfMetadata
        {
            Title = scene.Info.Title,
            Subject = scene.Info.AltText,
            Creator = "Explain",
            RasterDpi = 288,
            EncodingQuality = 101,
        }))
        {
            var canvas = document.BeginPage((float)scene.Width * points, (float)scene.Height * points);
            canvas.Scale(points, points);
            using var ground = new SKPaint { Color = SkiaConvert.Color(scene.Background) };
            canvas.DrawRect(SkiaConvert.Rectangle(new Rect(0, 0, scene.Width, scene.Height)), ground);
            Draw(canvas, scene.Face, scene.Nodes, adjoining: false);
            document.EndPage();
            document.Close();
        }
        return stream.ToArray();
    }

    private static void Draw(SKCanvas canvas, ITypeface face, IReadOnlyList<Node> nodes, bool adjoining)
    {
        foreach (var node in nodes)
        {
            switch (node)
            {
                case PathNode path:
                    DrawPath(canvas, path, adjoining);
                    break;
                case TextNode text:
                    DrawText(canvas, face, text);
                    break;
                case PixelsNode pixels:
                    DrawPixels(canvas, pixels);
                    break;
                case GroupNode group:
                    DrawGroup(canvas, group);
                    break;
                default:
                    throw new NotSupportedException($"A canvas does not know the node {node.GetType().Name}.");
            }
        }
    }

    private static void DrawGroup(SKCanvas canvas, GroupNode group)
    {
        if (!(group.Opacity > 0))
            return;
        canvas.Save();
        canvas.Concat(SkiaConvert.Matrix(group.Transform));
        if (group.Clip is { } clip)
            canvas.ClipRect(SkiaConvert.Rectangle(clip), SKClipOperation.Intersect, true);
        if (group.ClipPath is { } outline)
        {
            using var path = SkiaConvert.Path(outline, FillRule.NonZero);
            canvas.ClipPath(path, SKClipOperation.Intersect, true);
        }
        // Areas of adjoining shapes add up in a layer of their own.
        if (group.Opacity < 1 || group.Adjoining)
        {
            using var paint = new SKPaint { Color = new SKColor(0, 0, 0, (byte)Math.Round(255 * Math.Min(1, group.Opacity))) };
            canvas.SaveLayer(paint);
            Draw(canvas, face, group.Children, group.Adjoining);
            canvas.Restore();
        }
        else
        {
            Draw(canvas, face, group.Children, adjoining: false);
        }
        canvas.Restore();
    }

    private static void DrawPath(SKCanvas canvas, PathNode node, bool adjoining)
    {
        using var path = SkiaConvert.Path(node.Data, node.Rule);
        if (node.Fill is { IsVisible: true } fill)
        {
            using var shader = SkiaConvert.Shader(fill);
            using var paint = new SKPaint { IsAntialias = true, Style = SKPaintStyle.Fill, Color = SkiaConvert.Color(fill) };
            if (shader is not null)
                paint.Shader = shader;
            if (adjoining)
                paint.BlendMode = SKBlendMode.Plus;
            canvas.DrawPath(path, paint);
        }
        if (node.Stroke is { Width: > 0, Color.A: > 0 } stroke)
        {
            using var paint = SkiaConvert.Pen(stroke);
            using var dashes = SkiaConvert.Dashes(stroke);
            if (dashes is not null)
                paint.PathEffect = dashes;
            canvas.DrawPath(path, paint);
        }
    }

    private static void DrawText(SKCanvas canvas, ITypeface face, TextNode text)
    {
        if (text.Text.Length == 0 || text.Color.A == 0)
            return;
        using var path = SkiaConvert.Path(face.Outline(text.Text, text.Size, text.Weight), FillRule.NonZero);
        using var paint = new SKPaint { IsAntialias = true, Style = SKPaintStyle.Fill, Color = SkiaConvert.Color(text.Color) };
        canvas.Save();
        canvas.Concat(SkiaConvert.Matrix(TextPlacement.Of(text, face)));
        canvas.DrawPath(path, paint);
        canvas.Restore();
    }

    private static void DrawPixels(SKCanvas canvas, PixelsNode node)
    {
        if (node.Columns < 1 || node.Rows < 1)
            return;
        using var image = SkiaConvert.Image(node);
        // Cells smaller than a pixel are averaged, whatever their sampling.
        var drawn = canvas.TotalMatrix.MapRect(SkiaConvert.Rectangle(node.Bounds));
        bool shrunk = node.Columns > drawn.Width || node.Rows > drawn.Height;
        var sampling = shrunk ? new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear)
            : new SKSamplingOptions(node.Sampling == Sampling.Nearest ? SKFilterMode.Nearest : SKFilterMode.Linear);
        using var paint = new SKPaint { IsAntialias = true };
        canvas.DrawImage(image, SkiaConvert.Rectangle(node.Bounds), sampling, paint);
    }
}
#endif
