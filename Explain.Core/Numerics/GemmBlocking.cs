namespace Explain.Core;

/// <summary>
/// How a product is cut up. Nothing here depends on the number of threads, and nothing here can change a result: every element of C is one chain
/// over k wherever the cuts lie. Sizes were chosen on a Zen 4 (32 KiB L1, 1 MiB L2 a core, 32 MiB L3).
/// </summary>
internal readonly struct GemmBlocking
{
    /// <summary>
    /// Fewest multiply-adds worth waking another thread for: about 30 µs of one core at 50 GFLOP/s, against some 5 to 10 µs to
    /// hand out work and wait for it.
    /// </summary>
    public const long MinimumParallelWork = 1 << 20;

    /// <summary>Most steps of k in one go: a panel of A (12 × 384 floats, 18 KiB) stays in the first-level cache while B streams past.</summary>
    public const int MaximumDepth = 384;

    /// <summary>Packed floats of an operand held at a time, about (2 MiB): more would be written to memory and read back.</summary>
    private const int MaximumPacked = 1 << 19;

    /// <summary>Most columns of B packed at a time.</summary>
    private const int MaximumPackedColumns = 2048;

    /// <summary>Up to this many rows, A is packed together with B: several tiles of a row share it.</summary>
    private const int MaximumPackedRows = 512;

    /// <summary>Columns of a tile at most: with <see cref="MaximumDepth"/> steps its share of B is 480 KiB and stays in the second-level cache.</summary>
    private const int MaximumTileColumns = 320;

    /// <summary>Rows of a tile, about.</summary>
    private const int TileRows = 96;

    /// <summary>Tiles wanted at least, so that a few threads can share them evenly.</summary>
    private const int WantedTiles = 8;

    public GemmBlocking(int m, int n, int k, int panelRows, int panelColumns)
    {
        PackedColumns = Math.Min(RoundUp(n, panelColumns), MaximumPackedColumns);
        PackedRows = m <= MaximumPackedRows ? RoundUp(m, panelRows) : 0;
        int lines = Math.Max(PackedColumns, PackedRows);
        PackedDepth = Math.Min(k, Math.Max(MaximumDepth, MaximumPacked / lines / MaximumDepth * MaximumDepth));
        int columns = EvenPart(n, MaximumTileColumns, panelColumns), rows = EvenPart(m, TileRows, panelRows);
        while (Tiles(m, rows) * Tiles(n, columns) < WantedTiles)
        {
            if (rows >= 4 * panelRows) rows = EvenPart(m, rows / 2, panelRows);
            else if (columns >= 2 * panelColumns) columns = EvenPart(n, columns / 2, panelColumns);
            else break;
        }
        RowsPerTile = rows;
        ColumnsPerTile = columns;
    }

    /// <summary>Columns of B packed at a time.</summary>
    public int PackedColumns { get; }

    /// <summary>Rows of A packed together with B: all of them, or none where each tile packs its own.</summary>
    public int PackedRows { get; }

    /// <summary>Steps of k packed at a time.</summary>
    public int PackedDepth { get; }

    /// <summary>Rows of C in one tile, a multiple of the kernel's.</summary>
    public int RowsPerTile { get; }

    /// <summary>Columns of C in one tile, a multiple of the kernel's.</summary>
    public int ColumnsPerTile { get; }

    /// <summary>Steps of k in one sweep of the kernel out of <paramref name="k"/>, in nearly equal parts.</summary>
    public static int Depth(int k) => Math.Max(1, EvenPart(k, MaximumDepth, 4));

    public static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;

    private static long Tiles(int length, int size) => (length + size - 1) / size;

    /// <summary>The size of equal parts of <paramref name="length"/>, none over about <paramref name="maximum"/>, rounded up to a multiple.</summary>
    private static int EvenPart(int length, int maximum, int multiple)
    {
        int parts = Math.Max(1, (length + maximum - 1) / maximum);
        return Math.Max(multiple, RoundUp((length + parts - 1) / parts, multiple));
    }
}
