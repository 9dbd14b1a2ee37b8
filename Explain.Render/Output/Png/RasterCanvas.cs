namespace Explain.Render;

/// <summary>
/// Draws scenes as PNG in managed code alone, with the same pixels on every machine and for any number of threads. Shapes are anti-aliased
/// by their exact area; colours are mixed in sRGB. The stages, a file each: <c>DisplayListBuilder</c> (nodes → edges, by way of
/// <c>Flattener</c>, <c>Dasher</c>, <c>Stroker</c>, <c>GlyphEdges</c>, <c>ConvexClip</c>), <c>CoverageBuffer</c> (edges → runs of coverage)
/// and, for what <c>StrokeOverlap</c>, <c>FillOverlap</c> or <c>GlyphEdges</c> say may overlap, <c>UnionScan</c> before it,
/// <c>ClipMask</c>, <c>SolidSpans</c>, <c>Gradient</c>, <c>AreaSum</c>, <c>ImagePainter</c>, <c>TexturePaint</c> and <c>SpanBlend</c> (runs
/// → pixels), <c>PngEncoder</c> (pixels → bytes).
/// In a group of adjoining shapes the fills of the paths are added up first; lines, texts, images and groups in it are then drawn over them
/// in order.
/// </summary>
public sealed class RasterCanvas : ICanvas
{
    // The pixels of the last picture: those of the next are often as many, and fresh ones cost as much as painting them. At most 64 MB are
    // kept.
    private const int MostKept = 1 << 24;
    private static readonly Pool<uint[]> Pixels = new(1);

    /// <inheritdoc/>
    public byte[] Encode(Scene scene, double scale = 1)
    {
        var bitmap = Render(scene, scale, Pixels.Rent());
        byte[] png = PngEncoder.Encode(bitmap, PngMetadata.Of(scene.Info, scale));
        if (bitmap.Pixels.Length <= MostKept)
            Pixels.Return(bitmap.Pixels);
        return png;
    }

    /// <summary>
    /// The pixels of <paramref name="scene"/> at <paramref name="scale"/> device pixels a scene pixel; sizes are rounded up.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The picture would have no pixel or too many.</exception>
    public static Bitmap Render(Scene scene, double scale = 1) => Render(scene, scale, spare: null);

    private static Bitmap Render(Scene scene, double scale, uint[]? spare)
    {
        var list = DisplayListBuilder.Build(scene, scale);
        var bitmap = Paint(list, spare);
        list.Edges.End();
        return bitmap;
    }

    /// <summary>The pixels of a display list, in <paramref name="spare"/> where that has the right number.</summary>
    internal static Bitmap Paint(DisplayList list, uint[]? spare = null)
    {
        // Each band begins by filling its rows, so they need not be cleared before.
        int count = checked(list.Width * list.Height);
        var bitmap = new Bitmap(list.Width, list.Height, spare?.Length == count ? spare : GC.AllocateUninitializedArray<uint>(count))
        {
            IsOpaque = list.Background.A == 255, // Whatever is laid over it.
        };
        int bands = (list.Height + BandPainter.BandRows - 1) / BandPainter.BandRows;
        Pieces.For(
            bands,
            () => new BandPainter(list),
            (band, painter) => painter.Paint(bitmap.Pixels, band * BandPainter.BandRows),
            static painter => painter.End());
        return bitmap;
    }
}
