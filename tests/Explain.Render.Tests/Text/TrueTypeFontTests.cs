using Explain.Core;

namespace Explain.Render.Tests.Text;

public class TrueTypeFontTests
{
    private static TrueTypeFont Read(TinyFont font) => new(font.Bytes(), "tiny.ttf");

    [Fact]
    public void It_reads_names_and_metrics()
    {
        var font = Read(new TinyFont());
        font.Family.ShouldBe("Tiny");
        font.Style.ShouldBe("Regular");
        font.IsBold.ShouldBeFalse();
        font.UnitsPerEm.ShouldBe(1000);
        font.CapHeight.ShouldBe(0.5);
        font.LineMetrics.ShouldBe((0.9, 0.25));
    }

    [Fact]
    public void Without_OS2_the_cap_height_is_that_of_the_outlines_and_weight_comes_from_the_head()
    {
        var tiny = new TinyFont();
        tiny.Tables.Remove("OS/2");
        tiny.Tables["cmap"] = TinyFont.Cmap(TinyFont.Format4(('H', 1)));
        tiny.Tables["head"][45] = 1;
        var font = Read(tiny);
        font.CapHeight.ShouldBe(0.5);
        font.IsBold.ShouldBeTrue();
    }

    [Fact]
    public void A_simple_glyph_of_straight_lines_is_read_point_by_point()
    {
        var glyph = Read(new TinyFont()).Find('A').ShouldNotBeNull();
        glyph.Advance.ShouldBe(0.7);
        glyph.Outline.Verbs.ShouldBe([PathVerb.Move, PathVerb.Line, PathVerb.Line, PathVerb.Line, PathVerb.Line, PathVerb.Close]);
        glyph.Outline.Points.ShouldBe([new(0.1, 0), new(0.1, -0.5), new(0.6, -0.5), new(0.6, 0), new(0.1, 0)]);
    }

    [Fact]
    public void Between_control_points_lie_implied_points_of_the_curve()
    {
        var outline = Read(new TinyFont()).Find('B').ShouldNotBeNull().Outline;
        outline.Verbs.Count(v => v == PathVerb.Quad).ShouldBe(4);
        // Controls (0, 200), (200, 400), (400, 200), (200, 0): the curve passes half-way between them.
        outline.Points.ShouldBe(
            [
                new(0.1, -0.1), new(0, -0.2), new(0.1, -0.3), new(0.2, -0.4), new(0.3, -0.3), new(0.4, -0.2), new(0.3, -0.1), new(0.2, 0),
                new(0.1, -0.1),
            ],
            new Near());
    }

    [Fact]
    public void A_composite_glyph_places_and_scales_its_parts()
    {
        var outline = Read(new TinyFont()).Find('C').ShouldNotBeNull().Outline;
        outline.Points.Take(3).ShouldBe([new(0.3, -0.3), new(0.3, -0.8), new(0.8, -0.8)], new Near());
        outline.Points.Skip(5).Take(3).ShouldBe([new(0.05, 0), new(0.05, -0.25), new(0.3, -0.25)], new Near());
    }

    [Fact]
    public void A_part_can_be_tied_to_a_point_of_the_whole()
    {
        var tiny = new TinyFont();
        // The diamond alone in place 1, then a composite in place 2: the square, and a second square whose point 0 lies on the first one's
        // point 2.
        byte[] square = tiny.Tables["glyf"][..GlyphLength(tiny, 0)];
        byte[] composite = [.. TinyFont.Words(-1, 0, 0, 0, 0), .. TinyFont.Words(0x0022, 1), 0, 0, .. TinyFont.Words(0x0000, 1), 2, 0];
        SetGlyphs(tiny, [], square, composite, [], []);
        var points = Read(tiny).Find('B').ShouldNotBeNull().Outline.Points;
        points[5].ShouldBe(points[2], new Near());
        points[7].X.ShouldBe(1.1, 1e-9);
    }

    [Fact]
    public void A_composite_that_contains_itself_counts_as_missing()
    {
        var tiny = new TinyFont();
        byte[] loop = [.. TinyFont.Words(-1, 0, 0, 0, 0), .. TinyFont.Words(0x0022, 1), 0, 0, .. TinyFont.Words(0x0002, 1), 0, 0];
        SetGlyphs(tiny, [], loop, [], [], []);
        Read(tiny).Find('A').ShouldBeNull();
    }

    [Fact]
    public void Format_12_reaches_beyond_the_first_plane_and_format_4_does_not()
    {
        Read(new TinyFont()).Find(0x1F600).ShouldNotBeNull().Advance.ShouldBe(0.9);
        var tiny = new TinyFont();
        tiny.Tables["cmap"] = TinyFont.Cmap(TinyFont.Format4(('A', 1), ('Z', 3)));
        var font = Read(tiny);
        font.Find(0x1F600).ShouldBeNull();
        font.Find('A').ShouldNotBeNull();
        font.Find('Z').ShouldNotBeNull().Advance.ShouldBe(0.65);
        font.Find('B').ShouldBeNull();
        font.Find(0xFFFF).ShouldBeNull();
    }

