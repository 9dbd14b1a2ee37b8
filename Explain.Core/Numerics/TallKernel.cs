using System.Runtime.CompilerServices;

namespace Explain.Core;

/// <summary>
/// Twelve rows by two vectors: 24 accumulators, for processors with 32 vector registers (AVX-512, Arm); and eight or four rows for what is
/// left at the lower edge. Rows are found three from each pointer (its own, one and two further on), so that few registers hold the
/// addresses.
/// </summary>
internal readonly unsafe struct TallKernel<TLanes, TVector> : IGemmKernel
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    public static int Rows => 12;

    public static int Columns => 2 * TLanes.Count;

    public static int Height(int rows) => rows > 8 ? 12 : rows > 4 ? 8 : 4;

    public static void Multiply(int height, bool half, int k, float* a, nint row, nint step, float* b, float* c, nint stride, bool load)
    {
        switch (height)
        {
            case 12 when half:
                Multiply12x1(k, a, row, step, b, c, stride, load);
                break;
            case 12:
                Multiply12x2(k, a, row, step, b, c, stride, load);
                break;
            case 8 when half:
                Multiply8x1(k, a, row, step, b, c, stride, load);
                break;
            case 8:
                Multiply8x2(k, a, row, step, b, c, stride, load);
                break;
            case 4 when half:
                Multiply4x1(k, a, row, step, b, c, stride, load);
                break;
            default:
                Multiply4x2(k, a, row, step, b, c, stride, load);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply12x2(int k, float* a, nint row, nint step, float* b, float* c, nint stride, bool load)
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
            float* from = c;
            c00 = TLanes.Load(from); c01 = TLanes.Load(from + TLanes.Count); from += stride;
            c10 = TLanes.Load(from); c11 = TLanes.Load(from + TLanes.Count); from += stride;
            c20 = TLanes.Load(from); c21 = TLanes.Load(from + TLanes.Count); from += stride;
            c30 = TLanes.Load(from); c31 = TLanes.Load(from + TLanes.Count); from += stride;
            c40 = TLanes.Load(from); c41 = TLanes.Load(from + TLanes.Count); from += stride;
            c50 = TLanes.Load(from); c51 = TLanes.Load(from + TLanes.Count); from += stride;
            c60 = TLanes.Load(from); c61 = TLanes.Load(from + TLanes.Count); from += stride;
            c70 = TLanes.Load(from); c71 = TLanes.Load(from + TLanes.Count); from += stride;
            c80 = TLanes.Load(from); c81 = TLanes.Load(from + TLanes.Count); from += stride;
            c90 = TLanes.Load(from); c91 = TLanes.Load(from + TLanes.Count); from += stride;
            cA0 = TLanes.Load(from); cA1 = TLanes.Load(from + TLanes.Count); from += stride;
            cB0 = TLanes.Load(from); cB1 = TLanes.Load(from + TLanes.Count);
        }
        float* a0 = a, a3 = a + (3 * row), a6 = a + (6 * row), a9 = a + (9 * row);
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
            x = TLanes.Create(a6[0]);
            c60 = TLanes.Fma(x, b0, c60); c61 = TLanes.Fma(x, b1, c61);
            x = TLanes.Create(a6[row]);
            c70 = TLanes.Fma(x, b0, c70); c71 = TLanes.Fma(x, b1, c71);
            x = TLanes.Create(a6[twoRows]);
            c80 = TLanes.Fma(x, b0, c80); c81 = TLanes.Fma(x, b1, c81);
            x = TLanes.Create(a9[0]);
            c90 = TLanes.Fma(x, b0, c90); c91 = TLanes.Fma(x, b1, c91);
            x = TLanes.Create(a9[row]);
            cA0 = TLanes.Fma(x, b0, cA0); cA1 = TLanes.Fma(x, b1, cA1);
            x = TLanes.Create(a9[twoRows]);
            cB0 = TLanes.Fma(x, b0, cB0); cB1 = TLanes.Fma(x, b1, cB1);
            a0 += step;
            a3 += step;
            a6 += step;
            a9 += step;
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
    private static void Multiply12x1(int k, float* a, nint row, nint step, float* b, float* c, nint stride, bool load)
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
            float* from = c;
            c0 = TLanes.Load(from); from += stride;
            c1 = TLanes.Load(from); from += stride;
            c2 = TLanes.Load(from); from += stride;
            c3 = TLanes.Load(from); from += stride;
            c4 = TLanes.Load(from); from += stride;
            c5 = TLanes.Load(from); from += stride;
            c6 = TLanes.Load(from); from += stride;
            c7 = TLanes.Load(from); from += stride;
            c8 = TLanes.Load(from); from += stride;
            c9 = TLanes.Load(from); from += stride;
            cA = TLanes.Load(from); from += stride;
            cB = TLanes.Load(from);
        }
        float* a0 = a, a3 = a + (3 * row), a6 = a + (6 * row), a9 = a + (9 * row);
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
            x = TLanes.Create(a6[0]);
            c6 = TLanes.Fma(x, b0, c6);
            x = TLanes.Create(a6[row]);
            c7 = TLanes.Fma(x, b0, c7);
            x = TLanes.Create(a6[twoRows]);
            c8 = TLanes.Fma(x, b0, c8);
            x = TLanes.Create(a9[0]);
            c9 = TLanes.Fma(x, b0, c9);
            x = TLanes.Create(a9[row]);
            cA = TLanes.Fma(x, b0, cA);
            x = TLanes.Create(a9[twoRows]);
            cB = TLanes.Fma(x, b0, cB);
            a0 += step;
            a3 += step;
            a6 += step;
            a9 += step;
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply8x2(int k, float* a, nint row, nint step, float* b, float* c, nint stride, bool load)
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
        if (load)
        {
            float* from = c;
            c00 = TLanes.Load(from); c01 = TLanes.Load(from + TLanes.Count); from += stride;
            c10 = TLanes.Load(from); c11 = TLanes.Load(from + TLanes.Count); from += stride;
            c20 = TLanes.Load(from); c21 = TLanes.Load(from + TLanes.Count); from += stride;
            c30 = TLanes.Load(from); c31 = TLanes.Load(from + TLanes.Count); from += stride;
            c40 = TLanes.Load(from); c41 = TLanes.Load(from + TLanes.Count); from += stride;
            c50 = TLanes.Load(from); c51 = TLanes.Load(from + TLanes.Count); from += stride;
            c60 = TLanes.Load(from); c61 = TLanes.Load(from + TLanes.Count); from += stride;
            c70 = TLanes.Load(from); c71 = TLanes.Load(from + TLanes.Count);
        }
        float* a0 = a, a3 = a + (3 * row), a6 = a + (6 * row);
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
            x = TLanes.Create(a6[0]);
            c60 = TLanes.Fma(x, b0, c60); c61 = TLanes.Fma(x, b1, c61);
            x = TLanes.Create(a6[row]);
            c70 = TLanes.Fma(x, b0, c70); c71 = TLanes.Fma(x, b1, c71);
            a0 += step;
            a3 += step;
            a6 += step;
            b += 2 * TLanes.Count;
        }
        TLanes.Store(c, c00); TLanes.Store(c + TLanes.Count, c01); c += stride;
        TLanes.Store(c, c10); TLanes.Store(c + TLanes.Count, c11); c += stride;
        TLanes.Store(c, c20); TLanes.Store(c + TLanes.Count, c21); c += stride;
        TLanes.Store(c, c30); TLanes.Store(c + TLanes.Count, c31); c += stride;
        TLanes.Store(c, c40); TLanes.Store(c + TLanes.Count, c41); c += stride;
        TLanes.Store(c, c50); TLanes.Store(c + TLanes.Count, c51); c += stride;
        TLanes.Store(c, c60); TLanes.Store(c + TLanes.Count, c61); c += stride;
        TLanes.Store(c, c70); TLanes.Store(c + TLanes.Count, c71);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply8x1(int k, float* a, nint row, nint step, float* b, float* c, nint stride, bool load)
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
        if (load)
        {
            float* from = c;
            c0 = TLanes.Load(from); from += stride;
            c1 = TLanes.Load(from); from += stride;
            c2 = TLanes.Load(from); from += stride;
            c3 = TLanes.Load(from); from += stride;
            c4 = TLanes.Load(from); from += stride;
            c5 = TLanes.Load(from); from += stride;
            c6 = TLanes.Load(from); from += stride;
            c7 = TLanes.Load(from);
        }
        float* a0 = a, a3 = a + (3 * row), a6 = a + (6 * row);
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
            x = TLanes.Create(a6[0]);
            c6 = TLanes.Fma(x, b0, c6);
            x = TLanes.Create(a6[row]);
            c7 = TLanes.Fma(x, b0, c7);
            a0 += step;
            a3 += step;
            a6 += step;
            b += 2 * TLanes.Count;
        }
        TLanes.Store(c, c0); c += stride;
        TLanes.Store(c, c1); c += stride;
        TLanes.Store(c, c2); c += stride;
        TLanes.Store(c, c3); c += stride;
        TLanes.Store(c, c4); c += stride;
        TLanes.Store(c, c5); c += stride;
        TLanes.Store(c, c6); c += stride;
        TLanes.Store(c, c7);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply4x2(int k, float* a, nint row, nint step, float* b, float* c, nint stride, bool load)
    {
        TVector zero = TLanes.Create(0f);
        TVector c00 = zero, c01 = zero;
        TVector c10 = zero, c11 = zero;
        TVector c20 = zero, c21 = zero;
        TVector c30 = zero, c31 = zero;
        if (load)
        {
            float* from = c;
            c00 = TLanes.Load(from); c01 = TLanes.Load(from + TLanes.Count); from += stride;
            c10 = TLanes.Load(from); c11 = TLanes.Load(from + TLanes.Count); from += stride;
            c20 = TLanes.Load(from); c21 = TLanes.Load(from + TLanes.Count); from += stride;
            c30 = TLanes.Load(from); c31 = TLanes.Load(from + TLanes.Count);
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
            a0 += step;
            a3 += step;
            b += 2 * TLanes.Count;
        }
        TLanes.Store(c, c00); TLanes.Store(c + TLanes.Count, c01); c += stride;
        TLanes.Store(c, c10); TLanes.Store(c + TLanes.Count, c11); c += stride;
        TLanes.Store(c, c20); TLanes.Store(c + TLanes.Count, c21); c += stride;
        TLanes.Store(c, c30); TLanes.Store(c + TLanes.Count, c31);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply4x1(int k, float* a, nint row, nint step, float* b, float* c, nint stride, bool load)
    {
        TVector zero = TLanes.Create(0f);
        TVector c0 = zero;
        TVector c1 = zero;
        TVector c2 = zero;
        TVector c3 = zero;
        if (load)
        {
            float* from = c;
            c0 = TLanes.Load(from); from += stride;
            c1 = TLanes.Load(from); from += stride;
            c2 = TLanes.Load(from); from += stride;
            c3 = TLanes.Load(from);
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
            a0 += step;
            a3 += step;
            b += 2 * TLanes.Count;
        }
        TLanes.Store(c, c0); c += stride;
        TLanes.Store(c, c1); c += stride;
        TLanes.Store(c, c2); c += stride;
        TLanes.Store(c, c3);
    }
}
