using System.Buffers.Binary;
using System.Text;
using HarfBuzzSharp;

namespace Explain.Render;

/// <summary>The table "name" of a font, which HarfBuzz hands out as bytes (OpenType 1.9.1).</summary>
internal static class FontNames
{
    private const int FamilyName = 1;
    private const int TypographicFamilyName = 16;
    private const int RecordLength = 12;

    /// <summary>The name of the family, in English where it has one; null where the table is missing or damaged.</summary>
    public static string? Family(Face face)
    {
        using var blob = face.ReferenceTable(Tag.Parse("name"));
        ReadOnlySpan<byte> table = blob.AsSpan();
        if (table.Length < 6)
            return null;
        int count = UInt16(table, 2), strings = UInt16(table, 4), best = 0;
        string? family = null;
        for (int i = 0; i < count && 6 + ((i + 1) * RecordLength) <= table.Length; i++)
        {
            var record = table.Slice(6 + (i * RecordLength), RecordLength);
            int platform = UInt16(record, 0), language = UInt16(record, 4), name = UInt16(record, 6);
            int length = UInt16(record, 8), at = strings + UInt16(record, 10);
            // The typographic family before the one that older programs sort by, and English before other languages.
            int rank = (name switch { TypographicFamilyName => 4, FamilyName => 2, _ => 0 }) + (platform == 3 && language == 0x409 ? 1 : 0);
            if (rank < 2 || rank <= best || at + length > table.Length)
                continue;
            var encoding = platform is 0 or 3 ? Encoding.BigEndianUnicode : Encoding.Latin1;
            if (encoding.GetString(table.Slice(at, length)).Trim('\0', ' ') is { Length: > 0 } text)
                (best, family) = (rank, text);
        }
        return family;
    }

    private static int UInt16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);
}
