using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Explain.Core;

/// <summary>One array of an .npz file.</summary>
/// <param name="Name">Without ".npy".</param>
/// <param name="Dimensions">Sizes, the slowest first; empty for a single value.</param>
/// <param name="Values">Row-major; 32-bit floats and integers of up to 53 bits are exact.</param>
public sealed record NpyArray(string Name, IReadOnlyList<int> Dimensions, double[] Values)
{
    /// <summary>The values rounded to float32.</summary>
    public float[] ToSingles() => Array.ConvertAll(Values, v => (float)v);

    /// <summary>A two-dimensional array as a matrix.</summary>
    /// <exception cref="InputException">It does not have two dimensions.</exception>
    public Matrix ToMatrix() => Dimensions.Count == 2
        ? new Matrix(ToSingles(), 0, Dimensions[0], Dimensions[1])
        : throw new InputException($"The array '{Name}' has {Dimensions.Count} dimensions; a matrix needs 2.");
}

/// <summary>
/// NumPy's .npz: a zip of .npy files, each the bytes 93 "NUMPY", a version, the length of a header, a header that is a Python dictionary
/// (descr, fortran_order, shape), then the elements (NumPy Enhancement Proposal 1, 2007). Floats of 16, 32 and 64 bits, integers of 8 to 64
/// bits and booleans are read, in either byte order and either memory order.
/// </summary>
public static class Npz
{
    private const int MaxHeader = 1 << 16;

    /// <summary>Reads every array.</summary>
    /// <exception cref="InputException">
    /// The file is missing, is no zip, or holds an array that cannot be read; says which and why.
    /// </exception>
    public static IReadOnlyDictionary<string, NpyArray> Read(string path)
    {
        try
        {
            using var zip = ZipFile.OpenRead(path);
            var arrays = new Dictionary<string, NpyArray>(StringComparer.Ordinal);
            foreach (var entry in zip.Entries)
            {
                string name = entry.FullName.EndsWith(".npy", StringComparison.Ordinal) ? entry.FullName[..^4] : entry.FullName;
                using var stream = entry.Open();
                if (!arrays.TryAdd(name, ReadArray(stream, name, $"{path}: array '{name}'")))
                    throw new InputException($"{path}: there are two arrays named '{name}'; names must differ.");
            }
            return arrays;
        }
        catch (InvalidDataException e)
        {
            throw new InputException($"{path}: not a whole zip archive ({e.Message.TrimEnd('.')}); an .npz file is expected.", e);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException($"{path}: no such file. An .npz file is expected here.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be read ({e.Message.TrimEnd('.')}).", e);
        }
    }

    private static NpyArray ReadArray(Stream stream, string name, string where)
    {
        Span<byte> head = stackalloc byte[8];
        if (stream.ReadAtLeast(head, 8, throwOnEndOfStream: false) < 8 || head[0] != 0x93 || !head[1..6].SequenceEqual("NUMPY"u8)
            || head[6] is < 1 or > 3)
            throw new InputException($"{where} does not begin with the magic number of an .npy file of version 1 to 3.");
        var lengthBytes = head[..(head[6] == 1 ? 2 : 4)];
        byte version = head[6];
        stream.ReadExactlyOrFail(lengthBytes, where);
        long length = version == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(lengthBytes)
            : BinaryPrimitives.ReadUInt32LittleEndian(lengthBytes);
        if (length > MaxHeader) throw new InputException($"{where} announces a header of {length} bytes; at most {MaxHeader} are allowed.");
        var headerBytes = new byte[length];
        stream.ReadExactlyOrFail(headerBytes, where);
        string header = Encoding.UTF8.GetString(headerBytes);

        string descr = Field(header, "descr", where).Trim('\'', '"');
        bool fortran = Field(header, "fortran_order", where) switch
        {
            "True" => true,
            "False" => false,
            var other => throw new InputException($"{where} has fortran_order {other}; allowed are True and False."),
        };
        int[] shape = ParseShape(Field(header, "shape", where), where);
        var (size, decode) = Decoder(descr, where);

        long count = 1;
        foreach (int d in shape)
        {
            count *= d;
            if (count * size > Array.MaxLength)
                throw new InputException(
                    $"{where} announces the shape ({string.Join(", ", shape)}), {size} bytes an element; "
                        + $"at most {Array.MaxLength} bytes can be read.");
        }
        var values = ReadValues(stream, (int)count, size, decode, where, shape);
        return new NpyArray(name, shape, fortran && shape.Length > 1 ? ToRowMajor(values, shape) : values);
    }

    private static double[] ReadValues(Stream stream, int count, int size, Func<byte[], int, double> decode, string where, int[] shape)
    {
        // Grown with what is there, so that a lying shape costs no memory.
        var values = new double[Math.Min(count, 1 << 16)];
        var chunk = new byte[(1 << 13) * size];
        int read = 0;
        while (read < count)
        {
            int want = Math.Min(count - read, 1 << 13);
            int bytes = stream.ReadAtLeast(chunk.AsSpan(0, want * size), want * size, throwOnEndOfStream: false);
            if (bytes < want * size)
                throw new InputException(
                    $"{where} announces the shape ({string.Join(", ", shape)}), {count} elements of {size} bytes, "
                        + $"but ends after {read + (bytes / size)}.");
            if (read + want > values.Length) Array.Resize(ref values, (int)Math.Min(count, 2L * values.Length));
            for (int i = 0; i < want; i++) values[read + i] = decode(chunk, i * size);
            read += want;
        }
        if (stream.ReadByte() >= 0) throw new InputException($"{where} has bytes after its {count} elements; nothing may follow them.");
        return values;
    }

