using System.Buffers.Binary;

namespace Explain.Render;

/// <summary>
/// The bytes of a font file, big-endian, or one table of it. Every read is checked: outside the table it is an <see cref="FontException"/>.
/// </summary>
internal readonly struct FontData(string file, string table, ReadOnlyMemory<byte> bytes)
{
    public int Length => bytes.Length;

    public bool IsEmpty => bytes.IsEmpty;

    public byte Byte(long at) => Span(at, 1)[0];

    public int UInt16(long at) => BinaryPrimitives.ReadUInt16BigEndian(Span(at, 2));

    public int Int16(long at) => BinaryPrimitives.ReadInt16BigEndian(Span(at, 2));

    public long UInt32(long at) => BinaryPrimitives.ReadUInt32BigEndian(Span(at, 4));

    public string Tag(long at) => System.Text.Encoding.Latin1.GetString(Span(at, 4));

    public ReadOnlySpan<byte> Span(long at, int count) => at >= 0 && at + count <= bytes.Length
        ? bytes.Span.Slice((int)at, count)
        : throw Damaged($"it should have bytes {at} to {at + count}, but ends at {bytes.Length}");

    /// <summary>A part, as a table of its own.</summary>
    public FontData Table(string name, long at, long count) => at >= 0 && count >= 0 && at + count <= bytes.Length
        ? new FontData(file, name, bytes.Slice((int)at, (int)count))
        : throw new FontException(
            $"Font '{file}': the table '{name}' should lie at bytes {at} to {at + count}, but the file ends at {bytes.Length}.");

    /// <summary>Everything from <paramref name="at"/> on.</summary>
    public FontData From(long at) => at >= 0 && at <= bytes.Length
        ? new FontData(file, table, bytes[(int)at..])
        : throw Damaged($"it points to byte {at}, but ends at {bytes.Length}");

    public FontException Damaged(string what) => new($"Font '{file}': the table '{table}' is damaged: {what}.");
}
