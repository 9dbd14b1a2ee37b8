using System.Xml.Linq;

namespace Explain.Render.Tests.Text;

/// <summary>Scripts that are joined, combined and read from the right, with fonts of the machine (Debian: fonts-noto-core).</summary>
public sealed class ScriptsTests : IDisposable
{
    private const string Noto = "/usr/share/fonts/truetype/noto/";
    private readonly string _folder = Directory.CreateTempSubdirectory("scripts-").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public void Joined_Arabic_is_narrower_than_its_letters_apart()
    {
        var face = Load("NotoSansArabic-Regular.ttf");
        const string Word = "العربية";
        double joined = face.Measure(Word, 100), apart = Word.Sum(letter => face.Measure(letter.ToString(), 100));
        joined.ShouldBeLessThan(0.95 * apart);
        face.Shape(Word).Runs.ShouldHaveSingleItem().Clusters.ShouldBe([.. Enumerable.Range(0, Word.Length).Reverse()]);
    }

    [Fact]
    public void Devanagari_puts_its_vowel_before_the_letter_and_makes_conjuncts()
    {
        var face = Load("NotoSansDevanagari-Regular.ttf");
        // The vowel sign I is written behind its letter and stands before it; both are one cluster.
        face.Shape("कि").Runs.ShouldHaveSingleItem().Clusters.ShouldAllBe(cluster => cluster == 0);
        face.Shape("क्ष").Runs.ShouldHaveSingleItem().Glyphs.Length.ShouldBeLessThan(3);
    }

    [Fact]
    public void Titles_of_many_scripts_are_found_in_a_pdf_as_they_are_written()
    {
        Installed.Needs("poppler-utils", "pdftotext");
        string[] lines = ["office fluffy", "Größe Ångström x̄ θ̂", "עברית (12)", "ΔW = −η ∂L/∂W"];
        string path = Path.Combine(_folder, "page.pdf");
        Page(Typeface.BuiltIn, lines).SavePdf(path);
        string read = Installed.Run("pdftotext", path, "-");
        read.ShouldContain("office fluffy");
        read.ShouldContain("ΔW = −η ∂L/∂W");
        read.ShouldContain("עברית");
    }

    [Fact]
    public void An_svg_says_that_the_first_letter_decides_where_a_line_begins_and_keeps_its_width()
    {
        var text = XDocument.Parse(Page(Typeface.BuiltIn, "דגם (v2) 12").ToSvg()).Descendants().Single(e => e.Name.LocalName == "text");
        text.Value.ShouldBe("דגם (v2) 12");
        ((string?)text.Attribute("style")).ShouldBe("unicode-bidi:plaintext");
        ((double)text.Attribute("textLength")!).ShouldBe(Typeface.BuiltIn.Measure("דגם (v2) 12", 20), 0.06);
    }

    private static ITypeface Load(string file)
    {
        Assert.SkipUnless(File.Exists(Noto + file), $"there is no {Noto}{file}.");
        return Typeface.Load(Noto + file);
    }

    private static Scene Page(ITypeface face, params string[] lines) => new(
        320,
        30 + (30 * lines.Length),
        new Color(255, 255, 255),
        [.. lines.Select((line, i) => new TextNode(line, new Point(20, 36 + (30 * i)), 20, new Color(0, 0, 0)))],
        new SceneInfo { Title = "Scripts", AltText = "Lines of many scripts." },
        face);
}
