using System.Text.Json;
using System.Text.Unicode;

namespace Explain.Core;

/// <summary>
/// Turns the header of a safetensors file into tensors and checks that they tile the data exactly. It takes what the format's reference
/// implementation takes, also where the format's text is narrower (white space before the header, a metadata entry that is null, members of
/// an entry that nobody knows), with one exception: a name that stands twice, of which that implementation silently drops the first, is
/// refused, as the text has it.
/// </summary>
internal sealed class SafetensorsHeader(string source, ReadOnlyMemory<byte> data)
{
    // As deep as the reference implementation reads; members that nobody knows may hold anything.
    private static readonly JsonDocumentOptions Json = new() { MaxDepth = 127 };

    private readonly Dictionary<string, string> _metadata = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SafetensorsTensor> _tensors = new(StringComparer.Ordinal);
    private readonly List<(string Name, long Begin, long End)> _places = [];

    /// <summary>Reads the header's bytes.</summary>
    /// <exception cref="SafetensorsException">They are malformed; says how.</exception>
    public (IReadOnlyDictionary<string, string> Metadata, IReadOnlyDictionary<string, SafetensorsTensor> Tensors) Read(
        ReadOnlyMemory<byte> header)
    {
        ReadOnlySpan<byte> text = header.Span.TrimStart(" \t\r\n"u8);
        if (text.IsEmpty || text[0] != (byte)'{') throw Wrong(SafetensorsError.HeaderStart, "the header does not begin with '{'.");
        if (!Utf8.IsValid(text)) throw Wrong(SafetensorsError.HeaderNotJson, "the header is not UTF-8.");
        try
        {
            using JsonDocument json = JsonDocument.Parse(header, Json);
            ReadAll(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string with an escaped half of a surrogate pair, which is only found when it is read.
            throw Wrong(SafetensorsError.HeaderNotJson, $"the header is not JSON: {e.Message}");
        }
        CheckTiling();
        return (_metadata, _tensors);
    }

    private void ReadAll(JsonElement header)
    {
        bool hasMetadata = false;
        foreach (JsonProperty property in header.EnumerateObject())
        {
            if (property.Name == "__metadata__")
            {
                if (hasMetadata) throw Wrong(SafetensorsError.DuplicateName, "'__metadata__' stands twice in the header.");
                hasMetadata = true;
                ReadMetadata(property.Value);
                continue;
            }
            (SafetensorsTensor tensor, long begin, long end) = ReadEntry(property.Name, property.Value);
            if (!_tensors.TryAdd(property.Name, tensor))
                throw Wrong(SafetensorsError.DuplicateName, $"the tensor '{property.Name}' stands twice in the header.");
            _places.Add((property.Name, begin, end));
        }
    }

    private void ReadMetadata(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null) return;
        if (value.ValueKind != JsonValueKind.Object)
            throw Wrong(SafetensorsError.MetadataNotStrings, $"'__metadata__' is {Short(value)}; expected an object of strings.");
        foreach (JsonProperty entry in value.EnumerateObject())
        {
            if (entry.Value.ValueKind != JsonValueKind.String)
                throw Wrong(
                    SafetensorsError.MetadataNotStrings, $"the metadata entry '{entry.Name}' is {Short(entry.Value)}; expected a string.");
            if (!_metadata.TryAdd(entry.Name, entry.Value.GetString()!))
                throw Wrong(SafetensorsError.DuplicateName, $"the metadata entry '{entry.Name}' stands twice.");
        }
    }

