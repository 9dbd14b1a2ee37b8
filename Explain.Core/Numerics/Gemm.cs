using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Explain.Core;

/// <summary>
/// General matrix products of row-major float32 matrices. Every element of C is one chain of fused multiply-adds over k = 0, 1, 2, …
/// starting from 0 (or from the old element where <c>accumulate</c> is set), whatever the vector width, blocking or number of threads:
/// <c>c = fma(a[k], b[k], c)</c>. The results are therefore the same bits everywhere (of a NaN only that it is one). C must not overlap A
/// or B.
/// </summary>
public static unsafe class Gemm
{
    /// <summary>C[m,n] = A[m,k] · B[k,n], or added to C.</summary>
    /// <exception cref="ArgumentException">The shapes don't fit.</exception>
    public static void NN(Matrix a, Matrix b, Matrix c, bool accumulate = false)
    {
        Check("NN", a, b, c, a.Rows == c.Rows && b.Columns == c.Columns && a.Columns == b.Rows);
        fixed (float* pa = a.Span, pb = b.Span, pc = c.Span)
            Run(
                new GemmOperand(pa, a.Columns, 1), new GemmOperand(pb, 1, b.Columns), pc, c.Rows, c.Columns, a.Columns, accumulate,
                default(NoEpilogue));
    }

    /// <summary>C[m,n] = A[m,k] · B[n,k]ᵀ, or added to C.</summary>
    /// <exception cref="ArgumentException">The shapes don't fit.</exception>
    public static void NT(Matrix a, Matrix b, Matrix c, bool accumulate = false)
    {
        Check("NT", a, b, c, a.Rows == c.Rows && b.Rows == c.Columns && a.Columns == b.Columns);
        fixed (float* pa = a.Span, pb = b.Span, pc = c.Span)
            Run(
                new GemmOperand(pa, a.Columns, 1), new GemmOperand(pb, b.Columns, 1), pc, c.Rows, c.Columns, a.Columns, accumulate,
                default(NoEpilogue));
    }

    /// <summary>
    /// C[m,n] = f(A[m,k] · B[n,k]ᵀ + bias[n]), f and bias applied while the tile is in the nearest cache; an empty bias adds nothing.
    /// </summary>
    /// <exception cref="ArgumentException">The shapes don't fit.</exception>
    public static void NT<TElementwise>(Matrix a, Matrix b, ReadOnlySpan<float> bias, Matrix c, TElementwise f)
        where TElementwise : struct, IElementwise
    {
        Check("NT", a, b, c, a.Rows == c.Rows && b.Rows == c.Columns && a.Columns == b.Columns);
        if (!bias.IsEmpty && bias.Length != c.Columns)
            throw new ArgumentException(
                $"The bias has {bias.Length} values; C has {c.Columns} columns and needs as many (or none at all).", nameof(bias));
        fixed (float* pa = a.Span, pb = b.Span, pc = c.Span, pBias = bias)
        {
            GemmOperand left = new(pa, a.Columns, 1), right = new(pb, b.Columns, 1);
            if (c.Columns >= ElementwiseLoops.NarrowColumns)
            {
                Run(left, right, pc, c.Rows, c.Columns, a.Columns, false, new BiasEpilogue<TElementwise>(pBias, f));
                return;
            }

            // Rows shorter than a vector go through f together, when the product is complete.
            Run(left, right, pc, c.Rows, c.Columns, a.Columns, false, default(NoEpilogue));
            if (pBias == null) ElementwiseLoops.Map(pc, pc, c.Length, f);
            else ElementwiseLoops.BiasThenNarrow(pc, pBias, c.Rows, c.Columns, f);
        }
    }

