using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Explain.Core.Tests;

public sealed class NpzTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("<f4", "0000C03F", 1.5)]
    [InlineData(">f4", "3FC00000", 1.5)]
    [InlineData("<f8", "000000000000F8BF", -1.5)]
    [InlineData("<f2", "003E", 1.5)]
    [InlineData("|i1", "FF", -1)]
    [InlineData("|u1", "FF", 255)]
    [InlineData("|b1", "01", 1)]
    [InlineData("<i2", "00FF", -256)]
    [InlineData("<i4", "00010000", 256)]
    [InlineData("<i8", "FFFFFFFFFFFFFFFF", -1)]
    [InlineData("<u4", "FFFFFFFF", 4294967295)]
    public void Every_numeric_type_is_read(string descr, string hex, double expected)
    {
        var arrays = Npz.Read(Write(Npy(descr, "False", "(1,)", Convert.FromHexString(hex))));
        arrays["a"].Dimensions.ShouldBe([1]);
        arrays["a"].Values.ShouldBe([expected]);
    }

    [Fact]
    public void Row_and_column_order_give_the_same_array()
    {
        Npz.Read(Write(Npy("|u1", "False", "(2, 3)", [1, 2, 3, 4, 5, 6])))["a"].ToMatrix().Row(1).ToArray().ShouldBe([4, 5, 6]);
        Npz.Read(Write(Npy("|u1", "True", "(2, 3)", [1, 4, 2, 5, 3, 6])))["a"].ToMatrix().Row(1).ToArray().ShouldBe([4, 5, 6]);
    }

    [Fact]
    public void A_single_value_has_no_dimensions()
    {
        var array = Npz.Read(Write(Npy("|u1", "False", "()", [7])))["a"];
        array.Dimensions.ShouldBeEmpty();
        array.Values.ShouldBe([7]);
    }

    [Theory]
    [InlineData("<U5", "False", "(1,)", 20, "elements of type '<U5'")]
    [InlineData("|u1", "Maybe", "(1,)", 1, "fortran_order Maybe")]
    [InlineData("|u1", "False", "(-1,)", 1, "the size -1")]
    [InlineData("|u1", "False", "7", 1, "the shape 7")]
    [InlineData("|u1", "False", "(3,)", 2, "3 elements of 1 bytes, but ends after 2")]
    [InlineData("|u1", "False", "(3,)", 4, "bytes after its 3 elements")]
    [InlineData("<f8", "False", "(2000000000, 2000000000)", 8, "announces the shape")]
    public void A_malformed_array_is_refused_with_its_reason(string descr, string fortran, string shape, int bytes, string reason)
    {
        string path = Write(Npy(descr, fortran, shape, new byte[bytes]));
        Should.Throw<InputException>(() => Npz.Read(path))
            .Message.ShouldSatisfyAllConditions(m => m.ShouldStartWith($"{path}: array 'a'"), m => m.ShouldContain(reason));
    }

    [Fact]
    public void Something_else_in_the_zip_is_refused() =>
        Should.Throw<InputException>(() => Npz.Read(Write([1, 2, 3, 4, 5, 6, 7, 8, 9])))
            .Message.ShouldContain("does not begin with the magic number");

    [Fact]
    public void A_file_that_is_no_zip_is_refused() =>
        Should.Throw<InputException>(() => Npz.Read(_folder.Write("b.npz", [1, 2, 3]))).Message.ShouldContain("not a whole zip archive");

    [Fact]
    public void A_missing_file_is_named() =>
        Should.Throw<InputException>(() => Npz.Read(_folder["none.npz"])).Message.ShouldContain("none.npz: no such file");

    private static byte[] Npy(string descr, string fortran, string shape, byte[] data)
    {
        byte[] header = Encoding.ASCII.GetBytes($"{{'descr': '{descr}', 'fortran_order': {fortran}, 'shape': {shape}, }}\n");
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)header.Length);
        return [0x93, .. "NUMPY"u8, 1, 0, .. length, .. header, .. data];
    }

    private string Write(byte[] npy)
    {
        string path = _folder["a.npz"];
        using var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        using var entry = zip.CreateEntry("a.npy").Open();
        entry.Write(npy);
        return path;
    }
}
