using System.Numerics;
using System.Runtime.InteropServices;
using MathNet.Numerics;
using MathNet.Numerics.Providers.LinearAlgebra;

namespace Explain.Core;

/// <summary>
/// Singular values of a matrix, without its vectors. Reflections bring it to a triangle as wide as its shorter side (Householder, "Unitary
/// triangularization of a nonsymmetric matrix", 1958), whose values are found by MathNet: its own decomposition asks for the square of the
/// longer side in memory. In double precision throughout, all values to some 14 digits of the largest. Rows are combined element by
/// element, never summed across, so that the bits do not depend on the width of vectors.
/// </summary>
public static class SingularValues
{
    private const int RowsAtOnce = 64;

    /// <summary>The min(rows, columns) values, largest first; all NaN where an element is not finite.</summary>
    /// <param name="matrix">rows × columns, row after row.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="columns">Its columns.</param>
    public static double[] Of(ReadOnlySpan<float> matrix, int rows, int columns)
    {
        int count = Math.Min(rows, columns);
        if (count == 0) return [];
        double largest = 0;
        foreach (float v in matrix)
        {
            if (!float.IsFinite(v)) return NotFinite(count);
            largest = Math.Max(largest, Math.Abs(v));
        }
        var values = new double[count];
        if (largest == 0) return values;
        double[] triangle = Triangle(matrix, rows, columns, largest);
        try
        {
            // The managed provider by name: another, which a program may have chosen for itself, has other bits. The two last arrays, for
            // vectors, must be there, but stay as they are.
            ManagedLinearAlgebraProvider.Instance.SingularValueDecomposition(
                false, triangle, count, count, values, new double[count * count], new double[count * count]);
        }
        catch (NonConvergenceException)
        {
            return NotFinite(count);
        }
        // It may sign zeros.
        return [.. values.Select(v => largest * Math.Abs(v)).OrderDescending()];
    }

    private static double[] NotFinite(int count)
    {
        var values = new double[count];
        Array.Fill(values, double.NaN);
        return values;
    }

    // n × n for a shorter side of n, of the matrix over its largest element: squares then neither overflow nor vanish. It begins with
    // zeros and takes in what lies along the longer side a few rows at a time, so that both stay in the cache.
    private static double[] Triangle(ReadOnlySpan<float> matrix, int rows, int columns, double largest)
    {
        bool wide = columns > rows;
        int length = Math.Max(rows, columns), n = Math.Min(rows, columns);
        double[] triangle = new double[n * n], taken = new double[Math.Min(RowsAtOnce, length) * n], along = new double[n];
        for (int first = 0; first < length; first += RowsAtOnce)
        {
            var these = taken.AsSpan(0, Math.Min(RowsAtOnce, length - first) * n);
            for (int i = 0; i < these.Length; i++)
            {
                int row = first + (i / n), column = i % n;
                these[i] = (wide ? matrix[(column * columns) + row] : matrix[(row * columns) + column]) / largest;
            }
            for (int k = 0; k < n; k++)
                Reflect(triangle.AsSpan((k * n) + k, n - k), these, k, n, along.AsSpan(k));
        }
        return triangle;
    }

    // Column k of the taken rows, each n long, is reflected onto the diagonal; the row of the triangle begins there.
    private static void Reflect(Span<double> row, Span<double> taken, int k, int n, Span<double> along)
    {
        double squares = 0;
        for (int i = k; i < taken.Length; i += n)
            squares += taken[i] * taken[i];
        if (squares == 0) return;
        double length = Math.Sqrt((row[0] * row[0]) + squares), onto = row[0] >= 0 ? -length : length, first = row[0] - onto;
        double half = ((first * first) + squares) / 2;
        along.Clear();
        Add(along, first, row);
        for (int i = k; i < taken.Length; i += n)
            Add(along, taken[i], taken[i..]);
        Add(row, -first / half, along);
        row[0] = onto;
        for (int i = k; i < taken.Length; i += n)
            Add(taken.Slice(i + 1, n - k - 1), -taken[i] / half, along[1..]);
    }

    // sum += factor · values.
    private static void Add(Span<double> sum, double factor, ReadOnlySpan<double> values)
    {
        var wide = MemoryMarshal.Cast<double, Vector<double>>(sum);
        var terms = MemoryMarshal.Cast<double, Vector<double>>(values[..sum.Length]);
        for (int i = 0; i < wide.Length; i++)
            wide[i] += terms[i] * factor;
        for (int i = wide.Length * Vector<double>.Count; i < sum.Length; i++)
            sum[i] += values[i] * factor;
    }
}
