namespace Explain.Core;

/// <summary>The snapshots of a run, looked into side by side.</summary>
public static class KeptSnapshots
{
    /// <summary>What <paramref name="look"/> finds in the snapshot of each epoch, in the order of the epochs.</summary>
    /// <exception cref="InputException">A snapshot cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    internal static T[] Each<T>(AnalysisContext context, IReadOnlyList<int> epochs, Func<Snapshot, T> look)
    {
        var found = new T[epochs.Count];
        Rows.For(epochs.Count, 1, new Look<T>(context, epochs, look, found, new Tally()));
        return found;
    }

    /// <summary>At most <paramref name="most"/> of the kept epochs, evenly in their order, the first and the last among them.</summary>
    public static IReadOnlyList<int> Chosen(RunFolder run, int most)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 2);
        IReadOnlyList<int> kept = run.SnapshotEpochs;
        return kept.Count <= most ? kept
            : [.. Enumerable.Range(0, most).Select(i => kept[(int)Math.Round((kept.Count - 1.0) * i / (most - 1))]).Distinct()];
    }

    /// <summary>The epoch where it was kept; none otherwise, of which reading the snapshot then tells.</summary>
    internal static IReadOnlyList<int> Only(RunFolder run, int epoch) => run.SnapshotEpochs.Contains(epoch) ? [epoch] : [];

    private readonly struct Look<T>(AnalysisContext context, IReadOnlyList<int> epochs, Func<Snapshot, T> look, T[] found, Tally tally)
        : IRowOperation
    {
        public void Invoke(int first, int count)
        {
            for (int i = first; i < first + count; i++)
            {
                context.Cancellation.ThrowIfCancellationRequested();
                found[i] = look(context.Run.ReadSnapshot(epochs[i]));
                context.Report(tally.Next(), epochs.Count);
            }
        }
    }

    private sealed class Tally
    {
        private int _done;

        public int Next() => Interlocked.Increment(ref _done);
    }
}
