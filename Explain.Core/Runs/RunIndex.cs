using Microsoft.Data.Analysis;

namespace Explain.Core;

/// <summary>
/// Many runs without opening them all: of each run.json alone is read, which takes some tenths of a millisecond. What the index says is how
/// it was on disk when it was made.
/// </summary>
public sealed class RunIndex
{
    private RunIndex(IReadOnlyList<RunEntry> runs, IReadOnlyList<UnreadableRun> unreadable) => (Runs, Unreadable) = (runs, unreadable);

    /// <summary>The runs in order of path.</summary>
    public IReadOnlyList<RunEntry> Runs { get; }

    /// <summary>Folders whose run.json cannot be read, with the reason: one bad run does not keep the others from being listed.</summary>
    public IReadOnlyList<UnreadableRun> Unreadable { get; }

    /// <summary>The names of the settings that differ between the runs, in order of first appearance.</summary>
    public IReadOnlyList<string> Varying =>
        [.. Runs.SelectMany(run => run.Info.Settings).Select(setting => setting.Key).Distinct()
            .Where(name => Runs.Select(run => run.Setting(name)).Distinct().Skip(1).Any())];

    /// <summary>
    /// The metrics of all runs, which are opened for it, as one long table: run, the settings in which the runs differ, of runs of a
    /// comparison group and repeat, epoch, metric (as the columns of metrics.csv are called, without the layer), layer (empty where the
    /// value is of the whole network), value. What was not measured has no row.
    /// </summary>
    /// <exception cref="InputException">A run cannot be opened.</exception>
    public DataFrame Metrics() => MetricsDataFrame.Of(new LongMetrics([.. Runs.Select(run => run.Open())]));

    /// <summary>All runs at or below the given folders (two levels), each once.</summary>
    /// <exception cref="InputException">A folder is missing, or there is no run in it.</exception>
    public static RunIndex Of(params IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string[] folders = [.. paths.SelectMany(FoldersAt).Where(folder => seen.Add(Path.GetFullPath(folder)))];
        var entries = new RunEntry?[folders.Length];
        var problems = new string?[folders.Length];
        Rows.For(folders.Length, 16, new ReadOne(folders, entries, problems));
        return new RunIndex(
            [.. entries.OfType<RunEntry>()],
            [.. folders.Zip(problems).Where(pair => pair.Second is not null).Select(pair => new UnreadableRun(pair.First, pair.Second!))]);
    }

    /// <summary>The run folders at or below a path (two levels), in order of name.</summary>
    /// <exception cref="InputException">There is no such folder, or no run in it.</exception>
    internal static IReadOnlyList<string> FoldersAt(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (!Directory.Exists(path)) throw new InputException($"{path}: there is no such folder.");
        string[] folders =
            [.. Levels(path, 2).Where(folder => File.Exists(Path.Combine(folder, RunDocument.FileName))).Order(StringComparer.Ordinal)];
        return folders.Length > 0 ? folders
            : throw new InputException($"{path}: there is no run here; a run is a folder with a {RunDocument.FileName}.");
    }

    // A run's own folders hold no runs.
    private static IEnumerable<string> Levels(string folder, int below) =>
        below == 0 || File.Exists(Path.Combine(folder, RunDocument.FileName))
            ? [folder]
            : Directory.EnumerateDirectories(folder).SelectMany(inner => Levels(inner, below - 1)).Prepend(folder);

    private readonly struct ReadOne(string[] folders, RunEntry?[] entries, string?[] problems) : IRowOperation
    {
        public void Invoke(int first, int count)
        {
            for (int i = first; i < first + count; i++)
            {
                try
                {
                    entries[i] = RunEntry.Read(folders[i]);
                }
                catch (InputException e)
                {
                    problems[i] = e.Message;
                }
            }
        }
    }
}

/// <summary>A folder whose run.json cannot be read.</summary>
/// <param name="Path">The folder.</param>
/// <param name="Problem">What is wrong, in a sentence.</param>
public sealed record UnreadableRun(string Path, string Problem);
