namespace Explain.Core;

/// <summary>
/// The innermost product: C[height, columns] (+)= A[height, k] · B[k, columns], all of C in registers, with B packed (see
/// <see cref="GemmPacking"/>) and A anywhere: element (i, p) at <c>a[i * row + p * step]</c>, a packed panel or the operand as it lies.
/// Each element of C is one chain of fused multiply-adds over k ascending, from 0 or, with <c>load</c>, from the old element.
/// </summary>
internal unsafe interface IGemmKernel
{
    /// <summary>Height of a full tile of C, and of a packed panel of A.</summary>
    static abstract int Rows { get; }

    /// <summary>Width of a full tile of C, and of a packed panel of B.</summary>
    static abstract int Columns { get; }

    /// <summary>The least height there is for at least <paramref name="rows"/> rows.</summary>
    static abstract int Height(int rows);

    /// <summary>
    /// One tile, or with <paramref name="half"/> its left half; <paramref name="stride"/> is the distance between rows of C in elements.
    /// </summary>
    static abstract void Multiply(int height, bool half, int k, float* a, nint row, nint step, float* b, float* c, nint stride, bool load);
}
