using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Explain.Core;

/// <summary>
/// What is done with the rows and columns of a matrix: greatest elements, softmax, log-sum-exp, sums down the columns. Sums along a row use
/// sixteen lanes (column j goes to lane j mod 16, ascending) and a fixed tree; sums down columns are cut into blocks of
/// <see cref="SumBlock"/> rows. So neither vector width nor threads enter.
/// </summary>
public static unsafe class MatrixRows
{
    /// <summary>Rows of a column sum that are added as float32; the totals of blocks are added as double.</summary>
    private const int SumBlock = 256;

    /// <summary>Fewest elements worth waking another thread for: some 10 µs of one core and more.</summary>
    private const int MinimumParallelLength = 1 << 16;

    [ThreadStatic]
    private static float[]? _partial;

    /// <summary>The greatest element of each row of x[m,n]; not a number where the row has such an element, -∞ where n is 0.</summary>
    /// <exception cref="ArgumentException"><paramref name="greatest"/> does not have m elements.</exception>
    public static void Max(Matrix x, Span<float> greatest)
    {
        CheckLength(greatest.Length, x.Rows, "rows");
        fixed (float* px = x.Span, pg = greatest) Run(x, new MaxOperation(px, pg, x.Columns));
    }

    /// <summary>
    /// The column of the greatest element of each row of x[m,n], n > 0: the first among equals, or the first that is not a number.
    /// </summary>
    /// <exception cref="ArgumentException"><paramref name="columns"/> does not have m elements, or the rows have none.</exception>
    public static void ArgMax(Matrix x, Span<int> columns)
    {
        CheckLength(columns.Length, x.Rows, "rows");
        if (x.Columns == 0 && x.Rows > 0) throw new ArgumentException("The rows have no elements, so none is the greatest.", nameof(x));
        fixed (float* px = x.Span)
        fixed (int* pc = columns)
            Run(x, new ArgMaxOperation(px, pc, x.Columns));
    }

    /// <summary>
    /// y[m,n] = exp(x - max) / Σ exp(x - max) along each row; x and y may be the same. The row's greatest element is taken off first, so
    /// nothing overflows; a row with +∞ or without a finite element gives what is not a number.
    /// </summary>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static void Softmax(Matrix x, Matrix y)
    {
        if (x.Rows != y.Rows || x.Columns != y.Columns)
            throw new ArgumentException($"Softmax of {x} into {y}: the shapes must be the same.");
        fixed (float* px = x.Span, py = y.Span) Run(x, new SoftmaxOperation(px, py, null, x.Rows, x.Columns));
    }

    /// <summary>The softmax of one row of n values, the same bits as in a matrix; x and y may be the same.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Softmax(ReadOnlySpan<float> x, Span<float> y)
    {
        CheckLength(y.Length, x.Length, "values");
        fixed (float* px = x, py = y) new SoftmaxOperation(px, py, null, 1, x.Length).Invoke(0, 1);
    }

    /// <summary>log Σ exp(x) along each row of x[m,n], computed as max + log Σ exp(x - max).</summary>
    /// <exception cref="ArgumentException"><paramref name="result"/> does not have m elements.</exception>
    public static void LogSumExp(Matrix x, Span<float> result)
    {
        CheckLength(result.Length, x.Rows, "rows");
        fixed (float* px = x.Span, pr = result) Run(x, new SoftmaxOperation(px, null, pr, x.Rows, x.Columns));
    }

    /// <summary>sums[n] = Σ over the rows of x[m,n], or added to what is there: the gradient of a bias.</summary>
    /// <exception cref="ArgumentException"><paramref name="sums"/> does not have n elements.</exception>
    public static void ColumnSums(Matrix x, Span<float> sums, bool accumulate = false)
    {
        CheckLength(sums.Length, x.Columns, "columns");
        int blocks = (x.Rows + SumBlock - 1) / SumBlock, columns = x.Columns;
        if (_partial is null || _partial.Length < blocks * columns) _partial = new float[blocks * columns];
        fixed (float* px = x.Span, partial = _partial)
        {
            var operation = new ColumnSumsOperation(px, partial, x.Rows, columns);
            if (x.Length >= MinimumParallelLength) Rows.For(blocks, 1, operation);
            else operation.Invoke(0, blocks);
            for (int j = 0; j < columns; j++)
            {
                double sum = accumulate ? sums[j] : 0;
                for (int block = 0; block < blocks; block++) sum += partial[(block * columns) + j];
                sums[j] = (float)sum;
            }
        }
    }

