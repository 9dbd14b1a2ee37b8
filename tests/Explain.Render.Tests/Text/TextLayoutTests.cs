namespace Explain.Render.Tests.Text;

public class TextLayoutTests
{
    private const double Size = 12;
    private static readonly string Long = string.Concat(Enumerable.Repeat("a long label ", 16));

    private static double Width(string text) => TestFont.Face.Measure(text, Size);

    [Fact]
    public void A_text_that_fits_is_left_alone() =>
        TestFont.Face.Ellipsize("loss", Width("lo") + Width("ss") - 1e-9, Size).ShouldBe("loss");

    [Fact]
    public void A_label_of_200_characters_is_cut_to_the_width_and_no_shorter()
    {
        foreach (double width in (double[])[20, 57, 100, 333])
        {
            string cut = TestFont.Face.Ellipsize(Long, width, Size);
            cut.ShouldEndWith("…");
            Long.ShouldStartWith(cut[..^1]);
            Width(cut).ShouldBeLessThanOrEqualTo(width + 1e-3);
            Width(Long[..(cut.Length + 2)] + "…").ShouldBeGreaterThan(width);
        }
    }

    [Fact]
    public void Where_not_even_the_ellipsis_fits_nothing_is_left() => TestFont.Face.Ellipsize("abc", 2, Size).ShouldBe("");

    [Fact]
    public void An_ellipsis_does_not_split_a_character()
    {
        const string Faces = "😀😀😀😀e\u0301e\u0301e\u0301e\u0301";
        for (double width = 1; width < Width(Faces); width++)
        {
            string cut = TestFont.Face.Ellipsize(Faces, width, Size).TrimEnd('…');
            cut.Count(char.IsHighSurrogate).ShouldBe(cut.Count(char.IsLowSurrogate));
            (cut.Length == 0 || Faces[cut.Length..] is not ['\u0301', ..]).ShouldBeTrue();
        }
    }

    [Fact]
    public void Lines_fit_and_join_to_the_text_again()
    {
        const string Text = "Each unit sees the whole image; its weights show what it looks for.";
        var lines = TestFont.Face.Wrap(Text, 120, Size);
        lines.Count.ShouldBeGreaterThan(2);
        lines.ShouldAllBe(line => Width(line) <= 120 + 1e-3);
        string.Join(' ', lines).ShouldBe(Text);
        for (int i = 0; i + 1 < lines.Count; i++)
            Width($"{lines[i]} {lines[i + 1].Split(' ')[0]}").ShouldBeGreaterThan(120, "a line is as full as it can be");
    }

    [Fact]
    public void A_word_wider_than_the_line_is_broken_and_breaks_in_the_text_are_kept()
    {
        string word = new('m', 60);
        var lines = TestFont.Face.Wrap(word, 100, Size);
        string.Concat(lines).ShouldBe(word);
        lines.ShouldAllBe(line => Width(line) <= 100 + 1e-3);
        TestFont.Face.Wrap("one\r\ntwo\n\nthree", 500, Size).ShouldBe(["one", "two", "", "three"]);
        TestFont.Face.Wrap("wide", 0.1, Size).ShouldBe(["w", "i", "d", "e"]);
    }

    [Fact]
    public void Words_part_after_hyphens_and_slashes_but_numbers_do_not()
    {
        TestFont.Face.Wrap("first-principles", Width("first-principle"), Size).ShouldBe(["first-", "principles"]);
        TestFont.Face.Wrap("weights/updates", Width("weights/up"), Size).ShouldBe(["weights/", "updates"]);
        TestFont.Face.Wrap("at 12/200", Width("at 12/20"), Size).ShouldBe(["at", "12/200"]);
        TestFont.Face.Wrap("97.3\u00A0% of all", Width("97.3\u00A0% o"), Size).ShouldBe(["97.3\u00A0%", "of all"]);
    }

    [Fact]
    public void Beyond_the_most_lines_the_last_ends_with_an_ellipsis()
    {
        var lines = TestFont.Face.Wrap(Long, 100, Size, most: 2);
        lines.Count.ShouldBe(2);
        lines[1].ShouldEndWith("…");
        Width(lines[1]).ShouldBeLessThanOrEqualTo(100 + 1e-3);
        TestFont.Face.Wrap("short", 100, Size, most: 1).ShouldBe(["short"]);
    }

    [Fact]
    public void A_block_stacks_its_lines_inside_its_height()
    {
        var block = TestFont.Face.Block(["one", "the second"], 10);
        block.Width.ShouldBe(TestFont.Face.Measure("the second", 10));
        block.Height.ShouldBe(26, 1e-9);
        var nodes = block.Nodes(new Point(5, 100), new Color(0, 0, 0), TextAnchor.Middle).Cast<TextNode>().ToList();
        nodes.Select(n => n.Text).ShouldBe(["one", "the second"]);
        (nodes[1].Origin.Y - nodes[0].Origin.Y).ShouldBe(13, 1e-9);
        nodes[0].Origin.X.ShouldBe(5);
        nodes[0].Origin.Y.ShouldBeInRange(100 + 5, 100 + 13);
        nodes[1].Origin.Y.ShouldBeInRange(100 + 13 + 5, 100 + 26);
        TestFont.Face.Block([], 10).Height.ShouldBe(0);
    }
}
