using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;

namespace Explain.Core;

/// <summary>One tensor of a safetensors file.</summary>
/// <param name="Type">The dtype as the format spells it, e.g. "F32".</param>
/// <param name="Shape">Its dimensions, outermost first; empty for a scalar.</param>
/// <param name="Data">Its values, little-endian, row-major.</param>
public sealed record SafetensorsTensor(string Type, IReadOnlyList<int> Shape, ReadOnlyMemory<byte> Data)
{
    /// <summary>The shape as printed: "[256, 784]".</summary>
    public string ShapeText => $"[{string.Join(", ", Shape)}]";
}

/// <summary>
/// A safetensors file in memory: eight bytes with the length of the header (unsigned, little-endian), the header as a JSON object
/// name → (dtype, shape, data_offsets) with string metadata under <c>__metadata__</c>, then the values without holes.
/// Everything is checked on reading, so a file in hand is whole. The writer is <see cref="SafetensorsWriter"/>.
/// </summary>
public sealed class SafetensorsFile
{
    /// <summary>Longer headers are refused, as the format's reference implementation does: they can only be an attempt to exhaust memory.</summary>
    public const int MaximumHeaderLength = 100_000_000;

    private static readonly Dictionary<string, int> TypeSizes = new(StringComparer.Ordinal)
    {
        ["BOOL"] = 1, ["U8"] = 1, ["I8"] = 1, ["F8_E4M3"] = 1, ["F8_E5M2"] = 1, ["U16"] = 2, ["I16"] = 2, ["F16"] = 2, ["BF16"] = 2,
        ["U32"] = 4, ["I32"] = 4, ["F32"] = 4, ["U64"] = 8, ["I64"] = 8, ["F64"] = 8,
    };

    private readonly string _source;

    private SafetensorsFile(string source, IReadOnlyDictionary<string, string> metadata, IReadOnlyDictionary<string, SafetensorsTensor> tensors)
    {
        _source = source;
        Metadata = metadata;
        Tensors = tensors;
    }

    /// <summary>The string metadata; empty where there is none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The tensors by name.</summary>
    public IReadOnlyDictionary<string, SafetensorsTensor> Tensors { get; }

    /// <summary>Reads a file of at most 2 GiB.</summary>
    /// <exception cref="SafetensorsException">It is malformed; says how.</exception>
    /// <exception cref="InputException">It cannot be read.</exception>
    public static SafetensorsFile Read(string path) => Parse(AtomicFile.ReadAllBytes(path), path);

