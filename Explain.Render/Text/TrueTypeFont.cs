using System.Collections.Concurrent;
using System.Text;

namespace Explain.Render;

/// <summary>
/// One face of a TrueType or OpenType file with "glyf" outlines (OpenType specification 1.9). PostScript outlines ("CFF ") and the
/// variations of variable fonts are not supported: the former are refused, of the latter the default instance is used. A damaged glyph
/// counts as missing.
/// </summary>
internal sealed class TrueTypeFont : IFace
{
    private readonly CharacterMap _characters;
    private readonly GlyphTable _outlines;
    private readonly PairKerning? _kerning;
    private readonly FontData _advances;
    private readonly int _advanceCount;
    private readonly ConcurrentDictionary<int, Glyph?> _glyphs = new();
    private readonly ConcurrentDictionary<(int Left, int Right), double> _pairs = new();

    /// <summary>Reads a face.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">The file's name, for messages.</param>
    /// <param name="face">Which face of a collection (.ttc).</param>
    /// <exception cref="FontException">Not a font, not supported, or damaged.</exception>
    public TrueTypeFont(ReadOnlyMemory<byte> bytes, string name, int face = 0)
    {
        var file = new FontData(name, "directory", bytes);
        var tables = Directory(file, name, face);
        FontData Need(string tag) => tables.TryGetValue(tag, out var table)
            ? table
            : throw new FontException($"Font '{name}' has no table '{tag}'. A TrueType font with outlines (.ttf) is needed.");

        if (!tables.ContainsKey("glyf") && (tables.ContainsKey("CFF ") || tables.ContainsKey("CFF2")))
            throw new FontException(
                $"Font '{name}' has PostScript outlines (CFF), which are not supported. Use a font with TrueType outlines (mostly .ttf).");
        FontData head = Need("head"), hhea = Need("hhea"), maxp = Need("maxp");
        UnitsPerEm = head.UInt16(18);
        if (UnitsPerEm is < 16 or > 16384)
            throw head.Damaged($"{UnitsPerEm} units per em, where 16 to 16384 are allowed");
        int glyphs = maxp.UInt16(4);
        _advanceCount = hhea.UInt16(34);
        _advances = Need("hmtx");
        if (_advanceCount == 0 || _advances.Length < 4 * _advanceCount)
            throw _advances.Damaged($"{_advanceCount} advances do not fit into {_advances.Length} bytes");
        _characters = new CharacterMap(Need("cmap"));
        _outlines = new GlyphTable(Need("loca"), Need("glyf"), head.Int16(50) != 0, glyphs);
        _kerning = ReadKerning(tables);
        (Family, Style) = tables.TryGetValue("name", out var names) ? Names(names) : ("", "");
        bool hasOs2 = tables.TryGetValue("OS/2", out var os2);
        IsBold = hasOs2 && os2.Length >= 64 ? os2.UInt16(4) >= 600 || (os2.UInt16(62) & 0x20) != 0 : (head.UInt16(44) & 1) != 0;
        IsItalic = hasOs2 && os2.Length >= 64 ? (os2.UInt16(62) & 1) != 0 : (head.UInt16(44) & 2) != 0;
        LineMetrics = (hhea.Int16(4) / UnitsPerEm, -hhea.Int16(6) / UnitsPerEm);
        double capHeight = hasOs2 && os2.Length >= 90 && os2.UInt16(0) >= 2 ? os2.Int16(88) / UnitsPerEm : 0;
        CapHeight = capHeight > 0 ? capHeight : HeightOf('H') ?? 0.7;
    }

    public string Family { get; }

    /// <summary>"Regular", "Bold", …</summary>
    public string Style { get; }

    public bool IsBold { get; }

    public bool IsItalic { get; }

    public double UnitsPerEm { get; }

    public double CapHeight { get; }

    public (double Ascent, double Descent) LineMetrics { get; }

