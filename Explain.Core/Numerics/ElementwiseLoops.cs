using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Explain.Core;

/// <summary>
/// The loops behind elementwise functions, written once: the widest vectors that the hardware has, then one lane at a time. Inputs and
/// output may be the same memory, but must not overlap otherwise.
/// </summary>
internal static unsafe class ElementwiseLoops
{
    /// <summary>Rows of fewer columns are narrow.</summary>
    public const int NarrowColumns = 16;

    private const int RowsAtATime = 16;

    /// <summary>y[i] = f(x[i]).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Map<TElementwise>(float* x, float* y, nint length, TElementwise f)
        where TElementwise : struct, IElementwise
    {
        nint i = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            for (; i + 16 <= length; i += 16) f.Apply(Vector512.Load(x + i)).Store(y + i);
        }
        if (Vector256.IsHardwareAccelerated)
        {
            for (; i + 8 <= length; i += 8) f.Apply(Vector256.Load(x + i)).Store(y + i);
        }
        if (Vector128.IsHardwareAccelerated)
        {
            for (; i + 4 <= length; i += 4) f.Apply(Vector128.Load(x + i)).Store(y + i);
        }
        for (; i < length; i++) y[i] = f.Apply(x[i]);
    }

    /// <summary>z[i] = f(x[i], y[i]).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Map2<TElementwise>(float* x, float* y, float* z, nint length, TElementwise f)
        where TElementwise : struct, IElementwise2
    {
        nint i = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            for (; i + 16 <= length; i += 16) f.Apply(Vector512.Load(x + i), Vector512.Load(y + i)).Store(z + i);
        }
        if (Vector256.IsHardwareAccelerated)
        {
            for (; i + 8 <= length; i += 8) f.Apply(Vector256.Load(x + i), Vector256.Load(y + i)).Store(z + i);
        }
        if (Vector128.IsHardwareAccelerated)
        {
            for (; i + 4 <= length; i += 4) f.Apply(Vector128.Load(x + i), Vector128.Load(y + i)).Store(z + i);
        }
        for (; i < length; i++) z[i] = f.Apply(x[i], y[i]);
    }

    /// <summary>y[i] = f(y[i] + bias[i]).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void BiasThen<TElementwise>(float* y, float* bias, nint length, TElementwise f)
        where TElementwise : struct, IElementwise
    {
        nint i = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            for (; i + 16 <= length; i += 16) f.Apply(Vector512.Load(y + i) + Vector512.Load(bias + i)).Store(y + i);
        }
        if (Vector256.IsHardwareAccelerated)
        {
            for (; i + 8 <= length; i += 8) f.Apply(Vector256.Load(y + i) + Vector256.Load(bias + i)).Store(y + i);
        }
        if (Vector128.IsHardwareAccelerated)
        {
            for (; i + 4 <= length; i += 4) f.Apply(Vector128.Load(y + i) + Vector128.Load(bias + i)).Store(y + i);
        }
        for (; i < length; i++) y[i] = f.Apply(y[i] + bias[i]);
    }

    /// <summary>
    /// y[r,i] = f(y[r,i] + bias[i]) for rows that lie one after the other, each shorter than a vector: sixteen of them at a time, against
    /// the bias sixteen times over.
    /// </summary>
    public static void BiasThenNarrow<TElementwise>(float* y, float* bias, int rows, int columns, TElementwise f)
        where TElementwise : struct, IElementwise
    {
        float* repeated = stackalloc float[RowsAtATime * NarrowColumns];
        int count = Math.Min(rows, RowsAtATime) * columns;
        for (int i = 0, column = 0; i < count; i++, column = column + 1 == columns ? 0 : column + 1) repeated[i] = bias[column];
        for (; rows > 0; rows -= RowsAtATime, y += RowsAtATime * columns) BiasThen(y, repeated, Math.Min(rows, RowsAtATime) * columns, f);
    }
}
