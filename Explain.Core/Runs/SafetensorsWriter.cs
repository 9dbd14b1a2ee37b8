using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Explain.Core;

/// <summary>
/// Collects tensors and writes them as one safetensors file, see <see cref="SafetensorsFile"/>. Int64 and float64 tensors are laid out
/// first, so that every tensor starts at a multiple of its element size and can be mapped; within a type the order of adding is kept.
/// </summary>
public sealed class SafetensorsWriter
{
    private static readonly JsonWriterOptions HeaderOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly SortedDictionary<string, string> _metadata = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<Entry<long>> _integers = [];
    private readonly List<Entry<double>> _doubles = [];
    private readonly List<Entry<float>> _floats = [];

    /// <summary>Adds a metadata entry.</summary>
    public void AddMetadata(string key, string value) => _metadata.Add(key, value);

    /// <summary>Adds a metadata entry that holds a list of strings, as JSON.</summary>
    public void AddMetadata(string key, IEnumerable<string> values)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, HeaderOptions))
        {
            writer.WriteStartArray();
            foreach (string value in values) writer.WriteStringValue(value);
            writer.WriteEndArray();
        }
        _metadata.Add(key, System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    /// <summary>Adds a float32 tensor. The values are not copied.</summary>
    /// <exception cref="ArgumentException">The name is taken or the shape does not fit the values.</exception>
    public void Add(string name, ReadOnlyMemory<float> values, params int[] shape) => _floats.Add(Checked(name, values, shape));

    /// <summary>
    /// Adds a float32 tensor whose values are asked for when they are written, so that a file may be larger than memory. They are asked for
    /// in the order of adding, and again by each further <see cref="Write"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Add(string name, Func<ReadOnlyMemory<float>> values, params int[] shape)
    {
        Take(name);
        _floats.Add(new Entry<float>(name, values, shape));
    }

    /// <summary>Adds an int64 tensor. The values are not copied.</summary>
    /// <exception cref="ArgumentException">The name is taken or the shape does not fit the values.</exception>
    public void Add(string name, ReadOnlyMemory<long> values, params int[] shape) => _integers.Add(Checked(name, values, shape));

    /// <summary>Adds a float64 tensor. The values are not copied.</summary>
    /// <exception cref="ArgumentException">The name is taken or the shape does not fit the values.</exception>
    public void Add(string name, ReadOnlyMemory<double> values, params int[] shape) => _doubles.Add(Checked(name, values, shape));

    /// <summary>Adds a matrix as a float32 tensor [rows, columns]. The values are not copied.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Add(string name, Matrix matrix) =>
        Add(name, matrix.IsEmpty ? default : (ReadOnlyMemory<float>)matrix.Memory, matrix.Rows, matrix.Columns);

    /// <summary>Writes the file.</summary>
    public void Write(Stream stream)
    {
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("Safetensors files are little-endian; this processor is not.");
        byte[] header = Header();
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (Entry<long> entry in _integers) stream.Write(entry.Bytes());
        foreach (Entry<double> entry in _doubles) stream.Write(entry.Bytes());
        foreach (Entry<float> entry in _floats) stream.Write(entry.Bytes());
    }

    /// <summary>See <see cref="SafetensorsChecksum"/>; of what has been added so far.</summary>
    internal string Checksum()
    {
        using var sum = new SafetensorsChecksum();
        sum.AddMetadata(_metadata);
        var tensors = new SortedDictionary<string, Action>(StringComparer.Ordinal);
        foreach (Entry<long> entry in _integers)
            tensors.Add(entry.Name, () => sum.AddTensor(entry.Name, "I64", entry.Shape, entry.Bytes()));
        foreach (Entry<double> entry in _doubles)
            tensors.Add(entry.Name, () => sum.AddTensor(entry.Name, "F64", entry.Shape, entry.Bytes()));
        foreach (Entry<float> entry in _floats) tensors.Add(entry.Name, () => sum.AddTensor(entry.Name, "F32", entry.Shape, entry.Bytes()));
        foreach (Action add in tensors.Values) add();
        return sum.Finish();
    }

    private byte[] Header()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, HeaderOptions))
        {
            writer.WriteStartObject();
            if (_metadata.Count > 0)
            {
                writer.WriteStartObject("__metadata__");
                foreach ((string key, string value) in _metadata) writer.WriteString(key, value);
                writer.WriteEndObject();
            }
            long offset = 0;
            foreach (Entry<long> entry in _integers)
                offset = WriteEntry(writer, entry.Name, "I64", entry.Shape, offset, entry.Count * sizeof(long));
            foreach (Entry<double> entry in _doubles)
                offset = WriteEntry(writer, entry.Name, "F64", entry.Shape, offset, entry.Count * sizeof(double));
            foreach (Entry<float> entry in _floats)
                offset = WriteEntry(writer, entry.Name, "F32", entry.Shape, offset, entry.Count * sizeof(float));
            writer.WriteEndObject();
        }
        byte[] header = new byte[(buffer.WrittenCount + 7) / 8 * 8];
        header.AsSpan().Fill((byte)' ');
        buffer.WrittenSpan.CopyTo(header);
        return header;
    }

    private static long WriteEntry(Utf8JsonWriter writer, string name, string type, int[] shape, long offset, long bytes)
    {
        writer.WriteStartObject(name);
        writer.WriteString("dtype", type);
        writer.WriteStartArray("shape");
        foreach (int n in shape) writer.WriteNumberValue(n);
        writer.WriteEndArray();
        writer.WriteStartArray("data_offsets");
        writer.WriteNumberValue(offset);
        writer.WriteNumberValue(offset + bytes);
        writer.WriteEndArray();
        writer.WriteEndObject();
        return offset + bytes;
    }

    private Entry<T> Checked<T>(string name, ReadOnlyMemory<T> values, int[] shape)
        where T : struct
    {
        Take(name);
        var entry = new Entry<T>(name, () => values, shape);
        return entry.Count == values.Length
            ? entry
            : throw new ArgumentException(
                $"The tensor '{name}' of shape [{string.Join(", ", shape)}] needs {entry.Count} values; there are {values.Length}.",
                nameof(shape));
    }

    private void Take(string name)
    {
        if (!_names.Add(name) || name == "__metadata__") throw new ArgumentException($"The tensor name '{name}' is taken.", nameof(name));
    }

    private sealed record Entry<T>(string Name, Func<ReadOnlyMemory<T>> Values, int[] Shape)
        where T : struct
    {
        public long Count { get; } = Shape.Aggregate(1L, (product, n) => product * n);

        public ReadOnlySpan<byte> Bytes()
        {
            ReadOnlyMemory<T> values = Values();
            return values.Length == Count
                ? MemoryMarshal.AsBytes(values.Span)
                : throw new InvalidOperationException($"The tensor '{Name}' was to have {Count} values and has {values.Length}.");
        }
    }
}
