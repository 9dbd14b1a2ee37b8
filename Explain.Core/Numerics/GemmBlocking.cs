namespace Explain.Core;

/// <summary>
/// How C is cut into blocks that threads take one at a time. Each block is computed by itself over all of k, from operands that its thread
/// packs for itself: nothing is shared but what is read, so no thread waits for another, and none fetches from another's cache what it
/// could have made in its own. Nothing here depends on the number of threads, and nothing here can change a result: every element of C is
/// one chain over k wherever the cuts lie. Sizes suit 32 KiB of first-level and 1 MiB of second-level cache.
/// </summary>
internal readonly struct GemmBlocking
{
    /// <summary>
    /// Fewest multiply-adds worth another thread: some 5 µs of one core with 512-bit vectors, against about one to hand out the loop.
    /// </summary>
    public const long MinimumParallelWork = 1 << 19;

    /// <summary>Most steps of k in one go: a panel of B (272 × 32 floats, 34 KiB) stays near while the rows of a tile pass by.</summary>
    public const int MaximumDepth = 272;

    /// <summary>Rows that pass by each panel of B: with <see cref="MaximumDepth"/> steps about 150 KiB.</summary>
    public const int TileRows = 144;

    /// <summary>Columns of a block at most: its share of B is 272 KiB, and the block of C beside it as large.</summary>
    private const int MaximumColumns = 256;

    /// <summary>Rows of a block, about: enough to pay for packing its share of B many times over.</summary>
    private const int MaximumRows = 516;

    /// <summary>Blocks wanted at least, for few threads to share them evenly.</summary>
    private const int FewestBlocks = 4;

    /// <summary>Blocks wanted where they are large even so.</summary>
    private const int ManyBlocks = 8;

    /// <summary>Multiply-adds of a block that is large.</summary>
    private const long LargeBlockWork = 1 << 24;

    /// <summary>From so many steps on, each block more means reading the operands from memory once more.</summary>
    private const int ManySteps = 8192;

    /// <summary>
    /// Rows of A that lie a multiple of so many elements (2 KiB) apart fall on the same few lines of the first-level cache and push each
    /// other out.
    /// </summary>
    private const int CollidingDistance = 512;

    private readonly int _strips, _panels, _m, _n, _stripRows, _panelColumns, _down, _across;
    private readonly bool _byRows;

    public GemmBlocking(GemmOperand a, int m, int n, int k, int stripRows, int panelColumns)
    {
        (_m, _n, _stripRows, _panelColumns) = (m, n, stripRows, panelColumns);
        _strips = (m + stripRows - 1) / stripRows;
        _panels = (n + panelColumns - 1) / panelColumns;
        _down = (m + MaximumRows - 1) / MaximumRows;
        _across = (n + MaximumColumns - 1) / MaximumColumns;
        long work = (long)m * n * Math.Max(k, 1);
        int wanted = work < MinimumParallelWork || Rows.IsInside ? 1
            : k < ManySteps && work >= ManyBlocks * LargeBlockWork ? ManyBlocks
            : FewestBlocks;
        DirectA = a.Step == 1 && a.Line % CollidingDistance != 0;
        _byRows = a.Step != 1 || _down > 1;
        while (Count < wanted)
        {
            // First the side along which a thread keeps its own (see Block) down to few panels, then the other.
            int rows = _strips / _down, columns = _panels / _across;
            if (_byRows ? _down == 1 && rows >= 4 : columns >= 4) Halve(ref _byRows ? ref _down : ref _across, _byRows ? _strips : _panels);
            else if (columns >= 2 && columns * panelColumns >= rows * stripRows) Halve(ref _across, _panels);
            else if (rows >= 4) Halve(ref _down, _strips);
            else break;
        }
    }

    /// <summary>Number of blocks.</summary>
    public int Count => _down * _across;

    /// <summary>Whether the kernel reads A as it lies, each row one after the other in memory, instead of from packed panels.</summary>
    public bool DirectA { get; }

    /// <summary>
    /// Rows and columns of one block, cut between panels, all of nearly the same size. A thread takes blocks that follow each other: with A
    /// as it lies (NN, NT) those of the same columns, with A transposed (TN) those of the same rows. In a layer's products both are the
    /// same units, so a thread meets the weights, the gradients and the moments of the units that it had before. Where there are many rows,
    /// it is always the rows: then they are samples, and a thread meets its own.
    /// </summary>
    public (int Row, int Rows, int Column, int Columns) Block(int index)
    {
        int down = _byRows ? index / _across : index % _down, across = _byRows ? index % _across : index / _down;
        var (row, rows) = Part(down, _down, _strips, _stripRows, _m);
        var (column, columns) = Part(across, _across, _panels, _panelColumns, _n);
        return (row, rows, column, columns);
    }

    /// <summary>Steps of k in one sweep out of <paramref name="k"/>, in nearly equal parts.</summary>
    public static int Depth(int k)
    {
        int parts = Math.Max(1, (k + MaximumDepth - 1) / MaximumDepth);
        return Math.Max(1, (((k + parts - 1) / parts) + 3) / 4 * 4);
    }

    public static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;

    private static void Halve(ref int parts, int units) => parts = Math.Min(units, 2 * parts);

    private static (int First, int Count) Part(int index, int parts, int units, int size, int length)
    {
        int first = (int)((long)index * units / parts) * size, end = Math.Min(length, (int)((long)(index + 1) * units / parts) * size);
        return (first, end - first);
    }
}
