using System.Collections.Concurrent;
using System.Diagnostics;

namespace Explain.Core.Tests;

/// <summary>
/// Every probe gives the same bits in every vector width the runtime can be told to use, and with every number of threads.
/// </summary>
public class ReproducibilityTests
{
    /// <summary>A runtime switch and the widest vectors in bits that it leaves.</summary>
    private static readonly (string Switch, int Bits)[] Widths =
        [("", 512), ("EnableAVX512=0", 256), ("EnableAVX2=0", 128), ("EnableHWIntrinsic=0", 0)];

    private static readonly ConcurrentDictionary<string, Lazy<Child>> Children = new();

    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (string probe in Probe.All.Keys)
        {
            foreach ((string width, _) in Widths) cases.Add(probe, width);
        }
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_probe_gives_the_same_bits_whatever_the_vector_width_and_the_number_of_threads(string probe, string width)
    {
        string expected = Probe.All[probe].Hash(threads: 2);
        foreach (int threads in new[] { 1, 2, 3 })
            Started(width).Hashes[(probe, threads)].ShouldBe(expected, $"{probe} with {threads} threads and '{width}'");
    }

    [Fact]
    public void The_switches_take_vectors_away()
    {
        foreach ((string width, int bits) in Widths) Started(width).Bits.ShouldBeLessThanOrEqualTo(bits, width);
    }

    /// <summary>What a child process with one runtime switch printed; it is started once for all tests.</summary>
    private static Child Started(string width) => Children.GetOrAdd(width, static key => new(() => Start(key))).Value;

    private static Child Start(string width)
    {
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            ["exec", typeof(Probe).Assembly.Location, "probe", "1", "2", "3"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (width.Split('=') is [string name, string value]) start.Environment["DOTNET_" + name] = value;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string[][] lines =
        [
            .. process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim().Split(' ')),
        ];
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, errors.Result);
        return new(int.Parse(lines[0][1]), lines.Skip(1).ToDictionary(words => (words[0], int.Parse(words[1])), words => words[2]));
    }

    private sealed record Child(int Bits, IReadOnlyDictionary<(string Probe, int Threads), string> Hashes);
}
