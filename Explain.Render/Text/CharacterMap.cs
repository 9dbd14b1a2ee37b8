namespace Explain.Render;

/// <summary>The table "cmap": from code points to glyph numbers. Formats 4 (the first 65,536 code points) and 12 (all).</summary>
internal sealed class CharacterMap
{
    private readonly FontData _map;
    private readonly int _format;

    public CharacterMap(FontData cmap)
    {
        int count = cmap.UInt16(2), best = 0;
        for (int i = 0; i < count; i++)
        {
            int platform = cmap.UInt16(4 + (8 * i)), encoding = cmap.UInt16(6 + (8 * i));
            bool unicode = platform == 0 || (platform == 3 && encoding is 1 or 10);
            var map = cmap.From(cmap.UInt32(8 + (8 * i)));
            int format = map.UInt16(0);
            if (!unicode || format is not (4 or 12) || format <= best)
                continue;
            best = format;
            _map = map;
        }
        _format = best;
        if (best == 0)
            throw cmap.Damaged("it has no Unicode map of format 4 or 12");
    }

    /// <summary>The glyph's number; 0 where there is none.</summary>
    public int Glyph(int codePoint) => _format == 12 ? Format12(codePoint) : Format4(codePoint);

    private int Format12(int code)
    {
        long low = 0, high = _map.UInt32(12) - 1;
        while (low <= high)
        {
            long middle = (low + high) / 2, at = 16 + (12 * middle);
            if (code < _map.UInt32(at))
                high = middle - 1;
            else if (code > _map.UInt32(at + 4))
                low = middle + 1;
            else
                return (int)Math.Min(_map.UInt32(at + 8) + (code - _map.UInt32(at)), ushort.MaxValue);
        }
        return 0;
    }

    private int Format4(int code)
    {
        if (code > 0xFFFF)
            return 0;
        int doubled = _map.UInt16(6) & ~1, segments = doubled / 2, low = 0, high = segments - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (code > _map.UInt16(14 + (2 * middle)))
                low = middle + 1;
            else
                high = middle;
        }
        if (segments == 0 || code > _map.UInt16(14 + (2 * low)))
            return 0;
        // After the ends and a word of padding: the starts, the deltas and the offsets, each as long.
        int startAt = 16 + doubled + (2 * low), start = _map.UInt16(startAt);
        if (code < start)
            return 0;
        int delta = _map.UInt16(startAt + doubled), offsetAt = startAt + (2 * doubled), offset = _map.UInt16(offsetAt);
        if (offset == 0)
            return (code + delta) & 0xFFFF;
        int glyph = _map.UInt16(offsetAt + offset + (2 * (code - start)));
        return glyph == 0 ? 0 : (glyph + delta) & 0xFFFF;
    }
}
