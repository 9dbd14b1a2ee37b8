using System.Globalization;

namespace Explain.Render;

/// <summary>Fits text into a width as a typeface measures it: shortens it with an ellipsis, or breaks it into lines.</summary>
public static class TextLayout
{
    /// <summary>Distance between baselines, as a multiple of the size.</summary>
    public const double LineSpacing = 1.3;

    // Widths that were measured to fit come back with the rounding of a few sums.
    private const double Rounding = 1e-3;

    /// <summary>
    /// The text, or as much of its beginning as fits into <paramref name="width"/> pixels with "…" after it; "" where not even that fits.
    /// </summary>
    public static string Ellipsize(this ITypeface face, string text, double width, double size, FontWeight weight = FontWeight.Regular)
    {
        ArgumentNullException.ThrowIfNull(face);
        width += Rounding;
        if (face.Measure(text, size, weight) <= width)
            return text;
        int[] starts = StringInfo.ParseCombiningCharacters(text);
        int low = 0, high = starts.Length - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (face.Measure(Cut(text, starts[middle]), size, weight) <= width)
                low = middle;
            else
                high = middle - 1;
        }
        string cut = Cut(text, starts[low]);
        return face.Measure(cut, size, weight) <= width ? cut : "";
    }

    /// <summary>
    /// Lines of at most <paramref name="width"/> pixels, broken at spaces, after hyphens and slashes, and inside a word only where the word
    /// alone is too wide. Line breaks in the text are kept; a blank text has no line. Beyond <paramref name="most"/> lines the last ends
    /// with "…".
    /// </summary>
    public static IReadOnlyList<string> Wrap(
        this ITypeface face, string text, double width, double size, FontWeight weight = FontWeight.Regular, int most = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(face);
        if (string.IsNullOrWhiteSpace(text))
            return [];
        var lines = new List<string>();
        foreach (var paragraph in text.ReplaceLineEndings("\n").Split('\n'))
            WrapParagraph(face, lines, paragraph, width + Rounding, size, weight);
        if (lines.Count <= most)
            return lines;
        var kept = lines.GetRange(0, Math.Max(most, 1));
        kept[^1] = Ellipsize(face, string.Join(' ', lines.Skip(kept.Count - 1)), width, size, weight);
        return kept;
    }

    /// <summary>Lines set one under another.</summary>
    public static TextBlock Block(this ITypeface face, IReadOnlyList<string> lines, double size, FontWeight weight = FontWeight.Regular) =>
        new(face, lines, size, weight, lines.Count == 0 ? 0 : lines.Max(line => face.Measure(line, size, weight)));

    /// <summary>The baseline that centres capitals and digits of the given size on <paramref name="y"/>.</summary>
    public static double Centered(this ITypeface face, double y, double size) => y + (face.CapHeight * size / 2);

    private static string Cut(string text, int end) => text[..end].TrimEnd() + "…";

    private static void WrapParagraph(ITypeface face, List<string> lines, string paragraph, double width, double size, FontWeight weight)
    {
        string line = "";
        foreach (var word in Words(paragraph))
        {
            string piece = word;
            if (line.Length > 0 && face.Measure((line + piece).TrimEnd(), size, weight) > width)
            {
                lines.Add(line.TrimEnd());
                line = "";
                piece = piece.TrimStart();
            }
            while (line.Length == 0 && face.Measure(piece.TrimEnd(), size, weight) > width
                && FirstPart(face, piece, width, size, weight) is var cut && cut < piece.Length)
            {
                lines.Add(piece[..cut]);
                piece = piece[cut..];
            }
            line = string.Concat(line, piece);
        }
        lines.Add(line.TrimEnd());
    }

    // As many characters as fit, at least one.
    private static int FirstPart(ITypeface face, string word, double width, double size, FontWeight weight)
    {
        int[] starts = StringInfo.ParseCombiningCharacters(word);
        int low = 1, high = starts.Length;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (face.Measure(word[..End(middle)], size, weight) <= width)
                low = middle;
            else
                high = middle - 1;
        }
        return End(low);

        int End(int count) => count < starts.Length ? starts[count] : word.Length;
    }

    // Pieces between the places where a line may break; they join to the paragraph again. No-break spaces are not such places.
    private static IEnumerable<string> Words(string paragraph)
    {
        int start = 0;
        for (int i = 0; i < paragraph.Length - 1; i++)
        {
            bool afterSpace = paragraph[i] is ' ' or '\t' && paragraph[i + 1] is not (' ' or '\t');
            bool afterHyphen = paragraph[i] is '-' or '/' && i > start && char.IsLetter(paragraph[i - 1])
                && char.IsLetter(paragraph[i + 1]);
            if (!afterSpace && !afterHyphen)
                continue;
            yield return paragraph[start..(i + 1)];
            start = i + 1;
        }
        yield return paragraph[start..];
    }
}

/// <summary>Lines of text set one under another.</summary>
/// <param name="Face">Measured them.</param>
/// <param name="Lines">From the top.</param>
/// <param name="Size">Pixels an em.</param>
/// <param name="Weight">Weight of all lines.</param>
/// <param name="Width">Width of the widest line in pixels.</param>
public sealed record TextBlock(ITypeface Face, IReadOnlyList<string> Lines, double Size, FontWeight Weight, double Width)
{
    /// <summary>Distance between baselines in pixels.</summary>
    public double LineHeight => Size * TextLayout.LineSpacing;

    /// <summary>From the top of the first line to the bottom of the last in pixels.</summary>
    public double Height => Lines.Count * LineHeight;

    /// <summary>The lines as nodes, <paramref name="top"/> at the upper edge and the anchor of each line at its X.</summary>
    public IReadOnlyList<Node> Nodes(Point top, Color color, TextAnchor anchor = TextAnchor.Start)
    {
        var (ascent, descent) = Face.LineMetrics;
        // The baseline stands so that ascenders and descenders are centred in the line.
        double baseline = (LineHeight / 2) + ((ascent - descent) * Size / 2);
        return [.. Lines.Select((line, i) =>
            new TextNode(line, new Point(top.X, top.Y + (i * LineHeight) + baseline), Size, color, anchor, Weight))];
    }
}
