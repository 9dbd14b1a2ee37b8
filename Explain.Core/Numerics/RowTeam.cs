using System.Numerics;

#pragma warning disable RS0030 // The door itself: threads are started here, and only here.

namespace Explain.Core;

/// <summary>
/// The threads behind <see cref="Rows.For"/>. <see cref="Parallel.For(int, int, Action{int})"/> alone takes tens of microseconds and over a
/// kilobyte to start a loop, and a training step is a dozen loops of a few microseconds each. So the bodies that it starts stay for a while
/// after their loop and watch for the next; when none has come for a millisecond they return their threads to the pool. A member that comes
/// late, or not at all, costs nothing: the others take its blocks.
/// </summary>
internal static class RowTeam
{
    /// <summary>The caller and 64 members.</summary>
    public const int MostWorkers = 65;

    /// <summary>
    /// Looks for the next loop, each some tens of nanoseconds apart, before a member begins to let other threads run between two looks.
    /// </summary>
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

    // A bit for each number that a member has; members keep theirs, and so their range of a loop, until they go.
    private static ulong _numbers;

    // Members of the team, or called for.
    private static int _members;

    // How many members beside the caller the loop under way wants.
    private static int _wanted;

    private static int _entered;

    /// <summary>Takes the team for the calling thread; false where another has it.</summary>
    public static bool TryEnter() => Interlocked.CompareExchange(ref _entered, 1, 0) == 0;

    /// <summary>Gives the team back.</summary>
    public static void Leave() => Volatile.Write(ref _entered, 0);

    /// <summary>
    /// Runs a job on the calling thread and at most <paramref name="others"/> more. Between <see cref="TryEnter"/> and <see cref="Leave"/>.
    /// </summary>
    public static void Run(RowJob job, int blocks, int others)
    {
        job.Begin(blocks, others + 1);
        Volatile.Write(ref _wanted, others);
        Volatile.Write(ref _job, job);
        Interlocked.Increment(ref _loop);
        try
        {
            int missing = others - Volatile.Read(ref _members);
            if (missing > 0)
            {
                Interlocked.Add(ref _members, missing);
                ThreadPool.UnsafeQueueUserWorkItem(Start, missing, preferLocal: false);
            }
            job.Work(0);
        }
        finally
        {
            // From here on nobody finds the job; those who have found it are waited for, because it will be used again.
            Volatile.Write(ref _job, null);
            Interlocked.MemoryBarrier();
            var spin = default(SpinWait);
            while (Volatile.Read(ref _inside) != 0) spin.SpinOnce(sleep1Threshold: -1);
        }
        job.ThrowIfFailed();
    }

    /// <summary>A member's life: work on each loop that comes until none has come for a while, or the team has grown too large.</summary>
    private static void Serve()
    {
        int number = TakeNumber(), seen = Volatile.Read(ref _loop) - 1; // The loop that called for members may be under way.
        while (number > 0 && Await(number, ref seen))
        {
            // The order matters: first be counted, then look. Whoever takes the job away looks at the count afterwards.
            Interlocked.Increment(ref _inside);
            if (number <= Volatile.Read(ref _wanted)) Volatile.Read(ref _job)?.Work(number);
            Interlocked.Decrement(ref _inside);
        }
        if (number > 0) Interlocked.And(ref _numbers, ~(1UL << (number - 1)));
        Interlocked.Decrement(ref _members);
    }

    /// <summary>The least free number from 1, or 0 where all 64 are taken.</summary>
    private static int TakeNumber()
    {
        while (true)
        {
            ulong taken = Volatile.Read(ref _numbers);
            int free = BitOperations.TrailingZeroCount(~taken);
            if (free == 64) return 0;
            if (Interlocked.CompareExchange(ref _numbers, taken | (1UL << free), taken) == taken) return free + 1;
        }
    }

    /// <summary>
    /// Waits for a loop that is not the one <paramref name="seen"/> and wants a member of this number; false when it is time to go.
    /// </summary>
    private static bool Await(int number, ref int seen)
    {
        for (int looks = 0; looks < EagerLooks; looks++)
        {
            if (IsWanted(number, ref seen)) return true;
            Thread.SpinWait(2);
        }
        long start = Environment.TickCount64;
        while (Environment.TickCount64 - start <= IdleMilliseconds)
        {
            if (IsWanted(number, ref seen)) return true;
            Thread.Yield();
        }
        return IsWanted(number, ref seen); // The thread may have been put aside for long in the last step.
    }

    private static bool IsWanted(int number, ref int seen)
    {
        int loop = Volatile.Read(ref _loop);
        if (loop == seen) return false;
        seen = loop;
        return number <= Volatile.Read(ref _wanted);
    }
}
