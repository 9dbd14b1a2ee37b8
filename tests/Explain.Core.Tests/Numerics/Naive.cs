namespace Explain.Core.Tests;

/// <summary>The naive twins: the definition of each kernel, one element at a time.</summary>
internal static class Naive
{
    /// <summary>C (+)= op(A) · op(B) in the form NN, NT or TN, each element a chain of fused multiply-adds over k ascending.</summary>
    public static void Gemm(string form, Matrix a, Matrix b, Matrix c, bool accumulate)
    {
        int depth = form is "TN" or "TT" ? a.Rows : a.Columns;
        for (int i = 0; i < c.Rows; i++)
        {
            for (int j = 0; j < c.Columns; j++)
            {
                float sum = accumulate ? c[i, j] : 0f;
                for (int k = 0; k < depth; k++)
                    sum = MathF.FusedMultiplyAdd(form is "TN" or "TT" ? a[k, i] : a[i, k], form is "NT" or "TT" ? b[j, k] : b[k, j], sum);
                c[i, j] = sum;
            }
        }
    }
}

/// <summary>Comparisons to the bit: equal bits, or both not a number (whose payload is not specified).</summary>
internal static class Bits
{
    public static void ShouldBeTheSameAs(this ReadOnlySpan<float> actual, ReadOnlySpan<float> expected, string what)
    {
        actual.Length.ShouldBe(expected.Length, what);
        for (int i = 0; i < actual.Length; i++)
        {
            if (!Same(actual[i], expected[i]))
                throw new ShouldAssertException(
                    $"{what}: element {i} is {actual[i]:R} ({Hex(actual[i])}) and should be {expected[i]:R} ({Hex(expected[i])}).");
        }
    }

    public static void ShouldBeTheSameAs(this Matrix actual, Matrix expected, string what) =>
        ((ReadOnlySpan<float>)actual.Span).ShouldBeTheSameAs(expected.Span, what);

    public static bool Same(float a, float b) =>
        BitConverter.SingleToInt32Bits(a) == BitConverter.SingleToInt32Bits(b) || (float.IsNaN(a) && float.IsNaN(b));

    private static string Hex(float value) => BitConverter.SingleToInt32Bits(value).ToString("x8");
}
