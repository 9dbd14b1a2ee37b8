using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Explain.Core;

/// <summary>
/// Sums and extremes of vectors, in an order that is fixed once for all: blocks of <see cref="BlockLength"/> elements, in each block
/// sixteen float32 lanes (element i goes to lane i mod 16, ascending), the lanes of a block added as double in a fixed tree, the blocks
/// added as double ascending. Neither the vector width nor the number of threads enters. (Sixteen lanes are one <see cref="Vector512{T}"/>;
/// narrower hardware splits it.)
/// </summary>
public static unsafe class Reduce
{
    /// <summary>Elements of one block: lanes sum at most 256 values in float32.</summary>
    private const int BlockLength = 1 << 12;

    /// <summary>Blocks given to a thread at a time.</summary>
    private const int BlocksATime = 8;

    /// <summary>Fewest elements worth waking another thread for: some 10 µs of one core.</summary>
    private const int MinimumParallelLength = 1 << 17;

    [ThreadStatic]
    private static double[]? _totals;

    /// <summary>Σx; 0 for nothing.</summary>
    public static double Sum(ReadOnlySpan<float> x)
    {
        fixed (float* px = x) return Run<SumOf>(px, px, x.Length);
    }

    /// <summary>Σx².</summary>
    public static double SumOfSquares(ReadOnlySpan<float> x)
    {
        fixed (float* px = x) return Run<SumOfProducts>(px, px, x.Length);
    }

    /// <summary>Σ|x|.</summary>
    public static double SumAbs(ReadOnlySpan<float> x)
    {
        fixed (float* px = x) return Run<SumOfMagnitudes>(px, px, x.Length);
    }

