namespace Explain.Core;

/// <summary>
/// Which epochs of a run keep a snapshot. Of E planned epochs and a budget of B snapshots: all, if they are at most B with epoch 0;
/// otherwise epoch 0 and B − 1 more, the i-th (i = 0 … B − 2) being E^(i / (B − 2)) rounded, or one more than the one before if that is
/// larger. So every one of the first epochs is kept, where most happens, then they are evenly spaced in log time, and the last is always E.
/// Decided up front, so that no file is ever deleted.
/// </summary>
public sealed class SnapshotSchedule
{
    /// <summary>Snapshots of a run if nothing else is asked for.</summary>
    public const int DefaultBudget = 24;

    private readonly HashSet<int> _epochs;

    /// <summary>The schedule of <paramref name="epochs"/> planned epochs.</summary>
    /// <param name="epochs">Planned epochs, 0 or more.</param>
    /// <param name="budget">The most snapshots, at least 2: the first and the last.</param>
    public SnapshotSchedule(int epochs, int budget = DefaultBudget)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epochs);
        ArgumentOutOfRangeException.ThrowIfLessThan(budget, 2);
        if (epochs < budget)
        {
            Epochs = [.. Enumerable.Range(0, epochs + 1)];
        }
        else
        {
            var kept = new List<int>(budget) { 0 };
            for (int i = 0; i <= budget - 2; i++)
            {
                // With a budget of 2 the sequence has one term, the last epoch.
                double exponent = budget == 2 ? 1 : i / (double)(budget - 2);
                kept.Add(Math.Max(kept[^1] + 1, (int)Math.Round(PortableMath.Exp(exponent * PortableMath.Log(epochs)))));
            }
            Epochs = kept;
        }
        _epochs = [.. Epochs];
    }

    /// <summary>The kept epochs, ascending.</summary>
    public IReadOnlyList<int> Epochs { get; }

    /// <summary>Whether <paramref name="epoch"/> is kept.</summary>
    public bool Keeps(int epoch) => _epochs.Contains(epoch);
}
