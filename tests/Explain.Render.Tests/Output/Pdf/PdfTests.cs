using System.Text;
using static Explain.Render.Tests.Exact;

namespace Explain.Render.Tests;

public sealed class PdfTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("explain-pdf").FullName;

    public static TheoryData<string> Scenes => ["paint", "trial"];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Scenes))]
    public void A_reader_shows_what_the_bitmap_shows(string name)
    {
        Installed.Needs("poppler-utils", "pdftoppm");
        var scene = Scene(name);
        // 144 to the inch are 1.5 pixels a scene pixel.
        Installed.Run("pdftoppm", "-r", "144", "-png", "-singlefile", Save(scene), Path.Combine(_folder, "page"));
        var read = PngDecoder.Decode(File.ReadAllBytes(Path.Combine(_folder, "page.png"))).Bitmap;
        var drawn = BitmapCanvas.Render(scene, 1.5);
        (read.Width, read.Height).ShouldBe((drawn.Width, drawn.Height));
        double sum = 0;
        for (int y = 0; y < read.Height; y++)
        {
            for (int x = 0; x < read.Width; x++)
            {
                var (a, b) = (read[x, y], drawn[x, y]);
                sum += Math.Abs(a.R - b.R) + Math.Abs(a.G - b.G) + Math.Abs(a.B - b.B);
            }
        }
        (sum / (3.0 * read.Width * read.Height)).ShouldBeLessThan(4, "mean difference of a channel, of 255");
    }

    [Fact]
    public void Text_can_be_searched()
    {
        Installed.Needs("poppler-utils", "pdftotext");
        string text = Installed.Run("pdftotext", Save(PaintScene.Make()), "-");
        foreach (string part in (string[])
        [
            "ΔW = −η ∂L/∂W, 3 × 10⁻⁵ ± σ",
            "naïve Ångström: façade, größer",
            "עברית",
            "AVATAR To Type 1,234.50%",
        ])
            text.ShouldContain(part);
    }

    [Theory]
    [MemberData(nameof(Scenes))]
    public void A_file_has_no_error_that_qpdf_finds(string name)
    {
        Installed.Needs("qpdf", "qpdf");
        Installed.Run("qpdf", "--check", Save(Scene(name))).ShouldContain("No syntax or stream encoding errors found");
    }

    [Fact]
    public void The_same_scene_gives_the_same_bytes_and_names_no_time()
    {
        byte[] first = PaintScene.Make().ToPdf(), second = PaintScene.Make().ToPdf();
        second.ShouldBe(first);
        string file = Encoding.Latin1.GetString(first);
        file.ShouldNotContain("Date");
        file.ShouldStartWith("%PDF-1.");
        file.TrimEnd().ShouldEndWith("%%EOF");
    }

    [Fact]
    public void A_document_says_what_it_shows()
    {
        string file = Encoding.Latin1.GetString(PaintScene.Make().ToPdf(2));
        file.ShouldContain("/MediaBox[0 0 720 540]");
        file.ShouldContain("/Lang(en)");
        file.ShouldContain("/S/Figure");
        file.ShouldContain("/Marked true");
        file.ShouldContain("/DisplayDocTitle true");
        file.ShouldContain("<rdf:li xml:lang=\"x-default\">Paints &amp; clips</rdf:li>");
        using var document = PdfSharp.Pdf.IO.PdfReader.Open(
            new MemoryStream(PaintScene.Make().ToPdf()), PdfSharp.Pdf.IO.PdfDocumentOpenMode.Import);
        document.Info.Title.ShouldBe("Paints & clips");
        document.Internals.GetAllObjects().OfType<PdfSharp.Pdf.PdfDictionary>().Single(o => o.Elements.GetName("/S") == "/Figure")
            .Elements.GetString("/Alt")
            .ShouldBe("Gradients, clips, adjoining shapes and writing. Everything that vector formats say in their own words.");
    }

    [Fact]
    public void Odd_numbers_are_drawn_around_and_sizes_that_no_page_has_are_refused()
    {
        var odd = new PathBuilder().MoveTo(double.NaN, 1).LineTo(2, double.PositiveInfinity).LineTo(3, 3).Close().LineTo(4, 4).Build();
        Picture(9, 9, new PathNode(odd, Red, new Stroke(White)), new TextNode("x", new Point(double.NaN, 2), 5, Red),
            new TextNode("x", default, double.NaN, Red), new PixelsNode(0, 0, [], default),
            new GroupNode([new PathNode(odd, Red)]) { Transform = Transform.Scale(0, 1) })
            .ToPdf()
            .Length.ShouldBeGreaterThan(0);
        foreach (double scale in (double[])[0, -1, double.NaN, double.PositiveInfinity, 1e9])
            Should.Throw<ArgumentOutOfRangeException>(() => Picture(9, 9).ToPdf(scale));
    }

    private static Scene Scene(string name) => name == "paint" ? PaintScene.Make() : TrialScene.Make();

    private string Save(Scene scene)
    {
        string path = Path.Combine(_folder, "page.pdf");
        scene.SavePdf(path);
        return path;
    }

    [Fact]
    public void A_gradient_of_mixed_alpha_does_not_inherit_the_alpha_of_the_fill_before_it()
    {
        Installed.Needs("poppler-utils", "pdftoppm");
        var faint = new PathNode(PathData.Rectangle(new Rect(0, 0, 5, 5)), new Color(0, 0, 0, 26));
        var fading = new PathNode(
            PathData.Rectangle(new Rect(0, 5, 40, 40)),
            new LinearGradient(new Point(0, 5), new Point(40, 5), [new(0, new Color(200, 0, 0)), new(1, new Color(200, 0, 0, 0))]));
        Scene Of(params Node[] nodes) =>
            new(40, 45, new Color(255, 255, 255), nodes, new SceneInfo { Title = "t", AltText = "a" }, TestFont.Face);
        Color At(Scene scene)
        {
            string png = Path.Combine(_folder, "gradient");
            Installed.Run("pdftoppm", "-png", "-r", "96", "-singlefile", Save(scene), png);
            return PngDecoder.Decode(File.ReadAllBytes(png + ".png")).Bitmap[2, 25];
        }
        var alone = At(Of(fading));
        var after = At(Of(faint, fading));
        after.ShouldBe(alone);
        after.G.ShouldBeLessThan((byte)40);
    }
}
