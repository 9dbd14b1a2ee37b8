using System.Buffers.Binary;
using System.IO.Compression;

namespace Explain.Core;

/// <summary>The element types of IDX, by the code in the file's third byte.</summary>
#pragma warning disable CA1008 // The format has no type 0.
public enum IdxType
#pragma warning restore CA1008
{
    /// <summary>One byte, 0 … 255.</summary>
    UnsignedByte = 0x08,

    /// <summary>One byte, −128 … 127.</summary>
    SignedByte = 0x09,

    /// <summary>Two bytes.</summary>
    Int16 = 0x0B,

    /// <summary>Four bytes.</summary>
    Int32 = 0x0C,

    /// <summary>Four bytes, IEEE 754.</summary>
    Single = 0x0D,

    /// <summary>Eight bytes, IEEE 754.</summary>
    Double = 0x0E,
}

/// <summary>The contents of an IDX file.</summary>
/// <param name="Type">What each element is.</param>
/// <param name="Dimensions">Sizes, the slowest first: 60000 × 28 × 28 for the MNIST images.</param>
/// <param name="Data">The elements as they lie in the file: row-major and big-endian.</param>
public sealed record IdxArray(IdxType Type, IReadOnlyList<int> Dimensions, byte[] Data)
{
    /// <summary>All elements as float32, row-major.</summary>
    public float[] ToSingles()
    {
        int size = Idx.SizeOf(Type);
        var values = new float[Data.Length / size];
        for (int i = 0; i < values.Length; i++)
        {
            var element = Data.AsSpan(i * size, size);
            values[i] = Type switch
            {
                IdxType.UnsignedByte => element[0],
                IdxType.SignedByte => (sbyte)element[0],
                IdxType.Int16 => BinaryPrimitives.ReadInt16BigEndian(element),
                IdxType.Int32 => BinaryPrimitives.ReadInt32BigEndian(element),
                IdxType.Single => BinaryPrimitives.ReadSingleBigEndian(element),
                _ => (float)BinaryPrimitives.ReadDoubleBigEndian(element),
            };
        }
        return values;
    }
}

