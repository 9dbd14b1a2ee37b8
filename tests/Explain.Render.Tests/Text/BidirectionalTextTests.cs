using System.Globalization;
using System.Text;

namespace Explain.Render.Tests;

public class BidirectionalTextTests
{
    [Theory]
    [InlineData("abc def", "abc def")]
    [InlineData("אבג", "גבא")]
    [InlineData("abc אבג def", "abc גבא def")]
    [InlineData("אבג abc דהו", "והד abc גבא")]
    [InlineData("אבג 12.5% ד", "ד 12.5% גבא")]
    [InlineData("abc אב 12", "abc 12 בא")]
    [InlineData("(אב)", "(בא)")]
    [InlineData("א(1)", "(1)א")]
    [InlineData("א!", "!א")]
    [InlineData("a א!", "a א!")]
    [InlineData("אֵב", "באֵ")]
    [InlineData("السلام 3", "3 مالسلا")]
    [InlineData("דגם (v2)", "(v2) םגד")]
    [InlineData("abc (אבג) def", "abc (גבא) def")]
    [InlineData("א (b) ג", "ג (b) א")]
    [InlineData("א (b ג) d", "d (ג b) א")]
    [InlineData("عدد 5%", "%5 ددع")]
    [InlineData("a \u2067ב c\u2069 d", "a \u2067c ב\u2069 d")]
    [InlineData("\u2068אבג\u2069 · epoch 3 of 7", "\u2068גבא\u2069 · epoch 3 of 7")]
    public void Characters_come_in_the_order_in_which_they_are_seen(string text, string seen) => Seen(text).ShouldBe(seen);

    [Fact]
    public void A_line_keeps_all_its_characters_whatever_they_are()
    {
        string[] alphabet =
            ["a", "Z", "א", "ש", "م", "1", "٣", ".", "%", " ", "(", "]", "e\u0301", "\uD83D\uDE00", "\u200F", "\uD802\uDD00", "\t"];
        var random = new Explain.Core.CounterRandom(5, "bidi");
        for (int i = 0; i < 500; i++)
        {
            string text = string.Concat(Enumerable.Range(0, 12).Select(_ => alphabet[(int)(random.NextDouble() * alphabet.Length)]));
            string mirrored = "()[]";
            static string Plain(IEnumerable<char> s, string brackets) =>
                string.Concat(s.Where(c => !brackets.Contains(c, StringComparison.Ordinal)).Order());
            Plain(Seen(text), mirrored).ShouldBe(Plain(text, mirrored));
            Typeface.BuiltIn.Measure(text, 10).ShouldBeGreaterThanOrEqualTo(0);
        }
    }

    [Fact]
    public void Halves_of_characters_and_what_no_face_has_are_boxes_and_not_errors()
    {
        Typeface.BuiltIn.Measure("\uD800", 100).ShouldBe(Typeface.BuiltIn.Measure("\uFFFD", 100));
        Typeface.BuiltIn.Shape("\uD800x\uDC00").Runs.Sum(run => run.Glyphs.Length).ShouldBe(3);
        // No face has a character that is not assigned.
        Typeface.BuiltIn.Measure("\u0378", 100).ShouldBeGreaterThan(20);
        Typeface.BuiltIn.Measure("a\u200B\u200D\uFE0Fb", 100).ShouldBe(Typeface.BuiltIn.Measure("ab", 100), 1e-9);
        Typeface.BuiltIn.Measure("a\tb\nc", 100).ShouldBe(Typeface.BuiltIn.Measure("a b c", 100), 1e-9);
    }

    /// <summary>The characters as they are seen from left to right, brackets mirrored as a font draws them.</summary>
    private static string Seen(string text)
    {
        byte[] levels = BidirectionalText.Levels(text);
        int[] starts = StringInfo.ParseCombiningCharacters(text);
        var seen = new StringBuilder();
        foreach (int i in BidirectionalText.VisualOrder([.. starts.Select(start => levels[start])]))
        {
            string cluster = text[starts[i]..(i + 1 < starts.Length ? starts[i + 1] : text.Length)];
            const string Pairs = "()[]";
            seen.Append(levels[starts[i]] % 2 == 1 && cluster.Length == 1 && Pairs.IndexOf(cluster[0]) is >= 0 and var at
                ? Pairs[at ^ 1].ToString()
                : cluster);
        }
        return seen.ToString();
    }
}