    /// <summary>Reads the bytes of a file; <paramref name="source"/> names it in messages.</summary>
    /// <exception cref="SafetensorsException">They are malformed; says how.</exception>
    public static SafetensorsFile Parse(ReadOnlyMemory<byte> bytes, string source)
    {
        if (bytes.Length < 8)
            throw new SafetensorsException(SafetensorsError.LengthTruncated, source, $"a safetensors file begins with 8 bytes of header length; this one has {bytes.Length} bytes.");
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(bytes.Span);
        if (length > MaximumHeaderLength)
            throw new SafetensorsException(SafetensorsError.HeaderTooLarge, source, $"the header claims {length} bytes; at most {MaximumHeaderLength} are allowed.");
        if (length > (ulong)(bytes.Length - 8))
            throw new SafetensorsException(SafetensorsError.HeaderTruncated, source, $"the header claims {length} bytes, but only {bytes.Length - 8} follow.");
        ReadOnlyMemory<byte> header = bytes.Slice(8, (int)length);
        if (header.IsEmpty || header.Span[0] != (byte)'{')
            throw new SafetensorsException(SafetensorsError.HeaderStart, source, "the header does not begin with '{'.");
        if (!Utf8.IsValid(header.Span)) throw new SafetensorsException(SafetensorsError.HeaderNotJson, source, "the header is not UTF-8.");
        try
        {
            using JsonDocument json = JsonDocument.Parse(header);
            return new HeaderReader(source, bytes[(8 + (int)length)..]).Read(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string with an escaped half of a surrogate pair, which is only found when it is read.
            throw new SafetensorsException(SafetensorsError.HeaderNotJson, source, $"the header is not JSON: {e.Message}");
        }
    }

    /// <summary>A float32 tensor of the given shape; −1 allows any size of that dimension.</summary>
    /// <exception cref="SafetensorsException">It is missing, or has another type or shape.</exception>
    public float[] Floats(string name, params ReadOnlySpan<int> shape) => MemoryMarshal.Cast<byte, float>(Find(name, "F32", shape).Data.Span).ToArray();

    /// <summary>A float64 tensor of the given shape; −1 allows any size of that dimension.</summary>
    /// <exception cref="SafetensorsException">It is missing, or has another type or shape.</exception>
    public double[] Doubles(string name, params ReadOnlySpan<int> shape) => MemoryMarshal.Cast<byte, double>(Find(name, "F64", shape).Data.Span).ToArray();

    /// <summary>An int64 tensor of the given shape; −1 allows any size of that dimension.</summary>
    /// <exception cref="SafetensorsException">It is missing, or has another type or shape.</exception>
    public long[] Integers(string name, params ReadOnlySpan<int> shape) => MemoryMarshal.Cast<byte, long>(Find(name, "I64", shape).Data.Span).ToArray();

    /// <summary>An int64 tensor of the given shape whose values must lie in 0 … 2³¹ − 1; −1 allows any size of that dimension.</summary>
    /// <exception cref="SafetensorsException">It is missing, has another type or shape, or a value out of range.</exception>
    public int[] Counts(string name, params ReadOnlySpan<int> shape) => Array.ConvertAll(Integers(name, shape), value => value is >= 0 and <= int.MaxValue
        ? (int)value
        : throw new SafetensorsException(SafetensorsError.ValueOutOfRange, _source, $"the tensor '{name}' holds {value}; allowed are 0 to {int.MaxValue}."));

    /// <summary>A float32 tensor of two dimensions as a matrix with a buffer of its own; −1 allows any size of that dimension.</summary>
    /// <exception cref="SafetensorsException">It is missing, or has another type or shape.</exception>
    public Matrix Matrix(string name, int rows, int columns)
    {
        float[] values = Floats(name, rows, columns);
        return new Matrix(values, 0, Tensors[name].Shape[0], Tensors[name].Shape[1]);
    }

    /// <summary>A metadata entry.</summary>
    /// <exception cref="SafetensorsException">There is none of that name.</exception>
    public string Meta(string key) => Metadata.TryGetValue(key, out string? value)
        ? value
        : throw new SafetensorsException(SafetensorsError.MetadataMissing, _source, $"the metadata entry '{key}' is missing.");

    /// <summary>A metadata entry that holds a list of strings as JSON.</summary>
    /// <exception cref="SafetensorsException">There is none of that name, or it is not such a list.</exception>
    public IReadOnlyList<string> MetaList(string key)
    {
        string text = Meta(key);
        try
        {
            using JsonDocument json = JsonDocument.Parse(text);
            if (json.RootElement.ValueKind == JsonValueKind.Array && json.RootElement.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String))
                return [.. json.RootElement.EnumerateArray().Select(item => item.GetString()!)];
        }
        catch (JsonException)
        {
            // Falls through to the same message: either way it is not a list of strings.
        }
        throw new SafetensorsException(SafetensorsError.MetadataMissing, _source, $"the metadata entry '{key}' is '{text}'; expected a JSON list of strings.");
    }

    /// <summary>See <see cref="SafetensorsChecksum"/>.</summary>
    internal string Checksum()
    {
        using var sum = new SafetensorsChecksum();
        sum.AddMetadata(Metadata);
        foreach ((string name, SafetensorsTensor tensor) in Tensors.OrderBy(entry => entry.Key, StringComparer.Ordinal)) sum.AddTensor(name, tensor.Type, tensor.Shape, tensor.Data.Span);
        return sum.Finish();
    }

    private SafetensorsTensor Find(string name, string type, ReadOnlySpan<int> shape)
    {
        if (!Tensors.TryGetValue(name, out SafetensorsTensor? tensor))
            throw new SafetensorsException(SafetensorsError.TensorMissing, _source, $"the tensor '{name}' is missing.");
        if (tensor.Type != type)
            throw new SafetensorsException(SafetensorsError.TypeMismatch, _source, $"the tensor '{name}' has type {tensor.Type}; expected {type}.");
        bool same = tensor.Shape.Count == shape.Length;
        for (int d = 0; same && d < shape.Length; d++) same = shape[d] < 0 || tensor.Shape[d] == shape[d];
        if (!same)
        {
            string expected = string.Join(", ", shape.ToArray().Select(n => n < 0 ? "any" : n.ToString()));
            throw new SafetensorsException(SafetensorsError.ShapeMismatch, _source, $"the tensor '{name}' has shape {tensor.ShapeText}; expected [{expected}].");
        }
        return tensor;
    }

