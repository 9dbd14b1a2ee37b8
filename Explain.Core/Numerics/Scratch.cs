namespace Explain.Core;

/// <summary>
/// Memory for intermediate values of one thread during one block of work; grown when needed and then kept, so that the steady state of
/// training allocates nothing.
/// </summary>
internal static class Scratch
{
    [ThreadStatic]
    private static float[]? _values;

    /// <summary>A matrix with arbitrary content, until the thread's next call.</summary>
    public static Matrix Matrix(int rows, int columns)
    {
        int length = checked(rows * columns);
        if (_values is null || _values.Length < length) _values = GC.AllocateUninitializedArray<float>(length);
        return new Matrix(_values, 0, rows, columns);
    }
}