/// <summary>
/// The IDX format of the MNIST files (LeCun, Cortes and Burges, "The MNIST database of handwritten digits", 1998), plain or gzipped:
/// two zero bytes, a type code, the number of dimensions, each dimension as a big-endian int32, then the elements.
/// </summary>
public static class Idx
{
    /// <summary>Reads a file; gzip is told by its first two bytes, not by its name.</summary>
    /// <exception cref="InputException">
    /// The file is missing, is not IDX, is shorter or longer than its header says, or is damaged gzip.
    /// </exception>
    public static IdxArray Read(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
            bool zipped = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
            file.Position = 0;
            if (!zipped) return Read(file, path, file.Length);
            using var unzipped = new GZipStream(file, CompressionMode.Decompress);
            return Read(unzipped, path, null);
        }
        catch (InvalidDataException e)
        {
            throw new InputException($"{path}: the gzip data is damaged ({e.Message.TrimEnd('.')}). Copy or download the file again.", e);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException($"{path}: no such file. An IDX file is expected here.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be read ({e.Message.TrimEnd('.')}).", e);
        }
    }

    /// <summary>
    /// Writes a file, gzipped where its name ends in ".gz". An existing file is replaced only when the new one is complete.
    /// </summary>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public static void Write(string path, IdxArray array) =>
        AtomicFile.Write(path, file => Write(file, array, gzip: path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)));

    /// <summary>Writes to an open stream, which stays open.</summary>
    internal static void Write(Stream stream, IdxArray array, bool gzip)
    {
        if (!gzip)
        {
            Write(stream, array);
            return;
        }
        using var zipped = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true);
        Write(zipped, array);
    }

    /// <summary>Bytes of one element.</summary>
    internal static int SizeOf(IdxType type) => type switch
    {
        IdxType.UnsignedByte or IdxType.SignedByte => 1,
        IdxType.Int16 => 2,
        IdxType.Int32 or IdxType.Single => 4,
        _ => 8,
    };

    private static void Write(Stream stream, IdxArray array)
    {
        Span<byte> word = [0, 0, (byte)array.Type, (byte)array.Dimensions.Count];
        stream.Write(word);
        foreach (int dimension in array.Dimensions)
        {
            BinaryPrimitives.WriteInt32BigEndian(word, dimension);
            stream.Write(word);
        }
        stream.Write(array.Data);
    }

    /// <summary>Reads header and elements.</summary>
    /// <param name="stream">At its start.</param>
    /// <param name="path">For messages.</param>
    /// <param name="length">Bytes of the whole file where they are known (not for gzip).</param>
    private static IdxArray Read(Stream stream, string path, long? length)
    {
        Span<byte> word = stackalloc byte[4];
        if (stream.ReadAtLeast(word, 4, throwOnEndOfStream: false) < 4)
            throw new InputException($"{path}: ends before the four bytes of the IDX magic number; an IDX file is expected.");
        if (word[0] != 0 || word[1] != 0 || !Enum.IsDefined((IdxType)word[2]) || word[3] == 0)
            throw new InputException(
                $"{path}: not an IDX file: it begins with {Convert.ToHexString(word)}; allowed is 0000TTDD with a type TT of 08, 09, 0B, "
                    + "0C, 0D or 0E and at least one dimension.");
        var type = (IdxType)word[2];
        var dimensions = new int[word[3]];
        long bytes = SizeOf(type);
        for (int d = 0; d < dimensions.Length; d++)
        {
            if (stream.ReadAtLeast(word, 4, throwOnEndOfStream: false) < 4)
                throw new InputException(
                    $"{path}: ends within its header, which announces {dimensions.Length} dimensions but holds "
                        + $"{d}. The file is truncated.");
            dimensions[d] = BinaryPrimitives.ReadInt32BigEndian(word);
            if (dimensions[d] < 0)
                throw new InputException($"{path}: dimension {d + 1} is {dimensions[d]}; sizes from 0 to {int.MaxValue} are allowed.");
            // Not overflowing: before each product, bytes is at most Array.MaxLength < 2³¹ and the factor is below 2³¹.
            bytes *= dimensions[d];
            if (bytes > Array.MaxLength)
                throw new InputException(
                    $"{path}: its header announces {string.Join(" × ", dimensions[..(d + 1)])} elements or more; "
                        + $"at most {Array.MaxLength} bytes can be read.");
        }
        int header = 4 + (4 * dimensions.Length);
        if (length is { } total && total != header + bytes)
            throw WrongLength(path, dimensions, bytes, total - header);
        return new IdxArray(type, dimensions, ReadExactly(stream, path, dimensions, (int)bytes));
    }

    /// <summary>
    /// Reads <paramref name="bytes"/> bytes that must end the stream. The buffer grows with what is really there, so a header that lies
    /// about its size costs no memory.
    /// </summary>
    private static byte[] ReadExactly(Stream stream, string path, int[] dimensions, int bytes)
    {
        var data = new byte[Math.Min(bytes, 1 << 20)];
        int read = 0;
        while (true)
        {
            read += stream.ReadAtLeast(data.AsSpan(read), data.Length - read, throwOnEndOfStream: false);
            if (read < data.Length) throw WrongLength(path, dimensions, bytes, read);
            if (read == bytes) break;
            Array.Resize(ref data, (int)Math.Min(bytes, 2L * data.Length));
        }
        if (stream.ReadByte() >= 0)
            throw new InputException(
                $"{path}: bytes follow the {bytes} bytes of data that its header announces ({string.Join(" × ", dimensions)}); "
                    + "nothing may.");
        return data;
    }

    private static InputException WrongLength(string path, int[] dimensions, long announced, long found) => found < announced
        ? new(
            $"{path}: its header announces {string.Join(" × ", dimensions)} elements ({announced} bytes), but only {found} bytes follow. "
                + "The file is truncated or its header is wrong.")
        : new(
            $"{path}: {found} bytes follow the header, which announces {string.Join(" × ", dimensions)} elements ({announced} bytes); "
                + "exactly as many must follow.");
}