    [Fact]
    public void Format_4_can_look_glyphs_up_in_an_array()
    {
        var tiny = new TinyFont();
        // One segment 'A'…'C' with an offset to the array (3, 0, 1), and the closing one.
        tiny.Tables["cmap"] = TinyFont.Cmap(TinyFont.Words(4, 38, 0, 4, 0, 0, 0, 'C', 0xFFFF, 0, 'A', 0xFFFF, 0, 1, 4, 0, 3, 0, 1));
        var font = Read(tiny);
        font.Find('A').ShouldNotBeNull().Advance.ShouldBe(0.65);
        font.Find('B').ShouldBeNull();
        font.Find('C').ShouldNotBeNull().Advance.ShouldBe(0.7);
    }

    [Fact]
    public void The_table_kern_moves_a_pair_together()
    {
        var font = Read(new TinyFont());
        font.Kern('A', 'B').ShouldBe(-0.08);
        font.Kern('B', 'A').ShouldBe(0);
        font.Kern('A', 'x').ShouldBe(0);
        var face = new FontFileTypeface(font, null);
        face.Measure("AB", 100).ShouldBe(70 + 60 - 8, 1e-9);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Pairs_in_GPOS_come_before_the_table_kern(bool extension)
    {
        var tiny = new TinyFont();
        // Format 1: coverage of glyph 1; its set has one pair (2, −120).
        byte[] pairs = [.. TinyFont.Words(1, 12, 4, 0, 1, 18), .. TinyFont.Words(1, 1, 1), .. TinyFont.Words(1, 2, -120)];
        tiny.Tables["GPOS"] = TinyFont.Gpos(pairs, extension);
        var font = Read(tiny);
        font.Kern('A', 'B').ShouldBe(-0.12);
        font.Kern('A', 'C').ShouldBe(0);
    }

    [Fact]
    public void Pairs_of_classes_in_GPOS_are_read_with_placements_before_the_advance()
    {
        var tiny = new TinyFont();
        // Format 2, values (x placement, advance): first classes 0 and 1 {glyph 1}, second classes 0 and 1 {glyphs 2 and 3}.
        byte[] pairs =
        [
            .. TinyFont.Words(2, 32, 5, 0, 38, 46, 2, 2), .. TinyFont.Words(0, 0, 0, 0, 0, 0, 7, -90),
            .. TinyFont.Words(1, 1, 1), .. TinyFont.Words(1, 1, 1, 1), .. TinyFont.Words(2, 1, 2, 3, 1),
        ];
        tiny.Tables["GPOS"] = TinyFont.Gpos(pairs, false);
        var font = Read(tiny);
        font.Kern('A', 'B').ShouldBe(-0.09);
        font.Kern('A', 'C').ShouldBe(-0.09);
        font.Kern('A', 'A').ShouldBe(0);
    }

    [Fact]
    public void What_the_font_lacks_comes_from_the_built_in_font_or_is_made_from_its_own_figures()
    {
        var tiny = new TinyFont();
        tiny.Tables["cmap"] = TinyFont.Cmap(TinyFont.Format4(('2', 1)));
        var face = new FontFileTypeface(Read(tiny), null);
        face.Outline("∇", 100).Points.ShouldBe(Typeface.BuiltIn.Outline("∇", 100).Points);
        face.Measure("∇", 100).ShouldBe(Typeface.BuiltIn.Measure("∇", 100));
        var full = Outlines.Bounds(face.Outline("2", 100));
        var small = Outlines.Bounds(face.Outline("²", 100));
        small.Width.ShouldBe(0.62 * full.Width, 1e-9);
        small.Bottom.ShouldBeLessThan(-30);
        Outlines.Bounds(face.Outline("₂", 100)).Bottom.ShouldBeGreaterThan(10);
    }

    [Fact]
    public void Without_a_bold_file_the_outlines_are_thickened()
    {
        var face = new FontFileTypeface(Read(new TinyFont()), null);
        var regular = Outlines.Bounds(face.Outline("A", 1000));
        var bold = Outlines.Bounds(face.Outline("A", 1000, FontWeight.Bold));
        bold.Width.ShouldBe(regular.Width + 32, 1e-6);
        face.Measure("A", 1000, FontWeight.Bold).ShouldBe(732, 1e-6);
    }

    [Theory]
    [InlineData("head", "no table 'head'")]
    [InlineData("cmap", "no table 'cmap'")]
    [InlineData("glyf", "no table 'glyf'")]
    [InlineData("hmtx", "no table 'hmtx'")]
    public void A_font_without_a_needed_table_is_refused(string table, string says)
    {
        var tiny = new TinyFont();
        tiny.Tables.Remove(table);
        Should.Throw<FontException>(() => Read(tiny)).Message.ShouldContain(says);
    }

    [Fact]
    public void PostScript_outlines_are_refused_by_name()
    {
        var tiny = new TinyFont();
        tiny.Tables.Remove("glyf");
        tiny.Tables["CFF "] = [1, 0, 4, 1];
        Should.Throw<FontException>(() => new TrueTypeFont(tiny.Bytes(0x4F54544F), "x.otf")).Message.ShouldBe(
            "Font 'x.otf' has PostScript outlines (CFF), which are not supported. Use a font with TrueType outlines (mostly .ttf).");
    }

    [Fact]
    public void Lying_numbers_are_refused_with_what_is_wrong()
    {
        var tiny = new TinyFont();
        TinyFont.Words(5).CopyTo(tiny.Tables["head"], 18);
        Should.Throw<FontException>(() => Read(tiny))
            .Message.ShouldBe("Font 'tiny.ttf': the table 'head' is damaged: 5 units per em, where 16 to 16384 are allowed.");
        tiny = new TinyFont();
        TinyFont.Words(900).CopyTo(tiny.Tables["hhea"], 34);
        Should.Throw<FontException>(() => Read(tiny)).Message.ShouldContain("900 advances do not fit into 20 bytes");
        Should.Throw<FontException>(() => new TrueTypeFont("GIF89a, not a font"u8.ToArray(), "a.gif"))
            .Message.ShouldContain("is not a TrueType or OpenType font: it begins with 0x47494638");
        Should.Throw<FontException>(() => new TrueTypeFont(new byte[3], "b")).Message.ShouldBe("Font 'b' is not a font: it has 3 bytes.");
    }

    [Fact]
    public void Cut_anywhere_it_is_refused_or_still_sets_text()
    {
        byte[] whole = Everything().Bytes();
        int refused = 0;
        for (int length = 0; length < whole.Length; length++)
            refused += Survives(whole[..length]) ? 0 : 1;
        refused.ShouldBeGreaterThan(whole.Length / 2);
        Survives(whole).ShouldBeTrue();
    }

    [Fact]
    public void With_any_byte_wrong_it_is_refused_or_still_sets_text()
    {
        byte[] whole = Everything().Bytes();
        for (int at = 0; at < whole.Length; at++)
        {
            foreach (byte value in (byte[])[0, 0x7F, 0x80, 0xFF])
            {
                byte[] damaged = [.. whole];
                damaged[at] = value;
                Survives(damaged);
            }
        }
        Survives(whole).ShouldBeTrue();
    }

    // Only FontException may come out, and only from reading.
    private static bool Survives(byte[] bytes)
    {
        TrueTypeFont font;
        try
        {
            font = new TrueTypeFont(bytes, "damaged.ttf");
        }
        catch (FontException)
        {
            return false;
        }
        var face = new FontFileTypeface(font, null);
        double.IsFinite(face.Measure("ABCx😀 BA", 10)).ShouldBeTrue();
        face.Outline("ABCx😀 BA", 10).Points.ShouldAllBe(p => double.IsFinite(p.X) && double.IsFinite(p.Y));
        return true;
    }

    private static TinyFont Everything()
    {
        var tiny = new TinyFont();
        byte[] pairs = [.. TinyFont.Words(1, 12, 4, 0, 1, 18), .. TinyFont.Words(1, 1, 1), .. TinyFont.Words(1, 2, -120)];
        tiny.Tables["GPOS"] = TinyFont.Gpos(pairs, true);
        return tiny;
    }

    private static int GlyphLength(TinyFont font, int glyph)
    {
        var loca = new FontData("", "loca", font.Tables["loca"]);
        return 2 * (loca.UInt16((2 * glyph) + 2) - loca.UInt16(2 * glyph));
    }

    private static void SetGlyphs(TinyFont font, params byte[][] glyphs)
    {
        var loca = new List<int> { 0 };
        foreach (var glyph in glyphs)
            loca.Add(loca[^1] + glyph.Length);
        font.Tables["loca"] = [.. loca.SelectMany(offset => TinyFont.Words(offset / 2))];
        font.Tables["glyf"] = [.. glyphs.SelectMany(g => g)];
    }

    private sealed class Near : IEqualityComparer<Point>
    {
        public bool Equals(Point a, Point b) => Math.Abs(a.X - b.X) < 1e-9 && Math.Abs(a.Y - b.Y) < 1e-9;

        public int GetHashCode(Point p) => 0;
    }
}
