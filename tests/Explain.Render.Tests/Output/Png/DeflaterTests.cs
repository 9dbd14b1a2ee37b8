using System.IO.Compression;

namespace Explain.Render.Tests;

public class DeflaterTests
{
    public static TheoryData<string, int> Inputs
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (string kind in new[] { "random", "constant", "periodic", "far", "few", "rows", "text" })
            {
                foreach (int length in new[] { 0, 1, 2, 3, 4, 7, 8, 9, 258, 259, 260, 4095, 65535, 65536, 300_001 })
                    data.Add(kind, length);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public void What_is_compressed_is_inflated_by_zlib(string kind, int length)
    {
        byte[] bytes = Make(kind, length);
        foreach (var level in Enum.GetValues<DeflateLevel>())
            Inflate(Zlib.Compress(bytes, level)).ShouldBe(bytes);
    }

    [Theory]
    [InlineData("random")]
    [InlineData("rows")]
    public void Millions_of_bytes_in_many_pieces_are_inflated_and_do_not_depend_on_threads(string kind)
    {
        byte[] bytes = Make(kind, 4_500_000);
        int threads = Explain.Core.Rows.Threads;
        try
        {
            foreach (var level in Enum.GetValues<DeflateLevel>())
            {
                byte[][] streams = [.. new[] { 1, 2, 3 }.Select(n =>
                {
                    Explain.Core.Rows.Threads = n;
                    return Zlib.Compress(bytes.Length, 1, 1500, level, (first, part) => bytes.AsSpan((int)first, part.Length).CopyTo(part));
                })];
                Inflate(streams[0]).ShouldBe(bytes);
                streams[1].ShouldBe(streams[0]);
                streams[2].ShouldBe(streams[0]);
            }
        }
        finally
        {
            Explain.Core.Rows.Threads = threads;
        }
    }

    [Fact]
    public void Small_is_hardly_larger_than_the_smallest_of_zlib()
    {
        foreach (string kind in new[] { "constant", "periodic", "far", "few", "text", "picture" })
        {
            byte[] bytes = kind == "picture"
                ? System.Runtime.InteropServices.MemoryMarshal.AsBytes<uint>(RasterCanvas.Render(TrialScene.Make()).Pixels).ToArray()
                : Make(kind, 300_000);
            using var theirs = new MemoryStream();
            using (var zlib = new ZLibStream(theirs, CompressionLevel.SmallestSize, leaveOpen: true))
                zlib.Write(bytes);
            Zlib.Compress(bytes, DeflateLevel.Small)
                .Length.ShouldBeLessThanOrEqualTo((int)((kind == "few" ? 1.08 : 1.02) * theirs.Length) + 16, kind);
        }
    }

    [Fact]
    public void Noise_grows_by_no_more_than_the_headers_of_stored_blocks() =>
        Zlib.Compress(Make("random", 1_000_000), DeflateLevel.Fast).Length.ShouldBeLessThan(1_001_500);

    [Fact]
    public void The_checksum_agrees_with_its_definition_and_joins()
    {
        foreach (int length in new[] { 0, 1, 31, 32, 33, 735, 736, 737, 5000, 70_000 })
        {
            byte[] bytes = length == 70_000 ? [.. Enumerable.Repeat((byte)255, length)] : Make("random", length);
            uint expected = Plain(bytes);
            Adler32.Of(bytes).ShouldBe(expected);
            int cut = length / 3;
            Adler32.Combine(Adler32.Of(bytes.AsSpan(0, cut)), Adler32.Of(bytes.AsSpan(cut)), length - cut).ShouldBe(expected);
        }

        static uint Plain(byte[] bytes)
        {
            uint a = 1, b = 0;
            foreach (byte value in bytes)
                (a, b) = ((a + value) % 65521, (b + a + value) % 65521);
            return (b << 16) | a;
        }
    }

    [Theory]
    [InlineData(15)]
    [InlineData(7)]
    public void Codes_are_complete_and_no_longer_than_allowed(int limit)
    {
        var random = new Random(limit);
        for (int trial = 0; trial < 300; trial++)
        {
            // Fibonacci-like counts make the deepest trees.
            int[] counts = new int[limit == 7 ? 19 : 286];
            int used = random.Next(2, limit == 7 ? 19 : 40);
            double growth = 1 + random.NextDouble(), count = 1;
            for (int s = 0; s < used; s++, count = Math.Min(count * growth, 1e6))
                counts[random.Next(counts.Length)] = (int)count;
            byte[] lengths = new byte[counts.Length];
            HuffmanCode.Lengths(counts, lengths, limit);
            lengths.Max().ShouldBeLessThanOrEqualTo((byte)limit);
            if (counts.Count(c => c > 0) > 1)
                lengths.Where(l => l > 0).Sum(l => Math.Pow(2, -l)).ShouldBe(1);
            for (int s = 0; s < counts.Length; s++)
                (lengths[s] > 0).ShouldBe(counts[s] > 0);
        }
    }

    private static byte[] Inflate(byte[] stream)
    {
        using var zlib = new ZLibStream(new MemoryStream(stream), CompressionMode.Decompress);
        var output = new MemoryStream();
        zlib.CopyTo(output);
        return output.ToArray();
    }

    private static byte[] Make(string kind, int length)
    {
        var random = new Random(length);
        byte[] bytes = new byte[length], row = new byte[1500];
        for (int i = 0; i < length; i++)
        {
            if (kind == "rows" && i % 1500 == 0 && random.Next(3) == 0)
                row[random.Next(1500)] = (byte)random.Next(4);
            bytes[i] = kind switch
            {
                "random" => (byte)random.Next(256),
                "constant" => 7,
                "periodic" => (byte)(i % 37 * 5),
                "far" => (byte)(i < 32768 ? random.Next(256) : bytes[i - 32768]),
                "few" => (byte)(random.Next(20) == 0 ? random.Next(5) : 0),
                "rows" => row[i % 1500],
                _ => (byte)"the rain in Spain stays mainly in the plain "[(i + (i / 100 * 7) + random.Next(2)) % 44],
            };
        }
        return bytes;
    }
}
