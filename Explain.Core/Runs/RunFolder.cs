using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;

namespace Explain.Core;

/// <summary>
/// A run on disk: run.json, metrics.csv, probe.safetensors and snapshots/. FORMAT.md describes every file. Written as a sink, read as an archive, which may be done
/// at the same time and from several processes: an opened run is what was on disk when it was opened. A kill of the writer at any moment loses at most the epoch under way.
/// </summary>
public sealed class RunFolder : ISnapshotSink, IDisposable
{
    private readonly ConcurrentDictionary<int, WeakReference<Snapshot>> _recent = new();
    private readonly ConcurrentDictionary<int, string> _fileHashes = new();
    private readonly List<EpochMetrics> _metrics;
    private readonly List<string> _hashes;
    private readonly List<int> _snapshotEpochs;
    private readonly int _budget;
    private readonly CheckpointPace _pace = new();
    private RunDocument? _document;
    private MetricsFile? _writer;
    private FileStream? _lock;
    private SnapshotSchedule? _schedule;
    private Probe? _probe;
    private string? _probeHash, _networkHash;

    private RunFolder(string path, RunDocument? document, List<EpochMetrics> metrics, List<string> hashes, List<int> snapshotEpochs, int budget)
    {
        Path = path;
        _document = document;
        _metrics = metrics;
        _hashes = hashes;
        _snapshotEpochs = snapshotEpochs;
        _budget = budget;
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>What the run is.</summary>
    public RunInfo Info => Document.Run;

    /// <summary>Where it was made.</summary>
    public RunEnvironment Environment => Document.Environment;

    /// <summary>When it began.</summary>
    public DateTimeOffset Started => Document.Started;

    /// <summary>When it ended; null while it is under way, and for a run that was killed.</summary>
    public DateTimeOffset? Finished => Document.Finished;

    /// <summary>How it ended. With status <see cref="RunStatus.Running"/>, how far it has come; the message then says so if the process that wrote it was killed.</summary>
    public RunOutcome Outcome => _writer is null ? Document.Outcome : Document.Outcome with { EpochsDone = _metrics.Count, BestEpoch = _metrics.Count };

    /// <summary>One entry an epoch, from epoch 1.</summary>
    public IReadOnlyList<EpochMetrics> Metrics => _metrics;

    /// <summary>SHA-256 of the parameters after each epoch, from epoch 1.</summary>
    public IReadOnlyList<string> WeightsHashes => _hashes;

    /// <summary>The same as run.json has them; empty while the run is under way.</summary>
    internal IReadOnlyList<string> FinalHashes => Document.WeightsHashes;

    /// <summary>The epochs that have a snapshot, ascending.</summary>
    public IReadOnlyList<int> SnapshotEpochs => _snapshotEpochs;

    /// <summary>The probe samples.</summary>
    /// <exception cref="InputException">Their file is missing or malformed.</exception>
    public Probe Probe => _probe ??= SnapshotFile.ReadProbe(ProbePath);

    /// <summary>SHA-256 of the probe's file, lower-case hexadecimal; what analyses of the probe samples depend on; "none" where there is no such file.</summary>
    internal string ProbeHash => _probeHash ??= File.Exists(ProbePath) ? Convert.ToHexStringLower(SHA256.HashData(AtomicFile.ReadAllBytes(ProbePath))) : "none";

    /// <summary>SHA-256 of the network's description, lower-case hexadecimal.</summary>
    internal string NetworkHash => _networkHash ??= Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(Info.Network, RunJson.Default.NetworkDescription)));

    /// <summary>
    /// What the network's values after one of <see cref="SnapshotEpochs"/> are known by: their recorded hash, or that of the snapshot's file where
    /// there is none, as before the first step.
    /// </summary>
    internal string StateHash(int epoch) => epoch > 0 && epoch <= _hashes.Count
        ? _hashes[epoch - 1]
        : _fileHashes.GetOrAdd(epoch, HashOfFile);

    private string HashOfFile(int epoch) =>
        Convert.ToHexStringLower(SHA256.HashData(AtomicFile.ReadAllBytes(System.IO.Path.Combine(SnapshotFolder, SnapshotFile.Name(epoch)))));

    /// <summary>Whether another process that lives on this machine is writing the run.</summary>
    public bool IsBeingWritten => Document.Outcome.Status == RunStatus.Running && Environment.ProcessId != System.Environment.ProcessId && Environment.IsAlive();

    /// <summary>Where the training of this run can go on; null unless the folder was opened with <see cref="Resume"/>.</summary>
    public TrainingState? Checkpoint { get; private init; }

    private RunDocument Document => _document ?? throw new InvalidOperationException($"{Path}: nothing was recorded yet; Begin comes first.");

    private string JsonPath => System.IO.Path.Combine(Path, "run.json");

    private string CheckpointPath => System.IO.Path.Combine(Path, CheckpointFile.Name);

    private string MetricsPath => System.IO.Path.Combine(Path, "metrics.csv");

    private string ProbePath => System.IO.Path.Combine(Path, "probe.safetensors");

    private string SnapshotFolder => System.IO.Path.Combine(Path, "snapshots");

    /// <summary>A folder to write to. It comes into being with <see cref="Begin(RunInfo, Probe)"/>, so that a run that never starts leaves nothing behind.</summary>
    /// <param name="path">Where; missing parents are made too.</param>
    /// <param name="snapshotBudget">The most snapshots of a run that goes as planned, see <see cref="SnapshotSchedule"/>.</param>
    /// <exception cref="InputException">It exists and holds something that is not an empty folder.</exception>
    public static RunFolder Create(string path, int snapshotBudget = SnapshotSchedule.DefaultBudget)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentOutOfRangeException.ThrowIfLessThan(snapshotBudget, 2);
        if (File.Exists(path)) throw new InputException($"{path}: a file is in the place of the run folder. Choose another one or delete it.");
        if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
        {
            string what = File.Exists(System.IO.Path.Combine(path, "run.json")) ? "holds a run already" : "is not empty";
            throw new InputException($"{path}: the folder {what}. Choose another one or delete it.");
        }
        return new RunFolder(path, null, [], [], [], snapshotBudget);
    }

    /// <summary>
    /// A folder to go on writing to where a run was stopped, killed, or has finished with fewer epochs than are wanted now. Nothing changes on disk before the training
    /// that is given <see cref="Checkpoint"/> begins.
    /// </summary>
    /// <param name="path">The folder.</param>
    /// <param name="snapshotBudget">As for <see cref="Create"/>; the same as then.</param>
    /// <exception cref="InputException">There is no run, it is being written by another process, or there is no whole checkpoint that fits it.</exception>
    public static RunFolder Resume(string path, int snapshotBudget = SnapshotSchedule.DefaultBudget)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(snapshotBudget, 2);
        RunFolder run = Open(path);
        run.CheckFree();
        string file = System.IO.Path.Combine(path, CheckpointFile.Name);
        if (!File.Exists(file)) throw new InputException($"{path}: the run has no checkpoint ({CheckpointFile.Name}), so nothing can go on from there; it has to be trained anew.");
        TrainingState state = CheckpointFile.Read(file);
        if (state.Epoch > run._hashes.Count)
            throw new InputException($"{file}: the checkpoint stands after epoch {state.Epoch}, but metrics.csv has {run._hashes.Count} whole rows.");
        string hash = (state.UnderWay?.Before ?? state.Network).Hash();
        if (state.Epoch > 0 && run._hashes[state.Epoch - 1] != hash)
            throw new InputException($"{file}: the checkpoint is of another run: its weights after epoch {state.Epoch} have the hash {hash}, in metrics.csv it is {run._hashes[state.Epoch - 1]}.");
        return new RunFolder(path, run._document, run._metrics, run._hashes, run._snapshotEpochs, snapshotBudget) { Checkpoint = state };
    }

    /// <summary>Opens a folder to read.</summary>
    /// <exception cref="InputException">It is missing or malformed; says which file and why.</exception>
    public static RunFolder Open(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (!Directory.Exists(path)) throw new InputException($"{path}: there is no such folder.");
        string json = System.IO.Path.Combine(path, "run.json");
        if (!File.Exists(json)) throw new InputException($"{path}: not a run folder, because it has no run.json.");
        RunDocument document = RunDocument.Read(json);
        // Snapshots first: the writer records an epoch's metrics before its snapshot, so every listed snapshot finds its row.
        string folder = System.IO.Path.Combine(path, "snapshots");
        List<int> epochs = Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder).Select(SnapshotFile.EpochOf).OfType<int>().Order()]
            : [];
        (List<EpochMetrics> metrics, List<string> hashes) = MetricsFile.Read(System.IO.Path.Combine(path, "metrics.csv"));
        if (document.Outcome.Status == RunStatus.Running)
        {
            string message = document.Environment.IsAlive() ? "" : $"The process that made this run ended before the run did: it was killed after epoch {metrics.Count} of {document.Run.Epochs}.";
            document = document with { Outcome = new RunOutcome(RunStatus.Running, message, metrics.Count, metrics.Count, []) };
        }
        return new RunFolder(path, document, metrics, hashes, epochs, SnapshotSchedule.DefaultBudget);
    }

    /// <summary>Every run folder at or below <paramref name="path"/> (two levels), in order of name. Folders without run.json are passed over.</summary>
    /// <exception cref="InputException">There is no such folder, there is no run in it, or a run is malformed.</exception>
    public static IReadOnlyList<RunFolder> OpenAll(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (!Directory.Exists(path)) throw new InputException($"{path}: there is no such folder.");
        string[] folders = [.. Levels(path, 2).Where(folder => File.Exists(System.IO.Path.Combine(folder, "run.json"))).Order(StringComparer.Ordinal)];
        if (folders.Length == 0) throw new InputException($"{path}: there is no run here; a run is a folder with a run.json.");
        return [.. folders.Select(Open)];

        static IEnumerable<string> Levels(string folder, int below) =>
            below == 0 ? [folder] : Directory.EnumerateDirectories(folder).SelectMany(inner => Levels(inner, below - 1)).Prepend(folder);
    }

    /// <summary>Reads the snapshot of one of <see cref="SnapshotEpochs"/>. May be called from several threads.</summary>
    /// <exception cref="InputException">Its file is missing or malformed.</exception>
    public Snapshot ReadSnapshot(int epoch)
    {
        // Several figures look at one epoch: the snapshot is kept as long as the garbage collector leaves it.
        if (_recent.TryGetValue(epoch, out WeakReference<Snapshot>? reference) && reference.TryGetTarget(out Snapshot? recent)) return recent;
        if (!_snapshotEpochs.Contains(epoch))
            throw new InputException($"{Path}: there is no snapshot of epoch {epoch}; there are {(_snapshotEpochs.Count == 0 ? "none" : string.Join(", ", _snapshotEpochs))}.");
        Snapshot snapshot = SnapshotFile.Read(System.IO.Path.Combine(SnapshotFolder, SnapshotFile.Name(epoch)));
        _recent[epoch] = new WeakReference<Snapshot>(snapshot);
        return snapshot;
    }

    /// <inheritdoc/>
    public void Begin(RunInfo run, Probe probe)
    {
        if (_document is not null) throw new InvalidOperationException($"{Path}: the run has begun already.");
        Directory.CreateDirectory(SnapshotFolder);
        _lock = WriterLock.Take(Path);
        SnapshotFile.WriteProbe(ProbePath, probe);
        _document = new RunDocument
        {
            Format = RunDocument.CurrentFormat,
            Run = run,
            Environment = RunEnvironment.Current(),
            Started = DateTimeOffset.UtcNow,
            Outcome = new RunOutcome(RunStatus.Running, "", 0, 0, []),
            WeightsHashes = [],
        };
        _document.Write(JsonPath);
        _probe = probe;
        _schedule = new SnapshotSchedule(run.Epochs, _budget);
        _writer = new MetricsFile(MetricsPath);
        _pace.Start();
    }

    /// <inheritdoc/>
    /// <exception cref="InputException">The run that is here is another one, or another training is going on with it or has done so since the folder was opened.</exception>
    public void Continue(RunInfo run, Probe probe, TrainingState from)
    {
        if (Checkpoint is null || _writer is not null) throw new InvalidOperationException($"{Path}: a training goes on in a folder that was opened with Resume, once.");
        RunIdentity.Check(Path, Info, run);
        _lock = WriterLock.Take(Path);
        try
        {
            CheckUnchanged();
        }
        catch (InputException)
        {
            Dispose();
            throw;
        }
        // In this order a kill in between leaves a record that can be read and gone on with.
        _document = Document with
        {
            Run = Info with { Epochs = run.Epochs, Recipe = run.Recipe },
            Environment = RunEnvironment.Current(),
            Finished = null,
            Outcome = new RunOutcome(RunStatus.Running, "", 0, 0, []),
            WeightsHashes = [],
        };
        _document.Write(JsonPath);
        foreach (int epoch in _snapshotEpochs.Where(epoch => epoch > from.SnapshotEpoch)) File.Delete(System.IO.Path.Combine(SnapshotFolder, SnapshotFile.Name(epoch)));
        _snapshotEpochs.RemoveAll(epoch => epoch > from.SnapshotEpoch);
        _writer = new MetricsFile(MetricsPath);
        _writer.Continue(from.Epoch);
        _metrics.RemoveRange(from.Epoch, _metrics.Count - from.Epoch);
        _hashes.RemoveRange(from.Epoch, _hashes.Count - from.Epoch);
        _probe = probe;
        _schedule = new SnapshotSchedule(run.Epochs, _budget);
        _pace.Start();
    }

    /// <inheritdoc/>
    public bool WantsSnapshot(int epoch) => (_schedule ?? throw NotBeingWritten()).Keeps(epoch);

    /// <inheritdoc/>
    public void Record(EpochMetrics metrics, string weightsHash)
    {
        MetricsFile writer = _writer ?? throw NotBeingWritten();
        if (metrics.Epoch != _metrics.Count + 1)
            throw new ArgumentException($"Epoch {metrics.Epoch} was recorded after epoch {_metrics.Count}; every epoch is recorded once, in order.", nameof(metrics));
        if (_metrics.Count > 0 && !metrics.Layers.Select(layer => layer.Name).SequenceEqual(_metrics[0].Layers.Select(layer => layer.Name)))
            throw new ArgumentException("The layers are not those of the first epoch.", nameof(metrics));
        if (metrics.Layers.FirstOrDefault(layer => layer.Name.AsSpan().ContainsAny(",\"\r\n")) is { } odd)
            throw new ArgumentException($"The layer name '{odd.Name}' has a comma, quote or line break, which a column of metrics.csv cannot.", nameof(metrics));
        writer.Append(metrics, weightsHash);
        _metrics.Add(metrics);
        _hashes.Add(weightsHash);
    }

    /// <inheritdoc/>
    public void Record(Snapshot snapshot)
    {
        if (_writer is null) throw NotBeingWritten();
        if (_snapshotEpochs.Count > 0 && snapshot.Epoch <= _snapshotEpochs[^1])
            throw new ArgumentException($"A snapshot of epoch {snapshot.Epoch} came after one of epoch {_snapshotEpochs[^1]}; they come in order, each once.", nameof(snapshot));
        _writer.Flush(); // A snapshot on disk without its row of metrics would be an epoch that readers cannot place.
        SnapshotFile.Write(System.IO.Path.Combine(SnapshotFolder, SnapshotFile.Name(snapshot.Epoch)), snapshot);
        _snapshotEpochs.Add(snapshot.Epoch);
    }

    /// <inheritdoc/>
    public bool WantsCheckpoint(int epoch) => _pace.IsDue;

    /// <inheritdoc/>
    public void Record(TrainingState state)
    {
        MetricsFile writer = _writer ?? throw NotBeingWritten();
        _pace.Time(() =>
        {
            writer.Flush(); // A checkpoint on disk without its row of metrics could not be gone on from.
            CheckpointFile.Write(CheckpointPath, state);
        });
    }

    /// <inheritdoc/>
    public void End(RunOutcome outcome)
    {
        if (_writer is null) throw NotBeingWritten();
        _writer.Dispose();
        // What stopped early or diverged has come to its end; with more epochs it would do so again.
        if (outcome.Status is RunStatus.StoppedEarly or RunStatus.Diverged) File.Delete(CheckpointPath);
        _document = Document with { Outcome = outcome, Finished = DateTimeOffset.UtcNow, WeightsHashes = [.. _hashes] };
        _document.Write(JsonPath);
        Dispose();
    }

    /// <summary>Ends writing. A run that is disposed before <see cref="End(RunOutcome)"/> stays as it is on disk, like one that was killed.</summary>
    public void Dispose()
    {
        _writer?.Dispose();
        _writer = null;
        _schedule = null;
        _lock?.Dispose();
        _lock = null;
    }

    /// <summary>Whether run.json is still the one that was opened; every training that goes on writes it anew before anything else. With the lock in hand.</summary>
    private void CheckUnchanged()
    {
        RunDocument now = RunDocument.Read(JsonPath);
        if (now.Environment != Document.Environment || now.Finished != Document.Finished || now.Run.Epochs != Document.Run.Epochs)
            throw new InputException($"{Path}: another training has gone on with the run since it was opened; open it again.");
        CheckFree();
    }

    private void CheckFree()
    {
        if (IsBeingWritten) throw new InputException($"{Path}: the run is being written by the process {Environment.ProcessId}.");
    }

    private InvalidOperationException NotBeingWritten() =>
        new($"{Path}: the run is not being written: it was opened to read, has not begun, or has ended.");
}
