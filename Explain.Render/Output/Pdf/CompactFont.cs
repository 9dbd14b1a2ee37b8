using System.Buffers.Binary;
using System.Text;

namespace Explain.Render;

/// <summary>
/// Outlines as a font program in the Compact Font Format (Adobe Technical Note 5176, 2003; charstrings: 5177, 2000), keyed by number, 1000
/// units to the em, without hints: what a PDF embeds, so that its text can be searched, selected and drawn by the reader's own glyph cache,
/// whatever typeface the outlines came from.
/// </summary>
internal static class CompactFont
{
    private const int UnitsPerEm = 1000;

    /// <summary>Strings of the standard come first; our own are numbered from here.</summary>
    private const int OwnStrings = 391;

    /// <summary>The font program; glyph 0, the one that is missing, is empty and not among <paramref name="glyphs"/>.</summary>
    public static byte[] Write(string name, IReadOnlyList<Glyph> glyphs)
    {
        byte[] header = [1, 0, 4, 2];
        byte[] names = Index([Encoding.ASCII.GetBytes(name)]);
        byte[] strings = Index(["Adobe"u8.ToArray(), "Identity"u8.ToArray()]);
        byte[] subroutines = Index([]);
        byte[] charset = [2, 0, 1, .. Word(glyphs.Count - 1)];
        byte[] select = [3, 0, 1, 0, 0, 0, .. Word(glyphs.Count + 1)];
        byte[] outlines = Index([[0x0E], .. glyphs.Select(Charstring)]);
        // Offsets are written with five bytes each, so that the length of what holds them is known beforehand.
        int TopLength() => Index([Top(0, 0, 0, 0, glyphs.Count + 1)]).Length;
        int charsetAt = header.Length + names.Length + TopLength() + strings.Length + subroutines.Length;
        int selectAt = charsetAt + charset.Length, outlinesAt = selectAt + select.Length, dictionariesAt = outlinesAt + outlines.Length;
        int dictionaryLength = Index([Private(0)]).Length;
        byte[] top = Index([Top(charsetAt, selectAt, outlinesAt, dictionariesAt, glyphs.Count + 1)]);
        return
        [
            .. header, .. names, .. top, .. strings, .. subroutines, .. charset, .. select, .. outlines,
            .. Index([Private(dictionariesAt + dictionaryLength)]), .. Defaults,
        ];
    }

    // ROS (Adobe-Identity-0), CIDCount, charset, FDSelect, CharStrings, FDArray.
    private static byte[] Top(int charset, int select, int outlines, int dictionaries, int count) =>
        [
            .. Whole(OwnStrings), .. Whole(OwnStrings + 1), .. Whole(0), 12, 30, .. Whole(count), 12, 34, .. Whole(charset), 15,
            .. Whole(select), 12, 37, .. Whole(outlines), 17, .. Whole(dictionaries), 12, 36,
        ];

    private static byte[] Private(int at) => [.. Whole(Defaults.Length), .. Whole(at), 18];

    // The private dictionary: a default advance of 0, and no hints. Every charstring states its advance.
    private static byte[] Defaults => [139, 20];

    private static byte[] Index(IReadOnlyList<byte[]> items)
    {
        if (items.Count == 0)
            return [0, 0];
        var index = new List<byte>([.. Word(items.Count), 4]);
        int at = 1;
        foreach (var item in items.Append([]))
        {
            index.AddRange(Long(at));
            at += item.Length;
        }
        foreach (var item in items)
            index.AddRange(item);
        return [.. index];
    }

    /// <summary>
    /// Advance, then contours of relative steps. Points are rounded where they lie, so that no error grows along a contour.
    /// </summary>
    private static byte[] Charstring(Glyph glyph)
    {
        var code = new List<byte>(Number((int)Units(glyph.Advance)));
        (long X, long Y) at = default;
        void Steps(byte command, params ReadOnlySpan<Point> points)
        {
            foreach (var p in points)
            {
                var to = (X: Units(p.X), Y: Units(-p.Y));
                code.AddRange([.. Number((int)(to.X - at.X)), .. Number((int)(to.Y - at.Y))]);
                at = to;
            }
            code.Add(command);
        }

        int next = 0;
        Point current = default;
        foreach (var verb in glyph.Outline.Verbs)
        {
            var points = glyph.Outline.Points;
            switch (verb)
            {
                case PathVerb.Move:
                    Steps(21, points[next]);
                    next++;
                    break;
                case PathVerb.Line:
                    Steps(5, points[next]);
                    next++;
                    break;
                case PathVerb.Quad:
                    Steps(8, Between(current, points[next]), Between(points[next + 1], points[next]), points[next + 1]);
                    next += 2;
                    break;
                case PathVerb.Cubic:
                    Steps(8, points[next], points[next + 1], points[next + 2]);
                    next += 3;
                    break;
                default:
                    // A contour is closed by the next one, or by the end.
                    break;
            }
            if (next > 0)
                current = points[next - 1];
        }
        code.Add(14);
        return [.. code];
    }

    /// <summary>
    /// A control point of the cubic that is the same curve as a quadratic with the control point <paramref name="control"/>.
    /// </summary>
    private static Point Between(Point end, Point control) =>
        new(end.X + ((control.X - end.X) * 2 / 3), end.Y + ((control.Y - end.Y) * 2 / 3));

    private static long Units(double share) =>
        double.IsFinite(share) ? (long)Math.Round(Math.Clamp(share, -15, 15) * UnitsPerEm, MidpointRounding.AwayFromZero) : 0;

    // A number in a charstring, in one, two or three bytes.
    private static byte[] Number(int value) => value switch
    {
        >= -107 and <= 107 => [(byte)(value + 139)],
        >= 108 and <= 1131 => [(byte)(247 + ((value - 108) >> 8)), (byte)(value - 108)],
        >= -1131 and <= -108 => [(byte)(251 + ((-value - 108) >> 8)), (byte)(-value - 108)],
        _ => [28, .. Word(value)],
    };

    private static byte[] Whole(int value) => [29, .. Long(value)];

    private static byte[] Word(int value)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteInt16BigEndian(bytes, (short)value);
        return bytes;
    }

    private static byte[] Long(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
