using System.Runtime.Intrinsics;

namespace Explain.Core;

/// <summary>
/// Elementwise operations on vectors. Inputs and output may be the same memory; otherwise they must not overlap. Long vectors are shared
/// among threads; since every element stands alone, that cannot change a result.
/// </summary>
public static unsafe class Elementwise
{
    /// <summary>Elements in one block of a parallel loop: 64 KiB an operand, so that two operands fit the second-level cache.</summary>
    private const int BlockLength = 1 << 14;

    /// <summary>Fewest elements worth waking another thread for: some 10 µs of memory traffic or polynomial on one core.</summary>
    private const int MinimumParallelLength = 1 << 16;

    /// <summary>y = f(x), element by element.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Apply<T>(ReadOnlySpan<float> x, Span<float> y, T f)
        where T : struct, IElementwise
    {
        CheckLength(x.Length, y.Length);
        fixed (float* px = x, py = y) Run(x.Length, new MapOperation<T>(px, py, x.Length, f));
    }

    /// <summary>z = f(x, y), element by element.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Apply<T>(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> z, T f)
        where T : struct, IElementwise2
    {
        CheckLength(x.Length, y.Length);
        CheckLength(x.Length, z.Length);
        fixed (float* px = x, py = y, pz = z) Run(x.Length, new Map2Operation<T>(px, py, pz, x.Length, f));
    }

    /// <summary>z = x + y.</summary>
    public static void Add(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> z) => Apply(x, y, z, default(Sum));

    /// <summary>z = x - y.</summary>
    public static void Subtract(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> z) => Apply(x, y, z, default(Difference));

    /// <summary>z = x · y.</summary>
    public static void Multiply(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> z) => Apply(x, y, z, default(Product));

    /// <summary>y = a · x.</summary>
    public static void Scale(float a, ReadOnlySpan<float> x, Span<float> y) => Apply(x, y, new Scaled(a));

    /// <summary>y = fma(a, x, y): adds a multiple of x to y, rounded once.</summary>
    public static void Axpy(float a, ReadOnlySpan<float> x, Span<float> y) => Apply(x, y, y, new ScaledSum(a));

    private static void Run<T>(int length, T operation)
        where T : struct, IRowOperation
    {
        if (length >= MinimumParallelLength) Rows.For((length + BlockLength - 1) / BlockLength, 1, operation);
        else if (length > 0) operation.Invoke(0, (length + BlockLength - 1) / BlockLength);
    }

    private static void CheckLength(int expected, int actual)
    {
        if (expected != actual)
            throw new ArgumentException($"The vectors have {expected} and {actual} elements; they must have the same number.");
    }

    private readonly struct MapOperation<T>(float* x, float* y, int length, T f) : IRowOperation
        where T : struct, IElementwise
    {
        private readonly float* _x = x, _y = y;
        private readonly int _length = length;
        private readonly T _f = f;

        public void Invoke(int first, int count)
        {
            int start = first * BlockLength;
            ElementwiseLoops.Map(_x + start, _y + start, (nint)Math.Min((long)count * BlockLength, _length - start), _f);
        }
    }

    private readonly struct Map2Operation<T>(float* x, float* y, float* z, int length, T f) : IRowOperation
        where T : struct, IElementwise2
    {
        private readonly float* _x = x, _y = y, _z = z;
        private readonly int _length = length;
        private readonly T _f = f;

        public void Invoke(int first, int count)
        {
            int start = first * BlockLength;
            ElementwiseLoops.Map2(_x + start, _y + start, _z + start, (nint)Math.Min((long)count * BlockLength, _length - start), _f);
        }
    }

    private readonly struct Sum : IElementwise2
    {
        public float Apply(float x, float y) => x + y;

        public Vector128<float> Apply(Vector128<float> x, Vector128<float> y) => x + y;

        public Vector256<float> Apply(Vector256<float> x, Vector256<float> y) => x + y;

        public Vector512<float> Apply(Vector512<float> x, Vector512<float> y) => x + y;
    }

    private readonly struct Difference : IElementwise2
    {
        public float Apply(float x, float y) => x - y;

        public Vector128<float> Apply(Vector128<float> x, Vector128<float> y) => x - y;

        public Vector256<float> Apply(Vector256<float> x, Vector256<float> y) => x - y;

        public Vector512<float> Apply(Vector512<float> x, Vector512<float> y) => x - y;
    }

    private readonly struct Product : IElementwise2
    {
        public float Apply(float x, float y) => x * y;

        public Vector128<float> Apply(Vector128<float> x, Vector128<float> y) => x * y;

        public Vector256<float> Apply(Vector256<float> x, Vector256<float> y) => x * y;

        public Vector512<float> Apply(Vector512<float> x, Vector512<float> y) => x * y;
    }

    private readonly struct Scaled(float a) : IElementwise
    {
        private readonly float _a = a;

        public float Apply(float x) => _a * x;

        public Vector128<float> Apply(Vector128<float> x) => _a * x;

        public Vector256<float> Apply(Vector256<float> x) => _a * x;

        public Vector512<float> Apply(Vector512<float> x) => _a * x;
    }

    private readonly struct ScaledSum(float a) : IElementwise2
    {
        private readonly float _a = a;

        public float Apply(float x, float y) => MathF.FusedMultiplyAdd(_a, x, y);

        public Vector128<float> Apply(Vector128<float> x, Vector128<float> y) => Vector128.FusedMultiplyAdd(Vector128.Create(_a), x, y);

        public Vector256<float> Apply(Vector256<float> x, Vector256<float> y) => Vector256.FusedMultiplyAdd(Vector256.Create(_a), x, y);

        public Vector512<float> Apply(Vector512<float> x, Vector512<float> y) => Vector512.FusedMultiplyAdd(Vector512.Create(_a), x, y);
    }
}
