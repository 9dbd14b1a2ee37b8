using System.Buffers.Binary;
using System.Text;

namespace Explain.Render.Tests.Text;

/// <summary>
/// A font file put together by hand. 1000 units to the em; glyphs: 0 missing, 1 'A' a square of 500 with corner (100, 0), 2 'B' a diamond
/// of control points only, 3 'C' composite: the square moved by (200, 300) and the square at half size, 4 U+1F600 an empty glyph. Advances
/// 500, 700, 600, 650, 900.
/// </summary>
internal sealed class TinyFont
{
    public Dictionary<string, byte[]> Tables { get; } = new()
    {
        ["head"] = Head(),
        ["hhea"] = Hhea(),
        ["maxp"] = Words(0, 0x5000, 5),
        ["hmtx"] = Words(500, 0, 700, 100, 600, 0, 650, 0, 900, 0),
        ["cmap"] = Cmap(Format4(('A', 1), ('B', 2), ('C', 3)), Format12((0x41, 0x43, 1), (0x1F600, 0x1F600, 4))),
        ["kern"] = [.. Words(0, 1), .. Words(0, 14 + 6, 1), .. Words(1, 6, 0, 0), .. Words(1, 2, -80)],
        ["name"] = Name((1, "Tiny"), (2, "Regular")),
        ["OS/2"] = Os2(400, 500),
    };

    public TinyFont()
    {
        byte[][] glyphs = [Square(), Square(), Diamond(), Composite(), []];
        var loca = new List<int> { 0 };
        foreach (var glyph in glyphs)
            loca.Add(loca[^1] + glyph.Length);
        Tables["loca"] = [.. loca.SelectMany(offset => Words(offset / 2))];
        Tables["glyf"] = [.. glyphs.SelectMany(g => g)];
    }

    /// <summary>A typeface of fonts put together by hand.</summary>
    public static Typeface Face(TinyFont regular, TinyFont? bold = null, FontFallback? fallback = null) =>
        new(new FontFamily(regular.Read(), new Lazy<ShapingFont?>(() => bold?.Read())), fallback);

    /// <summary>The font as text is set in it.</summary>
    public ShapingFont Read() => ShapingFont.ReadPinned(Pinned(Bytes()), "tiny")[0];

    private static byte[] Pinned(byte[] bytes)
    {
        byte[] pinned = GC.AllocateUninitializedArray<byte>(bytes.Length, pinned: true);
        bytes.CopyTo(pinned, 0);
        return pinned;
    }

    public byte[] Bytes(uint signature = 0x00010000)
    {
        var file = new List<byte>();
        file.AddRange(Long(signature));
        file.AddRange(Words(Tables.Count, 0, 0, 0));
        int at = 12 + (16 * Tables.Count);
        foreach (var (tag, data) in Tables)
        {
            file.AddRange(Encoding.ASCII.GetBytes(tag));
            file.AddRange(Long(0));
            file.AddRange(Long((uint)at));
            file.AddRange(Long((uint)data.Length));
            at += data.Length;
        }
        foreach (var data in Tables.Values)
            file.AddRange(data);
        return [.. file];
    }

