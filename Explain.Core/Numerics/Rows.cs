using System.Runtime.ExceptionServices;

namespace Explain.Core;

/// <summary>Work on the rows <c>first .. first + count - 1</c>; a struct so that the call is direct.</summary>
public interface IRowOperation
{
    /// <summary>Does the rows of one block. Blocks may run at the same time; each row belongs to one block.</summary>
    void Invoke(int first, int count);
}

/// <summary>
/// The only door to <see cref="Parallel"/>. Rows are cut into blocks whose size depends on the work, never on the number of threads,
/// so whatever is computed per block is the same for any <see cref="Threads"/>.
/// </summary>
public static class Rows
{
    private static ParallelOptions _options = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };

    [ThreadStatic]
    private static bool _inside;

    /// <summary>The most threads that may work at once, at least 1. Results do not depend on it.</summary>
    public static int Threads
    {
        get => _options.MaxDegreeOfParallelism;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            _options = new ParallelOptions { MaxDegreeOfParallelism = value };
        }
    }

    /// <summary>
    /// Runs <paramref name="operation"/> over <paramref name="rows"/> rows in blocks of <paramref name="blockSize"/> and returns when all are done.
    /// Called from within an operation, it runs on the calling thread alone: the others are busy already.
    /// </summary>
    public static void For<T>(int rows, int blockSize, T operation)
        where T : struct, IRowOperation
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(blockSize);
        int blocks = (int)(((long)rows + blockSize - 1) / blockSize);
        ParallelOptions options = _options;
        int workers = Math.Min(blocks, options.MaxDegreeOfParallelism);
        if (workers <= 1 || _inside)
        {
            for (int block = 0; block < blocks; block++) Invoke(rows, blockSize, block, operation);
            return;
        }
        Job<T> job = Job<T>.Take();
        job.Run(rows, blockSize, blocks, workers, options, operation);
        job.Return();
    }

    private static void Invoke<T>(int rows, int blockSize, int block, T operation)
        where T : struct, IRowOperation
        => operation.Invoke(block * blockSize, Math.Min(blockSize, rows - (block * blockSize)));

    /// <summary>
    /// The state of one call. <see cref="Parallel.For(int, int, ParallelOptions, Action{int})"/> starts one body a thread, and each body takes the next free block until
    /// none is left. The job and its delegate are kept for the next call of the same kind: only what Parallel.For itself allocates remains.
    /// </summary>
    private sealed class Job<T>
        where T : struct, IRowOperation
    {
        [ThreadStatic]
        private static Job<T>? _spare;

        private readonly Action<int> _body;
        private T _operation;
        private int _rows, _blockSize, _blocks, _next;

        private Job() => _body = Work;

        public static Job<T> Take()
        {
            Job<T> job = _spare ?? new Job<T>();
            _spare = null;
            return job;
        }

        public void Return()
        {
            _operation = default; // Lets go of whatever the operation refers to.
            _spare = this;
        }

        public void Run(int rows, int blockSize, int blocks, int workers, ParallelOptions options, T operation)
        {
            (_rows, _blockSize, _blocks, _next, _operation) = (rows, blockSize, blocks, 0, operation);
            try
            {
                Parallel.For(0, workers, options, _body);
            }
            catch (AggregateException failure)
            {
                ExceptionDispatchInfo.Capture(failure.InnerExceptions[0]).Throw();
            }
        }

        private void Work(int worker)
        {
            bool outer = _inside;
            _inside = true;
            try
            {
                for (int block = Interlocked.Increment(ref _next) - 1; block < _blocks; block = Interlocked.Increment(ref _next) - 1)
                    Invoke(_rows, _blockSize, block, _operation);
            }
            finally
            {
                _inside = outer;
            }
        }
    }
}
