using SkiaSharp;

namespace Explain.Render;

/// <summary>
/// Scene → PDF of one page, 0.75 points a scene pixel: vectors and real text drawn by Skia, then tagged (<see cref="PdfTags"/>). The same
/// scene gives the same bytes for the same versions of both libraries.
/// </summary>
public sealed class PdfCanvas : ICanvas
{
    private const double PointsPerPixel = 0.75;

    // Kept as they are, not as JPEG.
    private const int Lossless = 101;

    // Where Skia has to draw a part as a bitmap.
    private const float DotsPerInch = 288;

    /// <inheritdoc/>
    public byte[] Encode(Scene scene, double scale = 1)
    {
        ArgumentNullException.ThrowIfNull(scene);
        if (!(scale > 0 && double.IsFinite(scale)))
            throw new ArgumentOutOfRangeException(nameof(scale), scale, "The scale of a picture is a positive number.");
        float points = (float)(PointsPerPixel * scale);
        using var stream = new MemoryStream();
        var metadata = new SKDocumentPdfMetadata
        {
            Title = scene.Info.Title,
            Subject = scene.Info.AltText,
            Creator = "Explain",
            RasterDpi = DotsPerInch,
            EncodingQuality = Lossless,
        };
        using (var document = SKDocument.CreatePdf(stream, metadata))
        {
            var canvas = document.BeginPage((float)scene.Width * points, (float)scene.Height * points);
            canvas.Scale(points, points);
            using (var painter = new SkiaPainter(canvas, scene.Face, forDocument: true))
                painter.Draw(scene);
            document.EndPage();
            document.Close();
        }
        stream.Position = 0;
        return PdfTags.Add(stream, scene.Info);
    }
}
