using System.IO.Compression;
using System.Security;
using System.Text;
using System.Text.RegularExpressions;
using PdfSharp.Pdf;
using PdfSharp.Pdf.IO;

namespace Explain.Render;

/// <summary>
/// What Skia's PDF lacks, added by PDFsharp: the page as one tagged figure with a text for those who cannot see it (ISO 32000-1:2008, 14.7
/// to 14.9), its language, and its title in the window. Identifiers and dates, which would differ from file to file, are fixed or left out.
/// </summary>
internal static partial class PdfTags
{
    // Pictures are described in English, whatever their data are called.
    private const string Language = "en";

    /// <summary>The document with its tags.</summary>
    public static byte[] Add(Stream drawn, SceneInfo info)
    {
        using var document = PdfReader.Open(drawn, PdfDocumentOpenMode.Modify);
        // PDFsharp's own leaves the end of its streams out, which readers complain about.
        document.Options.CompressContentStreams = false;
        var page = document.Pages[0];
        // All that is drawn is content 0 of the page, which the figure names.
        var content = page.Contents.CreateSingleContent();
        Replace(content, [.. "/Figure <</MCID 0>> BDC\n"u8, .. content.Stream.UnfilteredValue, .. "\nEMC\n"u8]);
        page.Elements.SetInteger("/StructParents", 0);
        page.Elements.SetName("/Tabs", "/S");

        var root = New(document, "/StructTreeRoot", null);
        var whole = New(document, "/StructElem", root, "/Document");
        var figure = New(document, "/StructElem", whole, "/Figure");
        root.Elements["/K"] = whole.Reference;
        whole.Elements["/K"] = figure.Reference;
        figure.Elements["/Pg"] = page.Reference;
        figure.Elements.SetInteger("/K", 0);
        figure.Elements["/Alt"] = new PdfString(Alternative(info), PdfStringEncoding.Unicode);
        var layout = new PdfDictionary(document);
        layout.Elements.SetName("/O", "/Layout");
        layout.Elements["/BBox"] = new PdfArray(
            document, new PdfReal(0), new PdfReal(0), new PdfReal(page.Width.Point), new PdfReal(page.Height.Point));
        figure.Elements["/A"] = layout;
        // From content of the page to its element.
        var parents = new PdfDictionary(document);
        parents.Elements["/Nums"] = new PdfArray(document, new PdfInteger(0), new PdfArray(document, figure.Reference!));
        root.Elements["/ParentTree"] = parents;

        var catalog = document.Internals.Catalog;
        catalog.Elements["/StructTreeRoot"] = root.Reference;
        var marked = new PdfDictionary(document);
        marked.Elements.SetBoolean("/Marked", true);
        catalog.Elements["/MarkInfo"] = marked;
        document.Language = Language;
        var preferences = new PdfDictionary(document);
        preferences.Elements.SetBoolean("/DisplayDocTitle", true);
        catalog.Elements["/ViewerPreferences"] = preferences;
        return Written(document, info);
    }

    private static void Replace(PdfDictionary content, ReadOnlySpan<byte> operators)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(operators);
        content.Stream.Value = compressed.ToArray();
        content.Elements.SetName("/Filter", "/FlateDecode");
        content.Elements.SetInteger("/Length", (int)compressed.Length);
    }

    private static string Alternative(SceneInfo info) =>
        string.Join(' ', new[] { info.AltText, info.Description }.Where(text => text.Length > 0));

    private static PdfDictionary New(PdfDocument document, string type, PdfDictionary? parent, string? structure = null)
    {
        var dictionary = new PdfDictionary(document);
        document.Internals.AddObject(dictionary);
        dictionary.Elements.SetName("/Type", type);
        if (structure is not null)
            dictionary.Elements.SetName("/S", structure);
        if (parent is not null)
            dictionary.Elements["/P"] = parent.Reference;
        return dictionary;
    }

    // PDFsharp writes random identifiers and the time of saving whatever it is told, and its XML does not escape what is in a title. All of
    // them have their length in the file, so that they can be replaced by something as long without moving anything.
    private static byte[] Written(PdfDocument document, SceneInfo info)
    {
        using var stream = new MemoryStream();
        document.Save(stream, closeStream: false);
        // Latin-1 keeps every byte.
        string text = Encoding.Latin1.GetString(stream.GetBuffer(), 0, (int)stream.Length);
        text = TrailerIdentifiers().Replace(text, _ => $"/ID[<{new string('0', 32)}><{new string('0', 32)}>]");
        text = Dates().Replace(text, match => new string(' ', match.Length));
        text = Metadata().Replace(text, match => Packet(info.Title, match.Length));
        return Encoding.Latin1.GetBytes(text);
    }

    /// <summary>
    /// The title as metadata (ISO 16684-1), filled up with spaces, as the standard has it; without the title if that is too long.
    /// </summary>
    private static string Packet(string title, int length)
    {
        string escaped = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(SecurityElement.Escape(title) ?? ""));
        string packet = "<?xpacket begin=\"\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?><x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"
            + "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\" "
            + "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">" + escaped
            + "</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF></x:xmpmeta>";
        const string End = "<?xpacket end=\"r\"?>";
        return packet.Length + End.Length <= length ? packet.PadRight(length - End.Length) + End
            : title.Length > 0 ? Packet("", length)
            : new string(' ', length);
    }

    [GeneratedRegex(@"<\?xpacket begin=.*?<\?xpacket end=""w""\?>", RegexOptions.Singleline)]
    private static partial Regex Metadata();

    [GeneratedRegex(@"/ID\[<[0-9A-F]{32}><[0-9A-F]{32}>\]")]
    private static partial Regex TrailerIdentifiers();

    [GeneratedRegex(@"/(CreationDate|ModDate)\s?\(D:[^)]*\)")]
    private static partial Regex Dates();
}
