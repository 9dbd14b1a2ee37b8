using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace Explain.Render.Tests.Text;

/// <summary>
/// Letters that a face lacks. The fonts are put together by hand, so these hold everywhere; what real fonts look like is tested where there
/// are any.
/// </summary>
public sealed class FontFallbackTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fonts-").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public void A_run_is_set_in_the_first_face_that_has_all_of_it()
    {
        Write("ASans.ttf", "A Sans", "א");
        Write("B.ttf", "B", "אב");
        Write("CSans.ttf", "C Sans", "אבג");
        var face = Main();
        Families(face, "A א B").ShouldBe(["", "", "A Sans", "", ""]);
        Families(face, "אב").ShouldBe(["C Sans", "C Sans"]); // Other sans-serifs come before the rest.
        Families(face, "א אב").ShouldBe(["C Sans", "C Sans", "", "A Sans"]); // Read from right to left.
        face.Measure("אב", 100).ShouldBe(140, 1e-9);
    }

    [Fact]
    public void Where_no_face_has_all_of_a_run_it_is_set_in_pieces()
    {
        Write("A.ttf", "A", "漢字");
        Write("B.ttf", "B", "漢字仮");
        Write("C.ttf", "C", "名");
        Families(Main(), "漢字仮名交").ShouldBe(["B", "B", "B", "C", ""]);
        Families(Main(), "交漢").ShouldBe(["", "A"]);
    }

    [Fact]
    public void Preferred_families_come_first_and_bold_and_slanted_faces_last()
    {
        Write("A-Bold.ttf", "A", "漢");
        Write("A-Italic.ttf", "A italic", "漢");
        Write("Z.ttf", "Z", "漢");
        Families(Main(), "漢").ShouldBe(["Z"]);
        Write("Arial.ttf", "Arial", "漢");
        Families(Main(), "漢").ShouldBe(["Arial"]);
        Families(Main(), "漢字").ShouldBe(["Arial", ""]);
    }

    [Fact]
    public void The_order_does_not_depend_on_folders_that_list_their_files_in_another()
    {
        foreach (string name in (string[])["q/Mid.ttf", "b/Last.ttf", "z/First.ttf"]) Write(name, name, "漢");
        Families(Main(), "漢").ShouldBe(["z/First.ttf"]);
    }

    [Fact]
    public void Files_that_cannot_be_used_are_passed_over()
    {
        File.WriteAllText(Path.Combine(_folder, "ASans.ttf"), "this is no font");
        File.WriteAllBytes(Path.Combine(_folder, "BSans.ttf"), Font("B", "漢").Bytes()[..200]);
        var noOutlines = Font("C", "漢");
        noOutlines.Tables.Remove("glyf");
        File.WriteAllBytes(Path.Combine(_folder, "CSans.ttf"), noOutlines.Bytes());
        // A letter without an outline.
        Write("DSans.ttf", "D", "漢", glyph: 4);
        Families(Main(), "漢").ShouldBe([""]);
        Main().Measure("漢", 10).ShouldBeGreaterThan(0);
        Write("F.ttf", "F", "漢");
        Families(Main(), "漢").ShouldBe(["F"]);
    }

    [Fact]
    public void A_private_character_may_be_anything_in_another_font()
    {
        Write("Icons.ttf", "Icons", "\uE000");
        Families(Main(), "\uE000").ShouldBe([""]);
    }

    [Fact]
    public void Marks_come_from_the_font_of_their_letter()
    {
        Write("Letters.ttf", "Letters", "x");
        Write("Marks.ttf", "Marks", "x\u0323");
        Families(Main(), "Ax\u0323").ShouldBe(["", "Marks", "Marks"]);
        Families(Main(), "Ax").ShouldBe(["", "Letters"]);
    }

    [Fact]
    public void Bold_letters_are_bold_also_from_another_font()
    {
        Write("Other-Regular.ttf", "Other", "漢字");
        Main().Shape("漢", FontWeight.Bold).Runs.ShouldAllBe(run => run.Thickened);
        Write("Other-Bold.ttf", "Other", "漢", weight: 700);
        var face = Main();
        face.Shape("漢", FontWeight.Bold).Runs.Single().Thickened.ShouldBeFalse();
        face.Shape("字", FontWeight.Bold).Runs.Single().Thickened.ShouldBeTrue(); // Which the bold font lacks.
        face.Shape("漢").Runs.Single().Thickened.ShouldBeFalse();
    }

    [Fact]
    public void A_pdf_embeds_each_face_that_it_uses_and_its_text_can_be_searched()
    {
        Installed.Needs("poppler-utils qpdf", "pdftotext", "qpdf");
        Write("Other.ttf", "Other", "漢字");
        var face = Main();
        byte[] pdf = Page(face, "AB漢字A", "字漢").ToPdf();
        Page(face, "AB漢字A", "字漢").ToPdf().ShouldBe(pdf);
        static int Fonts(byte[] page) => Encoding.Latin1.GetString(page).Split("/FontFile2 ").Length - 1;
        Fonts(pdf).ShouldBe(2);
        string path = Path.Combine(_folder, "page.pdf");
        File.WriteAllBytes(path, pdf);
        string read = Installed.Run("pdftotext", path, "-");
        read.ShouldContain("AB漢字A");
        read.ShouldContain("字漢");
        Installed.Run("qpdf", "--check", path).ShouldContain("No syntax or stream encoding errors found");
        // Nothing of the first typeface, nothing embedded of it.
        Fonts(Page(face, "字漢").ToPdf()).ShouldBe(1);
    }

    [Fact]
    public void An_svg_names_the_face_that_lends_letters()
    {
        Write("Other.ttf", "Other", "漢字");
        var face = Main();
        var texts = XDocument.Parse(Page(face, "AB漢字", "AB").ToSvg()).Descendants().Where(e => e.Name.LocalName == "text").ToArray();
        ((string)texts[0].Attribute("font-family")!).ShouldStartWith("'Main', 'Other', 'Noto Sans'");
        texts[1].Attribute("font-family").ShouldBeNull();
    }

    [Fact]
    public void Each_figure_is_drawn_with_the_typeface_of_its_theme_while_others_are_drawn_with_theirs()
    {
        var chart = new Chart
        {
            Title = "AB AB",
            Plot = new Plot
            {
                Marks = [new LineMark { Points = [new(0, 1), new(1, 2)], Color = new(0, 0, 0), Name = "ABBA" }],
                LabelEnds = true,
            },
        };
        Theme[] themes = [Theme.Light with { Face = Main() }, Theme.Light with { Face = Typeface.BuiltIn }];
        string[] alone = [.. themes.Select(theme => chart.Draw(theme).ToSvg())];
        alone[0].ShouldNotBe(alone[1]);
        Parallel.For(0, 16, i => chart.Draw(themes[i % 2]).ToSvg().ShouldBe(alone[i % 2]));
    }

    [Fact]
    public void A_theme_without_a_typeface_of_its_own_has_the_default()
    {
        Theme.Light.Face.ShouldBeSameAs(Typeface.Default);
        (Theme.Dark with { Background = new Color(1, 2, 3) }).Face.ShouldBeSameAs(Typeface.Default);
        var face = Main();
        (Theme.Light with { Face = face }).Face.ShouldBeSameAs(face);
    }

    [Fact]
    public void Long_lines_and_many_of_them_are_not_remembered_from_each_letter_on()
    {
        var (face, fallback) = Faces();
        // Letters that no face has are asked for one after the other, each with those behind it.
        face.Shape(new string('漢', 5000)).Runs.Sum(run => run.Glyphs.Length).ShouldBe(5000);
        fallback.Remembered.ShouldBeInRange(1, 64);
        for (int i = 0; i < FontFallback.MostRuns + 500; i++) face.Shape(char.ConvertFromUtf32(0x4E00 + i));
        fallback.Remembered.ShouldBeInRange(1, FontFallback.MostRuns);
    }

    [Fact]
    public void A_long_line_of_another_face_is_set_in_it_to_its_end()
    {
        Write("Other.ttf", "Other", "漢");
        Families(Main(), "A" + new string('漢', 200) + "A").ShouldBe(["", .. Enumerable.Repeat("Other", 200), ""]);
    }

    /// <summary>For each character from left to right the family that it is from, "" for the typeface's own.</summary>
    private static string[] Families(Typeface face, string text) =>
    [
        .. face.Shape(text).Runs.SelectMany(run => run.Glyphs.Select(_ => run.Font.Family == face.Family ? "" : run.Font.Family)),
    ];

    private static Scene Page(ITypeface face, params string[] lines) => new(320, 30 + (30 * lines.Length), new Color(255, 255, 255),
        [
            .. lines.Select((line, i) => new TextNode(line, new Point(20, 36 + (30 * i)), 20, new Color(0, 0, 0))),
        ], new SceneInfo { Title = "Letters", AltText = "Letters of two faces." }, face);

    private Typeface Main() => Faces().Main;

    private (Typeface Main, FontFallback Fallback) Faces()
    {
        var fallback = new FontFallback([_folder]);
        return (TinyFont.Face(Font("Main", "ABC"), bold: null, fallback), fallback);
    }

    private static TinyFont Font(string family, string letters, int weight = 400, int glyph = 1)
    {
        var font = new TinyFont();
        font.Tables["name"] = TinyFont.Name((1, family), (2, weight >= 600 ? "Bold" : "Regular"));
        font.Tables["OS/2"] = TinyFont.Os2(weight, 500);
        font.Tables["cmap"] = TinyFont.Cmap(TinyFont.Format4([.. letters.Order().Select(letter => (letter, glyph))]));
        font.Tables["kern"] = [.. TinyFont.Words(0, 0)];
        return font;
    }

    private void Write(string name, string family, string letters, int weight = 400, int glyph = 1)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, Font(family, letters, weight, glyph).Bytes());
    }
}
