namespace Explain.Core.Tests;

/// <summary>Keeps what a trainer emits.</summary>
internal sealed class MemorySink(Func<int, bool>? wants = null) : ISnapshotSink
{
    public RunInfo? Info { get; private set; }

    public Core.Probe? Probe { get; private set; }

    public RunOutcome? Outcome { get; private set; }

    public List<EpochMetrics> Metrics { get; } = [];

    public List<string> Hashes { get; } = [];

    public List<Snapshot> Snapshots { get; } = [];

    /// <summary>The calls in order, e.g. "begin", "metrics 1", "snapshot 1", "end".</summary>
    public List<string> Calls { get; } = [];

    public void Begin(RunInfo run, Core.Probe probe)
    {
        Calls.Add("begin");
        Info = run;
        Probe = probe;
    }

    public bool WantsSnapshot(int epoch) => wants?.Invoke(epoch) ?? true;

    public void Record(EpochMetrics metrics, string weightsHash)
    {
        Calls.Add($"metrics {metrics.Epoch}");
        Metrics.Add(metrics);
        Hashes.Add(weightsHash);
    }

    public void Record(Snapshot snapshot)
    {
        Calls.Add($"snapshot {snapshot.Epoch}");
        Snapshots.Add(snapshot);
    }

    public void End(RunOutcome outcome)
    {
        Calls.Add("end");
        Outcome = outcome;
    }
}