    /// <summary>C[m,n] = A[k,m]ᵀ · B[n,k]ᵀ, or added to C.</summary>
    /// <exception cref="ArgumentException">The shapes don't fit.</exception>
    internal static void TT(Matrix a, Matrix b, Matrix c, bool accumulate = false)
    {
        Check("TT", a, b, c, a.Columns == c.Rows && b.Rows == c.Columns && a.Rows == b.Columns);
        fixed (float* pa = a.Span, pb = b.Span, pc = c.Span)
            Run(
                new GemmOperand(pa, 1, a.Columns), new GemmOperand(pb, b.Columns, 1), pc, c.Rows, c.Columns, a.Rows, accumulate,
                default(NoEpilogue));
    }

    /// <summary>C[m,n] = f(A[k,m]ᵀ · B[n,k]ᵀ + bias[n]), as the NT form.</summary>
    /// <exception cref="ArgumentException">The shapes don't fit.</exception>
    internal static void TT<TElementwise>(Matrix a, Matrix b, ReadOnlySpan<float> bias, Matrix c, TElementwise f)
        where TElementwise : struct, IElementwise
    {
        Check("TT", a, b, c, a.Columns == c.Rows && b.Rows == c.Columns && a.Rows == b.Columns);
        if (!bias.IsEmpty && bias.Length != c.Columns)
            throw new ArgumentException(
                $"The bias has {bias.Length} values; C has {c.Columns} columns and needs as many (or none at all).", nameof(bias));
        fixed (float* pa = a.Span, pb = b.Span, pc = c.Span, pBias = bias)
            Run(
                new GemmOperand(pa, 1, a.Columns), new GemmOperand(pb, b.Columns, 1), pc, c.Rows, c.Columns, a.Rows, false,
                new BiasEpilogue<TElementwise>(pBias, f));
    }

    /// <summary>C[m,n] = A[k,m]ᵀ · B[k,n], or added to C.</summary>
    /// <exception cref="ArgumentException">The shapes don't fit.</exception>
    public static void TN(Matrix a, Matrix b, Matrix c, bool accumulate = false)
    {
        Check("TN", a, b, c, a.Columns == c.Rows && b.Columns == c.Columns && a.Rows == b.Rows);
        fixed (float* pa = a.Span, pb = b.Span, pc = c.Span)
            Run(
                new GemmOperand(pa, 1, a.Columns), new GemmOperand(pb, 1, b.Columns), pc, c.Rows, c.Columns, a.Rows, accumulate,
                default(NoEpilogue));
    }

    /// <summary>
    /// Picks the widest kernel whose fused multiply-add the hardware has. Vectors without one (x86 with AVX2 switched off) would go through
    /// <see cref="MathF.FusedMultiplyAdd"/> lane by lane anyway: plain floats do that without the detour.
    /// </summary>
    private static void Run<TEpilogue>(GemmOperand a, GemmOperand b, float* c, int m, int n, int k, bool accumulate, TEpilogue epilogue)
        where TEpilogue : struct, IGemmEpilogue
    {
        if (m == 0 || n == 0) return;
        if (Vector512.IsHardwareAccelerated)
            GemmDriver<TallKernel<Lanes16, Vector512<float>>, TEpilogue>.Run(a, b, c, m, n, k, accumulate, epilogue);
        else if (Vector256.IsHardwareAccelerated && Fma.IsSupported)
            GemmDriver<LowKernel<Lanes8, Vector256<float>>, TEpilogue>.Run(a, b, c, m, n, k, accumulate, epilogue);
        else if (AdvSimd.IsSupported)
            GemmDriver<TallKernel<Lanes4, Vector128<float>>, TEpilogue>.Run(a, b, c, m, n, k, accumulate, epilogue);
        else
            GemmDriver<LowKernel<Lanes1, float>, TEpilogue>.Run(a, b, c, m, n, k, accumulate, epilogue);
    }

    private static void Check(string form, Matrix a, Matrix b, Matrix c, bool fits)
    {
        if (!fits) throw new ArgumentException($"The shapes do not fit: {form} of A {a} and B {b} into C {c}.");
    }
}
