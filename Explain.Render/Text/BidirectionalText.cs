using System.Text;

namespace Explain.Render;

/// <summary>
/// Which parts of a line are read from right to left, and in what order its parts stand, after the Unicode Bidirectional Algorithm (UAX #9,
/// 2024): the direction of the line is that of its first letter; numbers in right-to-left text run from left to right; a pair of brackets
/// has one direction (N0); what is isolated is a line of its own. Explicit embeddings and overrides are passed over as if they were not
/// there.
/// </summary>
internal static class BidirectionalText
{
    private const string Brackets = "()[]{}⟨⟩⟦⟧⌈⌉⌊⌋（）［］｛｝「」『』【】";

    /// <summary>Whether anything may have to be reordered.</summary>
    public static bool IsNeeded(string text)
    {
        foreach (char c in text)
        {
            if (BidirectionalClasses.MayReorder(c))
                return true;
        }
        return false;
    }

    /// <summary>
    /// The level of each UTF-16 unit: even ones are read from left to right, odd ones from right to left. Units of a character, and marks
    /// and their letter, have one level.
    /// </summary>
    public static byte[] Levels(string text)
    {
        var starts = new List<int>();
        var runes = new List<Rune>();
        int at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            starts.Add(at);
            runes.Add(rune);
            at += rune.Utf16SequenceLength;
        }
        var paragraph = new Paragraph(runes);
        paragraph.Resolve(0, runes.Count, parent: 0, direction: null);
        var levels = new byte[text.Length];
        for (int i = 0; i < runes.Count; i++)
            levels.AsSpan(starts[i], runes[i].Utf16SequenceLength).Fill(paragraph.Levels[i]);
        return levels;
    }

    /// <summary>
    /// Rule L2: the order in which runs of the given levels stand from left to right. From the deepest level to the first odd one, every
    /// sequence of that level or deeper is turned round.
    /// </summary>
    public static int[] VisualOrder(ReadOnlySpan<byte> levels)
    {
        int[] order = [.. Enumerable.Range(0, levels.Length)];
        int deepest = 0;
        foreach (byte level in levels)
            deepest = Math.Max(deepest, level);
        for (int level = deepest; level >= 1; level--)
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

    /// <summary>The characters of one line and what has been found about them.</summary>
    private sealed class Paragraph(List<Rune> runes)
    {
        private readonly BidirectionalClass[] _classes = [.. runes.Select(BidirectionalClasses.Of)];

        public byte[] Levels { get; } = new byte[runes.Count];

        /// <summary>
        /// Finds the levels of characters <paramref name="start"/> to <paramref name="end"/>, first those of what is isolated in them.
        /// </summary>
        public void Resolve(int start, int end, int parent, bool? direction)
        {
            var own = new List<int>();
            var inner = new List<(int Start, int End)>();
            for (int i = start; i < end; i++)
            {
                own.Add(i);
                if (_classes[i] != BidirectionalClass.IsolateStart)
                    continue;
                int close = Close(i, end);
                inner.Add((i, close));
                i = close - 1;
            }
            bool rightToLeft = direction ?? FirstStrong(own);
            int level = parent + ((parent % 2 == 1) == rightToLeft ? 0 : 1);
            foreach (var (open, close) in inner)
                Resolve(open + 1, close, level + 1, runes[open].Value switch { 0x2066 => false, 0x2067 => true, _ => null });
            var classes = own.Select(i => _classes[i]).ToArray();
            var line = rightToLeft ? BidirectionalClass.Right : BidirectionalClass.Left;
            Weak(classes, line);
            Pairs(classes, [.. own.Select(i => runes[i].Value)], line);
            Neutrals(classes, line);
            for (int k = 0; k < own.Count; k++)
            {
                Levels[own[k]] = (byte)(level + (classes[k], level % 2) switch
                {
                    (BidirectionalClass.Right, 0) => 1,
                    (BidirectionalClass.Figure or BidirectionalClass.ArabicFigure, 0) => 2,
                    (BidirectionalClass.Right, _) => 0,
                    (_, 1) => 1,
                    _ => 0,
                });
            }
        }

        // The place of the end of what is isolated, or the end of the line.
        private int Close(int open, int end)
        {
            int depth = 0;
            for (int i = open; i < end; i++)
            {
                depth += _classes[i] == BidirectionalClass.IsolateStart ? 1 : _classes[i] == BidirectionalClass.IsolateEnd ? -1 : 0;
                if (depth == 0)
                    return i;
            }
            return end;
        }

        // P2, P3: what is isolated has no say.
        private bool FirstStrong(List<int> own)
        {
            foreach (int i in own)
            {
                if (_classes[i] is BidirectionalClass.Left)
                    return false;
                if (_classes[i] is BidirectionalClass.Right or BidirectionalClass.Arabic)
                    return true;
            }
            return false;
        }
    }

    /// <summary>W1 to W7: numbers and what belongs to them.</summary>
    private static void Weak(BidirectionalClass[] classes, BidirectionalClass line)
    {
        var (before, strong) = (line, line);
        for (int i = 0; i < classes.Length; i++)
        {
            // W1: a mark is what it stands on; W2, W3: figures after Arabic are Arabic, and Arabic letters go from right to left.
            if (classes[i] == BidirectionalClass.Mark)
                classes[i] = before is BidirectionalClass.IsolateStart or BidirectionalClass.IsolateEnd ? BidirectionalClass.Neutral : before;
            if (classes[i] == BidirectionalClass.Figure && strong == BidirectionalClass.Arabic)
                classes[i] = BidirectionalClass.ArabicFigure;
            if (classes[i] is BidirectionalClass.Left or BidirectionalClass.Right or BidirectionalClass.Arabic)
                strong = classes[i];
            before = classes[i];
        }
        for (int i = 0; i < classes.Length; i++)
        {
            if (classes[i] == BidirectionalClass.Arabic)
                classes[i] = BidirectionalClass.Right;
        }
        // W4: one sign or separator between two figures.
        for (int i = 1; i < classes.Length - 1; i++)
        {
            if (classes[i - 1] == classes[i + 1] && (classes[i], classes[i - 1]) is (BidirectionalClass.Separator,
                BidirectionalClass.Figure or BidirectionalClass.ArabicFigure) or (BidirectionalClass.Sign, BidirectionalClass.Figure))
                classes[i] = classes[i - 1];
        }
        // W5: percent signs and the like beside figures. W6: all others are neutral.
        for (int i = 1; i < classes.Length; i++)
        {
            if (classes[i] == BidirectionalClass.Terminator && classes[i - 1] == BidirectionalClass.Figure)
                classes[i] = BidirectionalClass.Figure;
        }
        for (int i = classes.Length - 2; i >= 0; i--)
        {
            if (classes[i] == BidirectionalClass.Terminator && classes[i + 1] == BidirectionalClass.Figure)
                classes[i] = BidirectionalClass.Figure;
        }
        // W7: a number after a letter that goes to the right goes with it.
        strong = line;
        for (int i = 0; i < classes.Length; i++)
        {
            if (classes[i] is BidirectionalClass.Left or BidirectionalClass.Right)
                strong = classes[i];
            else if (classes[i] == BidirectionalClass.Figure && strong == BidirectionalClass.Left)
                classes[i] = BidirectionalClass.Left;
            else if (classes[i] is not (BidirectionalClass.Figure or BidirectionalClass.ArabicFigure))
                classes[i] = BidirectionalClass.Neutral;
        }
    }

    /// <summary>N0: a pair of brackets takes the direction of the line if that is in it, else that of what is in and before it.</summary>
    private static void Pairs(BidirectionalClass[] classes, int[] codes, BidirectionalClass line)
    {
        var open = new Stack<int>();
        var pairs = new List<(int Open, int Close)>();
        for (int i = 0; i < codes.Length; i++)
        {
            int kind = classes[i] == BidirectionalClass.Neutral && codes[i] <= char.MaxValue
                ? Brackets.IndexOf((char)codes[i], StringComparison.Ordinal)
                : -1;
            if (kind < 0)
                continue;
            if (kind % 2 == 0)
                open.Push(i);
            else if (open.Any(at => codes[at] == Brackets[kind - 1]))
            {
                int at;
                do
                    at = open.Pop();
                while (codes[at] != Brackets[kind - 1]);
                pairs.Add((at, i));
            }
        }
        foreach (var (first, last) in pairs.OrderBy(pair => pair.Open))
        {
            var inside = classes[(first + 1)..last].Select(Strong).Where(c => c != BidirectionalClass.Neutral).ToHashSet();
            if (inside.Count == 0)
                continue;
            var direction = line;
            if (!inside.Contains(line))
            {
                int before = first - 1;
                while (before >= 0 && Strong(classes[before]) == BidirectionalClass.Neutral)
                    before--;
                direction = before < 0 ? line : Strong(classes[before]);
            }
            classes[first] = classes[last] = direction;
        }
    }

    /// <summary>N1, N2: what is left takes the direction of both its neighbours, or that of the line. A number counts as right.</summary>
    private static void Neutrals(BidirectionalClass[] classes, BidirectionalClass line)
    {
        for (int i = 0; i < classes.Length;)
        {
            int end = i;
            while (end < classes.Length && classes[end] == BidirectionalClass.Neutral)
                end++;
            if (end == i)
            {
                i++;
                continue;
            }
            var before = i > 0 ? Strong(classes[i - 1]) : line;
            var after = end < classes.Length ? Strong(classes[end]) : line;
            Array.Fill(classes, before == after ? before : line, i, end - i);
            i = end;
        }
    }

    private static BidirectionalClass Strong(BidirectionalClass c) => c switch
    {
        BidirectionalClass.Left or BidirectionalClass.Neutral => c,
        _ => BidirectionalClass.Right,
    };
}
