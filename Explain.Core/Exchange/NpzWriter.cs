using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace Explain.Core;

/// <summary>
/// Writes NumPy's .npz: a zip of .npy files of version 1 (NumPy Enhancement Proposal 1, 2007), little-endian and row-major, not compressed,
/// like <c>numpy.savez</c>. The same arrays give the same bytes. <see cref="Npz"/> reads them.
/// </summary>
internal sealed class NpzWriter(Stream stream) : IDisposable
{
    // The first moment that a zip can name: the bytes shall not depend on the day.
    private static readonly DateTimeOffset Timeless = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ZipArchive _zip = new(stream, ZipArchiveMode.Create, leaveOpen: true);

    /// <summary>Writes a float32 array.</summary>
    public void Add(string name, ReadOnlySpan<float> values, params ReadOnlySpan<int> shape) =>
        Add(name, "<f4", MemoryMarshal.AsBytes(values), shape);

    /// <summary>Writes a float64 array.</summary>
    public void Add(string name, ReadOnlySpan<double> values, params ReadOnlySpan<int> shape) =>
        Add(name, "<f8", MemoryMarshal.AsBytes(values), shape);

    /// <summary>Writes an int64 array.</summary>
    public void Add(string name, ReadOnlySpan<long> values, params ReadOnlySpan<int> shape) =>
        Add(name, "<i8", MemoryMarshal.AsBytes(values), shape);

    /// <summary>Writes the directory of the zip.</summary>
    public void Dispose() => _zip.Dispose();

    private void Add(string name, string type, ReadOnlySpan<byte> values, ReadOnlySpan<int> shape)
    {
        ZipArchiveEntry entry = _zip.CreateEntry(name + ".npy", CompressionLevel.NoCompression);
        entry.LastWriteTime = Timeless;
        using Stream to = entry.Open();
        to.Write(Header(type, shape));
        to.Write(values);
    }

    private static byte[] Header(string type, ReadOnlySpan<int> shape)
    {
        // A Python tuple; that of one item has a comma behind it.
        string tuple = shape.Length == 1 ? $"({shape[0]},)" : $"({string.Join(", ", shape.ToArray())})";
        string text = $"{{'descr': '{type}', 'fortran_order': False, 'shape': {tuple}, }}";
        // Padded so that the values begin at a multiple of 64 bytes of the file.
        int length = ((10 + text.Length + 1 + 63) / 64 * 64) - 10;
        byte[] header = new byte[10 + length];
        header.AsSpan().Fill((byte)' ');
        header[0] = 0x93;
        "NUMPY"u8.CopyTo(header.AsSpan(1));
        header[6] = 1;
        header[7] = 0;
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), (ushort)length);
        Encoding.ASCII.GetBytes(text, header.AsSpan(10));
        header[^1] = (byte)'\n';
        return header;
    }
}
