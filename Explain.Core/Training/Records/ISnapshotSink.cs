namespace Explain.Core;

/// <summary>Takes what a trainer emits. A <see cref="RunFolder"/> writes it to disk; a test keeps it in memory.</summary>
public interface ISnapshotSink
{
    /// <summary>Called once, before the first step.</summary>
    void Begin(RunInfo run, Probe probe);

    /// <summary>
    /// Called instead of <see cref="Begin"/> by a training that goes on from <paramref name="from"/>: whatever was recorded after that
    /// moment is to be forgotten. A sink that keeps nothing from before begins here.
    /// </summary>
    void Continue(RunInfo run, Probe probe, TrainingState from) => Begin(run, probe);

    /// <summary>
    /// Whether the state after <paramref name="epoch"/> (0 = before the first step) should be emitted as a <see cref="Snapshot"/>.
    /// </summary>
    bool WantsSnapshot(int epoch);

    /// <summary>
    /// Called after every epoch with its metrics and the SHA-256 of all parameters (little-endian float32) in lower-case hexadecimal.
    /// </summary>
    void Record(EpochMetrics metrics, string weightsHash);

    /// <summary>
    /// Called for the wanted epochs, after <see cref="Record(EpochMetrics, string)"/> of the same epoch; and once more before
    /// <see cref="End(RunOutcome)"/> with the last state of a run that ends before its planned epochs, if that epoch was not wanted.
    /// </summary>
    void Record(Snapshot snapshot);

    /// <summary>Whether a checkpoint is due; asked at the end of every epoch, after everything else of it was recorded.</summary>
    bool WantsCheckpoint(int epoch) => false;

    /// <summary>
    /// Called where a checkpoint is due, when the training was stopped by the user (also in the middle of an epoch), and after its last
    /// epoch. Nothing is done with it unless the sink does.
    /// </summary>
    void Record(TrainingState state)
    {
        // A sink without checkpoints.
    }

    /// <summary>Called once at the end, also after a failure.</summary>
    void End(RunOutcome outcome);
}