    private (SafetensorsTensor Tensor, long Begin, long End) ReadEntry(string name, JsonElement entry)
    {
        (string dtype, JsonElement shape, JsonElement offsets) = Members(name, entry);
        SafetensorsType type = SafetensorsType.Find(dtype)
            ?? throw Wrong(
                SafetensorsError.UnknownType,
                $"the tensor '{name}' has type '{dtype}'; allowed are {string.Join(", ", SafetensorsType.All)}.");
        (List<int> dimensions, ulong bits) = Dimensions(name, type, shape);
        if (bits % 8 != 0)
            throw Wrong(
                SafetensorsError.PartOfByte,
                $"the tensor '{name}' of type {type} and shape {Short(shape)} has {bits} bits, which fill no whole bytes.");
        if (!TryOffset(offsets[0], out long begin) || !TryOffset(offsets[1], out long end) || end < begin || end > data.Length)
            throw Wrong(
                SafetensorsError.OffsetOutOfRange,
                $"the tensor '{name}' lies at {Short(offsets)}; the file has {data.Length} bytes of data.");
        if ((ulong)(end - begin) != bits / 8)
        {
            throw Wrong(
                SafetensorsError.SizeMismatch,
                $"the tensor '{name}' of type {type} and shape {Short(shape)} needs {bits / 8} bytes; "
                    + $"its offsets {Short(offsets)} give it {end - begin}.");
        }
        return (new SafetensorsTensor(type, dimensions, data[(int)begin..(int)end]), begin, end);
    }

    private (string Type, JsonElement Shape, JsonElement Offsets) Members(string name, JsonElement entry)
    {
        JsonElement? type = null, shape = null, offsets = null;
        if (entry.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty member in entry.EnumerateObject())
            {
                switch (member.Name)
                {
                    case "dtype": type = Once(type, member); break;
                    case "shape": shape = Once(shape, member); break;
                    case "data_offsets": offsets = Once(offsets, member); break;
                    default: break; // What nobody knows is nobody's business.
                }
            }
        }
        return type is { ValueKind: JsonValueKind.String } t && shape is { ValueKind: JsonValueKind.Array } s
            && offsets is { ValueKind: JsonValueKind.Array } o && o.GetArrayLength() == 2
            ? (t.GetString()!, s, o)
            : throw Wrong(
                SafetensorsError.EntryMalformed,
                $"the tensor '{name}' is {Short(entry)}; expected an object with dtype, shape and two data_offsets.");

        JsonElement Once(JsonElement? before, JsonProperty member) => before is null
            ? member.Value
            : throw Wrong(SafetensorsError.DuplicateName, $"'{member.Name}' stands twice in the tensor '{name}'.");
    }

    private (List<int> Dimensions, ulong Bits) Dimensions(string name, SafetensorsType type, JsonElement shape)
    {
        var dimensions = new List<int>();
        UInt128 bits = 1;
        foreach (JsonElement item in shape.EnumerateArray())
        {
            // Below 2⁶⁴ times below 2³¹: the product fits, and is then held below 2⁶⁴ again.
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetUInt64(out ulong n) || n > int.MaxValue
                || (bits *= n) > ulong.MaxValue)
                throw TooLarge();
            dimensions.Add((int)n);
        }
        return (bits *= (uint)type.Bits) <= ulong.MaxValue ? (dimensions, (ulong)bits) : throw TooLarge();

        SafetensorsException TooLarge() => Wrong(
            SafetensorsError.ShapeOutOfRange,
            $"the tensor '{name}' has shape {Short(shape)}; dimensions must be whole numbers from 0 to {int.MaxValue} "
                + "whose product fits 64 bits.");
    }

    private static bool TryOffset(JsonElement element, out long offset)
    {
        offset = 0;
        if (element.ValueKind != JsonValueKind.Number || !element.TryGetUInt64(out ulong value) || value > long.MaxValue) return false;
        offset = (long)value;
        return true;
    }

    private void CheckTiling()
    {
        long reached = 0;
        foreach ((string name, long begin, long end) in _places.OrderBy(place => place.Begin).ThenBy(place => place.End))
        {
            if (begin < reached)
                throw Wrong(
                    SafetensorsError.Overlap, $"the tensor '{name}' begins at {begin}, inside the one before it, which ends at {reached}.");
            if (begin > reached)
                throw Wrong(SafetensorsError.Hole, $"the bytes {reached} to {begin} before the tensor '{name}' belong to no tensor.");
            reached = end;
        }
        if (reached < data.Length)
            throw Wrong(SafetensorsError.TrailingBytes, $"{data.Length - reached} bytes after the last tensor belong to none.");
    }

    // A message is a sentence, whatever a file holds.
    private static string Short(JsonElement element)
    {
        const int Most = 120;
        string text = element.GetRawText();
        return text.Length <= Most ? text : $"{text[..Most]}…";
    }

    private SafetensorsException Wrong(SafetensorsError error, string message) => new(error, source, message);
}
