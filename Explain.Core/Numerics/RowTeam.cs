using System.Runtime.ExceptionServices;

namespace Explain.Core;

/// <summary>A loop whose blocks any thread may take, each once.</summary>
internal abstract class RowJob
{
    private int _next;
    private int _blocks;
    private Exception? _failure;

    /// <summary>Makes <paramref name="blocks"/> blocks ready to be taken.</summary>
    public void Begin(int blocks) => (_next, _blocks, _failure) = (0, blocks, null);

    /// <summary>Takes blocks until none is left.</summary>
    public void Work()
    {
        try
        {
            for (int block = Interlocked.Increment(ref _next) - 1; block < _blocks; block = Interlocked.Increment(ref _next) - 1) Invoke(block);
        }
        catch (Exception failure) when (Keep(failure))
        {
            Volatile.Write(ref _next, _blocks); // The rest is not begun.
        }
    }

    /// <summary>Throws what a block threw.</summary>
    public void ThrowIfFailed()
    {
        if (_failure is { } failure) ExceptionDispatchInfo.Capture(failure).Throw();
    }

    protected abstract void Invoke(int block);

    /// <summary>Whatever a block throws comes out of the loop, on the thread that asked for it; of several the first.</summary>
    private bool Keep(Exception failure)
    {
        Interlocked.CompareExchange(ref _failure, failure, null);
        return true;
    }
}

/// <summary>
/// The threads behind <see cref="Rows.For"/>. <see cref="Parallel.For(int, int, Action{int})"/> alone takes tens of microseconds and over a kilobyte to start a loop, and a training step
/// is a dozen loops of a few microseconds each. So the bodies that it starts stay for a while after their loop and watch for the next; when none has come for a
/// millisecond they return their threads to the pool. A member that comes late, or not at all, costs nothing: the others take its blocks.
/// </summary>
internal static class RowTeam
{
    /// <summary>Looks for the next loop, each some tens of nanoseconds apart, before a member begins to let other threads run between two looks.</summary>
    private const int EagerLooks = 4_000;

    /// <summary>Milliseconds without a loop after which a member goes home.</summary>
    private const int IdleMilliseconds = 1;

    private static readonly Action<int> Body = _ => Serve();
    private static readonly Action<int> Start = missing => Parallel.For(0, missing, Body);

    private static RowJob? _job;

    // Counts loops: a member has seen all up to the one it last worked on.
    private static int _loop;

    // Members at work, or about to look whether there is some.
    private static int _inside;

    // Members of the team, or called for.
    private static int _members;

    // How many members beside the caller the loop under way wants.
    private static int _wanted;

    private static int _entered;

    /// <summary>Takes the team for the calling thread; false where another has it.</summary>
    public static bool TryEnter() => Interlocked.CompareExchange(ref _entered, 1, 0) == 0;

    /// <summary>Gives the team back.</summary>
    public static void Leave() => Volatile.Write(ref _entered, 0);

    /// <summary>Runs a job on the calling thread and at most <paramref name="others"/> more. Between <see cref="TryEnter"/> and <see cref="Leave"/>.</summary>
    public static void Run(RowJob job, int blocks, int others)
    {
        job.Begin(blocks);
        Volatile.Write(ref _wanted, others);
        Volatile.Write(ref _job, job);
        Interlocked.Increment(ref _loop);
        int missing = others - Volatile.Read(ref _members);
        if (missing > 0)
        {
            Interlocked.Add(ref _members, missing);
            ThreadPool.UnsafeQueueUserWorkItem(Start, missing, preferLocal: false);
        }
        job.Work();

        // From here on nobody finds the job; those who have found it are waited for, because it will be used again.
        Volatile.Write(ref _job, null);
        Interlocked.MemoryBarrier();
        var spin = default(SpinWait);
        while (Volatile.Read(ref _inside) != 0) spin.SpinOnce(sleep1Threshold: -1);
        job.ThrowIfFailed();
    }

    /// <summary>A member's life: work on each loop that comes until none has come for a while, or the team has grown too large.</summary>
    private static void Serve()
    {
        int seen = Volatile.Read(ref _loop) - 1; // The loop that called for members may be under way.
        while (Await(ref seen))
        {
            // The order matters: first be counted, then look. Whoever takes the job away looks at the count afterwards.
            if (Interlocked.Increment(ref _inside) <= Volatile.Read(ref _wanted)) Volatile.Read(ref _job)?.Work();
            Interlocked.Decrement(ref _inside);
        }
        Interlocked.Decrement(ref _members);
    }

    /// <summary>Waits for a loop that is not the one <paramref name="seen"/>; false when it is time to go.</summary>
    private static bool Await(ref int seen)
    {
        for (int looks = 0; looks < EagerLooks; looks++)
        {
            if (IsNew(ref seen)) return true;
            Thread.SpinWait(2);
        }
        long start = Environment.TickCount64;
        while (Environment.TickCount64 - start <= IdleMilliseconds)
        {
            if (IsNew(ref seen)) return true;
            Thread.Yield();
        }
        return false;
    }

    private static bool IsNew(ref int seen)
    {
        int loop = Volatile.Read(ref _loop);
        if (loop == seen) return false;
        seen = loop;
        return true;
    }
}
