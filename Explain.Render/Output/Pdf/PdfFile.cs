using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Explain.Render;

/// <summary>
/// The objects of a PDF file (ISO 32000-1:2008, 7.5) in the order of their numbers. Nothing in it depends on the time, the machine or
/// chance.
/// </summary>
internal sealed class PdfFile
{
    private readonly List<byte[]> _objects = [];

    /// <summary>A number for an object that is written later.</summary>
    public int Reserve()
    {
        _objects.Add([]);
        return _objects.Count;
    }

    /// <summary>Adds an object.</summary>
    /// <returns>Its number.</returns>
    public int Add(string content)
    {
        int number = Reserve();
        Set(number, content);
        return number;
    }

    /// <summary>Writes a reserved object.</summary>
    public void Set(int number, string content) => _objects[number - 1] = Encoding.Latin1.GetBytes(content);

    /// <summary>Adds a compressed stream; <paramref name="entries"/> are those of its dictionary but for length and filter.</summary>
    public int AddStream(string entries, ReadOnlySpan<byte> data)
    {
        int number = Reserve();
        SetStream(number, entries, data);
        return number;
    }

    /// <summary>Writes a reserved stream.</summary>
    public void SetStream(int number, string entries, ReadOnlySpan<byte> data) =>
        Stream(number, entries + " /Filter /FlateDecode", Zlib.Compress(data.ToArray(), DeflateLevel.Small));

    /// <summary>Adds a stream that any program can read as it is.</summary>
    public int AddPlainStream(string entries, ReadOnlySpan<byte> data)
    {
        int number = Reserve();
        Stream(number, entries, data);
        return number;
    }

    /// <summary>The file.</summary>
    /// <param name="catalog">The object that leads to all others.</param>
    /// <param name="info">The object with title and subject.</param>
    public byte[] Finish(int catalog, int info)
    {
        var output = new MemoryStream();
        var positions = new long[_objects.Count];
        // Bytes above 127 tell programs that move files that this one is not text.
        output.Write([.. "%PDF-1.7\n%"u8, 0xE2, 0xE3, 0xCF, 0xD3, (byte)'\n']);
        for (int i = 0; i < _objects.Count; i++)
        {
            positions[i] = output.Position;
            Write(output, $"{i + 1} 0 obj\n");
            output.Write(_objects[i]);
            Write(output, "\nendobj\n");
        }
        string id = Convert.ToHexString(SHA256.HashData(output.GetBuffer().AsSpan(0, (int)output.Length))[..16]);
        long start = output.Position;
        Write(output, $"xref\n0 {_objects.Count + 1}\n0000000000 65535 f \n");
        foreach (long position in positions)
            Write(output, $"{position.ToString("D10", CultureInfo.InvariantCulture)} 00000 n \n");
        Write(
            output,
            $"trailer\n<< /Size {_objects.Count + 1} /Root {catalog} 0 R /Info {info} 0 R /ID [<{id}> <{id}>] >>\n"
                + $"startxref\n{start}\n%%EOF\n");
        return output.ToArray();
    }

    private void Stream(int number, string entries, ReadOnlySpan<byte> data) =>
        _objects[number - 1] =
            [.. Encoding.Latin1.GetBytes($"<< {entries} /Length {data.Length} >>\nstream\n"), .. data, .. "\nendstream"u8];

    private static void Write(Stream output, string text) => output.Write(Encoding.Latin1.GetBytes(text));
}
