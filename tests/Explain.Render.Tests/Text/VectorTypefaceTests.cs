using System.Text;

namespace Explain.Render.Tests.Text;

public class VectorTypefaceTests
{
    private const string Promised =
        " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~" +
        "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρσςτυφχψω" +
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿ₀₁₂₃₄₅₆₇₈₉ₙᵢ" +
        "−×·÷±≤≥≠≈∞√∂∇∑∫∈→←↑↓…–—‘’“”°%‰|‖•■○✓✗" +
        "¡¢£¤¥¦§¨©ª«¬®¯°±²³´µ¶·¸¹º»¿" +
        "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿ";

    private readonly VectorTypeface _font = new();

    [Theory]
    [InlineData(FontWeight.Regular)]
    [InlineData(FontWeight.Bold)]
    public void Every_promised_character_has_a_glyph_of_its_own(FontWeight weight)
    {
        var face = new VectorFace(VectorFontSource.BuiltIn.Value, weight);
        var missing = Promised.EnumerateRunes().Where(r => face.Find(r.Value) is null).ToList();
        missing.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(FontWeight.Regular)]
    [InlineData(FontWeight.Bold)]
    public void Every_glyph_covers_some_area_and_stays_between_the_lines(FontWeight weight)
    {
        var face = new VectorFace(VectorFontSource.BuiltIn.Value, weight);
        var (ascent, descent) = _font.LineMetrics;
        foreach (int code in VectorFontSource.BuiltIn.Value.CodePoints.Where(c => c != ' '))
        {
            var glyph = face.Find(code).ShouldNotBeNull();
            string name = $"U+{code:X4} {char.ConvertFromUtf32(code)}";
            // y points down here, so outsides, anticlockwise in the font's own axes, have negative area and holes positive.
            Outlines.Areas(glyph.Outline).Sum().ShouldBeLessThan(0, name);
            var bounds = Outlines.Bounds(glyph.Outline);
            bounds.Y.ShouldBeGreaterThan(-1.15, name);
            bounds.Bottom.ShouldBeLessThan(descent + 0.06, name);
        }
        ascent.ShouldBeGreaterThan(0.9);
    }

    [Fact]
    public void A_ring_has_a_hole_and_crossing_strokes_do_not_cancel()
    {
        var o = _font.Outline("O", 1000);
        var b = Outlines.Bounds(o);
        Outlines.Contains(o, b.Center.X, b.Center.Y).ShouldBeFalse();
        Outlines.Contains(o, b.X + 20, b.Center.Y).ShouldBeTrue();

        var plus = _font.Outline("+", 1000);
        b = Outlines.Bounds(plus);
        Outlines.Contains(plus, b.Center.X, b.Center.Y).ShouldBeTrue();
        Outlines.Contains(plus, b.X + 10, b.Y + 10).ShouldBeFalse();
    }

    [Fact]
    public void Letters_stand_on_the_baseline_and_reach_the_cap_height()
    {
        foreach (var weight in Enum.GetValues<FontWeight>())
        {
            foreach (char c in "EFHIKLTXZAMNVWY14")
            {
                var b = Outlines.Bounds(_font.Outline(c.ToString(), 1000, weight));
                b.Bottom.ShouldBe(0, 0.5, $"{c} {weight}");
                b.Y.ShouldBe(-1000 * _font.CapHeight, 0.5, $"{c} {weight}");
            }
        }
    }

    [Fact]
    public void Bold_is_darker_and_not_narrower()
    {
        foreach (var rune in Promised.EnumerateRunes().Where(r => !Rune.IsWhiteSpace(r)))
        {
            string c = rune.ToString();
            _font.Measure(c, 1, FontWeight.Bold).ShouldBeGreaterThanOrEqualTo(_font.Measure(c, 1) - 0.02, c);
        }
        static double Ink(PathData p) => Outlines.Areas(p).Sum();
        foreach (char c in "ABCEHOSabdegnos0123456789")
            Ink(_font.Outline(c.ToString(), 1, FontWeight.Bold)).ShouldBeLessThan(1.2 * Ink(_font.Outline(c.ToString(), 1)), c.ToString());
    }

    [Theory]
    [InlineData(FontWeight.Regular)]
    [InlineData(FontWeight.Bold)]
    public void Figures_and_the_signs_beside_them_have_one_width(FontWeight weight)
    {
        double zero = _font.Measure("0", 1, weight);
        foreach (char c in "123456789+−=<>±×")
            _font.Measure(c.ToString(), 1, weight).ShouldBe(zero, 1e-12, c.ToString());
        _font.Measure("1111", 1, weight).ShouldBe(4 * zero, 1e-12);
    }

