using System.IO.Compression;

namespace Explain.Core.Tests;

public sealed class IdxTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.idx")]
    [InlineData("a.idx.gz")]
    public void What_is_written_is_read_back(string name)
    {
        Idx.Write(_folder[name], new IdxArray(IdxType.UnsignedByte, [2, 3], [1, 2, 3, 4, 5, 255]));
        var read = Idx.Read(_folder[name]);
        read.Type.ShouldBe(IdxType.UnsignedByte);
        read.Dimensions.ShouldBe([2, 3]);
        read.ToSingles().ShouldBe([1, 2, 3, 4, 5, 255]);
        Directory.GetFiles(_folder.Path).Length.ShouldBe(1, "no temporary file may stay behind");
    }

    [Fact]
    public void The_layout_on_disk_is_that_of_the_format()
    {
        Idx.Write(_folder["a"], new IdxArray(IdxType.UnsignedByte, [1, 258], new byte[258]));
        File.ReadAllBytes(_folder["a"])[..12].ShouldBe([0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 1, 2]);
    }

    [Fact]
    public void Gzip_is_told_by_content_and_not_by_name()
    {
        Idx.Write(_folder["a.gz"], new IdxArray(IdxType.UnsignedByte, [1], [7]));
        File.Move(_folder["a.gz"], _folder["b"]);
        Idx.Read(_folder["b"]).Data.ShouldBe([7]);
    }

    [Theory]
    [InlineData(0x08, "FF", 255)]
    [InlineData(0x09, "FF", -1)]
    [InlineData(0x0B, "FF00", -256)]
    [InlineData(0x0C, "00000100", 256)]
    [InlineData(0x0D, "BFC00000", -1.5)]
    [InlineData(0x0E, "3FF8000000000000", 1.5)]
    public void Every_element_type_is_read_big_endian(int type, string hex, double expected)
    {
        byte[] bytes = [0, 0, (byte)type, 1, 0, 0, 0, 1, .. Convert.FromHexString(hex)];
        Idx.Read(_folder.Write("a", bytes)).ToSingles().ShouldBe([(float)expected]);
    }

    [Theory]
    [InlineData("0001", "ends before the four bytes")]
    [InlineData("00010801" + "00000000", "begins with 00010801")]
    [InlineData("00000701" + "00000000", "begins with 00000701")]
    [InlineData("00000800", "at least one dimension")]
    [InlineData("00000803" + "00000001" + "000000", "announces 3 dimensions but holds 1")]
    [InlineData("00000801" + "FFFFFFFF", "dimension 1 is -1")]
    [InlineData("00000801" + "00000003" + "0102", "announces 3 elements (3 bytes), but only 2 bytes follow")]
    [InlineData("00000802" + "00000002" + "00000001" + "010203", "3 bytes follow the header, which announces 2 × 1 elements")]
    [InlineData("00000803" + "7FFFFFFF" + "7FFFFFFF" + "7FFFFFFF" + "01", "announces 2147483647")]
    [InlineData("00000802" + "00010000" + "00010000" + "01", "65536 × 65536 elements or more")]
    [InlineData("00000E01" + "40000000" + "01", "1073741824 elements or more")]
    [InlineData("00000801" + "7F000000" + "01", "but only 1 bytes follow")]
    public void A_malformed_file_is_refused_with_its_reason(string hex, string reason)
    {
        string path = _folder.Write("bad.idx", Convert.FromHexString(hex));
        Should.Throw<InputException>(() => Idx.Read(path))
            .Message.ShouldSatisfyAllConditions(m => m.ShouldContain(path), m => m.ShouldContain(reason));
    }

    [Fact]
    public void A_lying_header_in_gzip_costs_no_memory()
    {
        using (var zip = new GZipStream(File.Create(_folder["a.gz"]), CompressionLevel.Fastest))
            zip.Write([0, 0, 8, 1, 0x7F, 0, 0, 0, 1, 2, 3]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<InputException>(() => Idx.Read(_folder["a.gz"])).Message.ShouldContain("only 3 bytes follow");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(8L << 20);
    }

    [Fact]
    public void Bytes_after_the_data_are_refused_in_gzip_too()
    {
        using (var zip = new GZipStream(File.Create(_folder["a.gz"]), CompressionLevel.Fastest))
            zip.Write([0, 0, 8, 1, 0, 0, 0, 1, 1, 2]);
        Should.Throw<InputException>(() => Idx.Read(_folder["a.gz"])).Message.ShouldContain("bytes follow the 1 bytes of data");
    }

    [Fact]
    public void Truncated_gzip_is_refused()
    {
        var random = new CounterRandom(1, "bytes");
        byte[] noise = [.. Enumerable.Range(0, 5000).Select(_ => (byte)random.NextInt32(256))];
        Idx.Write(_folder["a.gz"], new IdxArray(IdxType.UnsignedByte, [5000], noise));
        byte[] whole = File.ReadAllBytes(_folder["a.gz"]);
        string path = _folder.Write("b.gz", whole[..(whole.Length / 2)]);
        Should.Throw<InputException>(() => Idx.Read(path)).Message.ShouldContain(path);
    }

    [Fact]
    public void Damaged_gzip_is_refused()
    {
        string path = _folder.Write("b.gz", [0x1F, 0x8B, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9]);
        Should.Throw<InputException>(() => Idx.Read(path)).Message.ShouldContain("gzip data is damaged");
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        string path = _folder["none.idx"];
        Should.Throw<InputException>(() => Idx.Read(path)).Message.ShouldBe($"{path}: no such file. An IDX file is expected here.");
    }

    [Fact]
    public void Writing_into_a_missing_folder_says_so()
    {
        string path = Path.Combine(_folder.Path, "none", "a.idx");
        Should.Throw<InputException>(() => Idx.Write(path, new IdxArray(IdxType.UnsignedByte, [1], [7])))
            .Message.ShouldContain("the file cannot be written");
    }
}
