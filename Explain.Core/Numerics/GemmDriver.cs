using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Explain.Core;

/// <summary>
/// C[m,n] (+)= A[m,k] · B[k,n] with one kernel and one epilogue, in blocks of C (see <see cref="GemmBlocking"/>). In a block, k goes in
/// sweeps: the block's columns of B are packed for the sweep, its rows of A are packed or read as they lie, and the kernel runs down the
/// rows for one panel of B after the other. No sum is ever split over threads.
/// </summary>
internal readonly unsafe struct GemmDriver<TKernel, TEpilogue> : IRowOperation
    where TKernel : struct, IGemmKernel
    where TEpilogue : struct, IGemmEpilogue
{
    private readonly GemmBlocking _blocking;
    private readonly GemmOperand _a, _b;
    private readonly float* _c;
    private readonly int _n, _k;
    private readonly bool _accumulate;
    private readonly TEpilogue _epilogue;

    private GemmDriver(GemmOperand a, GemmOperand b, float* c, int m, int n, int k, bool accumulate, TEpilogue epilogue)
    {
        _blocking = new GemmBlocking(a, m, n, k, TKernel.Rows, TKernel.Columns);
        (_a, _b, _n, _k, _accumulate, _epilogue) = (a, b, n, k, accumulate, epilogue);
        _c = c;
    }

    /// <summary>
    /// Runs the product; the lines of <paramref name="a"/> are the m rows of A, those of <paramref name="b"/> the n columns of B.
    /// </summary>
    public static void Run(GemmOperand a, GemmOperand b, float* c, int m, int n, int k, bool accumulate, TEpilogue epilogue)
    {
        var driver = new GemmDriver<TKernel, TEpilogue>(a, b, c, m, n, k, accumulate, epilogue);
        int blocks = driver._blocking.Count;
        if ((long)m * n * Math.Max(k, 1) >= GemmBlocking.MinimumParallelWork) Rows.For(blocks, 1, driver);
        else driver.Invoke(0, blocks);
    }

    /// <summary>Computes blocks of C.</summary>
    public void Invoke(int first, int count)
    {
        for (int index = first; index < first + count; index++)
        {
            var (row, rows, column, columns) = _blocking.Block(index);
            Block(row, rows, column, columns);
        }
    }

    private void Block(int row, int rows, int column, int columns)
    {
        int depth = GemmBlocking.Depth(_k), tileRows = GemmBlocking.TileRows / TKernel.Rows * TKernel.Rows;
        float* packed = PackBuffers.Columns((nint)GemmBlocking.RoundUp(columns, TKernel.Columns) * depth);
        int step = 0;
        do
        {
            int steps = Math.Min(depth, _k - step);
            GemmPacking.Panels(
                _b.At(column, step), _b.Line, _b.Step, columns, steps, TKernel.Columns, packed, (nint)TKernel.Columns * steps);
            for (int top = 0; top < rows; top += tileRows)
            {
                int some = Math.Min(tileRows, rows - top);
                var lines = Lines(row + top, some, step, steps);
                for (int j = 0; j < columns; j += TKernel.Columns)
                    Panel(
                        lines, packed + ((nint)j * steps), row + top, some, column + j, Math.Min(TKernel.Columns, columns - j), step,
                        steps);
            }
            step += steps;
        }
        while (step < _k);
    }

    /// <summary>One panel of B, which stays in the first-level cache, against the rows of a tile.</summary>
    [SkipLocalsInit] // What of the edge is not written is computed and thrown away.
    private void Panel(TileLines lines, float* b, int row, int rows, int column, int columns, int step, int steps)
    {
        float* edge = stackalloc float[TKernel.Rows * TKernel.Columns];
        float* c = _c + ((nint)row * _n) + column;
        bool load = _accumulate || step > 0, last = step + steps == _k, half = columns <= TKernel.Columns / 2;
        bool whole = columns == TKernel.Columns || (half && columns == TKernel.Columns / 2);
        for (int i = 0; i < rows; i += TKernel.Rows, c += TKernel.Rows * (nint)_n)
        {
            int some = Math.Min(TKernel.Rows, rows - i), height = TKernel.Height(some);
            var strip = lines.At(i, some == height);
            if (i + TKernel.Rows < rows) Prefetch(c + (TKernel.Rows * (nint)_n), _n);
            if (whole && some == height)
            {
                TKernel.Multiply(height, half, steps, strip.Start, strip.Line, strip.Step, b, c, _n, load);
            }
            else
            {
                // At the edge of C the kernel works on a whole tile of its own.
                if (load) Copy(c, _n, edge, TKernel.Columns, some, columns);
                TKernel.Multiply(height, half, steps, strip.Start, strip.Line, strip.Step, b, edge, TKernel.Columns, load);
                Copy(edge, TKernel.Columns, c, _n, some, columns);
            }
            if (last) _epilogue.Finish(c, _n, some, columns, column);
        }
    }

    /// <summary>Where the kernel finds a tile's rows of A: as they lie, but for a rest of rows that no kernel fits, or packed.</summary>
    private TileLines Lines(int row, int rows, int step, int steps)
    {
        var from = _a.Shifted(row, step);
        int rest = rows % TKernel.Rows;
        if (_blocking.DirectA && (rest == 0 || TKernel.Height(rest) == rest)) return new TileLines(from, null);

        int first = _blocking.DirectA ? rows - rest : 0;
        nint panel = (nint)TKernel.Rows * steps;
        float* own = PackBuffers.Lines((nint)GemmBlocking.RoundUp(rows - first, TKernel.Rows) * steps);
        GemmPacking.Panels(from.At(first, 0), from.Line, from.Step, rows - first, steps, TKernel.Rows, own, panel);
        return _blocking.DirectA ? new TileLines(from, own) : new TileLines(own, panel);
    }

    /// <summary>Asks for the next piece of C, whose rows may lie pages apart, while the kernel works on this one.</summary>
    private static void Prefetch(float* c, nint stride)
    {
        if (!Sse.IsSupported) return;
        for (int i = 0; i < TKernel.Rows; i++, c += stride)
        {
            Sse.Prefetch0(c);
            Sse.Prefetch0(c + 16);
        }
    }

    private static void Copy(float* from, nint fromStride, float* to, nint toStride, int rows, int columns)
    {
        for (; rows > 0; rows--, from += fromStride, to += toStride)
        {
            for (int j = 0; j < columns; j++) to[j] = from[j];
        }
    }

    /// <summary>
    /// The rows of A of one tile: packed panels one after the other, or the operand as it lies with one panel for the rows that a kernel
    /// would reach beyond.
    /// </summary>
    private readonly struct TileLines
    {
        private readonly GemmOperand _direct;
        private readonly float* _panels;
        private readonly nint _stride;

        public TileLines(float* panels, nint stride)
        {
            _panels = panels;
            _stride = stride;
        }

        public TileLines(GemmOperand direct, float* rest)
        {
            _direct = direct;
            _panels = rest;
        }

        /// <summary>
        /// From row <paramref name="i"/> of the tile on; <paramref name="exact"/> where the kernel reads no more rows than there are.
        /// </summary>
        public GemmOperand At(int i, bool exact)
        {
            if (_direct.Start == null) return new GemmOperand(_panels + (i / TKernel.Rows * _stride), 1, TKernel.Rows);
            return exact ? _direct.Shifted(i, 0) : new GemmOperand(_panels, 1, TKernel.Rows);
        }
    }
}
