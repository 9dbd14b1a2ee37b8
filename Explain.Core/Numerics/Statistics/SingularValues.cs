using System.Numerics;
using System.Runtime.InteropServices;

namespace Explain.Core;

/// <summary>
/// Singular values of a matrix, without its vectors: the square roots of the eigenvalues of its Gram matrix, which is brought to
/// tridiagonal form by Householder reflections and then to diagonal form by QL steps with implicit shifts (Wilkinson and Reinsch, "Handbook
/// for automatic computation, volume II: linear algebra", 1971, II/2 and II/4). In double precision throughout: the largest are right to
/// some 14 digits; as squares are summed, those below about 10⁻⁷ of the largest are noise, which is what single-precision weights can tell
/// anyway. Vectors are combined element by element, never summed across, so that the bits do not depend on their width.
/// </summary>
public static class SingularValues
{
    private const int RowsABlock = 16;
    private const int MostSteps = 60;
    private const double RelativeZero = 1.1e-16;

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
        if (largest == 0) return new double[count];
        double[] gram = Gram(Tall(matrix, rows, columns, largest), Math.Max(rows, columns), count);
        var (diagonal, beside) = Tridiagonal(gram, count);
        if (!Diagonalise(diagonal, beside)) return NotFinite(count);
        return [.. diagonal.Select(d => largest * Math.Sqrt(Math.Max(0, d))).OrderDescending()];
    }

    private static double[] NotFinite(int count)
    {
        var values = new double[count];
        Array.Fill(values, double.NaN);
        return values;
    }

    // With the shorter side along the rows, and the largest element 1: squares then neither overflow nor vanish.
    private static double[] Tall(ReadOnlySpan<float> matrix, int rows, int columns, double largest)
    {
        var tall = new double[matrix.Length];
        bool wide = columns > rows;
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
                tall[wide ? (c * rows) + r : (r * columns) + c] = matrix[(r * columns) + c] / largest;
        }
        return tall;
    }

    // n × n: the sum over the rows of their outer products, whole, both triangles.
    private static double[] Gram(double[] tall, int length, int n)
    {
        var gram = new double[n * n];
        Rows.For(n, RowsABlock, new GramRows(tall, gram, length, n));
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
                gram[(i * n) + j] = gram[(j * n) + i];
        }
        return gram;
    }

    // Destroys a. Row after row from the last is reflected onto the element beside the diagonal.
    private static (double[] Diagonal, double[] Beside) Tridiagonal(double[] a, int n)
    {
        double[] diagonal = new double[n], beside = new double[n], p = new double[n];
        for (int i = n - 1; i > 0; i--)
        {
            var u = a.AsSpan(i * n, i);
            double rest = 0;
            for (int j = 0; j < i - 1; j++)
                rest += u[j] * u[j];
            diagonal[i] = a[(i * n) + i];
            if (rest == 0)
            {
                beside[i] = u[i - 1];
                continue;
            }
            double length = Math.Sqrt(rest + (u[i - 1] * u[i - 1])), g = u[i - 1] >= 0 ? -length : length;
            beside[i] = g;
            u[i - 1] -= g;
            // 1 / h is 2 / |u|².
            double h = 0;
            foreach (double v in u)
                h += v * v;
            h /= 2;
            var q = p.AsSpan(0, i);
            q.Clear();
            for (int j = 0; j < i; j++)
                Add(q, u[j] / h, a.AsSpan(j * n, i));
            double along = 0;
            for (int j = 0; j < i; j++)
                along += u[j] * q[j];
            Add(q, -along / (2 * h), u);
            for (int j = 0; j < i; j++)
            {
                var row = a.AsSpan(j * n, i);
                Add(row, -u[j], q);
                Add(row, -q[j], u);
            }
        }
        diagonal[0] = a[0];
        return (diagonal, beside);
    }

    // beside[i] stands between i − 1 and i.
    private static bool Diagonalise(double[] d, double[] beside)
    {
        int n = d.Length;
        double[] e = [.. beside.Skip(1), 0];
        for (int l = 0; l < n; l++)
        {
            int step = 0;
            while (true)
            {
                int m = l;
                while (m < n - 1 && Math.Abs(e[m]) > RelativeZero * (Math.Abs(d[m]) + Math.Abs(d[m + 1])))
                    m++;
                if (m == l) break;
                if (step++ == MostSteps) return false;
                Step(d, e, l, m);
            }
        }
        return true;
    }

    // One QL step on l … m, its shift the nearer eigenvalue of the leading 2 × 2.
    private static void Step(double[] d, double[] e, int l, int m)
    {
        double g = (d[l + 1] - d[l]) / (2 * e[l]), r = Math.Sqrt((g * g) + 1);
        g = d[m] - d[l] + (e[l] / (g + (g >= 0 ? r : -r)));
        double s = 1, c = 1, p = 0;
        for (int i = m - 1; i >= l; i--)
        {
            double f = s * e[i], b = c * e[i];
            r = Math.Sqrt((f * f) + (g * g));
            e[i + 1] = r;
            if (r == 0)
            {
                d[i + 1] -= p;
                e[m] = 0;
                return;
            }
            (s, c) = (f / r, g / r);
            g = d[i + 1] - p;
            r = ((d[i] - g) * s) + (2 * c * b);
            p = s * r;
            d[i + 1] = g + p;
            g = (c * r) - b;
        }
        d[l] -= p;
        e[l] = g;
        e[m] = 0;
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

    // Rows first … of the upper triangle.
    private readonly struct GramRows(double[] tall, double[] gram, int length, int n) : IRowOperation
    {
        public void Invoke(int first, int count)
        {
            for (int k = 0; k < length; k++)
            {
                var row = tall.AsSpan(k * n, n);
                for (int i = first; i < first + count; i++)
                    Add(gram.AsSpan((i * n) + i, n - i), row[i], row[i..]);
            }
        }
    }
}
