namespace Explain.Core;

/// <summary>Work on the rows <c>first .. first + count - 1</c>; a struct so that the call is direct.</summary>
public interface IRowOperation
{
    /// <summary>Does the rows of one block. Blocks may run at the same time; each row belongs to one block.</summary>
    void Invoke(int first, int count);
}

/// <summary>
/// The only door to several threads. Rows are cut into blocks whose size depends on the work, never on the number of threads,
/// so whatever is computed per block is the same for any <see cref="Threads"/>. Handing out a loop costs about a microsecond while the
/// <see cref="RowTeam"/> is awake, and allocates nothing.
/// </summary>
public static class Rows
{
    private static int _threads = Environment.ProcessorCount;

    [ThreadStatic]
    private static bool _inside;

    /// <summary>The most threads that may work at once, at least 1. Results do not depend on it.</summary>
    public static int Threads
    {
        get => Volatile.Read(ref _threads);
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            Volatile.Write(ref _threads, value);
        }
    }

    /// <summary>Whether the calling thread works on a block of a loop, so that loops of its own would run on it alone.</summary>
    internal static bool IsInside => _inside;

    /// <summary>
    /// Runs <paramref name="operation"/> over <paramref name="rows"/> rows in blocks of <paramref name="blockSize"/> and returns when all
    /// are done. Called from within an operation, or while another thread's loop has the team, it runs on the calling thread alone: the
    /// others are busy already.
    /// </summary>
    public static void For<T>(int rows, int blockSize, T operation)
        where T : struct, IRowOperation
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(blockSize);
        int blocks = (int)(((long)rows + blockSize - 1) / blockSize);
        int workers = Math.Min(blocks, Math.Min(Threads, RowTeam.MostWorkers));
        if (workers <= 1 || _inside || !RowTeam.TryEnter())
        {
            for (int block = 0; block < blocks; block++) Invoke(rows, blockSize, block, operation);
            return;
        }
        var job = Job<T>.Spare;
        try
        {
            job.Set(rows, blockSize, operation);
            RowTeam.Run(job, blocks, workers - 1);
        }
        finally
        {
            job.Set(0, 0, default); // Lets go of whatever the operation refers to.
            RowTeam.Leave();
        }
    }

    private static void Invoke<T>(int rows, int blockSize, int block, T operation)
        where T : struct, IRowOperation
        => operation.Invoke(block * blockSize, Math.Min(blockSize, rows - (block * blockSize)));

    /// <summary>The loop under way for one kind of operation. One of them is enough: only one loop has the team at a time.</summary>
    private sealed class Job<T> : RowJob
        where T : struct, IRowOperation
    {
        private T _operation;
        private int _rows, _blockSize;

        public static Job<T> Spare { get; } = new();

        public void Set(int rows, int blockSize, T operation) => (_rows, _blockSize, _operation) = (rows, blockSize, operation);

        protected override void Invoke(int block)
        {
            bool outer = _inside;
            _inside = true;
            try
            {
                Rows.Invoke(_rows, _blockSize, block, _operation);
            }
            finally
            {
                _inside = outer;
            }
        }
    }
}
