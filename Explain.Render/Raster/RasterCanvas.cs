namespace Explain.Render;

/// <summary>
/// Draws scenes as PNG in managed code alone, with the same pixels on every machine and for any number of threads. Shapes are anti-aliased by their exact
/// area; colours are mixed in sRGB. The stages, a file each: <c>DisplayListBuilder</c> (nodes → edges, by way of <c>Flattener</c>, <c>Dasher</c>,
/// <c>Stroker</c>, <c>ConvexClip</c>), <c>CoverageBuffer</c> and <c>UnionScan</c> (edges → runs of coverage), <c>ClipMask</c>, <c>SolidSpans</c>, <c>Gradient</c>, <c>AreaSum</c>, <c>ImagePainter</c>, <c>TexturePaint</c> and
/// <c>SpanBlend</c> (runs → pixels), <c>PngEncoder</c> (pixels → bytes).
/// In a group of adjoining shapes the fills of the paths are added up first; lines, texts, images and groups in it are then drawn over them in order.
/// </summary>
public sealed class RasterCanvas : ICanvas
{
    /// <inheritdoc/>
    public byte[] Encode(Scene scene, double scale = 1) => PngEncoder.Encode(Render(scene, scale), PngMetadata.Of(scene.Info, scale));

    /// <summary>The pixels of <paramref name="scene"/> at <paramref name="scale"/> device pixels a scene pixel; sizes are rounded up.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The picture would have no pixel or too many.</exception>
    public static Bitmap Render(Scene scene, double scale = 1)
    {
        var list = DisplayListBuilder.Build(scene, scale);
        // Each band begins by filling its rows, so they need not be cleared before.
        var bitmap = new Bitmap(list.Width, list.Height, GC.AllocateUninitializedArray<uint>(checked(list.Width * list.Height)));
        int bands = (list.Height + BandPainter.BandRows - 1) / BandPainter.BandRows;
        Tiles.For(bands, () => new BandPainter(list), (band, painter) => painter.Paint(bitmap.Pixels, band * BandPainter.BandRows));
        return bitmap;
    }
}