    /// <summary>The size of an element and how to read one, from NumPy's type string such as "&lt;f4".</summary>
    private static (int Size, Func<byte[], int, double> Decode) Decoder(string descr, string where)
    {
        bool big = descr.StartsWith('>');
        Func<byte[], int, double>? decode = descr.TrimStart('<', '>', '|', '=') switch
        {
            "f2" => big ? (b, i) => (double)BinaryPrimitives.ReadHalfBigEndian(b.AsSpan(i))
                : (b, i) => (double)BinaryPrimitives.ReadHalfLittleEndian(b.AsSpan(i)),
            "f4" => big ? (b, i) => BinaryPrimitives.ReadSingleBigEndian(b.AsSpan(i))
                : (b, i) => BinaryPrimitives.ReadSingleLittleEndian(b.AsSpan(i)),
            "f8" => big ? (b, i) => BinaryPrimitives.ReadDoubleBigEndian(b.AsSpan(i))
                : (b, i) => BinaryPrimitives.ReadDoubleLittleEndian(b.AsSpan(i)),
            "i1" => (b, i) => (sbyte)b[i],
            "u1" => (b, i) => b[i],
            "b1" => (b, i) => b[i] == 0 ? 0 : 1,
            "i2" => big ? (b, i) => BinaryPrimitives.ReadInt16BigEndian(b.AsSpan(i))
                : (b, i) => BinaryPrimitives.ReadInt16LittleEndian(b.AsSpan(i)),
            "u2" => big ? (b, i) => BinaryPrimitives.ReadUInt16BigEndian(b.AsSpan(i))
                : (b, i) => BinaryPrimitives.ReadUInt16LittleEndian(b.AsSpan(i)),
            "i4" => big ? (b, i) => BinaryPrimitives.ReadInt32BigEndian(b.AsSpan(i))
                : (b, i) => BinaryPrimitives.ReadInt32LittleEndian(b.AsSpan(i)),
            "u4" => big ? (b, i) => BinaryPrimitives.ReadUInt32BigEndian(b.AsSpan(i))
                : (b, i) => BinaryPrimitives.ReadUInt32LittleEndian(b.AsSpan(i)),
            "i8" => big ? (b, i) => BinaryPrimitives.ReadInt64BigEndian(b.AsSpan(i))
                : (b, i) => BinaryPrimitives.ReadInt64LittleEndian(b.AsSpan(i)),
            "u8" => big ? (b, i) => BinaryPrimitives.ReadUInt64BigEndian(b.AsSpan(i))
                : (b, i) => BinaryPrimitives.ReadUInt64LittleEndian(b.AsSpan(i)),
            _ => null,
        };
        return decode is null
            ? throw new InputException(
                $"{where} has elements of type '{descr}'; allowed are floats (f2, f4, f8), integers (i1 to i8, "
                    + "u1 to u8) and booleans (b1).")
            : (descr[^1] - '0', decode);
    }

    /// <summary>The text of one value of the header's dictionary.</summary>
    private static string Field(string header, string key, string where)
    {
        int at = header.IndexOf($"'{key}':", StringComparison.Ordinal);
        if (at < 0) throw new InputException($"{where} has no '{key}' in its header: {header.Trim()}");
        string rest = header[(at + key.Length + 3)..].TrimStart();
        int end = rest.IndexOfAny(rest.StartsWith('(') ? [')'] : [',', '}']);
        return end < 0 ? rest : rest[..(rest[end] == ')' ? end + 1 : end)].Trim();
    }

    private static int[] ParseShape(string text, string where)
    {
        if (text is not ['(', .. var inside, ')'])
            throw new InputException($"{where} has the shape {text}; a list of sizes in brackets is expected.");
        string[] parts = inside.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var shape = new int[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out shape[i]))
                throw new InputException(
                    $"{where} has the size {parts[i]} in its shape {text}; sizes from 0 to {int.MaxValue} are allowed.");
        }
        return shape;
    }

    /// <summary>Column-major (first index fastest) to row-major (last index fastest).</summary>
    private static double[] ToRowMajor(double[] values, int[] shape)
    {
        var result = new double[values.Length];
        var index = new int[shape.Length];
        foreach (double value in values)
        {
            int at = 0;
            for (int d = 0; d < shape.Length; d++) at = (at * shape[d]) + index[d];
            result[at] = value;
            for (int d = 0; d < shape.Length && ++index[d] == shape[d]; d++) index[d] = 0;
        }
        return result;
    }

    private static void ReadExactlyOrFail(this Stream stream, Span<byte> buffer, string where)
    {
        if (stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) < buffer.Length)
            throw new InputException($"{where} ends within its header.");
    }
}
