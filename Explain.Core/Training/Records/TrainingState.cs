namespace Explain.Core;

/// <summary>
/// A training between two steps: all that it needs to go on to the very same bits. Random numbers are drawn by (seed, purpose, epoch or
/// step), so the generator's position is <see cref="Epoch"/> and <see cref="Step"/>; data, network and settings are the trainer's. The
/// arrays are copies.
/// </summary>
public sealed record TrainingState
{
    /// <summary>Finished epochs.</summary>
    public required int Epoch { get; init; }

    /// <summary>Steps done of the epoch after them; 0 between two epochs.</summary>
    public required int Step { get; init; }

    /// <summary>Epochs asked for.</summary>
    public required int Epochs { get; init; }

    /// <summary>
    /// Settings of trainer, optimiser and layers that the bits depend on, as names and values in order; numbers so that reading gives them
    /// back. A training with other ones is not gone on with.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, string>> Settings { get; init; } = [];

    /// <summary>The network now.</summary>
    public required NetworkValues Network { get; init; }

    /// <summary>The optimiser now.</summary>
    public required OptimizerState Optimizer { get; init; }

    /// <summary>Mean loss of the step before; NaN before the first.</summary>
    public required double LastLoss { get; init; }

    /// <summary>The epoch under way; null between two epochs.</summary>
    public EpochUnderWay? UnderWay { get; init; }

    /// <summary>The best epoch so far with its network; null where the last one is kept.</summary>
    public BestEpoch? Best { get; init; }

    /// <summary>What early stopping has seen, without a network; null where there is none.</summary>
    public BestEpoch? Patience { get; init; }

    /// <summary>Epoch of the last snapshot; −1 where none was taken.</summary>
    public int SnapshotEpoch { get; init; } = -1;

    /// <summary>Parameters at the last snapshot, which the next one counts its updates from; empty where none was taken.</summary>
    public float[] SnapshotParameters { get; init; } = [];
}

/// <summary>What an optimiser carries from step to step.</summary>
/// <param name="Buffers">Names and values, one a parameter, e.g. "velocity".</param>
/// <param name="Counters">Numbers such as the count of steps, in the optimiser's order.</param>
public sealed record OptimizerState(IReadOnlyList<KeyValuePair<string, float[]>> Buffers, double[] Counters);

/// <summary>An epoch some of whose steps are done.</summary>
/// <param name="LossSum">Loss of the samples so far, summed.</param>
/// <param name="Hits">How many of them were classified correctly.</param>
/// <param name="Seconds">Wall-clock time of the steps so far.</param>
/// <param name="Activations">What passed through the layers that are measured.</param>
/// <param name="Before">The network at the epoch's start.</param>
public sealed record EpochUnderWay(
    double LossSum, long Hits, double Seconds, IReadOnlyList<ActivationTotals> Activations, NetworkValues Before);

/// <summary>The best epoch so far by some measure.</summary>
/// <param name="Epoch">Which; 0 before the first.</param>
/// <param name="Value">Its value, where higher is better; NaN before the first.</param>
/// <param name="Network">The network then; null where it is not kept.</param>
public sealed record BestEpoch(int Epoch, double Value, NetworkValues? Network = null);
