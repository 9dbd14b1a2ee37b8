using System.Globalization;
using System.Text.Json;

namespace Explain.Core;

/// <summary>A result that lies in a run's <c>analysis/</c> folder.</summary>
/// <param name="File">The file.</param>
/// <param name="Bytes">Of the file.</param>
/// <param name="Name">The analysis; empty where the file does not say it.</param>
/// <param name="Options">Its options as names and values.</param>
/// <param name="Runs">The folders of the runs it is of, the first of which keeps it; from there, e.g. "../other".</param>
/// <param name="Seconds">How long it took to compute.</param>
/// <param name="Misfit">Why it is not used any more, e.g. "the run has changed since"; null where it is.</param>
public sealed record KeptAnalysis(
    string File, long Bytes, string Name, IReadOnlyDictionary<string, string> Options, IReadOnlyList<string> Runs, double Seconds,
    string? Misfit);

/// <summary>The results that a run keeps.</summary>
public static class KeptAnalyses
{
    private static readonly Dictionary<string, string> None = [];

    /// <summary>All files in the run's <c>analysis/</c> folder, in order of name. Computes nothing.</summary>
    public static IReadOnlyList<KeptAnalysis> Of(RunFolder run)
    {
        ArgumentNullException.ThrowIfNull(run);
        string folder = Path.Combine(run.Path, AnalysisFile.Folder);
        return Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*.safetensors").Order(StringComparer.Ordinal).Select(file => Of(run, file))]
            : [];
    }

    /// <summary>Deletes the run's <c>analysis/</c> folder.</summary>
    /// <returns>How many results it held, and their bytes.</returns>
    /// <exception cref="InputException">It cannot be deleted.</exception>
    public static (int Count, long Bytes) Clear(RunFolder run)
    {
        ArgumentNullException.ThrowIfNull(run);
        string folder = Path.Combine(run.Path, AnalysisFile.Folder);
        if (!Directory.Exists(folder)) return (0, 0);
        try
        {
            FileInfo[] files = [.. new DirectoryInfo(folder).EnumerateFiles("*.safetensors")];
            (int Count, long Bytes) held = (files.Length, files.Sum(file => file.Length));
            Directory.Delete(folder, recursive: true);
            return held;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{folder}: the folder cannot be deleted: {e.Message}", e);
        }
    }

    private static KeptAnalysis Of(RunFolder run, string path)
    {
        long bytes = new FileInfo(path) is { Exists: true } info ? info.Length : 0;
        if (AnalysisFile.Open(path) is not { } file)
            return new KeptAnalysis(path, bytes, "", None, [], 0, "the file was changed or cut off");
        try
        {
            var options = AnalysisOptions.Parse(file.Meta("options"));
            IReadOnlyList<string> runs = file.MetaList("runs");
            string? misfit;
            try
            {
                misfit = Misfit(run, file, options, runs);
            }
            catch (InputException e)
            {
                misfit = e.Message.TrimEnd('.');
            }
            return new KeptAnalysis(path, bytes, file.Meta("analysis"), options.Values, runs, AnalysisFile.Seconds(file), misfit);
        }
        catch (InputException e)
        {
            return new KeptAnalysis(path, bytes, "", None, [], 0, e.Message.TrimEnd('.'));
        }
    }

    private static string? Misfit(RunFolder run, SafetensorsFile file, AnalysisOptions options, IReadOnlyList<string> places)
    {
        string name = file.Meta("analysis");
        if (AnalysisCatalog.All.FirstOrDefault(kind => kind.Name == name) is not { } kind)
            return "this version of Explain has no such analysis";
        Analysis analysis = kind.Restore(options);
        string version = analysis.Version.ToString(CultureInfo.InvariantCulture);
        if (file.Meta("version") != version) return $"it is of version {file.Meta("version")} of the method, which is now {version}";
        RunFolder[] runs =
            [.. places.Select(place => place == "." ? run : RunFolder.Open(Path.GetFullPath(Path.Combine(run.Path, place))))];
        return AnalysisFile.Of(analysis, runs).Key == file.Meta("key") ? null
            : $"the run{(runs.Length > 1 ? "s have" : " has")} changed since";
    }
}
