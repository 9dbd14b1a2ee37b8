using System.Globalization;

namespace Explain.Benchmarks;

/// <summary>Command-line arguments and lines of output, the same whatever the culture.</summary>
internal static class Arguments
{
    /// <summary>The word after <paramref name="name"/>, or null.</summary>
    public static string? Option(string[] args, string name)
    {
        int at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
    }

    /// <summary>The thread counts of <c>--threads 1,2</c>; one and all where there are none.</summary>
    public static int[] Threads(string[] args) =>
        [.. (Option(args, "--threads")?.Split(',').Select(text => int.Parse(text, CultureInfo.InvariantCulture))
            ?? [1, Environment.ProcessorCount]).Distinct()];

    /// <summary>Writes a line.</summary>
    public static void Print(string line) => Console.WriteLine(line);
}
