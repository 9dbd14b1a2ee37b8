using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Explain.Core;

/// <summary>
/// A safetensors file in memory: eight bytes with the length of the header (unsigned, little-endian), the header as a JSON object
/// name → (dtype, shape, data_offsets) with string metadata under <c>__metadata__</c>, then the values without holes.
/// Everything is checked on reading, so a file in hand is whole. The writer is <see cref="SafetensorsWriter"/>.
/// </summary>
public sealed class SafetensorsFile
{
    /// <summary>
    /// Longer headers are refused, as the format's reference implementation does: they can only be an attempt to exhaust memory.
    /// </summary>
    public const int MaximumHeaderLength = 100_000_000;

    private readonly string _source;

    private SafetensorsFile(
        string source, IReadOnlyDictionary<string, string> metadata, IReadOnlyDictionary<string, SafetensorsTensor> tensors)
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
        {
            throw new SafetensorsException(
                SafetensorsError.LengthTruncated,
                source,
                $"a safetensors file begins with 8 bytes of header length; this one has {bytes.Length} bytes.");
        }
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(bytes.Span);
        if (length > MaximumHeaderLength)
        {
            throw new SafetensorsException(
                SafetensorsError.HeaderTooLarge,
                source,
                $"the header claims {length} bytes; at most {MaximumHeaderLength} are allowed.");
        }
        if (length > (ulong)(bytes.Length - 8))
        {
            throw new SafetensorsException(
                SafetensorsError.HeaderTruncated,
                source,
                $"the header claims {length} bytes, but only {bytes.Length - 8} follow.");
        }
        int end = 8 + (int)length;
        (IReadOnlyDictionary<string, string> metadata, IReadOnlyDictionary<string, SafetensorsTensor> tensors) =
            new SafetensorsHeader(source, bytes[end..]).Read(bytes[8..end]);
        return new SafetensorsFile(source, metadata, tensors);
    }

    /// <summary>A float32 tensor of the given shape; −1 allows any size of that dimension.</summary>
    /// <exception cref="SafetensorsException">It is missing, or has another type or shape.</exception>
    public float[] Floats(string name, params ReadOnlySpan<int> shape) =>
        MemoryMarshal.Cast<byte, float>(Find(name, "F32", shape).Data.Span).ToArray();

    /// <summary>A float64 tensor of the given shape; −1 allows any size of that dimension.</summary>
    /// <exception cref="SafetensorsException">It is missing, or has another type or shape.</exception>
    public double[] Doubles(string name, params ReadOnlySpan<int> shape) =>
        MemoryMarshal.Cast<byte, double>(Find(name, "F64", shape).Data.Span).ToArray();

    /// <summary>An int64 tensor of the given shape; −1 allows any size of that dimension.</summary>
    /// <exception cref="SafetensorsException">It is missing, or has another type or shape.</exception>
    public long[] Integers(string name, params ReadOnlySpan<int> shape) =>
        MemoryMarshal.Cast<byte, long>(Find(name, "I64", shape).Data.Span).ToArray();

    /// <summary>An int64 tensor of the given shape whose values must lie in 0 … 2³¹ − 1; −1 allows any size of that dimension.</summary>
    /// <exception cref="SafetensorsException">It is missing, has another type or shape, or a value out of range.</exception>
    public int[] Counts(string name, params ReadOnlySpan<int> shape) =>
        Array.ConvertAll(Integers(name, shape), value => value is >= 0 and <= int.MaxValue
            ? (int)value
            : throw new SafetensorsException(
                SafetensorsError.ValueOutOfRange, _source, $"the tensor '{name}' holds {value}; allowed are 0 to {int.MaxValue}."));

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
            if (json.RootElement.ValueKind == JsonValueKind.Array
                && json.RootElement.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String))
                return [.. json.RootElement.EnumerateArray().Select(item => item.GetString()!)];
        }
        catch (JsonException)
        {
            // Falls through to the same message: either way it is not a list of strings.
        }
        throw new SafetensorsException(
            SafetensorsError.MetadataMissing, _source, $"the metadata entry '{key}' is '{text}'; expected a JSON list of strings.");
    }

    /// <summary>See <see cref="SafetensorsChecksum"/>.</summary>
    internal string Checksum()
    {
        using var sum = new SafetensorsChecksum();
        sum.AddMetadata(Metadata);
        foreach ((string name, SafetensorsTensor tensor) in Tensors.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            sum.AddTensor(name, tensor.Type.Name, tensor.Shape, tensor.Data.Span);
        return sum.Finish();
    }

    private SafetensorsTensor Find(string name, string type, ReadOnlySpan<int> shape)
    {
        if (!Tensors.TryGetValue(name, out SafetensorsTensor? tensor))
            throw new SafetensorsException(SafetensorsError.TensorMissing, _source, $"the tensor '{name}' is missing.");
        if (tensor.Type.Name != type)
            throw new SafetensorsException(
                SafetensorsError.TypeMismatch, _source, $"the tensor '{name}' has type {tensor.Type}; expected {type}.");
        bool same = tensor.Shape.Count == shape.Length;
        for (int d = 0; same && d < shape.Length; d++) same = shape[d] < 0 || tensor.Shape[d] == shape[d];
        if (!same)
        {
            string expected = string.Join(", ", shape.ToArray().Select(n => n < 0 ? "any" : n.ToString()));
            throw new SafetensorsException(
                SafetensorsError.ShapeMismatch,
                _source,
                $"the tensor '{name}' has shape {tensor.ShapeText}; expected [{expected}].");
        }
        return tensor;
    }
}
