using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Explain.Core;

/// <summary>
/// Where one result of an analysis is kept: <c>analysis/NAME-KEY.safetensors</c> in the folder of the (first) run. The key is a SHA-256 of everything that the result depends on; the file's name
/// has its first 16 digits, its metadata all 64 and what they were made of. Such files may be deleted at any time.
/// </summary>
internal sealed class AnalysisFile
{
    /// <summary>The folder within a run's folder.</summary>
    public const string Folder = "analysis";

    private const string Format = "explain-analysis 1";
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly string _inputs;
    private readonly string _options;

    private AnalysisFile(string path, string key, string options, string inputs) => (Path, Key, _options, _inputs) = (path, key, options, inputs);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>SHA-256 of name, version, options and inputs, lower-case hexadecimal.</summary>
    public string Key { get; }

    /// <summary>Where the result of an analysis of these runs is, or would be.</summary>
    public static AnalysisFile Of(Analysis analysis, IReadOnlyList<RunFolder> runs)
    {
        string options = JsonSerializer.Serialize(analysis.Options.ToDictionary(option => option.Key, option => option.Value), Plain);
        string inputs = string.Join('\n', runs.SelectMany(run => InputsOf(analysis, run)));
        string whole = string.Join('\n', analysis.Name, analysis.Version.ToString(CultureInfo.InvariantCulture), options, inputs);
        string key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(whole)));
        return new AnalysisFile(System.IO.Path.Combine(runs[0].Path, Folder, $"{analysis.Name}-{key[..16]}.safetensors"), key, options, inputs);
    }

    /// <summary>The kept result; null where there is none that can be used.</summary>
    public TResult? Read<TResult>(Analysis<TResult> analysis)
        where TResult : class
    {
        if (!File.Exists(Path)) return null;
        try
        {
            SafetensorsFile file = SafetensorsFile.Read(Path);
            return file.Meta("format") == Format && file.Meta("key") == Key ? analysis.Read(file) : null;
        }
        catch (InputException)
        {
            // Cut off, changed, or of another version: it is computed anew and written over.
            return null;
        }
    }

    /// <summary>Keeps a result, whole or not at all. A folder that cannot be written to is left alone.</summary>
    public void Write<TResult>(Analysis<TResult> analysis, TResult result, TimeSpan took)
        where TResult : class
    {
        var file = new SafetensorsWriter();
        file.AddMetadata("format", Format);
        file.AddMetadata("analysis", analysis.Name);
        file.AddMetadata("version", analysis.Version.ToString(CultureInfo.InvariantCulture));
        file.AddMetadata("options", _options);
        file.AddMetadata("inputs", _inputs);
        file.AddMetadata("key", Key);
        file.AddMetadata("seconds", took.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture));
        analysis.Write(result, file);
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
            // Two processes may compute the same at once: each writes a file of its own, and the later rename, of the same bytes but for the time taken, wins.
            AtomicFile.Write(Path, file.Write, unique: true);
        }
        catch (Exception e) when (e is InputException or IOException or UnauthorizedAccessException)
        {
            // A run on a read-only disk can be drawn too.
        }
    }

    private static IEnumerable<string> InputsOf(Analysis analysis, RunFolder run)
    {
        yield return $"seed {run.Info.Seed}";
        yield return $"data {run.Info.Data.Fingerprint}";
        yield return $"probe {run.ProbeHash}";
        yield return $"network {run.NetworkHash}";
        foreach (int epoch in analysis.Epochs(run)) yield return $"epoch {epoch} {(epoch == 0 ? "before the first step" : run.WeightsHashes[epoch - 1])}";
        foreach (string line in analysis.FurtherInputs(run)) yield return line;
    }
}