    /// <summary>Turns the header into tensors and checks that they tile the data exactly.</summary>
    private sealed class HeaderReader(string source, ReadOnlyMemory<byte> data)
    {
        public SafetensorsFile Read(JsonElement header)
        {
            var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
            var tensors = new Dictionary<string, SafetensorsTensor>(StringComparer.Ordinal);
            var places = new List<(string Name, long Begin, long End)>();
            bool hasMetadata = false;
            foreach (JsonProperty property in header.EnumerateObject())
            {
                if (property.Name == "__metadata__")
                {
                    if (hasMetadata) throw Wrong(SafetensorsError.DuplicateName, "'__metadata__' stands twice in the header.");
                    hasMetadata = true;
                    ReadMetadata(property.Value, metadata);
                    continue;
                }
                (SafetensorsTensor tensor, long begin, long end) = ReadEntry(property.Name, property.Value);
                if (!tensors.TryAdd(property.Name, tensor)) throw Wrong(SafetensorsError.DuplicateName, $"the tensor '{property.Name}' stands twice in the header.");
                places.Add((property.Name, begin, end));
            }
            CheckTiling(places);
            return new SafetensorsFile(source, metadata, tensors);
        }

        private void ReadMetadata(JsonElement value, Dictionary<string, string> metadata)
        {
            if (value.ValueKind != JsonValueKind.Object) throw Wrong(SafetensorsError.MetadataNotStrings, $"'__metadata__' is {value.GetRawText()}; expected an object of strings.");
            foreach (JsonProperty entry in value.EnumerateObject())
            {
                if (entry.Value.ValueKind != JsonValueKind.String) throw Wrong(SafetensorsError.MetadataNotStrings, $"the metadata entry '{entry.Name}' is {entry.Value.GetRawText()}; expected a string.");
                if (!metadata.TryAdd(entry.Name, entry.Value.GetString()!)) throw Wrong(SafetensorsError.DuplicateName, $"the metadata entry '{entry.Name}' stands twice.");
            }
        }

        private (SafetensorsTensor Tensor, long Begin, long End) ReadEntry(string name, JsonElement entry)
        {
            if (entry.ValueKind != JsonValueKind.Object
                || entry.EnumerateObject().Count() != 3
                || !entry.TryGetProperty("dtype", out JsonElement dtype) || dtype.ValueKind != JsonValueKind.String
                || !entry.TryGetProperty("shape", out JsonElement shape) || shape.ValueKind != JsonValueKind.Array
                || !entry.TryGetProperty("data_offsets", out JsonElement offsets) || offsets.ValueKind != JsonValueKind.Array || offsets.GetArrayLength() != 2)
            {
                throw Wrong(SafetensorsError.EntryMalformed, $"the tensor '{name}' is {entry.GetRawText()}; expected an object with dtype, shape and two data_offsets.");
            }

            string type = dtype.GetString()!;
            if (!TypeSizes.TryGetValue(type, out int size)) throw Wrong(SafetensorsError.UnknownType, $"the tensor '{name}' has type '{type}'; allowed are {string.Join(", ", TypeSizes.Keys)}.");

            var dimensions = new List<int>();
            long bytes = size;
            foreach (JsonElement item in shape.EnumerateArray())
            {
                // Both factors are below 2³¹, so the product cannot overflow a long.
                if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt32(out int n) || n < 0 || (bytes *= n) > int.MaxValue)
                    throw Wrong(SafetensorsError.ShapeOutOfRange, $"the tensor '{name}' has shape {shape.GetRawText()}; dimensions must be whole, not negative, and make less than 2 GiB.");
                dimensions.Add(n);
            }

            if (!Offset(offsets[0], out long begin) || !Offset(offsets[1], out long end) || end < begin || end > data.Length)
                throw Wrong(SafetensorsError.OffsetOutOfRange, $"the tensor '{name}' lies at {offsets.GetRawText()}; the file has {data.Length} bytes of data.");
            if (end - begin != bytes)
                throw Wrong(SafetensorsError.SizeMismatch, $"the tensor '{name}' of type {type} and shape {shape.GetRawText()} needs {bytes} bytes; its offsets {offsets.GetRawText()} give it {end - begin}.");
            return (new SafetensorsTensor(type, dimensions, data.Slice((int)begin, (int)(end - begin))), begin, end);
        }

        private static bool Offset(JsonElement element, out long offset)
        {
            offset = 0;
            return element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out offset) && offset >= 0;
        }

        private void CheckTiling(List<(string Name, long Begin, long End)> places)
        {
            long reached = 0;
            foreach ((string name, long begin, long end) in places.OrderBy(place => place.Begin).ThenBy(place => place.End))
            {
                if (begin < reached) throw Wrong(SafetensorsError.Overlap, $"the tensor '{name}' begins at {begin}, inside the one before it, which ends at {reached}.");
                if (begin > reached) throw Wrong(SafetensorsError.Hole, $"the bytes {reached} to {begin} before the tensor '{name}' belong to no tensor.");
                reached = end;
            }
            if (reached < data.Length) throw Wrong(SafetensorsError.TrailingBytes, $"{data.Length - reached} bytes after the last tensor belong to none.");
        }

        private SafetensorsException Wrong(SafetensorsError error, string message) => new(error, source, message);
    }
}
