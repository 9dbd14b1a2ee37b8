using System.Runtime.CompilerServices;

namespace Explain.Core;

/// <summary>
/// The innermost product: C[Rows, Columns] (+)= A[k, Rows]ᵀ · B[k, Columns] of two packed panels, all of C in registers. Each element of C is one
/// chain of fused multiply-adds over k ascending, from 0 or, with <c>load</c>, from the old element.
/// </summary>
internal unsafe interface IGemmKernel
{
    /// <summary>Height of a panel of A.</summary>
    static abstract int Rows { get; }

    /// <summary>Width of a panel of B.</summary>
    static abstract int Columns { get; }

    /// <summary>One full tile; <paramref name="stride"/> is the distance between rows of C in elements.</summary>
    static abstract void Multiply(int k, float* a, float* b, float* c, nint stride, bool load);

    /// <summary>The same for the left half of the tile's columns only.</summary>
    static abstract void MultiplyHalf(int k, float* a, float* b, float* c, nint stride, bool load);
}

/// <summary>Twelve rows by two vectors: 24 accumulators, for processors with 32 vector registers (AVX-512, Arm).</summary>
internal readonly unsafe struct TallKernel<TLanes, TVector> : IGemmKernel
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    public static int Rows => 12;

    public static int Columns => 2 * TLanes.Count;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(int k, float* a, float* b, float* c, nint stride, bool load)
    {
        TVector zero = TLanes.Create(0f);
        TVector c00 = zero, c01 = zero;
        TVector c10 = zero, c11 = zero;
        TVector c20 = zero, c21 = zero;
        TVector c30 = zero, c31 = zero;
        TVector c40 = zero, c41 = zero;
        TVector c50 = zero, c51 = zero;
        TVector c60 = zero, c61 = zero;
        TVector c70 = zero, c71 = zero;
        TVector c80 = zero, c81 = zero;
        TVector c90 = zero, c91 = zero;
        TVector cA0 = zero, cA1 = zero;
        TVector cB0 = zero, cB1 = zero;
        if (load)
        {
            float* row = c;
            c00 = TLanes.Load(row); c01 = TLanes.Load(row + TLanes.Count); row += stride;
            c10 = TLanes.Load(row); c11 = TLanes.Load(row + TLanes.Count); row += stride;
            c20 = TLanes.Load(row); c21 = TLanes.Load(row + TLanes.Count); row += stride;
            c30 = TLanes.Load(row); c31 = TLanes.Load(row + TLanes.Count); row += stride;
            c40 = TLanes.Load(row); c41 = TLanes.Load(row + TLanes.Count); row += stride;
            c50 = TLanes.Load(row); c51 = TLanes.Load(row + TLanes.Count); row += stride;
            c60 = TLanes.Load(row); c61 = TLanes.Load(row + TLanes.Count); row += stride;
            c70 = TLanes.Load(row); c71 = TLanes.Load(row + TLanes.Count); row += stride;
            c80 = TLanes.Load(row); c81 = TLanes.Load(row + TLanes.Count); row += stride;
            c90 = TLanes.Load(row); c91 = TLanes.Load(row + TLanes.Count); row += stride;
            cA0 = TLanes.Load(row); cA1 = TLanes.Load(row + TLanes.Count); row += stride;
            cB0 = TLanes.Load(row); cB1 = TLanes.Load(row + TLanes.Count);
        }
        for (; k > 0; k--)
        {
            TVector b0 = TLanes.Load(b), b1 = TLanes.Load(b + TLanes.Count);
            TVector x = TLanes.Create(a[0]);
            c00 = TLanes.Fma(x, b0, c00); c01 = TLanes.Fma(x, b1, c01);
            x = TLanes.Create(a[1]);
            c10 = TLanes.Fma(x, b0, c10); c11 = TLanes.Fma(x, b1, c11);
            x = TLanes.Create(a[2]);
            c20 = TLanes.Fma(x, b0, c20); c21 = TLanes.Fma(x, b1, c21);
            x = TLanes.Create(a[3]);
            c30 = TLanes.Fma(x, b0, c30); c31 = TLanes.Fma(x, b1, c31);
            x = TLanes.Create(a[4]);
            c40 = TLanes.Fma(x, b0, c40); c41 = TLanes.Fma(x, b1, c41);
            x = TLanes.Create(a[5]);
            c50 = TLanes.Fma(x, b0, c50); c51 = TLanes.Fma(x, b1, c51);
            x = TLanes.Create(a[6]);
            c60 = TLanes.Fma(x, b0, c60); c61 = TLanes.Fma(x, b1, c61);
            x = TLanes.Create(a[7]);
            c70 = TLanes.Fma(x, b0, c70); c71 = TLanes.Fma(x, b1, c71);
            x = TLanes.Create(a[8]);
            c80 = TLanes.Fma(x, b0, c80); c81 = TLanes.Fma(x, b1, c81);
            x = TLanes.Create(a[9]);
            c90 = TLanes.Fma(x, b0, c90); c91 = TLanes.Fma(x, b1, c91);
            x = TLanes.Create(a[10]);
            cA0 = TLanes.Fma(x, b0, cA0); cA1 = TLanes.Fma(x, b1, cA1);
            x = TLanes.Create(a[11]);
            cB0 = TLanes.Fma(x, b0, cB0); cB1 = TLanes.Fma(x, b1, cB1);
            a += 12;
            b += 2 * TLanes.Count;
        }
        TLanes.Store(c, c00); TLanes.Store(c + TLanes.Count, c01); c += stride;
        TLanes.Store(c, c10); TLanes.Store(c + TLanes.Count, c11); c += stride;
        TLanes.Store(c, c20); TLanes.Store(c + TLanes.Count, c21); c += stride;
        TLanes.Store(c, c30); TLanes.Store(c + TLanes.Count, c31); c += stride;
        TLanes.Store(c, c40); TLanes.Store(c + TLanes.Count, c41); c += stride;
        TLanes.Store(c, c50); TLanes.Store(c + TLanes.Count, c51); c += stride;
        TLanes.Store(c, c60); TLanes.Store(c + TLanes.Count, c61); c += stride;
        TLanes.Store(c, c70); TLanes.Store(c + TLanes.Count, c71); c += stride;
        TLanes.Store(c, c80); TLanes.Store(c + TLanes.Count, c81); c += stride;
        TLanes.Store(c, c90); TLanes.Store(c + TLanes.Count, c91); c += stride;
        TLanes.Store(c, cA0); TLanes.Store(c + TLanes.Count, cA1); c += stride;
        TLanes.Store(c, cB0); TLanes.Store(c + TLanes.Count, cB1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyHalf(int k, float* a, float* b, float* c, nint stride, bool load)
    {
        TVector zero = TLanes.Create(0f);
        TVector c0 = zero;
        TVector c1 = zero;
        TVector c2 = zero;
        TVector c3 = zero;
        TVector c4 = zero;
        TVector c5 = zero;
        TVector c6 = zero;
        TVector c7 = zero;
        TVector c8 = zero;
        TVector c9 = zero;
        TVector cA = zero;
        TVector cB = zero;
        if (load)
        {
            float* row = c;
            c0 = TLanes.Load(row); row += stride;
            c1 = TLanes.Load(row); row += stride;
            c2 = TLanes.Load(row); row += stride;
            c3 = TLanes.Load(row); row += stride;
            c4 = TLanes.Load(row); row += stride;
            c5 = TLanes.Load(row); row += stride;
            c6 = TLanes.Load(row); row += stride;
            c7 = TLanes.Load(row); row += stride;
            c8 = TLanes.Load(row); row += stride;
            c9 = TLanes.Load(row); row += stride;
            cA = TLanes.Load(row); row += stride;
            cB = TLanes.Load(row);
        }
        for (; k > 0; k--)
        {
            TVector b0 = TLanes.Load(b);
            TVector x = TLanes.Create(a[0]);
            c0 = TLanes.Fma(x, b0, c0);
            x = TLanes.Create(a[1]);
            c1 = TLanes.Fma(x, b0, c1);
            x = TLanes.Create(a[2]);
            c2 = TLanes.Fma(x, b0, c2);
            x = TLanes.Create(a[3]);
            c3 = TLanes.Fma(x, b0, c3);
            x = TLanes.Create(a[4]);
            c4 = TLanes.Fma(x, b0, c4);
            x = TLanes.Create(a[5]);
            c5 = TLanes.Fma(x, b0, c5);
            x = TLanes.Create(a[6]);
            c6 = TLanes.Fma(x, b0, c6);
            x = TLanes.Create(a[7]);
            c7 = TLanes.Fma(x, b0, c7);
            x = TLanes.Create(a[8]);
            c8 = TLanes.Fma(x, b0, c8);
            x = TLanes.Create(a[9]);
            c9 = TLanes.Fma(x, b0, c9);
            x = TLanes.Create(a[10]);
            cA = TLanes.Fma(x, b0, cA);
            x = TLanes.Create(a[11]);
            cB = TLanes.Fma(x, b0, cB);
            a += 12;
            b += 2 * TLanes.Count;
        }
        TLanes.Store(c, c0); c += stride;
        TLanes.Store(c, c1); c += stride;
        TLanes.Store(c, c2); c += stride;
        TLanes.Store(c, c3); c += stride;
        TLanes.Store(c, c4); c += stride;
        TLanes.Store(c, c5); c += stride;
        TLanes.Store(c, c6); c += stride;
        TLanes.Store(c, c7); c += stride;
        TLanes.Store(c, c8); c += stride;
        TLanes.Store(c, c9); c += stride;
        TLanes.Store(c, cA); c += stride;
        TLanes.Store(c, cB);
    }
}

/// <summary>Six rows by two vectors: 12 accumulators, for processors with 16 vector registers (AVX2, plain floats).</summary>
internal readonly unsafe struct LowKernel<TLanes, TVector> : IGemmKernel
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    public static int Rows => 6;

    public static int Columns => 2 * TLanes.Count;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(int k, float* a, float* b, float* c, nint stride, bool load)
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
            float* row = c;
            c00 = TLanes.Load(row); c01 = TLanes.Load(row + TLanes.Count); row += stride;
            c10 = TLanes.Load(row); c11 = TLanes.Load(row + TLanes.Count); row += stride;
            c20 = TLanes.Load(row); c21 = TLanes.Load(row + TLanes.Count); row += stride;
            c30 = TLanes.Load(row); c31 = TLanes.Load(row + TLanes.Count); row += stride;
            c40 = TLanes.Load(row); c41 = TLanes.Load(row + TLanes.Count); row += stride;
            c50 = TLanes.Load(row); c51 = TLanes.Load(row + TLanes.Count);
        }
        for (; k > 0; k--)
        {
            TVector b0 = TLanes.Load(b), b1 = TLanes.Load(b + TLanes.Count);
            TVector x = TLanes.Create(a[0]);
            c00 = TLanes.Fma(x, b0, c00); c01 = TLanes.Fma(x, b1, c01);
            x = TLanes.Create(a[1]);
            c10 = TLanes.Fma(x, b0, c10); c11 = TLanes.Fma(x, b1, c11);
            x = TLanes.Create(a[2]);
            c20 = TLanes.Fma(x, b0, c20); c21 = TLanes.Fma(x, b1, c21);
            x = TLanes.Create(a[3]);
            c30 = TLanes.Fma(x, b0, c30); c31 = TLanes.Fma(x, b1, c31);
            x = TLanes.Create(a[4]);
            c40 = TLanes.Fma(x, b0, c40); c41 = TLanes.Fma(x, b1, c41);
            x = TLanes.Create(a[5]);
            c50 = TLanes.Fma(x, b0, c50); c51 = TLanes.Fma(x, b1, c51);
            a += 6;
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
    public static void MultiplyHalf(int k, float* a, float* b, float* c, nint stride, bool load)
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
            float* row = c;
            c0 = TLanes.Load(row); row += stride;
            c1 = TLanes.Load(row); row += stride;
            c2 = TLanes.Load(row); row += stride;
            c3 = TLanes.Load(row); row += stride;
            c4 = TLanes.Load(row); row += stride;
            c5 = TLanes.Load(row);
        }
        for (; k > 0; k--)
        {
            TVector b0 = TLanes.Load(b);
            TVector x = TLanes.Create(a[0]);
            c0 = TLanes.Fma(x, b0, c0);
            x = TLanes.Create(a[1]);
            c1 = TLanes.Fma(x, b0, c1);
            x = TLanes.Create(a[2]);
            c2 = TLanes.Fma(x, b0, c2);
            x = TLanes.Create(a[3]);
            c3 = TLanes.Fma(x, b0, c3);
            x = TLanes.Create(a[4]);
            c4 = TLanes.Fma(x, b0, c4);
            x = TLanes.Create(a[5]);
            c5 = TLanes.Fma(x, b0, c5);
            a += 6;
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
