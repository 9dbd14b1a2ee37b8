namespace Explain.Render;

/// <summary>
/// Space between pairs of glyphs: the lookups of the feature "kern" in the table "GPOS" (pair adjustment, formats 1 and 2, also behind
/// extension lookups), else the table "kern" (format 0). Of an adjustment only the first glyph's advance counts.
/// </summary>
internal sealed class PairKerning
{
    // More than any real font has.
    private const int MaxSubtables = 4096;

    private readonly List<List<FontData>> _lookups = [];
    private readonly List<FontData> _kern = [];

    public PairKerning(FontData gpos, FontData kern)
    {
        if (!gpos.IsEmpty)
            ReadPositioning(gpos);
        if (_lookups.Count == 0 && !kern.IsEmpty)
            ReadKern(kern);
    }

    /// <summary>Font units to add to the advance of <paramref name="left"/>.</summary>
    public int Between(int left, int right)
    {
        int sum = 0;
        foreach (var lookup in _lookups)
        {
            // The first subtable that covers the pair decides for its lookup.
            foreach (var subtable in lookup)
            {
                if (Pair(subtable, left, right) is { } value)
                {
                    sum += value;
                    break;
                }
            }
        }
        foreach (var table in _kern)
            sum += Search(table, table.UInt16(0), 8, 6, ((long)left << 16) | (uint)right, at => table.UInt32(at)) is { } at
                ? table.Int16(at + 4)
                : 0;
        return sum;
    }

    private void ReadKern(FontData kern)
    {
        int tables = kern.UInt16(0) == 0 ? kern.UInt16(2) : 0;
        long at = 4;
        for (int i = 0; i < tables; i++)
        {
            int length = kern.UInt16(at + 2), coverage = kern.UInt16(at + 4);
            // Format 0, horizontal, neither minimum values nor cross-stream.
            if (coverage >> 8 == 0 && (coverage & 7) == 1)
                _kern.Add(kern.From(at + 6));
            // Tables longer than 64 KB give a length that has wrapped; such a table is the only one.
            at += Math.Max(length, 6);
            if (at + 6 > kern.Length)
                break;
        }
    }

    private void ReadPositioning(FontData gpos)
    {
        FontData scripts = gpos.From(gpos.UInt16(4)), features = gpos.From(gpos.UInt16(6)), lookups = gpos.From(gpos.UInt16(8));
        var numbers = new SortedSet<int>();
        if (DefaultLanguage(scripts) is { } language)
        {
            for (int i = 0; i < language.UInt16(4); i++)
            {
                int feature = language.UInt16(6 + (2 * i));
                if (features.Tag(2 + (6L * feature)) != "kern")
                    continue;
                var table = features.From(features.UInt16(6 + (6L * feature)));
                for (int k = 0; k < table.UInt16(2); k++)
                    numbers.Add(table.UInt16(4 + (2 * k)));
            }
        }
        int total = 0;
        foreach (int number in numbers)
        {
            var lookup = lookups.From(lookups.UInt16(2 + (2L * number)));
            var subtables = new List<FontData>();
            for (int i = 0; i < lookup.UInt16(4) && total < MaxSubtables; i++, total++)
            {
                int type = lookup.UInt16(0);
                var subtable = lookup.From(lookup.UInt16(6 + (2 * i)));
                if (type == 9)
                {
                    type = subtable.UInt16(2);
                    subtable = subtable.From(subtable.UInt32(4));
                }
                if (type == 2)
                    subtables.Add(subtable);
            }
            if (subtables.Count > 0)
                _lookups.Add(subtables);
        }
    }

    // Latin, else the default script, else the first.
    private static FontData? DefaultLanguage(FontData scripts)
    {
        int count = scripts.UInt16(0), chosen = count > 0 ? 0 : -1, rank = 0;
        for (int i = 0; i < count; i++)
        {
            int r = scripts.Tag(2 + (6 * i)) switch { "latn" => 2, "DFLT" => 1, _ => 0 };
            if (r > rank)
                (chosen, rank) = (i, r);
        }
        if (chosen < 0)
            return null;
        var script = scripts.From(scripts.UInt16(6 + (6 * chosen)));
        int language = script.UInt16(0);
        return language == 0 ? null : script.From(language);
    }

    private static int? Pair(FontData table, int left, int right)
    {
        if (Coverage(table.From(table.UInt16(2)), left) is not { } index)
            return null;
        int format = table.UInt16(0), first = table.UInt16(4), second = table.UInt16(6);
        int size1 = 2 * System.Numerics.BitOperations.PopCount((uint)first),
            size2 = 2 * System.Numerics.BitOperations.PopCount((uint)second);
        // The advance comes after the placements, where there are any.
        int advanceAt = 2 * System.Numerics.BitOperations.PopCount((uint)first & 3);
        bool hasAdvance = (first & 4) != 0;
        if (format == 1)
        {
            if (index >= table.UInt16(8))
                return null;
            var set = table.From(table.UInt16(10 + (2L * index)));
            int size = 2 + size1 + size2;
            return Search(set, set.UInt16(0), 2, size, right, at => set.UInt16(at)) is { } at
                ? (hasAdvance ? set.Int16(at + 2 + advanceAt) : 0)
                : null;
        }
        if (format != 2)
            return null;
        int class1 = Class(table.From(table.UInt16(8)), left), class2 = Class(table.From(table.UInt16(10)), right),
            classes2 = table.UInt16(14);
        if (class1 >= table.UInt16(12) || class2 >= classes2)
            return null;
        long record = 16 + ((((long)class1 * classes2) + class2) * (size1 + size2));
        return hasAdvance ? table.Int16(record + advanceAt) : 0;
    }

    private static int? Coverage(FontData table, int glyph)
    {
        int count = table.UInt16(2);
        if (table.UInt16(0) == 1)
            return Search(table, count, 4, 2, glyph, at => table.UInt16(at)) is { } at ? (int)((at - 4) / 2) : null;
        return Range(table, count, 4, glyph) is { } range ? table.UInt16(range + 4) + glyph - table.UInt16(range) : null;
    }

    private static int Class(FontData table, int glyph)
    {
        if (table.UInt16(0) == 1)
        {
            int index = glyph - table.UInt16(2);
            return index >= 0 && index < table.UInt16(4) ? table.UInt16(6 + (2L * index)) : 0;
        }
        return Range(table, table.UInt16(2), 4, glyph) is { } range ? table.UInt16(range + 4) : 0;
    }

    // Where the record with this key starts, in records sorted by key.
    private static long? Search(FontData table, int count, long from, int size, long key, Func<long, long> keyAt)
    {
        int low = 0, high = Math.Min(count, table.Length / size) - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            long at = from + ((long)middle * size), found = keyAt(at);
            if (found == key)
                return at;
            if (found < key)
                low = middle + 1;
            else
                high = middle - 1;
        }
        return null;
    }

    // Where the record (first, last, value) that holds the glyph starts.
    private static long? Range(FontData table, int count, long from, int glyph)
    {
        int low = 0, high = count - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            long at = from + (6L * middle);
            if (glyph < table.UInt16(at))
                high = middle - 1;
            else if (glyph > table.UInt16(at + 2))
                low = middle + 1;
            else
                return at;
        }
        return null;
    }
}