    [Fact]
    public void Measure_adds_up_except_for_kerning()
    {
        double Width(string s) => _font.Measure(s, 100);
        Width("HO").ShouldBe(Width("H") + Width("O"), 1e-9);
        Width("AV").ShouldBeLessThan(Width("A") + Width("V") - 4);
        Width("To").ShouldBeLessThan(Width("T") + Width("o") - 4);
        Width("ÀV").ShouldBe(Width("AV"), 1e-9);
        Width("").ShouldBe(0);
    }

    [Fact]
    public void Width_and_outline_grow_in_proportion_to_the_size()
    {
        const string Text = "Loss 0.12 µ Δw₁";
        double w = _font.Measure(Text, 1);
        foreach (double size in (double[])[9, 10, 12, 14, 60])
        {
            _font.Measure(Text, size).ShouldBe(w * size, 1e-9);
            Outlines.Bounds(_font.Outline(Text, size)).Width.ShouldBe(Outlines.Bounds(_font.Outline(Text, 1)).Width * size, 1e-6);
        }
    }

    [Fact]
    public void The_ink_of_a_line_lies_within_its_measure()
    {
        const string Text = "Validation accuracy";
        var b = Outlines.Bounds(_font.Outline(Text, 100));
        b.X.ShouldBeGreaterThan(0);
        b.Right.ShouldBeLessThan(_font.Measure(Text, 100) + 1);
        b.Width.ShouldBeGreaterThan(0.95 * _font.Measure(Text, 100));
    }

    [Fact]
    public void Superscripts_stand_above_and_subscripts_below()
    {
        Rect Box(string s) => Outlines.Bounds(_font.Outline(s, 1000));
        Box("²").Bottom.ShouldBeLessThan(-250);
        Box("₂").Bottom.ShouldBeGreaterThan(80);
        Box("²").Height.ShouldBe(Box("₂").Height, 1e-6);
        Box("²").Height.ShouldBeLessThan(0.7 * Box("2").Height);
    }

    [Theory]
    [InlineData('\u00A0')]
    [InlineData('\u202F')]
    [InlineData('\u2003')]
    public void A_space_of_any_kind_is_set_as_a_space(char space)
    {
        _font.Measure($"95.3{space}%", 10).ShouldBe(_font.Measure("95.3 %", 10));
        _font.Outline($"95.3{space}%", 10).Points.ShouldBe(_font.Outline("95.3 %", 10).Points);
    }

    [Fact]
    public void A_character_that_is_not_covered_becomes_a_crossed_box()
    {
        var box = _font.Outline("☃", 1000);
        Outlines.Areas(box).Sum().ShouldBeLessThan(0);
        _font.Measure("☃", 1000).ShouldBeGreaterThan(300);
        _font.Outline("漢", 1000).Points.ShouldBe(box.Points);
    }

    [Theory]
    [InlineData("שלום")]
    [InlineData("e\u0301a\u0308o\u0336")]
    [InlineData("\uD800 lone \uDC00")]
    [InlineData("a\u200Bb\u00ADc\u202Ed\0e\uFE0F")]
    [InlineData("👩‍🔬 🙂")]
    [InlineData("\t\n\r\u2028")]
    public void Nothing_makes_it_throw(string text)
    {
        double.IsFinite(_font.Measure(text, 12)).ShouldBeTrue();
        _font.Measure(text, 12).ShouldBeGreaterThan(0);
        _font.Outline(text, 12).Points.ShouldAllBe(p => double.IsFinite(p.X) && double.IsFinite(p.Y));
    }

    [Fact]
    public void Format_characters_have_no_width_and_combining_marks_stand_over_their_letter()
    {
        _font.Measure("a\u200Bb\u00AD", 10).ShouldBe(_font.Measure("ab", 10), 1e-12);
        _font.Measure("e\u0301", 10).ShouldBe(_font.Measure("e", 10), 1e-12);
        Outlines.Bounds(_font.Outline("e\u0301", 1000)).Y.ShouldBeLessThan(-600);
    }

    [Theory]
    [InlineData("AB 100 ||", "\"AB\" is neither a keyword nor a single character")]
    [InlineData("same ABC", "\"ABC\" is not two characters")]
    [InlineData("kern A V x", "'x' was not in a correct format")]
    public void A_mistake_in_the_drawings_names_its_line(string line, string says)
    {
        string message = Should.Throw<FormatException>(() => new VectorFontSource("// a comment\n" + line)).Message;
        message.ShouldStartWith("VectorFont.txt, line 2: ");
        message.ShouldContain(says);
    }
}
