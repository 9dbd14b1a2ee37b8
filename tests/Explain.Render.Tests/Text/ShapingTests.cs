namespace Explain.Render.Tests.Text;

/// <summary>What HarfBuzz makes of lines; fonts put together by hand, so that the numbers are known.</summary>
public class ShapingTests
{
    [Fact]
    public void A_line_is_as_wide_as_its_advances_and_its_kerning()
    {
        var face = TinyFont.Face(new TinyFont());
        face.Family.ShouldBe("Tiny");
        face.CapHeight.ShouldBe(0.5);
        face.Measure("A", 100).ShouldBe(70, 1e-9);
        face.Measure("AB", 100).ShouldBe(70 + 60 - 8, 1e-9);
        face.Measure("AB", 1).ShouldBe(face.Measure("AB", 100) / 100, 1e-12);
        var run = face.Shape("AB").Runs.ShouldHaveSingleItem();
        run.Glyphs.ShouldBe([(ushort)1, (ushort)2]);
        run.Origins[1].X.ShouldBe(0.62, 1e-9);
        run.Clusters.ShouldBe([0, 1]);
    }

    [Fact]
    public void Pairs_of_GPOS_move_as_those_of_kern_do()
    {
        var font = new TinyFont();
        font.Tables["kern"] = TinyFont.Words(0, 0);
        // Format 1, coverage of glyph 1, one pair: glyph 2, advance −50.
        font.Tables["GPOS"] = TinyFont.Gpos(
            [.. TinyFont.Words(1, 18, 4, 0, 1, 12), .. TinyFont.Words(1, 2, -50), .. TinyFont.Words(1, 1, 1)], extension: false);
        TinyFont.Face(font).Measure("AB", 100).ShouldBe(70 + 60 - 5, 1e-9);
    }

    [Fact]
    public void Without_a_bold_font_the_regular_one_is_thickened_and_wider()
    {
        var face = TinyFont.Face(new TinyFont());
        face.Shape("AB", FontWeight.Bold).Runs.ShouldAllBe(run => run.Thickened);
        face.Measure("AB", 100, FontWeight.Bold).ShouldBeGreaterThan(face.Measure("AB", 100));
        var bold = new TinyFont();
        bold.Tables["OS/2"] = TinyFont.Os2(700, 500);
        TinyFont.Face(new TinyFont(), bold).Shape("AB", FontWeight.Bold).Runs.ShouldAllBe(run => !run.Thickened);
    }

    [Fact]
    public void The_built_in_typeface_has_every_sign_that_figures_use()
    {
        const string Signs =
            "∇ ≤ ≥ ≈ ≠ → ← ↑ ↓ ∞ − × · ± ∂ ∑ ∏ √ ∈ ∥ ⟨⟩ … – — ‘’“” ′ ″ ° µ ‰ € • ● ○ ▲ ▼ ■ □ ◆ ✓ ✗ ⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ ₀₁₂₃₄₅₆₇₈₉₊₋ "
                + "αβγδεζηθικλμνξοπρςστυφχψω ΔΣΩ жЖщЩ ґ";
        foreach (var weight in Enum.GetValues<FontWeight>())
        {
            foreach (var run in Typeface.BuiltIn.Shape(Signs, weight).Runs)
            {
                run.Font.Family.ShouldBe("Explain Sans");
                run.Glyphs.ShouldNotContain((ushort)0);
            }
        }
    }

    [Fact]
    public void Figures_of_the_built_in_typeface_have_one_width() =>
        "0123456789".Select(digit => Typeface.BuiltIn.Measure(digit.ToString(), 100)).Distinct().Count().ShouldBe(1);

    [Fact]
    public void A_letter_and_its_mark_are_as_wide_as_the_letter()
    {
        var face = Typeface.BuiltIn;
        face.Measure("e\u0301", 100).ShouldBe(face.Measure("é", 100), 1e-9);
        // No single character: the mark is placed over the letter.
        face.Measure("x\u0304", 100).ShouldBe(face.Measure("x", 100), 1e-9);
        face.Shape("ẁ").Runs.ShouldAllBe(run => run.Font.Family == "Explain Sans");
    }

    [Fact]
    public void Right_to_left_pieces_stand_from_the_right_and_their_brackets_are_mirrored()
    {
        var font = new TinyFont();
        font.Tables["cmap"] = TinyFont.Cmap(TinyFont.Format4(('(', 1), (')', 2), ('a', 3), ('א', 3)));
        font.Tables["kern"] = TinyFont.Words(0, 0);
        var face = TinyFont.Face(font);
        face.Shape("א(").Runs.ShouldHaveSingleItem().Glyphs.ShouldBe([(ushort)2, (ushort)3]);
        face.Shape("a(").Runs.ShouldHaveSingleItem().Glyphs.ShouldBe([(ushort)3, (ushort)1]);
    }

    [Fact]
    public void Cut_anywhere_a_font_is_refused_or_still_sets_text()
    {
        byte[] whole = new TinyFont().Bytes();
        for (int length = 0; length < whole.Length; length += 7)
            SetsOrRefuses(whole[..length]);
    }

    [Fact]
    public void With_any_byte_wrong_a_font_is_refused_or_still_sets_text()
    {
        byte[] whole = new TinyFont().Bytes();
        for (int at = 0; at < whole.Length; at += 3)
        {
            byte[] wrong = [.. whole];
            wrong[at] ^= 0xFF;
            SetsOrRefuses(wrong);
        }
    }

    private static void SetsOrRefuses(byte[] bytes)
    {
        byte[] pinned = GC.AllocateUninitializedArray<byte>(bytes.Length, pinned: true);
        bytes.CopyTo(pinned, 0);
        try
        {
            var face = new Typeface(
                new FontFamily(ShapingFont.ReadPinned(pinned, "tiny")[0], new Lazy<ShapingFont?>(() => null)), fallback: null);
            double.IsFinite(face.Measure("ABC (A) \U0001F600", 10)).ShouldBeTrue();
            double.IsFinite(face.CapHeight).ShouldBeTrue();
        }
        catch (FontException e)
        {
            e.Message.ShouldContain("tiny");
        }
    }
}