    /// <summary>sums[n] += each row of x[m,n], one row after the other, on the calling thread.</summary>
    /// <exception cref="ArgumentException"><paramref name="sums"/> does not have n elements.</exception>
    internal static void AddRows(Matrix x, Span<float> sums)
    {
        CheckLength(sums.Length, x.Columns, "columns");
        fixed (float* px = x.Span, ps = sums)
        {
            int j = 0;
            for (; j + 16 <= x.Columns; j += 16)
            {
                var sum = Vector512.Load(ps + j);
                float* from = px + j;
                for (int i = 0; i < x.Rows; i++, from += x.Columns) sum += Vector512.Load(from);
                sum.Store(ps + j);
            }
            for (; j < x.Columns; j++)
            {
                float sum = ps[j];
                float* from = px + j;
                for (int i = 0; i < x.Rows; i++, from += x.Columns) sum += *from;
                ps[j] = sum;
            }
        }
    }

    private static void Run<T>(Matrix x, T operation)
        where T : struct, IRowOperation
    {
        if (x.Length >= MinimumParallelLength) Rows.For(x.Rows, Math.Max(1, (1 << 13) / x.Columns), operation);
        else operation.Invoke(0, x.Rows);
    }

    private static void CheckLength(int actual, int expected, string what)
    {
        if (expected != actual)
            throw new ArgumentException($"The result has {actual} elements; the matrix has {expected} {what} and needs as many.");
    }

    /// <summary>The greatest of n values; see <see cref="Reduce.Max"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float GreatestOf(float* x, int n)
    {
        float greatest = float.NegativeInfinity;
        for (int j = 0; j < n; j++)
        {
            if (!(x[j] <= greatest)) greatest = x[j];
            if (float.IsNaN(greatest)) break;
        }
        return greatest;
    }

    private readonly struct MaxOperation(float* x, float* greatest, int columns) : IRowOperation
    {
        private readonly float* _x = x, _greatest = greatest;
        private readonly int _columns = columns;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Invoke(int first, int count)
        {
            for (int i = first; i < first + count; i++) _greatest[i] = GreatestOf(_x + ((nint)i * _columns), _columns);
        }
    }

    private readonly struct ArgMaxOperation(float* x, int* result, int columns) : IRowOperation
    {
        private readonly float* _x = x;
        private readonly int* _result = result;
        private readonly int _columns = columns;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Invoke(int first, int count)
        {
            for (int i = first; i < first + count; i++)
            {
                float* row = _x + ((nint)i * _columns);
                int best = 0;
                for (int j = 1; j < _columns && !float.IsNaN(row[best]); j++)
                {
                    if (!(row[j] <= row[best])) best = j;
                }
                _result[i] = best;
            }
        }
    }

