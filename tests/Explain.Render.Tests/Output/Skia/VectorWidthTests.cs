using System.Diagnostics;

namespace Explain.Render.Tests;

/// <summary>The pixels are the same in every vector width the runtime can be told to use, and with every number of threads.</summary>
public class VectorWidthTests
{
    [Theory]
    [InlineData("", 512)]
    [InlineData("EnableAVX512=0", 256)]
    [InlineData("EnableAVX2=0", 128)]
    [InlineData("EnableHWIntrinsic=0", 0)]
    public void Trial_scenes_give_the_same_pixels_whatever_the_vector_width_and_the_number_of_threads(string width, int most)
    {
        string[][] lines = Start(width);
        int.Parse(lines[0][1]).ShouldBeLessThanOrEqualTo(most);
        lines.Length.ShouldBe(1 + (3 * Program.Scenes.Count));
        foreach (string[] line in lines.Skip(1))
            line[2].ShouldBe(Program.Hash(Program.Scenes[line[0]](), threads: 2), $"{line[0]} with {line[1]} threads and '{width}'");
    }

    private static string[][] Start(string width)
    {
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            ["exec", typeof(Program).Assembly.Location, "probe", "1", "2", "3"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (width.Split('=') is [var name, var value])
            start.Environment["DOTNET_" + name] = value;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        string[][] lines =
        [
            .. process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim().Split(' ')),
        ];
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, errors.Result);
        return lines;
    }
}
