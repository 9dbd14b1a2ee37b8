using System.Globalization;
using System.Text;

namespace Explain.Render;

/// <summary>
/// Puts the characters of a line into the order in which they stand from left to right, after the Unicode Bidirectional Algorithm (UAX #9,
/// 2024): the direction of the line is that of its first letter; runs of Hebrew, Arabic and the like go from right to left, numbers in them
/// from left to right; brackets in them are mirrored; combining marks stay behind their letter. What is isolated does not decide the
/// direction of the line; beyond that, explicit embeddings, overrides and isolates are not done (their characters are passed over), nor the
/// rule that a pair of brackets has one direction (N0).
/// </summary>
internal static class BidirectionalText
{
    private enum Kind
    {
        Left,
        Right,
        Number,
        Separator,
        Terminator,
        Neutral,
    }

    /// <summary>Whether anything has to be reordered.</summary>
    public static bool IsNeeded(string text)
    {
        foreach (char c in text)
        {
            if (c >= '\u0590' && (IsRightToLeft(c) || c is (>= '\uD802' and <= '\uD83B')))
                return true;
        }
        return false;
    }

    /// <summary>The characters that are to be drawn, from left to right.</summary>
    public static IReadOnlyList<int> Order(string text)
    {
        var clusters = Clusters(text);
        var kinds = clusters.Select(cluster => KindOf(cluster[0])).ToArray();
        bool rightToLeft = FirstStrong(clusters, kinds) == Kind.Right;
        Resolve(kinds, rightToLeft ? Kind.Right : Kind.Left);
        // Odd levels go from right to left. Numbers lie deeper than what is around them.
        int[] levels = [.. kinds.Select(kind => kind == Kind.Right ? 1 : kind == Kind.Number || rightToLeft ? 2 : 0)];
        var order = Reordered(levels);
        var result = new List<int>();
        foreach (int i in order)
        {
            foreach (int code in clusters[i])
                result.Add(levels[i] % 2 == 1 ? Mirrored(code) : code);
        }
        return result;
    }

    /// <summary>
    /// The direction of the first letter; what is isolated, as a name within a sentence, has no say (P2). Neutral where there is none.
    /// </summary>
    private static Kind FirstStrong(List<List<int>> clusters, Kind[] kinds)
    {
        int isolated = 0;
        for (int i = 0; i < kinds.Length; i++)
        {
            if (clusters[i][0] is >= 0x2066 and <= 0x2068) isolated++;
            else if (clusters[i][0] == 0x2069) isolated = Math.Max(0, isolated - 1);
            else if (isolated == 0 && kinds[i] is Kind.Left or Kind.Right) return kinds[i];
        }
        return Kind.Neutral;
    }

    /// <summary>Each character with the combining marks behind it.</summary>
    private static List<List<int>> Clusters(string text)
    {
        var clusters = new List<List<int>>();
        foreach (var rune in text.EnumerateRunes())
        {
            if (clusters.Count > 0 && Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark)
                clusters[^1].Add(rune.Value);
            else
                clusters.Add([rune.Value]);
        }
        return clusters;
    }

    private static Kind KindOf(int code)
    {
        if (code is (>= '0' and <= '9') or (>= 0x0660 and <= 0x0669) or (>= 0x06F0 and <= 0x06F9))
            return Kind.Number;
        if (code is '.' or ',' or ':' or '/' or '+' or '-' or '\u00A0' or '−')
            return Kind.Separator;
        if (code is '%' or '‰' or '°' or '#' or '$' or '€' or '£' or '¥' or '±' or '′' or '″')
            return Kind.Terminator;
        if (IsRightToLeft(code))
            return Kind.Right;
        return Rune.IsLetter(new Rune(code))
            || Rune.GetUnicodeCategory(new Rune(code)) is UnicodeCategory.LetterNumber or UnicodeCategory.SpacingCombiningMark
            ? Kind.Left
            : Kind.Neutral;
    }

    private static bool IsRightToLeft(int code) =>
        code is (>= 0x0590 and <= 0x08FF) or 0x200F or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFC) or (>= 0x10800 and <= 0x10FFF)
            or (>= 0x1E800 and <= 0x1EFFF);

    /// <summary>Leaves only left, right and number. The rules of UAX #9 that it follows are named.</summary>
    private static void Resolve(Kind[] kinds, Kind line)
    {
        for (int i = 1; i < kinds.Length - 1; i++)
        {
            // W4: one separator between two figures is part of the number.
            if (kinds[i] == Kind.Separator && kinds[i - 1] == Kind.Number && kinds[i + 1] == Kind.Number)
                kinds[i] = Kind.Number;
        }
        // W5: so are a percent sign and the like beside it.
        for (int i = 1; i < kinds.Length; i++)
            kinds[i] = kinds[i] == Kind.Terminator && kinds[i - 1] == Kind.Number ? Kind.Number : kinds[i];
        for (int i = kinds.Length - 2; i >= 0; i--)
            kinds[i] = kinds[i] == Kind.Terminator && kinds[i + 1] == Kind.Number ? Kind.Number : kinds[i];
        // W7: a number after a letter that goes to the right goes with it.
        var strong = line;
        for (int i = 0; i < kinds.Length; i++)
        {
            if (kinds[i] is Kind.Left or Kind.Right)
                strong = kinds[i];
            else if (kinds[i] == Kind.Number && strong == Kind.Left)
                kinds[i] = Kind.Left;
        }
        // N1, N2: what is left takes the direction of both its neighbours, or that of the line. A number counts as right.
        for (int i = 0; i < kinds.Length;)
        {
            if (kinds[i] is Kind.Left or Kind.Right or Kind.Number)
            {
                i++;
                continue;
            }
            int end = i;
            while (end < kinds.Length && kinds[end] is not (Kind.Left or Kind.Right or Kind.Number))
                end++;
            var before = i > 0 ? Strong(kinds[i - 1]) : line;
            var after = end < kinds.Length ? Strong(kinds[end]) : line;
            Array.Fill(kinds, before == after ? before : line, i, end - i);
            i = end;
        }

        static Kind Strong(Kind kind) => kind == Kind.Left ? Kind.Left : Kind.Right;
    }

    /// <summary>Rule L2: from the deepest level to the first, every run of that level or deeper is turned round.</summary>
    private static int[] Reordered(int[] levels)
    {
        int[] order = [.. Enumerable.Range(0, levels.Length)];
        for (int level = 2; level >= 1; level--)
        {
            for (int i = 0; i < order.Length;)
            {
                int end = i;
                while (end < order.Length && levels[order[end]] >= level)
                    end++;
                Array.Reverse(order, i, end - i);
                i = Math.Max(end, i + 1);
            }
        }
        return order;
    }

    private static int Mirrored(int code)
    {
        const string Pairs = "()[]{}<>«»‹›≤≥⟨⟩⌊⌋⌈⌉∈∋";
        int at = code <= char.MaxValue ? Pairs.IndexOf((char)code, StringComparison.Ordinal) : -1;
        return at < 0 ? code : Pairs[at ^ 1];
    }
}
