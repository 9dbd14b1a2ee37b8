using System.Globalization;
using System.Text;
using HarfBuzzSharp;

namespace Explain.Render;

/// <summary>
/// A line of text → glyphs: cut where the direction, the font or the script changes, each piece shaped by HarfBuzz, which kerns, joins and
/// places marks but does not reorder, and the pieces put in the order in which they stand. Characters that the face lacks come from other
/// fonts of the machine; what none has is drawn as the face draws what it lacks: nothing is ever left out. Tabs and line breaks are spaces;
/// control and format characters have no width.
/// </summary>
internal sealed class TextShaper(FontFamily own, FontFallback? fallback)
{
    // Other fonts are asked for so many letters at once.
    private const int LongestRun = 64;

    // Nothing to be seen, and no width, in every font (default ignorable).
    private const char Nothing = '\u2060';

    /// <summary>What thickening adds to the advance of a glyph, in ems.</summary>
    private const double Thickening = 0.03;

    /// <summary>Shapes a line.</summary>
    public ShapedText Shape(string text, FontWeight weight)
    {
        string line = Visible(text);
        byte[] levels = BidirectionalText.IsNeeded(line) ? BidirectionalText.Levels(line) : new byte[line.Length];
        var pieces = Pieces(line, levels, weight);
        byte[] ofPieces = [.. pieces.Select(piece => levels[piece.Start])];
        var runs = new List<GlyphRun>();
        double x = 0;
        foreach (int i in BidirectionalText.VisualOrder(ofPieces))
        {
            var piece = pieces[i];
            var (run, end) = piece.Font.Shape(line, piece.Start, piece.Length, piece.Script, ofPieces[i] % 2 == 1, x);
            if (piece.Thickened)
            {
                for (int k = 0; k < run.Origins.Length; k++)
                    run.Origins[k] = run.Origins[k].Offset(k * Thickening, 0);
                run = run with { Thickened = true };
                end += run.Origins.Length * Thickening;
            }
            runs.Add(run);
            x = end;
        }
        return new ShapedText(text, runs, x);
    }

    private readonly record struct Piece(int Start, int Length, ShapingFont Font, bool Thickened, Script Script);

    private List<Piece> Pieces(string line, byte[] levels, FontWeight weight)
    {
        var pieces = new List<Piece>();
        int[] starts = StringInfo.ParseCombiningCharacters(line);
        var families = Families(line, starts);
        var scripts = Scripts(line, starts);
        for (int i = 0; i < starts.Length; i++)
        {
            int length = (i + 1 < starts.Length ? starts[i + 1] : line.Length) - starts[i];
            var (font, thickened) = families[i].For(Cluster(line, starts, i), weight);
            var piece = new Piece(starts[i], length, font, thickened, scripts[i]);
            if (pieces is [.., var last] && levels[last.Start] == levels[starts[i]]
                && piece with { Start = last.Start, Length = last.Length } == last)
                pieces[^1] = last with { Length = last.Length + length };
            else
                pieces.Add(piece);
        }
        return pieces;
    }

    /// <summary>The family of each character with its marks.</summary>
    private FontFamily[] Families(string line, int[] starts)
    {
        var families = new FontFamily[starts.Length];
        for (int i = 0; i < starts.Length;)
        {
            if (fallback is null || own.Covers(Cluster(line, starts, i)))
            {
                families[i++] = own;
                continue;
            }
            int end = i + 1;
            while (end < starts.Length && end - i < LongestRun && !own.Covers(Cluster(line, starts, end)))
                end++;
            var missing = Enumerable.Range(i, end - i).Select(k => Cluster(line, starts, k)).ToList();
            var (family, count) = fallback.For(missing);
            families.AsSpan(i, count).Fill(family ?? own);
            i += count;
        }
        return families;
    }

    private static string Cluster(string line, int[] starts, int i) =>
        line[starts[i]..(i + 1 < starts.Length ? starts[i + 1] : line.Length)];

    /// <summary>
    /// Whether a font has all of a character with its marks: as it is written, as one character, or as letters and marks, between which
    /// HarfBuzz changes by itself.
    /// </summary>
    internal static bool Covers(ShapingFont font, string cluster)
    {
        Rune? last = null;
        foreach (var rune in cluster.EnumerateRunes())
        {
            if (IsIgnorable(rune))
                continue;
            // Composed of all before it, or by itself.
            if (last is { } before && UnicodeFunctions.Default.TryCompose(before.Value, rune.Value, out int composed) && font.Has(composed))
            {
                last = new Rune(composed);
                continue;
            }
            if (!HasOrDecomposes(font, rune.Value))
                return false;
            last = rune;
        }
        return true;
    }

    private static bool HasOrDecomposes(ShapingFont font, int code) => font.Has(code)
        || (UnicodeFunctions.Default.TryDecompose(code, out int letter, out int mark)
            && HasOrDecomposes(font, letter) && (mark == 0 || font.Has(mark)));

    // Selectors of variants and format characters say how others are drawn.
    private static bool IsIgnorable(Rune rune) =>
        rune.Value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format;

    /// <summary>
    /// The script of each character; signs and figures go with the letters before them, and at the start with those behind.
    /// </summary>
    private static Script[] Scripts(string line, int[] starts)
    {
        var scripts = new Script[starts.Length];
        var current = Script.Latin;
        bool begun = false;
        for (int i = 0; i < starts.Length; i++)
        {
            var script = UnicodeFunctions.Default.GetScript(Rune.GetRuneAt(line, starts[i]).Value);
            if (!script.Equals(Script.Common) && !script.Equals(Script.Inherited) && !script.Equals(Script.Unknown))
            {
                if (!begun)
                    Array.Fill(scripts, script, 0, i);
                (current, begun) = (script, true);
            }
            scripts[i] = current;
        }
        return scripts;
    }

    /// <summary>The line as it is to be seen; every UTF-16 unit stays in its place.</summary>
    private static string Visible(string text)
    {
        if (!text.Any(c => char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029'))
            return text;
        var line = text.ToCharArray();
        for (int i = 0; i < line.Length; i++)
        {
            if (char.IsHighSurrogate(line[i]) && i + 1 < line.Length && char.IsLowSurrogate(line[i + 1]))
                i++;
            else if (char.IsSurrogate(line[i]))
                line[i] = '\uFFFD';
            else if (line[i] is '\t' or '\n' or '\r' or '\u2028' or '\u2029')
                line[i] = ' ';
            else if (char.IsControl(line[i]))
                line[i] = Nothing;
        }
        return new string(line);
    }
}
