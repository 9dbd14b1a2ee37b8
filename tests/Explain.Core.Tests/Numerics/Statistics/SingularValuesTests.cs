namespace Explain.Core.Tests;

public class SingularValuesTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 9)]
    [InlineData(150, 1)]
    [InlineData(12, 2)]
    [InlineData(7, 7)]
    [InlineData(40, 23)]
    [InlineData(31, 64)]
    [InlineData(128, 5)]
    [InlineData(20, 150)]
    public void The_values_are_those_that_turning_pairs_of_columns_finds(int rows, int columns)
    {
        float[] matrix = Numbers(rows * columns, rows + columns);
        SingularValues.Of(matrix, rows, columns).ShouldBe(Jacobi(matrix, rows, columns), 1e-9);
    }

    [Fact]
    public void A_matrix_of_few_directions_has_few_values_that_are_not_rounding()
    {
        const int Rows = 30, Columns = 50;
        float[] a = Numbers(Rows * 2, 1), b = Numbers(2 * Columns, 2);
        var matrix = new float[Rows * Columns];
        for (int i = 0; i < matrix.Length; i++)
            matrix[i] = (a[i / Columns * 2] * b[i % Columns]) + (a[(i / Columns * 2) + 1] * b[Columns + (i % Columns)]);
        double[] values = SingularValues.Of(matrix, Rows, Columns);
        values[1].ShouldBeGreaterThan(0.1 * values[0]);
        values[2].ShouldBeLessThan(1e-6 * values[0]);
    }

    [Fact]
    public void A_small_value_beside_a_large_one_has_its_digits()
    {
        // Their product is the determinant, and the sum of their squares is that of the elements.
        const float Step = 1 / 8388608f;
        double[] values = SingularValues.Of([1, 1, 1, 1 + Step], 2, 2);
        (values[0] * values[1]).ShouldBe(Step, 1e-7 * Step);
        ((values[0] * values[0]) + (values[1] * values[1])).ShouldBe(3 + ((1 + (double)Step) * (1 + (double)Step)), 1e-14);
    }

    [Fact]
    public void Directions_that_repeat_have_zeros()
    {
        double[] values = SingularValues.Of([1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3], 3, 4);
        values.ShouldBe([Math.Sqrt(56), 0, 0], 1e-14);
        values.ShouldAllBe(v => v >= 0 && !double.IsNegative(v));
    }

    [Theory]
    [InlineData(1e-30f)]
    [InlineData(1e30f)]
    public void Values_grow_with_the_matrix_however_large_or_small_it_is(float factor)
    {
        float[] matrix = Numbers(60, 5);
        double[] usual = SingularValues.Of(matrix, 6, 10), scaled = SingularValues.Of([.. matrix.Select(v => v * factor)], 6, 10);
        scaled.Select(v => v / factor).ShouldBe(usual, 1e-5);
    }

    [Fact]
    public void Nothing_and_zeros_have_their_values()
    {
        SingularValues.Of([], 0, 5).ShouldBeEmpty();
        SingularValues.Of(new float[6], 2, 3).ShouldBe([0, 0]);
        SingularValues.Of([1, float.PositiveInfinity], 1, 2).ShouldAllBe(v => double.IsNaN(v));
    }

    [Fact]
    public void The_bits_do_not_depend_on_the_number_of_threads()
    {
        float[] matrix = Numbers(90 * 70, 9);
        int before = Rows.Threads;
        try
        {
            var found = new List<double[]>();
            foreach (int threads in new[] { 1, 2, 5 })
            {
                Rows.Threads = threads;
                found.Add(SingularValues.Of(matrix, 90, 70));
            }
            found[1].ShouldBe(found[0]);
            found[2].ShouldBe(found[0]);
        }
        finally
        {
            Rows.Threads = before;
        }
    }

    /// <summary>Numbers between −1 and 1 by a multiplicative generator.</summary>
    internal static float[] Numbers(int count, int seed)
    {
        ulong state = (ulong)seed;
        var numbers = new float[count];
        for (int i = 0; i < count; i++)
        {
            state = (state * 6364136223846793005) + 1442695040888963407;
            numbers[i] = (float)(((state >> 40) / (double)(1 << 23)) - 1);
        }
        return numbers;
    }

    // Pairs of columns are turned until all are perpendicular (Hestenes, "Inversion of matrices by biorthogonalization and related
    // results", 1958): their lengths are the singular values.
    private static double[] Jacobi(float[] matrix, int rows, int columns)
    {
        var a = new double[columns][];
        for (int c = 0; c < columns; c++)
            a[c] = [.. Enumerable.Range(0, rows).Select(r => (double)matrix[(r * columns) + c])];
        for (int sweep = 0; sweep < 60; sweep++)
        {
            for (int i = 0; i < columns; i++)
            {
                for (int j = i + 1; j < columns; j++)
                {
                    double p = a[i].Zip(a[j], (u, v) => u * v).Sum(), x = a[i].Sum(u => u * u), y = a[j].Sum(v => v * v);
                    if (Math.Abs(p) < 1e-300) continue;
                    double z = (y - x) / (2 * p), t = (z >= 0 ? 1 : -1) / (Math.Abs(z) + Math.Sqrt(1 + (z * z))),
                        cos = 1 / Math.Sqrt(1 + (t * t)), sin = cos * t;
                    for (int r = 0; r < rows; r++)
                        (a[i][r], a[j][r]) = ((cos * a[i][r]) - (sin * a[j][r]), (sin * a[i][r]) + (cos * a[j][r]));
                }
            }
        }
        return [.. a.Select(column => Math.Sqrt(column.Sum(v => v * v))).OrderDescending().Take(Math.Min(rows, columns))];
    }
}
