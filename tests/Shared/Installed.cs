using System.Diagnostics;
using System.Text;

namespace Explain.Tests;

/// <summary>Programs of others that tests run. Where one is missing its tests are skipped, and say so.</summary>
internal static class Installed
{
    /// <summary>Chromium, given by EXPLAIN_CHROMIUM or found on the PATH; null where the machine has none.</summary>
    public static string? Chromium { get; } = Given("EXPLAIN_CHROMIUM", "chromium", "chromium-browser", "google-chrome");

    /// <summary>Node, given by EXPLAIN_NODE or found on the PATH; null where the machine has none.</summary>
    public static string? Node { get; } = Given("EXPLAIN_NODE", "node", "node.exe");

    /// <summary>The first of these programs that is on the PATH, or null.</summary>
    public static string? Find(params string[] names) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(_ => names, Path.Combine).FirstOrDefault(File.Exists);

    /// <summary>Skips the test where there is no Chromium.</summary>
    public static void NeedsChromium() => Assert.SkipWhen(
        Chromium is null, "NOT RUN: there is no Chromium. Install it (apt-get install chromium) or set EXPLAIN_CHROMIUM to its path.");

    /// <summary>Skips the test where one of the programs of these Debian packages is missing.</summary>
    public static void Needs(string packages, params string[] programs)
    {
        if (Array.Find(programs, program => Find(program) is null) is { } missing)
            Assert.Skip($"NOT RUN: there is no {missing}. Install it (apt-get install {packages}).");
    }

    /// <summary>What a program prints, which must end well.</summary>
    public static string Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, error.Result);
        return output;
    }

    private static string? Given(string variable, params string[] names) =>
        Environment.GetEnvironmentVariable(variable) is not { Length: > 0 } given ? Find(names)
        : File.Exists(given) ? given
        : null;
}
