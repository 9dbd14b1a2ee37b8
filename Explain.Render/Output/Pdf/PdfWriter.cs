using System.Text;

namespace Explain.Render;

/// <summary>
/// Scene → PDF 1.7 of one page (ISO 32000-1:2008): vectors, text that can be searched and selected in an embedded part of the typeface,
/// images without loss. The page is tagged as one figure with the scene's alternative text, its language is English and its title the
/// scene's. No date, no random number: the same scene gives the same file everywhere, but for the compression of its streams.
/// </summary>
public sealed class PdfWriter : ICanvas
{
    // A pixel is 1/96 inch, a point 1/72.
    private const double PointsPerPixel = 0.75;

    /// <summary>Encodes <paramref name="scene"/>.</summary>
    /// <param name="scene">What to draw.</param>
    /// <param name="scale">Sets the size of the page: 0.75 points a scene pixel at scale 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The scale is not a positive number, or the page would be larger than the 14,400 points that PDF allows.
    /// </exception>
    public byte[] Encode(Scene scene, double scale = 1)
    {
        const double MostPoints = 14_400;
        double factor = scale * PointsPerPixel, width = scene.Width * factor, height = scene.Height * factor;
        if (!(scale > 0 && Math.Max(width, height) <= MostPoints))
            throw new ArgumentOutOfRangeException(
                nameof(scale), scale,
                $"A page of {scene.Width} × {scene.Height} at this scale would have {width} × {height} points; "
                    + $"more than 0 and at most {MostPoints} are allowed.");
        var file = new PdfFile();
        var resources = new PdfResources(file);
        string operators = PdfContent.Of(scene, file, resources);
        resources.Finish();
        // Everything is the content of the one figure, whose y points downwards.
        var content = new StringBuilder("/Figure << /MCID 0 >> BDC q ").Matrix(new Transform(factor, 0, 0, -factor, 0, height))
            .Append("cm\n").Append(operators).Append("Q EMC\n");
        int contents = file.AddStream("", Encoding.ASCII.GetBytes(content.ToString()));
        string box = new StringBuilder().Box(new Rect(0, 0, width, height)).ToString();
        int page = file.Reserve(), root = file.Reserve();
        int pages = file.Add($"<< /Type /Pages /Kids [{page} 0 R] /Count 1 >>");
        file.Set(
            page,
            $"<< /Type /Page /Parent {pages} 0 R /MediaBox {box} /Group << /S /Transparency /CS /DeviceRGB >> /Resources "
                + $"{resources.Number} 0 R /Contents {contents} 0 R /StructParents 0 /Tabs /S >>");
        int figure = file.Add(
            $"<< /Type /StructElem /S /Figure /P {root} 0 R /Pg {page} 0 R /K 0 /Alt {PdfSyntax.Text(Words(scene.Info))} /A << /O "
                + $"/Layout /BBox {box} >> >>");
        file.Set(root, $"<< /Type /StructTreeRoot /K {figure} 0 R /ParentTree << /Nums [0 [{figure} 0 R]] >> /ParentTreeNextKey 1 >>");
        int metadata = file.AddPlainStream("/Type /Metadata /Subtype /XML", Encoding.UTF8.GetBytes(Metadata(scene.Info)));
        int catalog = file.Add(
            $"<< /Type /Catalog /Pages {pages} 0 R /Lang (en) /MarkInfo << /Marked true >> /StructTreeRoot {root} 0 R /Metadata {metadata} "
                + "0 R /ViewerPreferences << /DisplayDocTitle true >> >>");
        int info =
            file.Add($"<< /Title {PdfSyntax.Text(scene.Info.Title)} /Subject {PdfSyntax.Text(scene.Info.AltText)} /Creator (Explain) >>");
        return file.Finish(catalog, info);
    }

    private static string Words(SceneInfo info) =>
        string.Join(' ', new[] { info.AltText, info.Description }.Where(words => words.Length > 0));

    private static string Metadata(SceneInfo info) => new StringBuilder()
        .Append(
            "<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                + "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">")
        .Append(
            "<rdf:Description rdf:about=\"\" "
                + "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:format>application/pdf</dc:format><dc:title><rdf:Alt><rdf:li "
                + "xml:lang=\"x-default\">")
        .Escaped(info.Title).Append("</rdf:li></rdf:Alt></dc:title><dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">")
        .Escaped(info.AltText)
        .Append("</rdf:li></rdf:Alt></dc:description></rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>").ToString();
}
