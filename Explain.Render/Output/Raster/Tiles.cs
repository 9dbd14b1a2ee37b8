namespace Explain.Render;

/// <summary>
/// The only door to <see cref="Parallel"/> in drawing. A picture is cut into bands whose height does not depend on the number of threads, and each
/// band is painted by itself, so the pixels are the same for any <see cref="Threads"/>.
/// </summary>
public static class Tiles
{
    /// <summary>The most threads that may work at once. Pictures do not depend on it.</summary>
    public static int Threads { get; set; } = Environment.ProcessorCount;

    /// <summary>Runs <paramref name="work"/> for 0 … <paramref name="count"/> − 1; each worker gets a workspace of its own, and <paramref name="done"/> gets it when the worker has finished, unless work threw.</summary>
    internal static void For<TWorkspace>(int count, Func<TWorkspace> workspace, Action<int, TWorkspace> work, Action<TWorkspace>? done = null)
    {
        if (count <= 1 || Threads == 1)
        {
            var own = workspace();
            for (int i = 0; i < count; i++)
                work(i, own);
            done?.Invoke(own);
            return;
        }
        bool whole = true;
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = Threads }, workspace, (i, _, own) =>
        {
            try
            {
                work(i, own);
                return own;
            }
            catch
            {
                Volatile.Write(ref whole, false);
                throw;
            }
        }, own =>
        {
            if (Volatile.Read(ref whole))
                done?.Invoke(own);
        });
    }
}
