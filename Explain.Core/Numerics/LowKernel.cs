using System.Runtime.CompilerServices;

namespace Explain.Core;

/// <summary>Six rows by two vectors: 12 accumulators, for processors with 16 vector registers (AVX2, plain floats).</summary>
internal readonly unsafe struct LowKernel<TLanes, TVector> : IGemmKernel
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    public static int Rows => 6;

    public static int Columns => 2 * TLanes.Count;

    public static int Height(int rows) => 6;

    public static void Multiply(int height, bool half, int k, float* a, nint row, nint step, float* b, float* c, nint stride, bool load)
    {
        if (half) Multiply6x1(k, a, row, step, b, c, stride, load);
        else Multiply6x2(k, a, row, step, b, c, stride, load);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply6x2(int k, float* a, nint row, nint step, float* b, float* c, nint stride, bool load)
    {
        TVector zero = TLanes.Create(0f);
        TVector c00 = zero, c01 = zero;
        TVector c10 = zero, c11 = zero;
        TVector c20 = zero, c21 = zero;
        TVector c30 = zero, c31 = zero;
        TVector c40 = zero, c41 = zero;
        TVector c50 = zero, c51 = zero;
        if (load)
        {
            float* from = c;
            c00 = TLanes.Load(from); c01 = TLanes.Load(from + TLanes.Count); from += stride;
            c10 = TLanes.Load(from); c11 = TLanes.Load(from + TLanes.Count); from += stride;
            c20 = TLanes.Load(from); c21 = TLanes.Load(from + TLanes.Count); from += stride;
            c30 = TLanes.Load(from); c31 = TLanes.Load(from + TLanes.Count); from += stride;
            c40 = TLanes.Load(from); c41 = TLanes.Load(from + TLanes.Count); from += stride;
            c50 = TLanes.Load(from); c51 = TLanes.Load(from + TLanes.Count);
        }
        float* a0 = a, a3 = a + (3 * row);
        nint twoRows = 2 * row;
        for (; k > 0; k--)
        {
            TVector b0 = TLanes.Load(b), b1 = TLanes.Load(b + TLanes.Count);
            TVector x = TLanes.Create(a0[0]);
            c00 = TLanes.Fma(x, b0, c00); c01 = TLanes.Fma(x, b1, c01);
            x = TLanes.Create(a0[row]);
            c10 = TLanes.Fma(x, b0, c10); c11 = TLanes.Fma(x, b1, c11);
            x = TLanes.Create(a0[twoRows]);
            c20 = TLanes.Fma(x, b0, c20); c21 = TLanes.Fma(x, b1, c21);
            x = TLanes.Create(a3[0]);
            c30 = TLanes.Fma(x, b0, c30); c31 = TLanes.Fma(x, b1, c31);
            x = TLanes.Create(a3[row]);
            c40 = TLanes.Fma(x, b0, c40); c41 = TLanes.Fma(x, b1, c41);
            x = TLanes.Create(a3[twoRows]);
            c50 = TLanes.Fma(x, b0, c50); c51 = TLanes.Fma(x, b1, c51);
            a0 += step;
            a3 += step;
            b += 2 * TLanes.Count;
        }
        TLanes.Store(c, c00); TLanes.Store(c + TLanes.Count, c01); c += stride;
        TLanes.Store(c, c10); TLanes.Store(c + TLanes.Count, c11); c += stride;
        TLanes.Store(c, c20); TLanes.Store(c + TLanes.Count, c21); c += stride;
        TLanes.Store(c, c30); TLanes.Store(c + TLanes.Count, c31); c += stride;
        TLanes.Store(c, c40); TLanes.Store(c + TLanes.Count, c41); c += stride;
        TLanes.Store(c, c50); TLanes.Store(c + TLanes.Count, c51);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply6x1(int k, float* a, nint row, nint step, float* b, float* c, nint stride, bool load)
    {
        TVector zero = TLanes.Create(0f);
        TVector c0 = zero;
        TVector c1 = zero;
        TVector c2 = zero;
        TVector c3 = zero;
        TVector c4 = zero;
        TVector c5 = zero;
        if (load)
        {
            float* from = c;
            c0 = TLanes.Load(from); from += stride;
            c1 = TLanes.Load(from); from += stride;
            c2 = TLanes.Load(from); from += stride;
            c3 = TLanes.Load(from); from += stride;
            c4 = TLanes.Load(from); from += stride;
            c5 = TLanes.Load(from);
        }
        float* a0 = a, a3 = a + (3 * row);
        nint twoRows = 2 * row;
        for (; k > 0; k--)
        {
            TVector b0 = TLanes.Load(b);
            TVector x = TLanes.Create(a0[0]);
            c0 = TLanes.Fma(x, b0, c0);
            x = TLanes.Create(a0[row]);
            c1 = TLanes.Fma(x, b0, c1);
            x = TLanes.Create(a0[twoRows]);
            c2 = TLanes.Fma(x, b0, c2);
            x = TLanes.Create(a3[0]);
            c3 = TLanes.Fma(x, b0, c3);
            x = TLanes.Create(a3[row]);
            c4 = TLanes.Fma(x, b0, c4);
            x = TLanes.Create(a3[twoRows]);
            c5 = TLanes.Fma(x, b0, c5);
            a0 += step;
            a3 += step;
            b += 2 * TLanes.Count;
        }
        TLanes.Store(c, c0); c += stride;
        TLanes.Store(c, c1); c += stride;
        TLanes.Store(c, c2); c += stride;
        TLanes.Store(c, c3); c += stride;
        TLanes.Store(c, c4); c += stride;
        TLanes.Store(c, c5);
    }
}
