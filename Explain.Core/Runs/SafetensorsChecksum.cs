using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Explain.Core;

/// <summary>
/// SHA-256 of what a safetensors file says, whatever its header's spelling and layout: the metadata but for <see cref="Key"/>, then the
/// tensors, each in the ordinal order of names. A text goes in as its UTF-8 bytes behind their number, so that no two contents make the
/// same bytes. FORMAT.md has it in words.
/// </summary>
internal sealed class SafetensorsChecksum : IDisposable
{
    /// <summary>The metadata entry that holds the sum.</summary>
    public const string Key = "sha256";

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>All metadata, in any order.</summary>
    public void AddMetadata(IEnumerable<KeyValuePair<string, string>> metadata)
    {
        var covered = metadata.Where(entry => entry.Key != Key).OrderBy(entry => entry.Key, StringComparer.Ordinal).ToArray();
        Add(covered.Length);
        foreach ((string key, string value) in covered)
        {
            Add(key);
            Add(value);
        }
    }

    /// <summary>One tensor; the caller keeps to the ordinal order of names.</summary>
    public void AddTensor(string name, string type, IReadOnlyList<int> shape, ReadOnlySpan<byte> values)
    {
        Add(name);
        Add(type);
        Add(shape.Count);
        foreach (int n in shape) Add(n);
        Add(values.Length);
        _hash.AppendData(values);
    }

    /// <summary>In lower-case hexadecimal.</summary>
    public string Finish() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

    private void Add(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Add(bytes.Length);
        _hash.AppendData(bytes);
    }

    private void Add(long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        _hash.AppendData(bytes);
    }
}
