namespace Explain.Core;

/// <summary>
/// Writes a run folder: the one that may. FORMAT.md describes every file. A kill at any moment loses at most the epoch under way. Readers
/// open the folder with <see cref="RunFolder.Open"/>, also while it is being written; a second writer is refused.
/// </summary>
public sealed class RunWriter : ISnapshotSink, IDisposable
{
    private readonly RunPaths _paths;
    private readonly int _budget;
    private readonly bool _replaces;
    private readonly RunFolder? _before;
    private readonly CheckpointPace _pace = new();
    private readonly List<EpochMetrics> _rows = [];
    private readonly List<int> _snapshots = [];
    private RunDocument? _document;
    private MetricsFile? _metrics;
    private WriterLock? _lock;
    private SnapshotSchedule? _schedule;

    private RunWriter(string path, int budget, bool replaces = false, RunFolder? before = null, TrainingState? checkpoint = null)
    {
        _paths = new RunPaths(path);
        _budget = budget;
        _replaces = replaces;
        _before = before;
        Checkpoint = checkpoint;
    }

    /// <summary>The folder.</summary>
    public string Path => _paths.Folder;

    /// <summary>Where the training of this run can go on; null unless the folder was opened with <see cref="Resume"/>.</summary>
    public TrainingState? Checkpoint { get; }

    /// <summary>
    /// A folder to write to. It comes into being with <see cref="Begin(RunInfo, Probe)"/>, so that a run that never starts leaves nothing
    /// behind.
    /// </summary>
    /// <param name="path">Where; missing parents are made too.</param>
    /// <param name="snapshotBudget">The most snapshots of a run that goes as planned, see <see cref="SnapshotSchedule"/>.</param>
    /// <exception cref="InputException">It exists and holds something that is not an empty folder.</exception>
    public static RunWriter Create(string path, int snapshotBudget = SnapshotSchedule.DefaultBudget)
    {
        CheckArguments(path, snapshotBudget);
        if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
        {
            WriterLock.CheckFree(path);
            string what = File.Exists(new RunPaths(path).Json) ? "holds a run already" : "is not empty";
            throw new InputException($"{path}: the folder {what}. Choose another one or delete it.");
        }
        return new RunWriter(path, snapshotBudget);
    }

    /// <summary>
    /// A folder whose run is replaced. The old run stays until <see cref="Begin(RunInfo, Probe)"/>, so that a training that cannot begin
    /// loses nothing. Where there is no run yet it is as <see cref="Create"/>.
    /// </summary>
    /// <param name="path">The folder.</param>
    /// <param name="snapshotBudget">As for <see cref="Create"/>.</param>
    /// <exception cref="InputException">The run there is being written now, or the folder holds files that are no run's.</exception>
    public static RunWriter Replace(string path, int snapshotBudget = SnapshotSchedule.DefaultBudget)
    {
        CheckArguments(path, snapshotBudget);
        if (!Directory.Exists(path)) return new RunWriter(path, snapshotBudget);
        WriterLock.CheckFree(path);
        CheckOwn(path);
        return new RunWriter(path, snapshotBudget, replaces: true);
    }