    /// <summary>Reads every face of a file; those that cannot be used are left out.</summary>
    /// <exception cref="FontException">No face can be used.</exception>
    public static IReadOnlyList<TrueTypeFont> ReadFile(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new FontException($"Font '{path}' cannot be read: {e.Message}", e);
        }
        var file = new FontData(path, "directory", bytes);
        bool collection = bytes.Length >= 12 && file.Tag(0) == "ttcf";
        if (!collection)
            return [new TrueTypeFont(bytes, path)];
        var faces = new List<TrueTypeFont>();
        FontException? last = null;
        for (int i = 0; i < Math.Min(file.UInt32(8), 64); i++)
        {
            try
            {
                faces.Add(new TrueTypeFont(bytes, path, i));
            }
            catch (FontException e)
            {
                last = e;
            }
        }
        return faces.Count > 0 ? faces : throw last ?? new FontException($"Font '{path}' is an empty collection.");
    }

    /// <summary>Of a file, or of the first face of a collection, only what characters it has; null where it cannot be used.</summary>
    public static CharacterMap? ReadCharacters(string path)
    {
        const int Longest = 1 << 24;
        try
        {
            using var file = File.OpenHandle(path);
            FontData Read(long at, long count, string table)
            {
                var bytes = new byte[Math.Min(count, Longest)];
                return new FontData(path, table, bytes.AsMemory(0, RandomAccess.Read(file, bytes, at)));
            }

            var header = Read(0, 16, "directory");
            long start = header.Tag(0) == "ttcf" ? header.UInt32(12) : 0;
            var directory = Read(start, 12 + (16L * Read(start, 12, "directory").UInt16(4)), "directory");
            (long At, long Count)? characters = null;
            bool outlines = false;
            for (long record = 12; record < directory.Length; record += 16)
            {
                if (directory.Tag(record) == "cmap") characters = (directory.UInt32(record + 8), directory.UInt32(record + 12));
                outlines |= directory.Tag(record) == "glyf";
            }
            return outlines && characters is { } map ? new CharacterMap(Read(map.At, map.Count, "cmap")) : null;
        }
        catch (Exception e) when (e is FontException or IOException or UnauthorizedAccessException or NotSupportedException
            or ArgumentException)
        {
            return null;
        }
    }

    public Glyph? Find(int codePoint) => _glyphs.GetOrAdd(codePoint, Read);

    public double Kern(int left, int right)
    {
        if (_kerning is null)
            return 0;
        return _pairs.GetOrAdd((left, right), pair =>
        {
            try
            {
                int a = _characters.Glyph(pair.Left), b = _characters.Glyph(pair.Right);
                return a == 0 || b == 0 ? 0 : _kerning.Between(a, b) / UnitsPerEm;
            }
            catch (FontException)
            {
                return 0;
            }
        });
    }

    private Glyph? Read(int codePoint)
    {
        try
        {
            int glyph = _characters.Glyph(codePoint);
            if (glyph == 0)
                return null;
            double advance = _advances.UInt16(4L * Math.Min(glyph, _advanceCount - 1)) / UnitsPerEm;
            return new Glyph(advance, _outlines.Outline(glyph, UnitsPerEm));
        }
        catch (FontException)
        {
            return null;
        }
    }

    private double? HeightOf(int codePoint) =>
        Find(codePoint) is { Outline.Points.Count: > 0 } glyph ? glyph.Outline.Points.Max(p => -p.Y) : null;

    private static Dictionary<string, FontData> Directory(FontData file, string name, int face)
    {
        if (file.Length < 12)
            throw new FontException($"Font '{name}' is not a font: it has {file.Length} bytes.");
        long at = 0;
        if (file.Tag(0) == "ttcf")
        {
            if (face >= file.UInt32(8))
                throw new FontException($"Font '{name}' has {file.UInt32(8)} faces; face {face} is asked for.");
            at = file.UInt32(12 + (4L * face));
        }
        if (file.UInt32(at) is 0x774F4646 or 0x774F4632)
            throw new FontException(
                $"Font '{name}' is a web font (WOFF), which is compressed and not supported. Use the .ttf file that it was made from.");
        if (file.UInt32(at) is not (0x00010000 or 0x74727565 or 0x4F54544F))
            throw new FontException($"Font '{name}' is not a TrueType or OpenType font: it begins with 0x{file.UInt32(at):X8}.");
        var tables = new Dictionary<string, FontData>();
        int count = file.UInt16(at + 4);
        for (int i = 0; i < count; i++)
        {
            long record = at + 12 + (16L * i);
            string tag = file.Tag(record);
            // Only what is used: a damaged table of another kind does no harm.
            if (tag is "head" or "hhea" or "hmtx" or "maxp" or "cmap" or "loca" or "glyf" or "kern" or "GPOS" or "OS/2" or "name" or "CFF "
                or "CFF2")
                tables[tag] = file.Table(tag, file.UInt32(record + 8), file.UInt32(record + 12));
        }
        return tables;
    }

    // Kerning is a refinement: a font whose kerning is damaged is set without.
    private static PairKerning? ReadKerning(Dictionary<string, FontData> tables)
    {
        try
        {
            return new PairKerning(tables.GetValueOrDefault("GPOS"), tables.GetValueOrDefault("kern"));
        }
        catch (FontException)
        {
            return null;
        }
    }

    // Identifiers 1 and 2: family and style; 16 and 17, where there are any, keep families of many weights together.
    private static (string Family, string Style) Names(FontData names)
    {
        var found = new Dictionary<int, string>();
        int count = names.UInt16(2), strings = names.UInt16(4);
        for (int i = 0; i < count; i++)
        {
            long at = 6 + (12L * i);
            int platform = names.UInt16(at), language = names.UInt16(at + 4), id = names.UInt16(at + 6);
            if (id is not (1 or 2 or 16 or 17) || (platform == 3 && language != 0x409) || platform is not (0 or 1 or 3))
                continue;
            var text = names.Span(strings + names.UInt16(at + 10), names.UInt16(at + 8));
            if (platform != 1 || !found.ContainsKey(id))
                found[id] = platform == 1 ? Encoding.Latin1.GetString(text) : Encoding.BigEndianUnicode.GetString(text);
        }
        return (
            found.GetValueOrDefault(16) ?? found.GetValueOrDefault(1) ?? "",
            found.GetValueOrDefault(17) ?? found.GetValueOrDefault(2) ?? "");
    }
}
