using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Explain.Core;

/// <summary>
/// Where one result of an analysis is kept: <c>analysis/NAME-KIN-KEY.safetensors</c> in the folder of the (first) run. The key is a SHA-256
/// of everything that the result depends on; the file's name has its first 12 digits, its metadata all 64 and what they were made of. Kin
/// are the results of the same analysis, options and runs, whatever the state of the runs; 8 digits of a SHA-256. A checksum over the whole
/// tells a file that was changed or cut off. Such files may be deleted at any time. FORMAT.md describes them.
/// </summary>
internal sealed class AnalysisFile
{
    /// <summary>The folder within a run's folder.</summary>
    public const string Folder = RunPaths.AnalysisFolder;

    /// <summary>The value of the metadata entry "format".</summary>
    public const string Format = "explain-analysis 1";

    // A temporary file as old as that was left behind by a process that was killed.
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly string _inputs;
    private readonly string _options;
    private readonly string _runs;
    private readonly string _kin;

    private AnalysisFile(Analysis analysis, IReadOnlyList<RunFolder> runs)
    {
        _options = JsonSerializer.Serialize(analysis.Options.ToDictionary(option => option.Key, option => option.Value), Plain);
        _inputs = string.Join('\n', runs.SelectMany(run => InputsOf(analysis, run)));
        string from = System.IO.Path.GetFullPath(runs[0].Path);
        _runs = JsonSerializer.Serialize(
            runs.Select(run => System.IO.Path.GetRelativePath(from, System.IO.Path.GetFullPath(run.Path)).Replace('\\', '/')), Plain);
        _kin = $"{analysis.Name}-{HashOf($"{_options}\n{_runs}")[..8]}";
        Key = HashOf(string.Join('\n', analysis.Name, analysis.Version.ToString(CultureInfo.InvariantCulture), _options, _inputs));
        Path = System.IO.Path.Combine(runs[0].Path, Folder, $"{_kin}-{Key[..12]}.safetensors");
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>SHA-256 of name, version, options and inputs, lower-case hexadecimal.</summary>
    public string Key { get; }

    /// <summary>Where the result of an analysis of these runs is, or would be.</summary>
    public static AnalysisFile Of(Analysis analysis, IReadOnlyList<RunFolder> runs) => new(analysis, runs);

    /// <summary>A file of this folder that is whole; null for any other.</summary>
    public static SafetensorsFile? Open(string path)
    {
        if (!File.Exists(path)) return null;
        try
        {
            SafetensorsFile file = SafetensorsFile.Read(path);
            return file.Meta("format") == Format && file.Meta(SafetensorsChecksum.Key) == file.Checksum() ? file : null;
        }
        catch (InputException)
        {
            // Cut off or changed, or it cannot be read.
            return null;
        }
    }

    /// <summary>The kept result, and in how many seconds it was computed once; null where there is none that can be used.</summary>
    public (TResult Result, double Seconds)? Read<TResult>(Analysis<TResult> analysis)
        where TResult : class
    {
        try
        {
            return Open(Path) is { } file && file.Meta("key") == Key ? (analysis.Read(file), Seconds(file)) : null;
        }
        catch (InputException)
        {
            // It is computed anew and written over.
            return null;
        }
    }

    /// <summary>
    /// Keeps a result, whole or not at all, in place of those of the same analysis of other states of the same runs. A folder that cannot
    /// be written to is left alone.
    /// </summary>
    /// <returns>The bytes of the file; 0 where it could not be written.</returns>
    public long Write<TResult>(Analysis<TResult> analysis, TResult result, TimeSpan took)
        where TResult : class
    {
        var file = new SafetensorsWriter();
        file.AddMetadata("format", Format);
        file.AddMetadata("analysis", analysis.Name);
        file.AddMetadata("version", analysis.Version.ToString(CultureInfo.InvariantCulture));
        file.AddMetadata("options", _options);
        file.AddMetadata("runs", _runs);
        file.AddMetadata("inputs", _inputs);
        file.AddMetadata("key", Key);
        file.AddMetadata("seconds", took.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture));
        analysis.Write(result, file);
        file.AddMetadata(SafetensorsChecksum.Key, file.Checksum());
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
            // Two processes may compute the same at once: each writes a file of its own, and the later rename, of the same bytes but for
            // the time taken, wins. What a loss of power spoils is computed again.
            AtomicFile.Write(Path, file.Write, unique: true, durable: false);
            RemoveOlder();
            return new FileInfo(Path).Length;
        }
        catch (Exception e) when (e is InputException or IOException or UnauthorizedAccessException)
        {
            // A run on a read-only disk can be drawn too.
            return 0;
        }
    }

    /// <summary>The seconds that a file says its result took; 0 where it says no number.</summary>
    public static double Seconds(SafetensorsFile file) =>
        double.TryParse(file.Meta("seconds"), NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) ? seconds : 0;

    private static IEnumerable<string> InputsOf(Analysis analysis, RunFolder run)
    {
        yield return $"seed {run.Info.Seed}";
        yield return $"data {run.Info.Data.Fingerprint}";
        yield return $"probe {run.ProbeHash}";
        yield return $"network {run.NetworkHash}";
        // What outputs mean, and what a loss of them is, no weights tell.
        var objective = run.Info.Objective;
        yield return $"loss {objective.Loss.Name} {objective.Targets} "
            + $"{objective.LabelSmoothing.ToString("R", CultureInfo.InvariantCulture)}";
        if (objective.ClassWeights is { } weights)
            yield return $"class weights {string.Join(' ', weights.Select(weight => weight.ToString("R", CultureInfo.InvariantCulture)))}";
        foreach (int epoch in analysis.Epochs(run)) yield return $"epoch {epoch} {run.StateHash(epoch)}";
        foreach (string line in analysis.FurtherInputs(run)) yield return line;
    }

    // Of the same analysis, options and runs there is but one that fits: a run that goes on would pile up the others.
    private void RemoveOlder()
    {
        string folder = System.IO.Path.GetDirectoryName(Path)!;
        foreach (string other in Directory.EnumerateFiles(folder, $"{_kin}-*.safetensors"))
        {
            if (System.IO.Path.GetFileName(other) != System.IO.Path.GetFileName(Path)) File.Delete(other);
        }
        foreach (string left in Directory.EnumerateFiles(folder, $"*{AtomicFile.TemporarySuffix}"))
        {
            if (DateTime.UtcNow - File.GetLastWriteTimeUtc(left) > Abandoned) File.Delete(left);
        }
    }

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
