using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Explain.Render;

/// <summary>
/// The glyphs that a document uses of one weight of a typeface, in the order in which they first come, and the font object that embeds
/// them.
/// </summary>
internal sealed class PdfFont(ITypeface face, FontWeight weight)
{
    private readonly List<Glyph> _glyphs = [];
    private readonly List<int> _codes = [];
    private readonly Dictionary<int, int> _numbers = [];

    /// <summary>The number of a glyph in this font, from 1.</summary>
    public int Number(in PlacedGlyph placed)
    {
        if (_numbers.TryGetValue(placed.Code, out int number))
            return number;
        _glyphs.Add(placed.Glyph);
        _codes.Add(placed.Code);
        _numbers.Add(placed.Code, _glyphs.Count);
        return _glyphs.Count;
    }

    /// <summary>Adds the font to the file, with the program of its outlines and the characters that they stand for.</summary>
    /// <returns>The number of the font object.</returns>
    public int AddTo(PdfFile file)
    {
        string family = string.Concat(face.Family.Where(char.IsAsciiLetterOrDigit));
        string plain = (family.Length == 0 ? "Explain" : family) + (weight == FontWeight.Bold ? "-Bold" : "");
        byte[] program = CompactFont.Write(plain, _glyphs);
        // Six letters before the name of a part of a font tell it from other parts.
        string name = string.Concat(SHA256.HashData(program).Take(6).Select(b => (char)('A' + (b % 26)))) + "+" + plain;
        int programAt = file.AddStream("/Subtype /CIDFontType0C", CompactFont.Write(name, _glyphs));
        var box = Box();
        var (ascent, descent) = face.LineMetrics;
        int descriptor = file.Add(
            $"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [{Units(box.X)} {Units(box.Y)} {Units(box.Right)} "
            + $"{Units(box.Bottom)}] /ItalicAngle 0 "
            + $"/Ascent {Units(ascent)} /Descent {Units(-descent)} /CapHeight {Units(face.CapHeight)} /StemV "
            + $"{(weight == FontWeight.Bold ? 144 : 88)} /FontFile3 {programAt} 0 R >>");
        string widths = string.Join(' ', _glyphs.Select(glyph => Units(glyph.Advance)));
        int descendant = file.Add(
            $"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /{name} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
                + $"/Supplement 0 >> /FontDescriptor {descriptor} 0 R /DW 0 /W [1 [{widths}]] >>");
        int unicode = file.AddStream("", Encoding.ASCII.GetBytes(Unicode()));
        return file.Add(
            $"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H /DescendantFonts [{descendant} 0 R] "
                + $"/ToUnicode {unicode} 0 R >>");
    }

    private Rect Box()
    {
        var points = _glyphs.SelectMany(glyph => glyph.Outline.Points).ToList();
        if (points.Count == 0)
            return default;
        double left = points.Min(p => p.X), right = points.Max(p => p.X), low = -points.Max(p => p.Y), high = -points.Min(p => p.Y);
        return new Rect(left, low, right - left, high - low);
    }

    /// <summary>Glyph number → text, in blocks of at most 100 (ISO 32000-1:2008, 9.10.3).</summary>
    private string Unicode()
    {
        const int Block = 100;
        var text = new StringBuilder(
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Explain def /CMapType 2 def 1 begincodespacerange "
                + "<0000> <FFFF> endcodespacerange\n");
        for (int first = 0; first < _codes.Count; first += Block)
        {
            int count = Math.Min(Block, _codes.Count - first);
            text.Append(CultureInfo.InvariantCulture, $"{count} beginbfchar\n");
            for (int i = first; i < first + count; i++)
            {
                byte[] character = Encoding.BigEndianUnicode.GetBytes(char.ConvertFromUtf32(_codes[i]));
                text.Append(CultureInfo.InvariantCulture, $"<{i + 1:X4}> <{Convert.ToHexString(character)}>\n");
            }
            text.Append("endbfchar\n");
        }
        return text.Append("endcmap CMapName currentdict /CMap defineresource pop end end\n").ToString();
    }

    private static string Units(double share) => Math.Round(share * 1000).ToString(CultureInfo.InvariantCulture);
}
