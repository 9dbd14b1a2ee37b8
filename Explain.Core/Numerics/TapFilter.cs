using System.Runtime.Intrinsics;

namespace Explain.Core;

/// <summary>
/// A filter with evenly spaced taps along a row of values. Each result is one chain of fused multiply-adds in the order of the taps, in
/// every vector width.
/// </summary>
internal static unsafe class TapFilter
{
    /// <summary>y[i] = Σₖ weights[k] · x[i + k·step].</summary>
    /// <param name="x">At least y.Length + (weights.Length − 1)·step values.</param>
    /// <param name="step">Values from one tap to the next.</param>
    /// <param name="weights">One a tap.</param>
    /// <param name="y">The results.</param>
    /// <exception cref="ArgumentException">The last result would need values beyond the end.</exception>
    public static void Apply(ReadOnlySpan<float> x, int step, ReadOnlySpan<float> weights, Span<float> y)
    {
        int needed = y.Length + ((weights.Length - 1) * step);
        if (x.Length < needed)
            throw new ArgumentException(
                $"{y.Length} results of {weights.Length} taps {step} apart need {needed} values; there are {x.Length}.", nameof(x));
        fixed (float* source = x, result = y)
        {
            int i = 0;
            if (Vector512.IsHardwareAccelerated) i = Run<Lanes16, Vector512<float>>(source, step, weights, result, i, y.Length);
            if (Vector256.IsHardwareAccelerated) i = Run<Lanes8, Vector256<float>>(source, step, weights, result, i, y.Length);
            if (Vector128.IsHardwareAccelerated) i = Run<Lanes4, Vector128<float>>(source, step, weights, result, i, y.Length);
            _ = Run<Lanes1, float>(source, step, weights, result, i, y.Length);
        }
    }

    /// <summary>Does the results from <paramref name="i"/> on that fill whole vectors; returns the first that is left.</summary>
    private static int Run<TLanes, TVector>(float* x, int step, ReadOnlySpan<float> weights, float* y, int i, int count)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        // Two vectors at a time: a chain of its own for each hides the latency of the other.
        for (; i + (2 * TLanes.Count) <= count; i += 2 * TLanes.Count)
        {
            TVector first = TLanes.Create(0f), second = first;
            float* source = x + i;
            foreach (float weight in weights)
            {
                TVector w = TLanes.Create(weight);
                first = TLanes.Fma(TLanes.Load(source), w, first);
                second = TLanes.Fma(TLanes.Load(source + TLanes.Count), w, second);
                source += step;
            }
            TLanes.Store(y + i, first);
            TLanes.Store(y + i + TLanes.Count, second);
        }
        for (; i + TLanes.Count <= count; i += TLanes.Count)
        {
            TVector sum = TLanes.Create(0f);
            float* source = x + i;
            foreach (float weight in weights)
            {
                sum = TLanes.Fma(TLanes.Load(source), TLanes.Create(weight), sum);
                source += step;
            }
            TLanes.Store(y + i, sum);
        }
        return i;
    }
}