    public static byte[] Words(params ReadOnlySpan<int> values)
    {
        var bytes = new byte[2 * values.Length];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2 * i), unchecked((ushort)values[i]));
        return bytes;
    }

    public static byte[] Long(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    public static byte[] Cmap(params byte[][] maps)
    {
        var bytes = new List<byte>(Words(0, maps.Length));
        int at = 4 + (8 * maps.Length);
        foreach (var map in maps)
        {
            bytes.AddRange(Words(3, map[1] == 12 ? 10 : 1));
            bytes.AddRange(Long((uint)at));
            at += map.Length;
        }
        return [.. bytes, .. maps.SelectMany(m => m)];
    }

    public static byte[] Format4(params (char Code, int Glyph)[] map)
    {
        int segments = map.Length + 1;
        var (ends, starts, deltas, offsets) = (new List<int>(), new List<int>(), new List<int>(), new List<int>());
        foreach (var (code, glyph) in map)
        {
            ends.Add(code);
            starts.Add(code);
            deltas.Add(glyph - code);
            offsets.Add(0);
        }
        ends.Add(0xFFFF);
        starts.Add(0xFFFF);
        deltas.Add(1);
        offsets.Add(0);
        return Words([4, 16 + (8 * segments), 0, 2 * segments, 0, 0, 0, .. ends, 0, .. starts, .. deltas, .. offsets]);
    }

    public static byte[] Format12(params (uint First, uint Last, uint Glyph)[] groups) =>
        [
            .. Words(12, 0),
            .. Long(16 + (12 * (uint)groups.Length)),
            .. Long(0),
            .. Long((uint)groups.Length),
            .. groups.SelectMany(g => (byte[])[.. Long(g.First), .. Long(g.Last), .. Long(g.Glyph)]),
        ];

    /// <summary>A table GPOS with one lookup of pair adjustments for the feature "kern".</summary>
    public static byte[] Gpos(byte[] subtable, bool extension)
    {
        byte[] scripts = [.. Words(1), .. "latn"u8, .. Words(8), .. Words(4, 0), .. Words(0, 0xFFFF, 1, 0)];
        byte[] features = [.. Words(1), .. "kern"u8, .. Words(8), .. Words(0, 1, 0)];
        byte[] behind = extension ? [.. Words(1, 2), .. Long(8), .. subtable] : subtable;
        byte[] lookups = [.. Words(1, 4), .. Words(extension ? 9 : 2, 0, 1, 8), .. behind];
        return [.. Words(1, 0, 10, 10 + scripts.Length, 10 + scripts.Length + features.Length), .. scripts, .. features, .. lookups];
    }

    public static byte[] Name(params (int Id, string Text)[] names)
    {
        var strings = new List<byte>();
        var records = new List<byte>(Words(0, names.Length, 6 + (12 * names.Length)));
        foreach (var (id, text) in names)
        {
            var bytes = Encoding.BigEndianUnicode.GetBytes(text);
            records.AddRange(Words(3, 1, 0x409, id, bytes.Length, strings.Count));
            strings.AddRange(bytes);
        }
        return [.. records, .. strings];
    }

    public static byte[] Os2(int weight, int capHeight)
    {
        var bytes = new byte[96];
        Words(4).CopyTo(bytes, 0);
        Words(weight).CopyTo(bytes, 4);
        Words(capHeight).CopyTo(bytes, 88);
        return bytes;
    }

    private static byte[] Head()
    {
        var bytes = new byte[54];
        Words(1, 0).CopyTo(bytes, 0);
        Long(0x5F0F3CF5).CopyTo(bytes, 12);
        Words(1000).CopyTo(bytes, 18);
        return bytes;
    }

    private static byte[] Hhea()
    {
        var bytes = new byte[36];
        Words(1, 0).CopyTo(bytes, 0);
        Words(900, -250).CopyTo(bytes, 4);
        Words(5).CopyTo(bytes, 34);
        return bytes;
    }

    // Clockwise from the lower left, all points on the curve; the second flag repeats; the last byte makes the length even.
    private static byte[] Square() =>
        [.. Words(1, 100, 0, 600, 500), .. Words(3), .. Words(0), 1, 9, 2, .. Words(100, 0, 500, 0), .. Words(0, 500, 0, -500), 0];

    private static byte[] Diamond() =>
        [.. Words(1, 0, 0, 400, 400), .. Words(3), .. Words(0), 8, 3, .. Words(0, 200, 200, -200), .. Words(200, 200, -200, -200)];

    private static byte[] Composite() =>
        [.. Words(-1, 0, 0, 0, 0), .. Words(0x0001 | 0x0002 | 0x0020, 1, 200, 300), .. Words(0x0002 | 0x0008, 1), 0, 0, .. Words(0x2000)];
}
