namespace Explain.Core;

/// <summary>Where the files of a run are.</summary>
/// <param name="Folder">The run's folder.</param>
internal sealed record RunPaths(string Folder)
{
    /// <summary>Name of the folder of kept results of analyses.</summary>
    public const string AnalysisFolder = "analysis";

    /// <summary>What the run is, and how it ended.</summary>
    public string Json => Path.Combine(Folder, RunDocument.FileName);

    /// <summary>One row an epoch.</summary>
    public string Metrics => Path.Combine(Folder, "metrics.csv");

    /// <summary>The fixed samples.</summary>
    public string Probe => Path.Combine(Folder, "probe.safetensors");

    /// <summary>Where training can go on.</summary>
    public string Checkpoint => Path.Combine(Folder, CheckpointFile.Name);

    /// <summary>One file a kept epoch.</summary>
    public string Snapshots => Path.Combine(Folder, "snapshots");

    /// <summary>Kept results of analyses.</summary>
    public string Analyses => Path.Combine(Folder, AnalysisFolder);

    /// <summary>The file of a kept epoch.</summary>
    public string Snapshot(int epoch) => Path.Combine(Snapshots, SnapshotFile.Name(epoch));

    /// <summary>Names of all files and folders that a run consists of, run.json first.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [
            RunDocument.FileName, "metrics.csv", "probe.safetensors", CheckpointFile.Name, "snapshots", AnalysisFolder, WriterLock.Name,
            WriterLock.HolderName,
        ];

    /// <summary>Whether a file or folder of that name belongs to a run, be it half written.</summary>
    public static bool IsOwn(string name) => Names.Contains(name) || Names.Any(own => name == own + AtomicFile.TemporarySuffix);
}
