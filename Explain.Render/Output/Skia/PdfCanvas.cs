using SkiaSharp;

namespace Explain.Render;

/// <summary>
/// Scene → PDF of one page, 0.75 points a scene pixel: vectors and real text drawn by Skia, then tagged (<see cref="PdfTags"/>). The same
/// scene gives the same bytes for the same versions of both libraries.
/// </summary>
public sealed class PdfCanvas : ICanvas
{
    private const double PointsPerPixel = 0.75;

    // Of a side (ISO 32000-1:2008, annex C): 200 inches.
    private const double MostPoints = 14_400;

    // Kept as they are, not as JPEG.
    private const int Lossless = 101;

    // Where Skia has to draw a part as a bitmap.
    private const float DotsPerInch = 288;

    /// <inheritdoc/>
    public byte[] Encode(Scene scene, double scale = 1)
    {
        ArgumentNullException.ThrowIfNull(scene);
        double width = scene.Width * PointsPerPixel * scale, height = scene.Height * PointsPerPixel * scale;
        if (!(width > 0 && height > 0 && Math.Max(width, height) <= MostPoints))
            throw new ArgumentOutOfRangeException(
                nameof(scale), scale,
                $"A page would have {width} × {height} points at this scale; more than 0 and at most {MostPoints} are allowed.");
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
            var canvas = document.BeginPage((float)width, (float)height);
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
