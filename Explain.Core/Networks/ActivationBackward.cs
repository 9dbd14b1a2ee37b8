using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Explain.Core;

/// <summary>
/// One pass over a block of rows on the way back through an activation: gradient *= slope, and what the statistics want. A block is one
/// stretch of memory; which unit a value belongs to repeats with a period, so narrow layers go in whole vectors like wide ones.
/// </summary>
internal readonly struct ActivationBackward<TSlope>(
    Matrix source, Matrix outputs, Matrix gradient, TSlope slope, float threshold, ActivationStatistics? statistics) : IRowOperation
    where TSlope : struct, IFormula
{
    private readonly TSlope _slope = slope;

    /// <summary>All rows, block by block, on the calling thread.</summary>
    public void All(int rows, int block)
    {
        for (int first = 0; first < rows; first += block) Invoke(first, Math.Min(block, rows - first));
    }

    public unsafe void Invoke(int first, int count)
    {
        var slopes = statistics is null ? default : statistics.BlockSlopes();
        slopes.Clear();
        long flat;
        var block = source.RowRange(first, count).Span;
        fixed (float* seen = slopes, x = block, g = gradient.IsEmpty ? default : gradient.RowRange(first, count).Span)
        {
            if (Vector512.IsHardwareAccelerated) flat = Values<Lanes16, Vector512<float>>(x, g, block.Length, seen, slopes.Length);
            else if (Vector256.IsHardwareAccelerated) flat = Values<Lanes8, Vector256<float>>(x, g, block.Length, seen, slopes.Length);
            else if (Vector128.IsHardwareAccelerated) flat = Values<Lanes4, Vector128<float>>(x, g, block.Length, seen, slopes.Length);
            else flat = Values<Lanes1, float>(x, g, block.Length, seen, slopes.Length);
        }
        if (statistics is null) return;
        var y = outputs.RowRange(first, count).Span;
        statistics.Store(first, Reduce.Sum(y), Reduce.SumOfSquares(y), flat, slopes);
    }

    /// <summary>
    /// Values x, gradient g (null for none), in stretches of <paramref name="period"/> that are laid over each other in
    /// <paramref name="seen"/> (null for none). How many were flat.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe long Values<TLanes, TVector>(float* x, float* g, int length, float* seen, int period)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        TVector flat = TLanes.Create(0f);
        float rest = 0;
        if (seen == null) period = length;
        for (int start = 0; start < length; start += period)
        {
            float* from = x + start, to = g == null ? null : g + start;
            int some = Math.Min(period, length - start), i = 0;
            for (; i + TLanes.Count <= some; i += TLanes.Count)
                flat = Lane<TLanes, TVector>(from + i, to == null ? null : to + i, seen == null ? null : seen + i, flat);
            for (; i < some; i++) rest = Lane<Lanes1, float>(from + i, to == null ? null : to + i, seen == null ? null : seen + i, rest);
        }
        int* counts = stackalloc int[16];
        TLanes.Store((float*)counts, flat);
        long total = BitConverter.SingleToInt32Bits(rest);
        for (int lane = 0; lane < TLanes.Count; lane++) total += counts[lane];
        return total;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private unsafe TVector Lane<TLanes, TVector>(float* x, float* g, float* seen, TVector flat)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        TVector d = _slope.Apply<TLanes, TVector>(TLanes.Load(x));
        if (g != null) TLanes.Store(g, TLanes.Multiply(TLanes.Load(g), d));
        if (seen == null) return flat;
        TVector magnitude = TLanes.And(d, TLanes.CreateBits(int.MaxValue));
        TLanes.Store(seen, TLanes.Or(TLanes.Load(seen), magnitude));
        return TLanes.AddBits(flat, TLanes.And(TLanes.Less(magnitude, TLanes.Create(threshold)), TLanes.CreateBits(1)));
    }
}
