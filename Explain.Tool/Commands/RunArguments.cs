using Explain.Core;

namespace Explain.Tool;

/// <summary>Runs named on a command line: run folders, or folders of run folders.</summary>
internal static class RunArguments
{
    /// <summary>Opens all of them, each once.</summary>
    /// <exception cref="InputException">One holds no run, or a malformed one.</exception>
    public static IReadOnlyList<RunFolder> Open(IEnumerable<string> paths)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return [.. paths.SelectMany(RunFolder.OpenAll).Where(run => seen.Add(Path.GetFullPath(run.Path)))];
    }
}
