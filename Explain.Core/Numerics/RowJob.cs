using System.Runtime.ExceptionServices;

namespace Explain.Core;

/// <summary>
/// A loop whose blocks any thread may take, each once. Each worker begins with a range of its own, the same in every loop of as many
/// blocks: what it wrote in one loop (weights, their gradient, an optimiser's moments) is still in its core's cache in the next. Whoever is
/// done goes on with the ranges of the others.
/// </summary>
internal abstract class RowJob
{
    /// <summary>Integers between two counters, so that no two share a cache line (or the pair of lines that is fetched together).</summary>
    private const int Apart = 32;

    private int[] _next = [];
    private int _blocks;
    private int _workers;
    private Exception? _failure;

    /// <summary>Makes <paramref name="blocks"/> blocks ready to be taken by at most <paramref name="workers"/>.</summary>
    public void Begin(int blocks, int workers)
    {
        if (_next.Length < (workers + 1) * Apart) _next = new int[(workers + 1) * Apart];
        (_blocks, _workers, _failure) = (blocks, workers, null);
        for (int range = 0; range < workers; range++) _next[(range + 1) * Apart] = End(range - 1);
    }

    /// <summary>Takes blocks until none is left, first those of the range <paramref name="worker"/>.</summary>
    public void Work(int worker)
    {
        try
        {
            for (int i = 0; i < _workers; i++) WorkOn((worker + i) % _workers);
        }
        catch (Exception failure) when (Keep(failure))
        {
            // The rest is not begun.
            for (int range = 0; range < _workers; range++) Volatile.Write(ref _next[(range + 1) * Apart], _blocks);
        }
    }

    /// <summary>Throws what a block threw.</summary>
    public void ThrowIfFailed()
    {
        if (_failure is not { } failure) return;
        _failure = null; // The job lives on.
        ExceptionDispatchInfo.Capture(failure).Throw();
    }

    protected abstract void Invoke(int block);

    private int End(int range) => (int)((long)(range + 1) * _blocks / _workers);

    private void WorkOn(int range)
    {
        int end = End(range);
        ref int next = ref _next[(range + 1) * Apart];
        if (Volatile.Read(ref next) >= end) return;
        for (int block = Interlocked.Increment(ref next) - 1; block < end; block = Interlocked.Increment(ref next) - 1) Invoke(block);
    }

    /// <summary>Whatever a block throws comes out of the loop, on the thread that asked for it; of several the first.</summary>
    private bool Keep(Exception failure)
    {
        Interlocked.CompareExchange(ref _failure, failure, null);
        return true;
    }
}
