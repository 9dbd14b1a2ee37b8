namespace Explain.Core;

/// <summary>A run in a <see cref="RunIndex"/>: what its run.json says.</summary>
public sealed class RunEntry
{
    private readonly RunDocument _document;

    private RunEntry(string path, RunDocument document) => (Path, _document) = (path, document);

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>What the run is.</summary>
    public RunInfo Info => _document.Run;

    /// <summary>Where it was made.</summary>
    public RunEnvironment Environment => _document.Environment;

    /// <summary>When it began.</summary>
    public DateTimeOffset Started => _document.Started;

    /// <summary>When it ended; null while it is under way, and for a run that was killed.</summary>
    public DateTimeOffset? Finished => _document.Finished;

    /// <summary>How it ended. Of a run that has not, run.json does not say how many epochs are done: <see cref="Open"/> tells.</summary>
    public RunOutcome Outcome => _document.Outcome;

    /// <summary>See <see cref="RunFolder.Conditions"/>.</summary>
    public string Conditions => RunConditions.Of(Info);

    /// <summary>The setting called <paramref name="name"/>, or an empty text.</summary>
    public string Setting(string name) => Info.Settings.FirstOrDefault(setting => setting.Key == name).Value ?? "";

    /// <summary>The final metric called <paramref name="name"/>, or NaN.</summary>
    public double Final(string name) =>
        Outcome.FinalMetrics.Where(metric => metric.Key == name).Select(metric => metric.Value).FirstOrDefault(double.NaN);

    /// <summary>Opens the run itself.</summary>
    /// <exception cref="InputException">As for <see cref="RunFolder.Open"/>.</exception>
    public RunFolder Open() => RunFolder.Open(Path);

    internal static RunEntry Read(string folder) => new(folder, RunDocument.Read(new RunPaths(folder).Json));
}