    /// <summary>
    /// A folder to go on writing to where a run was stopped, killed, or has finished with fewer epochs than are wanted now. Nothing changes
    /// on disk before the training that is given <see cref="Checkpoint"/> begins.
    /// </summary>
    /// <param name="path">The folder.</param>
    /// <param name="snapshotBudget">As for <see cref="Create"/>; the same as then.</param>
    /// <exception cref="InputException">There is no run, it is being written, or there is no whole checkpoint that fits it.</exception>
    public static RunWriter Resume(string path, int snapshotBudget = SnapshotSchedule.DefaultBudget)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(snapshotBudget, 2);
        var run = RunFolder.Open(path);
        WriterLock.CheckFree(path);
        string file = new RunPaths(path).Checkpoint;
        if (!File.Exists(file))
            throw new InputException(
                $"{path}: the run has no checkpoint ({CheckpointFile.Name}), so nothing can go on from there; it has to be trained anew.");
        var state = CheckpointFile.Read(file);
        if (state.Epoch > run.WeightsHashes.Count)
            throw new InputException(
                $"{file}: the checkpoint stands after epoch {state.Epoch}, but metrics.csv has {run.WeightsHashes.Count} whole rows.");
        string hash = (state.UnderWay?.Before ?? state.Network).Hash();
        if (state.Epoch > 0 && run.WeightsHashes[state.Epoch - 1] != hash)
        {
            throw new InputException(
                $"{file}: the checkpoint is of another run: its weights after epoch {state.Epoch} have the hash {hash}, "
                + $"in metrics.csv it is {run.WeightsHashes[state.Epoch - 1]}.");
        }
        return new RunWriter(path, snapshotBudget, before: run, checkpoint: state);
    }

    /// <inheritdoc/>
    /// <exception cref="InputException">
    /// Another training is writing there, or has done so since this was made; or the folder cannot be written to.
    /// </exception>
    public void Begin(RunInfo run, Probe probe)
    {
        if (_document is not null) throw new InvalidOperationException($"{Path}: the run has begun already.");
        if (Checkpoint is not null)
            throw new InvalidOperationException($"{Path}: the folder was opened with Resume; a training goes on there with Continue.");
        Directory.CreateDirectory(Path);
        _lock = WriterLock.Take(Path);
        try
        {
            if (_replaces) DeleteOld();
            else if (File.Exists(_paths.Json))
                throw new InputException($"{Path}: another training has made a run there meanwhile; choose another folder.");
            Directory.CreateDirectory(_paths.Snapshots);
            SnapshotFile.WriteProbe(_paths.Probe, probe);
            Start(new RunDocument
            {
                Format = RunDocument.CurrentFormat,
                Run = run,
                Environment = RunEnvironment.Current(),
                Started = DateTimeOffset.UtcNow,
                Outcome = new RunOutcome(RunStatus.Running, "", 0, 0, []),
            });
        }
        catch (InputException)
        {
            Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InputException">
    /// The run that is here is another one, or another training is going on with it or has done so since the folder was opened.
    /// </exception>
    public void Continue(RunInfo run, Probe probe, TrainingState from)
    {
        if (_before is null || _metrics is not null)
            throw new InvalidOperationException($"{Path}: a training goes on in a folder that was opened with Resume, once.");
        RunIdentity.Check(Path, _before.Info, run);
        _lock = WriterLock.Take(Path);
        try
        {
            CheckUnchanged(_before);
        }
        catch (InputException)
        {
            Dispose();
            throw;
        }
        // In this order a kill in between leaves a record that can be read and gone on with.
        Start(new RunDocument
        {
            Format = RunDocument.CurrentFormat,
            Run = run with
            {
                Name = _before.Info.Name,
                Title = _before.Info.Title,
                Notes = _before.Info.Notes,
                Settings = _before.Info.Settings,
                Comparison = _before.Info.Comparison,
            },
            Environment = RunEnvironment.Current(),
            Started = _before.Started,
            Outcome = new RunOutcome(RunStatus.Running, "", 0, 0, []),
        });
        foreach (int epoch in _before.SnapshotEpochs.Where(epoch => epoch > from.SnapshotEpoch)) File.Delete(_paths.Snapshot(epoch));
        _snapshots.AddRange(_before.SnapshotEpochs.Where(epoch => epoch <= from.SnapshotEpoch));
        _metrics!.Continue(from.Epoch);
        _rows.AddRange(_before.Metrics.Take(from.Epoch));
    }

    /// <inheritdoc/>
    public bool WantsSnapshot(int epoch) => (_schedule ?? throw NotBeingWritten()).Keeps(epoch);

    /// <inheritdoc/>
    public void Record(EpochMetrics metrics, string weightsHash)
    {
        var file = _metrics ?? throw NotBeingWritten();
        if (metrics.Epoch != _rows.Count + 1)
            throw new ArgumentException(
                $"Epoch {metrics.Epoch} was recorded after epoch {_rows.Count}; every epoch is recorded once, in order.", nameof(metrics));
        if (_rows.Count > 0 && !metrics.Layers.Select(layer => layer.Name).SequenceEqual(_rows[0].Layers.Select(layer => layer.Name)))
            throw new ArgumentException("The layers are not those of the first epoch.", nameof(metrics));
        if (metrics.Layers.FirstOrDefault(layer => layer.Name.AsSpan().ContainsAny(",\"\r\n")) is { } odd)
            throw new ArgumentException(
                $"The layer name '{odd.Name}' has a comma, quote or line break, which a column of metrics.csv cannot.", nameof(metrics));
        file.Append(metrics, weightsHash);
        _rows.Add(metrics);
    }

    /// <inheritdoc/>
    public void Record(Snapshot snapshot)
    {
        var file = _metrics ?? throw NotBeingWritten();
        if (_snapshots.Count > 0 && snapshot.Epoch <= _snapshots[^1])
            throw new ArgumentException(
                $"A snapshot of epoch {snapshot.Epoch} came after one of epoch {_snapshots[^1]}; they come in order, each once.",
                nameof(snapshot));
        file.Flush(); // A snapshot on disk without its row of metrics would be an epoch that readers cannot place.
        SnapshotFile.Write(_paths.Snapshot(snapshot.Epoch), snapshot);
        _snapshots.Add(snapshot.Epoch);
    }

    /// <inheritdoc/>
    public bool WantsCheckpoint(int epoch) => _pace.IsDue;

    /// <inheritdoc/>
    public void Record(TrainingState state)
    {
        var file = _metrics ?? throw NotBeingWritten();
        _pace.Time(() =>
        {
            file.Flush(); // A checkpoint on disk without its row of metrics could not be gone on from.
            CheckpointFile.Write(_paths.Checkpoint, state);
        });
    }

    /// <inheritdoc/>
    public void End(RunOutcome outcome)
    {
        if (_metrics is null) throw NotBeingWritten();
        _metrics.Dispose();
        // What stopped early or diverged has come to its end; with more epochs it would do so again.
        if (outcome.Status is RunStatus.StoppedEarly or RunStatus.Diverged) File.Delete(_paths.Checkpoint);
        // A training that went on has seen only the epochs since then.
        int best = BestEpochs.Of(_document!.Run.KeepBest, _rows).DefaultIfEmpty(0).Last();
        _document = _document with { Outcome = outcome with { BestEpoch = best }, Finished = DateTimeOffset.UtcNow };
        _document.Write(_paths.Json);
        Dispose();
    }

    /// <summary>
    /// Ends writing. A run that is disposed before <see cref="End(RunOutcome)"/> stays as it is on disk, like one that was killed.
    /// </summary>
    public void Dispose()
    {
        _metrics?.Dispose();
        _metrics = null;
        _schedule = null;
        _lock?.Dispose();
        _lock = null;
    }

    /// <summary>Refuses a folder in which a run is being written now; changes nothing.</summary>
    /// <exception cref="InputException">It is being written: says by whom since when.</exception>
    public static void CheckFree(string path) => WriterLock.CheckFree(path);

    /// <summary>Whether a folder holds nothing but what belongs to a run, be it half written.</summary>
    public static bool IsOwn(string path) =>
        Directory.EnumerateFileSystemEntries(path).All(entry => RunPaths.IsOwn(System.IO.Path.GetFileName(entry)));

    private static void CheckArguments(string path, int snapshotBudget)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentOutOfRangeException.ThrowIfLessThan(snapshotBudget, 2);
        if (File.Exists(path))
            throw new InputException($"{path}: a file is in the place of the run folder. Choose another one or delete it.");
    }

    private static void CheckOwn(string path)
    {
        if (Directory.EnumerateFileSystemEntries(path).Select(System.IO.Path.GetFileName)
            .FirstOrDefault(name => !RunPaths.IsOwn(name!)) is { } stranger)
            throw new InputException(
                $"{path}: the folder holds '{stranger}', which is no part of a run, so it is left alone. "
                    + "Choose another one, or move that away.");
    }

    /// <summary>
    /// The old run's files, run.json first, so that a kill in between leaves no run rather than a wrong one. With the lock in hand.
    /// </summary>
    private void DeleteOld()
    {
        CheckOwn(Path);
        foreach (string name in RunPaths.Names.Except([WriterLock.Name, WriterLock.HolderName]))
        {
            string path = System.IO.Path.Combine(Path, name);
            if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
            else File.Delete(path);
        }
    }

    private void Start(RunDocument document)
    {
        document.Write(_paths.Json);
        _document = document;
        _schedule = new SnapshotSchedule(document.Run.Epochs, _budget);
        _metrics = new MetricsFile(_paths.Metrics);
        _pace.Start();
    }

    /// <summary>
    /// Whether run.json is still the one that was opened; every training that goes on writes it anew before anything else. With the lock in
    /// hand.
    /// </summary>
    private void CheckUnchanged(RunFolder opened)
    {
        var now = RunDocument.Read(_paths.Json);
        if (now.Environment != opened.Environment || now.Finished != opened.Finished || now.Run.Epochs != opened.Info.Epochs)
            throw new InputException($"{Path}: another training has gone on with the run since it was opened; open it again.");
    }

    private InvalidOperationException NotBeingWritten() => new($"{Path}: the run is not being written: it has not begun, or has ended.");
}
