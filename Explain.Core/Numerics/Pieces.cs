namespace Explain.Core;

/// <summary>
/// Loops over pieces of work that are larger than rows, through <see cref="Rows.For"/>: bands of a picture, parts of a file.
/// What the pieces are must not depend on the number of threads; then neither does what comes of them.
/// </summary>
public static class Pieces
{
    /// <summary>Runs <paramref name="work"/> for 0 … <paramref name="count"/> − 1 and returns when all are done.</summary>
    public static void For(int count, Action<int> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        Rows.For(count, 1, new Plain(work));
    }

    /// <summary>
    /// Runs <paramref name="work"/> for 0 … <paramref name="count"/> − 1, each with a workspace that no other piece has at the
    /// same time, and returns when all are done.
    /// </summary>
    /// <param name="count">Number of pieces.</param>
    /// <param name="workspace">Makes a workspace: as many are made as pieces are worked on at once.</param>
    /// <param name="work">Does a piece. What it finds in its workspace is what another piece left there.</param>
    /// <param name="done">Gets each workspace at the end, unless work threw.</param>
    public static void For<TWorkspace>(int count, Func<TWorkspace> workspace, Action<int, TWorkspace> work, Action<TWorkspace>? done = null)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(work);
        var free = new Stack<TWorkspace>();
        Rows.For(count, 1, new Equipped<TWorkspace>(free, workspace, work));
        if (done is null) return;
        foreach (var each in free) done(each);
    }

    private readonly struct Plain(Action<int> work) : IRowOperation
    {
        public void Invoke(int first, int count) => work(first);
    }

    private readonly struct Equipped<TWorkspace>(Stack<TWorkspace> free, Func<TWorkspace> workspace, Action<int, TWorkspace> work)
        : IRowOperation
    {
        public void Invoke(int first, int count)
        {
            TWorkspace? own;
            bool found;
            lock (free) found = free.TryPop(out own);
            if (!found) own = workspace();
            work(first, own!);
            lock (free) free.Push(own!);
        }
    }
}
