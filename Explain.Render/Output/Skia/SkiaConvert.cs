#if SKIA
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

    /// <summary>An outline; steps to points that are not finite are left out.</summary>
    public static SKPath Path(PathData data, FillRule rule)
    {
        var path = new SKPath { FillType = rule == FillRule.EvenOdd ? SKPathFillType.EvenOdd : SKPathFillType.Winding };
        int next = 0;
        bool open = false;
        foreach (var verb in data.Verbs)
        {
            int count = verb switch { PathVerb.Move or PathVerb.Line => 1, PathVerb.Quad => 2, PathVerb.Cubic => 3, _ => 0 };
            if (Enumerable.Range(next, count).All(i => double.IsFinite(data.Points[i].X) && double.IsFinite(data.Points[i].Y)))
                open = Step(path, open ? verb : First(verb), data.Points, next, count);
            next += count;
        }
        return path;
    }

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
        if (!Dasher.IsPattern(stroke.Dashes))
            return null;
        var lengths = stroke.Dashes!.Select(d => (float)d).ToArray();
        return SKPathEffect.CreateDash(lengths.Length % 2 == 0 ? lengths : [.. lengths, .. lengths], 0);
    }

    /// <summary>The cells of an image as they are: straight alpha.</summary>
    public static SKImage Image(PixelsNode node)
    {
        var pixels = new uint[node.Columns * node.Rows];
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = Bitmap.Pack(node.Pixels[i]);
        return SKImage.FromPixelCopy(
            new SKImageInfo(node.Columns, node.Rows, SKColorType.Rgba8888, SKAlphaType.Unpremul), MemoryMarshal.AsBytes<uint>(pixels));
    }

    /// <summary>
    /// A contour whose first point was left out starts at its next one. A close leaves Skia where the contour began, so drawing can go on.
    /// </summary>
    private static PathVerb First(PathVerb verb) => verb == PathVerb.Close ? PathVerb.Close : PathVerb.Move;

    private static bool Step(SKPath path, PathVerb verb, IReadOnlyList<Point> points, int next, int count)
    {
        if (verb == PathVerb.Close)
        {
            path.Close();
            return path.PointCount > 0;
        }
        var (x, y) = ((float)points[next + count - 1].X, (float)points[next + count - 1].Y);
        switch (verb)
        {
            case PathVerb.Move:
                path.MoveTo(x, y);
                break;
            case PathVerb.Line:
                path.LineTo(x, y);
                break;
            case PathVerb.Quad:
                path.QuadTo((float)points[next].X, (float)points[next].Y, x, y);
                break;
            default:
                path.CubicTo((float)points[next].X, (float)points[next].Y, (float)points[next + 1].X, (float)points[next + 1].Y, x, y);
                break;
        }
        return true;
    }
}
#endif
