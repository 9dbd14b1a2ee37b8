namespace Explain.Core;

/// <summary>
/// C[m,n] (+)= A[m,k] · B[k,n] with one kernel and one epilogue. B is packed once for all (in parallel, a block of it at a time); then
/// tiles of C are shared out among threads. A low A is packed with B; otherwise each tile packs its own rows. No sum is ever split over threads.
/// </summary>
internal static unsafe class GemmDriver<TKernel, TEpilogue>
    where TKernel : struct, IGemmKernel
    where TEpilogue : struct, IGemmEpilogue
{
    /// <summary>Runs the product; the lines of <paramref name="a"/> are the m rows of A, those of <paramref name="b"/> the n columns of B.</summary>
    public static void Run(GemmOperand a, GemmOperand b, float* c, int m, int n, int k, bool accumulate, TEpilogue epilogue)
    {
        var blocking = new GemmBlocking(m, n, k, TKernel.Rows, TKernel.Columns);
        bool parallel = (long)m * n * Math.Max(k, 1) >= GemmBlocking.MinimumParallelWork;
        nint room = (nint)blocking.PackedColumns * blocking.PackedDepth;
        float* packed = PackBuffers.Shared(room + ((nint)blocking.PackedRows * blocking.PackedDepth));
        float* packedA = blocking.PackedRows > 0 ? packed + room : null;
        for (int column = 0; column < n; column += blocking.PackedColumns)
        {
            int columns = Math.Min(blocking.PackedColumns, n - column), step = 0;
            do
            {
                int steps = Math.Min(blocking.PackedDepth, k - step);
                var packB = new PackOperation(b, packed, column, columns, step, steps, TKernel.Columns);
                Run(packB.Count, packB, parallel);
                var packA = new PackOperation(a, packedA, 0, m, step, steps, TKernel.Rows);
                if (packedA != null) Run(packA.Count, packA, parallel);
                var tiles = new TileOperation
                {
                    Blocking = blocking,
                    A = a,
                    Packed = packed,
                    PackedA = packedA,
                    C = c,
                    M = m,
                    N = n,
                    Column = column,
                    Columns = columns,
                    Step = step,
                    Steps = steps,
                    Load = accumulate || step > 0,
                    Last = step + steps == k,
                    Epilogue = epilogue,
                };
                Run(tiles.Count, tiles, parallel);
                step += steps;
            }
            while (step < k);
        }
    }

    private static void Run<TOperation>(int count, TOperation operation, bool parallel)
        where TOperation : struct, IRowOperation
    {
        if (parallel) Rows.For(count, 1, operation);
        else operation.Invoke(0, count);
    }

    /// <summary>Packs panels of B, or of A, out of <c>lines</c> lines from <c>line</c> on.</summary>
    private readonly struct PackOperation(GemmOperand operand, float* packed, int line, int lines, int step, int steps, int width) : IRowOperation
    {
        private const int StepsAtATime = 64;

        private readonly GemmOperand _operand = operand;
        private readonly float* _packed = packed;
        private readonly int _line = line, _lines = lines, _step = step, _steps = steps, _width = width;

        /// <summary>Pieces that can be packed at the same time: panels, or, where a step's lines lie side by side, so many steps of all panels.</summary>
        public int Count => _operand.Line == 1 ? (_steps + StepsAtATime - 1) / StepsAtATime : (_lines + _width - 1) / _width;

        public void Invoke(int first, int count)
        {
            nint panel = (nint)_width * _steps;
            if (_operand.Line == 1)
            {
                int start = first * StepsAtATime, some = Math.Min(count * StepsAtATime, _steps - start);
                GemmPacking.Panels(_operand.At(_line, _step + start), 1, _operand.Step, _lines, some, _width, _packed + ((nint)start * _width), panel);
            }
            else
            {
                int start = first * _width, some = Math.Min(count * _width, _lines - start);
                GemmPacking.Panels(_operand.At(_line + start, _step), _operand.Line, _operand.Step, some, _steps, _width, _packed + (first * panel), panel);
            }
        }
    }

    /// <summary>Computes tiles of C from the packed block of B.</summary>
    private readonly struct TileOperation : IRowOperation
    {
        public required GemmBlocking Blocking { get; init; }

        public required GemmOperand A { get; init; }

        /// <summary>The packed block of B: columns <see cref="Column"/> … of C, steps <see cref="Step"/> … of k.</summary>
        public required float* Packed { get; init; }

        /// <summary>The rows of A for the same steps, or null where each tile packs its own.</summary>
        public required float* PackedA { get; init; }

        public required float* C { get; init; }

        public required int M { get; init; }

        public required int N { get; init; }

        public required int Column { get; init; }

        public required int Columns { get; init; }

        public required int Step { get; init; }

        public required int Steps { get; init; }

        /// <summary>Whether the chains go on from what C holds.</summary>
        public required bool Load { get; init; }

        /// <summary>Whether the chains end with this block.</summary>
        public required bool Last { get; init; }

        public required TEpilogue Epilogue { get; init; }

        public int Count => Down * ((Columns + Blocking.ColumnsPerTile - 1) / Blocking.ColumnsPerTile);

        private int Down => (M + Blocking.RowsPerTile - 1) / Blocking.RowsPerTile;

        public void Invoke(int first, int count)
        {
            // Down a column of tiles first: they share their part of B.
            for (int tile = first; tile < first + count; tile++)
                Tile(tile % Down * Blocking.RowsPerTile, tile / Down * Blocking.ColumnsPerTile);
        }

        /// <summary>The tile from row <paramref name="row"/> of C and column <paramref name="left"/> of the packed block on.</summary>
        private void Tile(int row, int left)
        {
            int rows = Math.Min(Blocking.RowsPerTile, M - row), right = Math.Min(left + Blocking.ColumnsPerTile, Columns);
            int depth = GemmBlocking.Depth(Steps);
            float* own = PackedA == null ? PackBuffers.Own((nint)TKernel.Rows * depth) : null;
            int done = 0;
            do
            {
                int steps = Math.Min(depth, Steps - done);
                for (int i = row; i < row + rows; i += TKernel.Rows)
                {
                    int height = Math.Min(TKernel.Rows, M - i);
                    float* panel = own;
                    if (own == null) panel = PackedA + ((nint)i * Steps) + ((nint)done * TKernel.Rows);
                    else GemmPacking.Panels(A.At(i, Step + done), A.Line, A.Step, height, steps, TKernel.Rows, own, 0);
                    Strip(panel, i, height, left, right, done, steps);
                }
                done += steps;
            }
            while (done < Steps);
        }

        /// <summary>One packed panel of A against all panels of B of the tile.</summary>
        private void Strip(float* panel, int row, int rows, int left, int right, int done, int steps)
        {
            float* edge = stackalloc float[TKernel.Rows * TKernel.Columns];
            bool load = Load || done > 0, last = Last && done + steps == Steps;
            for (int j = left; j < right; j += TKernel.Columns)
            {
                int columns = Math.Min(TKernel.Columns, right - j);
                float* b = Packed + ((nint)j * Steps) + ((nint)done * TKernel.Columns);
                float* c = C + ((nint)row * N) + Column + j;
                if (rows == TKernel.Rows && columns == TKernel.Columns)
                {
                    TKernel.Multiply(steps, panel, b, c, N, load);
                }
                else
                {
                    // At the edge of C the kernel works on a whole tile of its own.
                    if (load) Copy(c, N, edge, TKernel.Columns, rows, columns);
                    if (columns > TKernel.Columns / 2) TKernel.Multiply(steps, panel, b, edge, TKernel.Columns, load);
                    else TKernel.MultiplyHalf(steps, panel, b, edge, TKernel.Columns, load);
                    Copy(edge, TKernel.Columns, c, N, rows, columns);
                }
                if (last) Epilogue.Finish(c, N, rows, columns, Column + j);
            }
        }

        private static void Copy(float* from, nint fromStride, float* to, nint toStride, int rows, int columns)
        {
            for (; rows > 0; rows--, from += fromStride, to += toStride)
            {
                for (int j = 0; j < columns; j++) to[j] = from[j];
            }
        }
    }
}