    /// <summary>Σx·y.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        CheckLength(x.Length, y.Length);
        fixed (float* px = x, py = y) return Run<SumOfProducts>(px, py, x.Length);
    }

    /// <summary>Σ(x - y)².</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double SumOfSquaredDifferences(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        CheckLength(x.Length, y.Length);
        fixed (float* px = x, py = y) return Run<SumOfSquaredDifferencesOf>(px, py, x.Length);
    }

    /// <summary>The smallest value, not a number if one is; +∞ for nothing.</summary>
    public static float Min(ReadOnlySpan<float> x)
    {
        fixed (float* px = x) return (float)Run<Least>(px, px, x.Length);
    }

    /// <summary>The largest value, not a number if one is; -∞ for nothing.</summary>
    public static float Max(ReadOnlySpan<float> x)
    {
        fixed (float* px = x) return (float)Run<Greatest>(px, px, x.Length);
    }

    /// <summary>The mean and the (population) standard deviation, in two passes; zeros for nothing.</summary>
    public static (double Mean, double Std) MeanAndStd(ReadOnlySpan<float> x)
    {
        if (x.IsEmpty) return (0, 0);
        double mean = Sum(x) / x.Length;
        float centre = (float)mean;
        double offset = mean - centre, squares;

        // The squares are taken about the mean as a float32, one constant vector read again and again, and the rest of the mean is put
        // right after.
        float* constant = stackalloc float[16];
        new Span<float>(constant, 16).Fill(centre);
        fixed (float* px = x) squares = Run<SumOfSquaredDeviations>(px, constant, x.Length);
        return (mean, Math.Sqrt(Math.Max(0, (squares / x.Length) - (offset * offset))));
    }

    /// <summary>Whether no element is infinite or not a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool IsAllFinite(ReadOnlySpan<float> x)
    {
        // 0·x is 0 for what is finite and not a number for what is not; a sum of such keeps the stain.
        nint i = 0, length = x.Length;
        fixed (float* px = x)
        {
            while (i < length)
            {
                nint end = Math.Min(length, i + BlockLength);
                Vector512<float> stain = default;
                for (; i + 16 <= end; i += 16) stain += 0f * Vector512.Load(px + i);
                float rest = 0;
                for (; i < end; i++) rest += 0f * px[i];
                if (stain != default || rest != 0f) return false;
            }
        }
        return true;
    }

    private static void CheckLength(int expected, int actual)
    {
        if (expected != actual)
            throw new ArgumentException($"The vectors have {expected} and {actual} elements; they must have the same number.");
    }

    private static double Run<T>(float* x, float* y, int length)
        where T : struct, IReduction
    {
        int blocks = (length + BlockLength - 1) / BlockLength;
        if (blocks <= 1) return T.Combine(T.Start, Block<T>(x, y, length));
        if (_totals is null || _totals.Length < blocks) _totals = new double[blocks];
        double[] totals = _totals;
        var operation = new BlocksOperation<T>(x, y, length, totals);
        if (length >= MinimumParallelLength) Rows.For(blocks, BlocksATime, operation);
        else operation.Invoke(0, blocks);
        double total = T.Start;
        for (int i = 0; i < blocks; i++) total = T.Combine(total, totals[i]);
        return total;
    }

    /// <summary>The total of at most <see cref="BlockLength"/> elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Block<T>(float* x, float* y, int length)
        where T : struct, IReduction
    {
        Vector512<float> lanes = Vector512.Create(T.Start);
        int i = 0;
        for (; i + 16 <= length; i += 16) lanes = T.Step(lanes, Vector512.Load(x + i), Vector512.Load(T.Repeats ? y : y + i));
        float* last = stackalloc float[16];
        lanes.Store(last);
        if (i < length)
        {
            // The lanes that are left take one step more each, on vectors filled up with copies; the others keep what they have.
            float* restX = stackalloc float[16], restY = stackalloc float[16], stepped = stackalloc float[16];
            for (int j = 0; j < 16; j++)
                (restX[j], restY[j]) = i + j < length ? (x[i + j], y[T.Repeats ? j : i + j]) : (x[i], y[T.Repeats ? 0 : i]);
            T.Step(lanes, Vector512.Load(restX), Vector512.Load(restY)).Store(stepped);
            for (int j = 0; i + j < length; j++) last[j] = stepped[j];
        }
        double* tree = stackalloc double[16];
        for (int j = 0; j < 16; j++) tree[j] = last[j];
        for (int half = 8; half > 0; half /= 2)
        {
            for (int j = 0; j < half; j++) tree[j] = T.Combine(tree[j], tree[j + half]);
        }
        return tree[0];
    }

    /// <summary>How lanes take in values and totals are combined.</summary>
    private interface IReduction
    {
        /// <summary>The neutral value.</summary>
        static abstract float Start { get; }

        /// <summary>Whether y is one vector of sixteen, used for every sixteen x.</summary>
        static virtual bool Repeats => false;

        static abstract Vector512<float> Step(Vector512<float> lanes, Vector512<float> x, Vector512<float> y);

        static virtual double Combine(double a, double b) => a + b;
    }

    private readonly struct BlocksOperation<T>(float* x, float* y, int length, double[] totals) : IRowOperation
        where T : struct, IReduction
    {
        private readonly float* _x = x, _y = y;
        private readonly int _length = length;
        private readonly double[] _totals = totals;

        public void Invoke(int first, int count)
        {
            for (int block = first; block < first + count; block++)
            {
                int start = block * BlockLength;
                _totals[block] = Block<T>(_x + start, T.Repeats ? _y : _y + start, Math.Min(BlockLength, _length - start));
            }
        }
    }

    private readonly struct SumOf : IReduction
    {
        public static float Start => 0f;

        public static Vector512<float> Step(Vector512<float> lanes, Vector512<float> x, Vector512<float> y) => lanes + x;
    }

    private readonly struct SumOfMagnitudes : IReduction
    {
        public static float Start => 0f;

        public static Vector512<float> Step(Vector512<float> lanes, Vector512<float> x, Vector512<float> y) => lanes + Vector512.Abs(x);
    }

    private readonly struct SumOfProducts : IReduction
    {
        public static float Start => 0f;

        public static Vector512<float> Step(Vector512<float> lanes, Vector512<float> x, Vector512<float> y) =>
            Vector512.FusedMultiplyAdd(x, y, lanes);
    }

    private readonly struct SumOfSquaredDifferencesOf : IReduction
    {
        public static float Start => 0f;

        public static Vector512<float> Step(Vector512<float> lanes, Vector512<float> x, Vector512<float> y)
        {
            Vector512<float> difference = x - y;
            return Vector512.FusedMultiplyAdd(difference, difference, lanes);
        }
    }

    private readonly struct SumOfSquaredDeviations : IReduction
    {
        public static float Start => 0f;

        public static bool Repeats => true;

        public static Vector512<float> Step(Vector512<float> lanes, Vector512<float> x, Vector512<float> y) =>
            SumOfSquaredDifferencesOf.Step(lanes, x, y);
    }

    private readonly struct Least : IReduction
    {
        public static float Start => float.PositiveInfinity;

        // The lane is kept where it is smaller or not a number; a comparison with a value that is not a number is false and lets it in.
        public static Vector512<float> Step(Vector512<float> lanes, Vector512<float> x, Vector512<float> y) =>
            Vector512.ConditionalSelect(Vector512.LessThanOrEqual(lanes, x) | ~Vector512.Equals(lanes, lanes), lanes, x);

        public static double Combine(double a, double b) => a <= b || double.IsNaN(a) ? a : b;
    }

    private readonly struct Greatest : IReduction
    {
        public static float Start => float.NegativeInfinity;

        public static Vector512<float> Step(Vector512<float> lanes, Vector512<float> x, Vector512<float> y) =>
            Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(lanes, x) | ~Vector512.Equals(lanes, lanes), lanes, x);

        public static double Combine(double a, double b) => a >= b || double.IsNaN(a) ? a : b;
    }
}