    /// <summary>Softmax into y, or log-sum-exp into the result.</summary>
    private readonly struct SoftmaxOperation(float* x, float* y, float* result, int rows, int columns) : IRowOperation
    {
        private readonly float* _x = x, _y = y, _result = result;
        private readonly nint _length = (nint)rows * columns;
        private readonly int _columns = columns;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Invoke(int first, int count)
        {
            float* sixteen = stackalloc float[16];
            for (int i = first; i < first + count; i++)
            {
                nint start = (nint)i * _columns;
                float* from = _x + start, to = _y == null ? null : _y + start;
                nint available = _length - start;

                // A value that is not a number is passed over here; it spoils the row through its power.
                Vector512<float> lanes = Vector512.Create(float.NegativeInfinity), power = default;
                for (int j = 0; j < _columns; j += 16)
                {
                    Vector512<float> value = Load(from + j, Math.Min(16, _columns - j), available - j);
                    lanes = Vector512.ConditionalSelect(Vector512.GreaterThan(value, lanes), value, lanes);
                }
                float greatest = GreatestLane(lanes);
                Vector512<float> shift = Vector512.Create(greatest);
                lanes = default;
                for (int j = 0; j < _columns; j += 16)
                {
                    int length = Math.Min(16, _columns - j);
                    power = VectorMath.Exp(Load(from + j, length, available - j) - shift);
                    lanes += power;
                    if (to != null && _columns > 16) Store(power, to + j, length, sixteen);
                }
                float sum = SumOfLanes(lanes);
                Vector512<float> divisor = Vector512.Create(sum);
                if (to == null)
                {
                    _result[i] = greatest + VectorMath.Log(sum);
                }
                else if (_columns <= 16)
                {
                    Store(power / divisor, to, _columns, sixteen);
                }
                else
                {
                    for (int j = 0; j < _columns; j += 16)
                    {
                        int length = Math.Min(16, _columns - j);
                        Store(Load(to + j, length, available - j) / divisor, to + j, length, sixteen);
                    }
                }
            }
        }

        /// <summary>
        /// Up to sixteen values, filled up with -∞, whose power is 0. What follows in the matrix is read along and blotted out,
        /// as long as <paramref name="available"/> elements are left of it.
        /// </summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector512<float> Load(float* from, int length, nint available)
        {
            if (length == 16) return Vector512.Load(from);
            Vector512<float> fill = Vector512.Create(float.NegativeInfinity);
            if (available >= 16)
                return Vector512.ConditionalSelect(
                    Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(length)).AsSingle(), Vector512.Load(from), fill);
            for (int j = 0; j < length; j++) fill = fill.WithElement(j, from[j]);
            return fill;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Store(Vector512<float> value, float* to, int length, float* sixteen)
        {
            if (length == 16)
            {
                value.Store(to);
                return;
            }
            value.Store(sixteen);
            for (int j = 0; j < length; j++) to[j] = sixteen[j];
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static float SumOfLanes(Vector512<float> lanes)
        {
            Vector256<float> eight = lanes.GetLower() + lanes.GetUpper();
            Vector128<float> four = eight.GetLower() + eight.GetUpper();
            return (four[0] + four[2]) + (four[1] + four[3]);
        }

        /// <summary>The greatest of lanes none of which is not a number.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static float GreatestLane(Vector512<float> lanes)
        {
            Vector256<float> eight = Greater(lanes.GetLower(), lanes.GetUpper());
            eight = Greater(eight, Vector256.Create(eight.GetUpper(), eight.GetLower()));
            float a = eight[0] > eight[1] ? eight[0] : eight[1], b = eight[2] > eight[3] ? eight[2] : eight[3];
            return a > b ? a : b;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector256<float> Greater(Vector256<float> a, Vector256<float> b) =>
            Vector256.ConditionalSelect(Vector256.GreaterThan(a, b), a, b);
    }

    private readonly struct ColumnSumsOperation(float* x, float* partial, int rows, int columns) : IRowOperation
    {
        private readonly float* _x = x, _partial = partial;
        private readonly int _rows = rows, _columns = columns;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Invoke(int first, int count)
        {
            for (int block = first; block < first + count; block++)
            {
                int start = block * SumBlock, height = Math.Min(SumBlock, _rows - start);
                float* top = _x + ((nint)start * _columns), sums = _partial + ((nint)block * _columns);
                int j = 0;
                for (; j + 64 <= _columns; j += 64)
                {
                    Vector512<float> s0 = default, s1 = default, s2 = default, s3 = default;
                    float* from = top + j;
                    for (int i = 0; i < height; i++, from += _columns)
                    {
                        s0 += Vector512.Load(from);
                        s1 += Vector512.Load(from + 16);
                        s2 += Vector512.Load(from + 32);
                        s3 += Vector512.Load(from + 48);
                    }
                    s0.Store(sums + j);
                    s1.Store(sums + j + 16);
                    s2.Store(sums + j + 32);
                    s3.Store(sums + j + 48);
                }
                for (; j + 4 <= _columns; j += 4)
                {
                    Vector128<float> s = default;
                    float* from = top + j;
                    for (int i = 0; i < height; i++, from += _columns) s += Vector128.Load(from);
                    s.Store(sums + j);
                }
                for (; j < _columns; j++)
                {
                    float s = 0;
                    float* from = top + j;
                    for (int i = 0; i < height; i++, from += _columns) s += *from;
                    sums[j] = s;
                }
            }
        }
    }
}
