using System.Runtime.InteropServices;
using SkiaSharp;

namespace Explain.Render;

/// <summary>The parts of a scene as Skia's types.</summary>
internal static class SkiaConvert
{
    public static SKColor Color(Color c) => new(c.R, c.G, c.B, c.A);

    /// <summary>
    /// The one colour of a paint; opaque where <see cref="Shader"/> gives the colours; the last of a gradient without extent.
    /// </summary>
    public static SKColor Color(Paint paint) => paint switch
    {
        SolidPaint solid => Color(solid.Color),
        GradientPaint gradient when !gradient.HasExtent() => Color(gradient.Stops[^1].Color),
        _ => new SKColor(0, 0, 0, 255),
    };

    /// <summary>
    /// The colours of a gradient; null where the paint is one colour. Skia interpolates straight alpha, as the scene does.
    /// </summary>
    public static SKShader? Shader(Paint paint)
    {
        if (paint is not GradientPaint gradient || !gradient.HasExtent())
            return null;
        var stops = gradient.Ordered();
        var colors = stops.Select(stop => Color(stop.Color)).ToArray();
        var offsets = stops.Select(stop => (float)stop.Offset).ToArray();
        return gradient switch
        {
            LinearGradient line => SKShader.CreateLinearGradient(Point(line.From), Point(line.To), colors, offsets, SKShaderTileMode.Clamp),
            RadialGradient disc => SKShader.CreateRadialGradient(
                Point(disc.Center), (float)disc.Radius, colors, offsets, SKShaderTileMode.Clamp),
            _ => null,
        };
    }

    public static SKPoint Point(Point p) => new((float)p.X, (float)p.Y);

    public static SKRect Rectangle(Rect r) => new((float)r.X, (float)r.Y, (float)r.Right, (float)r.Bottom);

    public static SKMatrix Matrix(Transform t) => new((float)t.A, (float)t.C, (float)t.E, (float)t.B, (float)t.D, (float)t.F, 0, 0, 1);

    public static SKPaint Pen(Stroke stroke) => new()
    {
        IsAntialias = true,
        Style = SKPaintStyle.Stroke,
        Color = Color(stroke.Color),
        StrokeWidth = (float)stroke.Width,
        StrokeMiter = 4,
        StrokeCap = stroke.Cap switch { LineCap.Round => SKStrokeCap.Round, LineCap.Square => SKStrokeCap.Square, _ => SKStrokeCap.Butt },
        StrokeJoin =
            stroke.Join switch { LineJoin.Round => SKStrokeJoin.Round, LineJoin.Bevel => SKStrokeJoin.Bevel, _ => SKStrokeJoin.Miter },
    };

    /// <summary>The dash pattern, or null for a solid line. Skia wants an even number of lengths.</summary>
    public static SKPathEffect? Dashes(Stroke stroke)
    {
        if (!stroke.IsDashed())
            return null;
        var lengths = stroke.Dashes!.Select(d => (float)d).ToArray();
        return SKPathEffect.CreateDash(lengths.Length % 2 == 0 ? lengths : [.. lengths, .. lengths], 0);
    }

    /// <summary>The cells of an image as they are: straight alpha.</summary>
    public static SKImage Image(PixelsNode node)
    {
        var pixels = node.Pixels as Color[] ?? [.. node.Pixels];
        return SKImage.FromPixelCopy(
            new SKImageInfo(node.Columns, node.Rows, SKColorType.Rgba8888, SKAlphaType.Unpremul), MemoryMarshal.AsBytes<Color>(pixels));
    }

    /// <summary>
    /// An image with more cells, linear between the middles of the given ones: for documents, whose readers do not blend.
    /// </summary>
    public static PixelsNode Enlarged(PixelsNode node, int columns, int rows)
    {
        var pixels = new Color[columns * rows];
        using var image = Image(node);
        var info = new SKImageInfo(columns, rows, SKColorType.Rgba8888, SKAlphaType.Premul);
        using var surface = SKSurface.Create(info);
        surface.Canvas.Clear(SKColors.Transparent);
        surface.Canvas.DrawImage(image, new SKRect(0, 0, columns, rows), new SKSamplingOptions(SKFilterMode.Linear), null);
        var pinned = GCHandle.Alloc(pixels, GCHandleType.Pinned);
        try
        {
            surface.ReadPixels(info with { AlphaType = SKAlphaType.Unpremul }, pinned.AddrOfPinnedObject(), info.RowBytes, 0, 0);
        }
        finally
        {
            pinned.Free();
        }
        return node with { Columns = columns, Rows = rows, Pixels = pixels };
    }

    /// <summary>What filled outlines cover at most; null where there is nothing.</summary>
    public static SKRect? Bounds(IReadOnlyList<PathNode> nodes)
    {
        double left = double.MaxValue, top = double.MaxValue, right = double.MinValue, bottom = double.MinValue;
        foreach (var p in nodes.SelectMany(node => node.Data.Points).Where(p => p.IsFinite))
            (left, top, right, bottom) = (Math.Min(left, p.X), Math.Min(top, p.Y), Math.Max(right, p.X), Math.Max(bottom, p.Y));
        return left <= right ? new SKRect((float)left - 1, (float)top - 1, (float)right + 1, (float)bottom + 1) : null;
    }

    /// <summary>Length of a vector.</summary>
    public static double Length(double x, double y) => Math.Sqrt((x * x) + (y * y));
}
