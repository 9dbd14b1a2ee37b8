using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;

namespace Explain.Core;

/// <summary>
/// A run on disk, to read: run.json, metrics.csv, probe.safetensors and snapshots/. It does not change once it is opened: it is what was on
/// disk then. Runs may be read while they are written, from several processes and threads. FORMAT.md describes every file; a
/// <see cref="RunWriter"/> writes them.
/// </summary>
public sealed class RunFolder
{
    private readonly ConcurrentDictionary<int, WeakReference<Snapshot>> _recent = new();
    private readonly ConcurrentDictionary<int, string> _fileHashes = new();
    private readonly RunPaths _paths;
    private readonly RunDocument _document;
    private readonly Lazy<Probe> _probe;
    private readonly Lazy<string> _probeHash;
    private readonly Lazy<string> _networkHash;

    private RunFolder(RunPaths paths, RunDocument document, List<EpochMetrics> metrics, List<string> hashes, List<int> snapshotEpochs)
    {
        _paths = paths;
        _document = document;
        Metrics = metrics;
        WeightsHashes = hashes;
        SnapshotEpochs = snapshotEpochs;
        Results = RunResults.Of(Outcome, metrics);
        _probe = new(() => SnapshotFile.ReadProbe(paths.Probe), LazyThreadSafetyMode.PublicationOnly);
        _probeHash = new(
            () => File.Exists(paths.Probe) ? Convert.ToHexStringLower(SHA256.HashData(AtomicFile.ReadAllBytes(paths.Probe))) : "none",
            LazyThreadSafetyMode.PublicationOnly);
        _networkHash = new(() => Convert.ToHexStringLower(
            SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(Info.Network, RunJson.Default.NetworkDescription))));
    }

    /// <summary>The folder.</summary>
    public string Path => _paths.Folder;

    /// <summary>What the run is.</summary>
    public RunInfo Info => _document.Run;

    /// <summary>Where it was made.</summary>
    public RunEnvironment Environment => _document.Environment;

    /// <summary>When it began.</summary>
    public DateTimeOffset Started => _document.Started;

    /// <summary>When it ended; null while it is under way, and for a run that was killed.</summary>
    public DateTimeOffset? Finished => _document.Finished;

    /// <summary>
    /// How it ended. With status <see cref="RunStatus.Running"/>, how far it has come; the message then says so if the process that wrote
    /// it was killed.
    /// </summary>
    public RunOutcome Outcome => _document.Outcome;

    /// <summary>What it came to: its final metrics, or those of its last whole epoch.</summary>
    public RunResults Results { get; }

    /// <summary>One entry an epoch, from epoch 1.</summary>
    public IReadOnlyList<EpochMetrics> Metrics { get; }

    /// <summary>SHA-256 of the parameters after each epoch, from epoch 1.</summary>
    public IReadOnlyList<string> WeightsHashes { get; }

    /// <summary>The epochs that have a snapshot, ascending.</summary>
    public IReadOnlyList<int> SnapshotEpochs { get; }

    /// <summary>Every epoch that was the best when it came, see <see cref="BestEpochs"/>.</summary>
    public IReadOnlyList<int> NewBests => BestEpochs.Of(Info.KeepBest, Metrics);

    /// <summary>
    /// What was settled before training but the seed and words, as a text to compare: runs with the same differ in chance alone.
    /// </summary>
    public string Conditions => RunConditions.Of(Info);

    /// <summary>The probe samples.</summary>
    /// <exception cref="InputException">Their file is missing or malformed.</exception>
    public Probe Probe => _probe.Value;

    /// <summary>Whether another process that lives on this machine is writing the run.</summary>
    public bool IsBeingWritten =>
        Outcome.Status == RunStatus.Running && Environment.ProcessId != System.Environment.ProcessId && Environment.IsAlive();

    /// <summary>
    /// SHA-256 of the probe's file, lower-case hexadecimal; what analyses of the probe samples depend on; "none" where there is no such
    /// file.
    /// </summary>
    internal string ProbeHash => _probeHash.Value;

    /// <summary>SHA-256 of the network's description, lower-case hexadecimal.</summary>
    internal string NetworkHash => _networkHash.Value;

    /// <summary>
    /// What the network's values after one of <see cref="SnapshotEpochs"/> are known by: their recorded hash, or that of the snapshot's
    /// file where there is none, as before the first step.
    /// </summary>
    internal string StateHash(int epoch) => epoch > 0 && epoch <= WeightsHashes.Count
        ? WeightsHashes[epoch - 1]
        : _fileHashes.GetOrAdd(epoch, one => Convert.ToHexStringLower(SHA256.HashData(AtomicFile.ReadAllBytes(_paths.Snapshot(one)))));

    /// <summary>Opens a folder.</summary>
    /// <exception cref="InputException">
    /// It is missing or malformed, or its files contradict each other; says which file and why.
    /// </exception>
    public static RunFolder Open(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (!Directory.Exists(path)) throw new InputException($"{path}: there is no such folder.");
        var paths = new RunPaths(path);
        if (!File.Exists(paths.Json)) throw new InputException($"{path}: not a run folder, because it has no {RunDocument.FileName}.");
        var document = RunDocument.Read(paths.Json);
        var run = Read(paths, document);
        if (run.Contradiction() is null) return run;
        // A training that goes on writes run.json first and cuts metrics.csv back then: what was read in between fits when it is read
        // again.
        run = Read(paths, RunDocument.Read(paths.Json));
        return run.Contradiction() is { } contradiction
            ? throw new InputException($"{path}: the files of this run contradict each other: {contradiction}")
            : run;
    }

    /// <summary>
    /// Every run folder at or below <paramref name="path"/> (two levels), in order of name. Folders without run.json are passed over.
    /// </summary>
    /// <exception cref="InputException">There is no such folder, there is no run in it, or a run is malformed.</exception>
    public static IReadOnlyList<RunFolder> OpenAll(string path) => [.. RunIndex.FoldersAt(path).Select(Open)];

    /// <summary>Reads the snapshot of one of <see cref="SnapshotEpochs"/>. May be called from several threads.</summary>
    /// <exception cref="InputException">Its file is missing or malformed, or is of another run.</exception>
    public Snapshot ReadSnapshot(int epoch)
    {
        // Several figures look at one epoch: the snapshot is kept as long as the garbage collector leaves it.
        if (_recent.TryGetValue(epoch, out var reference) && reference.TryGetTarget(out var recent)) return recent;
        if (!SnapshotEpochs.Contains(epoch))
            throw new InputException(
                $"{Path}: there is no snapshot of epoch {epoch}; "
                    + $"there are {(SnapshotEpochs.Count == 0 ? "none" : string.Join(", ", SnapshotEpochs))}.");
        var snapshot = SnapshotFile.Read(_paths.Snapshot(epoch));
        if (epoch > 0 && snapshot.WeightsHash.Length > 0 && snapshot.WeightsHash != WeightsHashes[epoch - 1])
        {
            throw new InputException(
                $"{_paths.Snapshot(epoch)}: the snapshot is of another run: its weights have the hash {snapshot.WeightsHash}, "
                    + $"in metrics.csv epoch {epoch} has {WeightsHashes[epoch - 1]}.");
        }
        _recent[epoch] = new WeakReference<Snapshot>(snapshot);
        return snapshot;
    }

    private static RunFolder Read(RunPaths paths, RunDocument document)
    {
        // Snapshots first: the writer records an epoch's metrics before its snapshot, so every listed snapshot finds its row.
        List<int> epochs = Directory.Exists(paths.Snapshots)
            ? [.. Directory.EnumerateFiles(paths.Snapshots).Select(SnapshotFile.EpochOf).OfType<int>().Order()]
            : [];
        var (metrics, hashes) = MetricsFile.Read(paths.Metrics);
        if (document.Outcome.Status == RunStatus.Running)
        {
            document = document with { Outcome = UnderWay(document, metrics) };
            // Where a loss of power has cost the last row, its epoch was not finished.
            epochs.RemoveAll(epoch => epoch > metrics.Count);
        }
        return new RunFolder(paths, document, metrics, hashes, epochs);
    }

    private static RunOutcome UnderWay(RunDocument document, List<EpochMetrics> metrics)
    {
        var bests = BestEpochs.Of(document.Run.KeepBest, metrics);
        string message = document.Environment.IsAlive()
            ? ""
            : "The process that made this run ended before the run did: "
                + $"it was killed after epoch {metrics.Count} of {document.Run.Epochs}.";
        int best = bests.DefaultIfEmpty(0).Last();
        return new RunOutcome(RunStatus.Running, message, metrics.Count, document.Run.KeepBest is null ? metrics.Count : best, [])
        {
            BestEpoch = best,
        };
    }

    /// <summary>What cannot be true of both of two files; null where everything can.</summary>
    private string? Contradiction()
    {
        if (Outcome.EpochsDone != Metrics.Count)
            return $"{RunDocument.FileName} tells of {Outcome.EpochsDone} epochs, metrics.csv has {Metrics.Count} whole rows.";
        if (Outcome.WeightsHash.Length > 0 && WeightsHashes is [.., var last] && last != Outcome.WeightsHash)
            return $"after the last epoch the weights have the hash {Outcome.WeightsHash} in {RunDocument.FileName} "
                + $"and {last} in metrics.csv.";
        if (SnapshotEpochs is [.., var latest] && latest > Metrics.Count)
            return $"there is a snapshot of epoch {latest}, but metrics.csv has {Metrics.Count} whole rows.";
        string[] known = [.. Info.Network.Layers.Select(layer => layer.Name)];
        if (Metrics.Count > 0 && Metrics[0].Layers.FirstOrDefault(layer => !known.Contains(layer.Name)) is { } stranger)
            return $"metrics.csv has columns of a layer '{stranger.Name}', the network in {RunDocument.FileName} has {Names.List(known)}.";
        return null;
    }
}
