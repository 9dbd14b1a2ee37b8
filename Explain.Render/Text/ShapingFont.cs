using System.Buffers.Binary;
using System.Runtime.InteropServices;
using HarfBuzzSharp;

namespace Explain.Render;

/// <summary>
/// One font as HarfBuzz reads it, in font units, unhinted: which characters it has, how tall they are, and a line of it shaped. May be used
/// by several threads at once.
/// </summary>
#pragma warning disable CA1001 // It lives as long as lines are set in it, which nobody knows the end of; finalisers free it.
internal sealed class ShapingFont
#pragma warning restore CA1001
{
    // Offsets of the tables "OS/2" and "head" (OpenType 1.9.1).
    private const int WeightAt = 4;
    private const int Heavy = 600;
    private const int SelectionAt = 62;
    private const int StyleAt = 44;

    private readonly Font _font;

    // Held, because what HarfBuzz reads from goes with the managed objects that were made of it.
    private readonly Blob _blob;
    private readonly Face _face;

    private ShapingFont(Blob blob, Face face, string file, int index, Func<byte[]> read)
    {
        // HarfBuzz says the same of a font from any thread once nothing of it can change.
        face.MakeImmutable();
        (_blob, _face) = (blob, face);
        _font = new Font(face);
        _font.SetFunctionsOpenType();
        UnitsPerEm = face.UnitsPerEm;
        Program = new FontProgram(FontNames.Family(face) ?? Path.GetFileNameWithoutExtension(file), file, index, read);
        (IsBold, IsItalic) = Style(face);
    }

    /// <summary>What an output draws its glyphs with.</summary>
    public FontProgram Program { get; }

    /// <summary>Units of an em.</summary>
    public int UnitsPerEm { get; }

    /// <summary>Whether it says that it is bold.</summary>
    public bool IsBold { get; }

    /// <summary>Whether it says that it is slanted.</summary>
    public bool IsItalic { get; }

    /// <summary>Height of capitals as a share of the em.</summary>
    public double CapHeight => _font.OpenTypeMetrics.TryGetPosition(OpenTypeMetricsTag.CapHeight, out int height) && height > 0
        ? (double)height / UnitsPerEm
        : 0.7;

    /// <summary>Top and bottom of a line as shares of the em, both positive.</summary>
    public (double Ascent, double Descent) LineMetrics => _font.TryGetHorizontalFontExtents(out var extents)
        ? ((double)extents.Ascender / UnitsPerEm, -(double)extents.Descender / UnitsPerEm)
        : (0.95, 0.25);

    /// <summary>The fonts of a file.</summary>
    /// <exception cref="FontException">The file cannot be read, or it is not a font.</exception>
    public static IReadOnlyList<ShapingFont> ReadFile(string path)
    {
        Blob blob;
        try
        {
            blob = Blob.FromFile(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException or ArgumentException)
        {
            throw new FontException($"Font '{path}' cannot be read: {e.Message}", e);
        }
        return Read(blob, path, () => File.ReadAllBytes(path));
    }

    /// <summary>The fonts of a file in memory.</summary>
    /// <param name="bytes">The file, allocated as pinned: HarfBuzz reads from it as long as its fonts live.</param>
    /// <param name="name">Where it is from, for messages.</param>
    /// <exception cref="FontException">It is not a font.</exception>
    public static IReadOnlyList<ShapingFont> ReadPinned(byte[] bytes, string name) =>
        Read(new Blob(Marshal.UnsafeAddrOfPinnedArrayElement(bytes, 0), bytes.Length, MemoryMode.ReadOnly), name, () => bytes);

    /// <summary>Whether it has a character, with a shape where the character is meant to be seen.</summary>
    public bool Has(int codePoint) => _font.TryGetNominalGlyph(codePoint, out uint glyph) && glyph != 0
        && (System.Text.Rune.IsWhiteSpace(new System.Text.Rune(codePoint)) || IsDrawn(glyph));

    /// <summary>Shapes one run and appends its glyphs.</summary>
    /// <param name="line">The whole line, so that letters know their neighbours beyond the run.</param>
    /// <param name="start">Where the run begins.</param>
    /// <param name="length">Its length in UTF-16 units.</param>
    /// <param name="script">Its script.</param>
    /// <param name="rightToLeft">Its direction.</param>
    /// <param name="x">Where it begins in the line, in ems.</param>
    /// <returns>The glyphs, and where the run ends, in ems.</returns>
    public (GlyphRun Run, double End) Shape(string line, int start, int length, Script script, bool rightToLeft, double x)
    {
        using var buffer = new HarfBuzzSharp.Buffer();
        buffer.AddUtf16(line, start, length);
        buffer.Direction = rightToLeft ? Direction.RightToLeft : Direction.LeftToRight;
        buffer.Script = script;
        // Named, because HarfBuzz would ask the machine for its own.
        buffer.Language = Language;
        _font.Shape(buffer);
        var infos = buffer.GetGlyphInfoSpan();
        var positions = buffer.GetGlyphPositionSpan();
        var glyphs = new ushort[infos.Length];
        var origins = new Point[infos.Length];
        var clusters = new int[infos.Length];
        double unit = 1.0 / UnitsPerEm;
        long at = 0;
        for (int i = 0; i < infos.Length; i++)
        {
            glyphs[i] = (ushort)infos[i].Codepoint;
            clusters[i] = (int)infos[i].Cluster - start;
            origins[i] = new Point(x + ((at + positions[i].XOffset) * unit), -positions[i].YOffset * unit);
            at += positions[i].XAdvance;
        }
        return (new GlyphRun(Program, line.Substring(start, length), glyphs, origins, clusters), x + (at * unit));
    }

    private static readonly Language Language = new("en");

    private bool IsDrawn(uint glyph) => _font.TryGetGlyphExtents(glyph, out var extents) && extents.Width != 0;

    private static List<ShapingFont> Read(Blob blob, string name, Func<byte[]> read)
    {
        blob.MakeImmutable();
        var fonts = new List<ShapingFont>();
        for (int i = 0; i < blob.FaceCount; i++)
        {
            var face = new Face(blob, i);
            if (face.GlyphCount > 0 && face.Tables.Contains(CharacterMap))
                fonts.Add(new ShapingFont(blob, face, name, i, read));
        }
        return fonts.Count > 0
            ? fonts
            : throw new FontException($"Font '{name}' is damaged or not a font. Give a .ttf, .otf, .ttc or .otc file.");
    }

    private static readonly Tag CharacterMap = Tag.Parse("cmap");

    private static (bool Bold, bool Italic) Style(Face face)
    {
        using var os2 = face.ReferenceTable(Tag.Parse("OS/2"));
        if (os2.Length >= SelectionAt + 2)
        {
            int selection = BinaryPrimitives.ReadUInt16BigEndian(os2.AsSpan()[SelectionAt..]),
                weight = BinaryPrimitives.ReadUInt16BigEndian(os2.AsSpan()[WeightAt..]);
            return ((selection & 0x20) != 0 || weight >= Heavy, (selection & 1) != 0);
        }
        using var head = face.ReferenceTable(Tag.Parse("head"));
        int style = head.Length >= StyleAt + 2 ? BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan()[StyleAt..]) : 0;
        return ((style & 1) != 0, (style & 2) != 0);
    }
}
