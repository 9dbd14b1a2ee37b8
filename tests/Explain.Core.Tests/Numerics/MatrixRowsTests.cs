namespace Explain.Core.Tests;

public class MatrixRowsTests
{
    [Fact]
    public void Softmax_agrees_with_the_definition_in_double_precision()
    {
        foreach ((int rows, int columns) in new[] { (1, 1), (7, 4), (5, 10), (3, 16), (3, 17), (2, 33), (7000, 10) })
        {
            Matrix x = Values(rows, columns), y = new(rows, columns);
            var logs = new float[rows];
            MatrixRows.Softmax(x, y);
            MatrixRows.LogSumExp(x, logs);
            for (int i = 0; i < rows; i += 1 + (rows / 50))
            {
                double sum = 0;
                foreach (float value in x.Row(i)) sum += Math.Exp(value);
                for (int j = 0; j < columns; j++) ((double)y[i, j]).ShouldBe(Math.Exp(x[i, j]) / sum, 1e-6 * Math.Exp(x[i, j]) / sum);
                ((double)logs[i]).ShouldBe(Math.Log(sum), 2e-6);
            }
        }
    }

    [Fact]
    public void Softmax_in_place_of_large_values_neither_overflows_nor_loses_its_sum()
    {
        var x = Matrix.FromRows([1000f, 1000f, 1000f, -1000f], [1f, 2f, 3f, 4f]);
        MatrixRows.Softmax(x, x);
        x.Row(0).ToArray().ShouldBe([1f / 3, 1f / 3, 1f / 3, 0f]);
        x.Row(1).ToArray().ShouldBe([0.0320586f, 0.0871443f, 0.2368828f, 0.6439143f], 1e-6);
        var logs = new float[1];
        MatrixRows.LogSumExp(Matrix.FromRows([1000f, 1000f]), logs);
        logs[0].ShouldBe(1000.6931f, 1e-3f);
    }

    [Fact]
    public void The_greatest_element_is_the_first_among_equals_or_the_first_that_is_not_a_number()
    {
        var x = Matrix.FromRows(
            [1f, 3f, 3f],
            [-5f, -4f, -6f],
            [2f, float.NaN, 9f],
            [float.NaN, 1f, float.NaN],
            [float.NegativeInfinity, float.NegativeInfinity, float.NegativeInfinity]);
        var columns = new int[5];
        var greatest = new float[5];
        MatrixRows.ArgMax(x, columns);
        MatrixRows.Max(x, greatest);
        columns.ShouldBe([1, 1, 1, 0, 0]);
        greatest.ShouldBe([3f, -4f, float.NaN, float.NaN, float.NegativeInfinity]);
    }

    [Fact]
    public void Column_sums_add_blocks_of_256_rows_in_single_and_the_blocks_in_double_precision()
    {
        foreach ((int rows, int columns) in new[] { (0, 3), (1, 1), (3, 5), (255, 64), (256, 65), (257, 70), (1000, 139), (5000, 3) })
        {
            Matrix x = Values(rows, columns);
            float[] sums = new float[columns], expected = new float[columns], accumulated = new float[columns];
            MatrixRows.ColumnSums(x, sums);
            Array.Fill(accumulated, 0.5f);
            MatrixRows.ColumnSums(x, accumulated, accumulate: true);
            for (int j = 0; j < columns; j++)
            {
                double total = 0, more = 0.5;
                for (int start = 0; start < rows; start += 256)
                {
                    float sum = 0;
                    for (int i = start; i < Math.Min(rows, start + 256); i++) sum += x[i, j];
                    total += sum;
                    more += sum;
                }
                expected[j] = (float)total;
                accumulated[j].ShouldBe((float)more);
            }
            ((ReadOnlySpan<float>)sums).ShouldBeTheSameAs(expected, $"{rows}×{columns}");
        }
    }

    [Fact]
    public void Results_of_the_wrong_size_are_named()
    {
        var x = new Matrix(3, 4);
        Should.Throw<ArgumentException>(() => MatrixRows.Max(x, new float[4])).Message.ShouldContain("4 elements; the matrix has 3 rows");
        Should.Throw<ArgumentException>(() => MatrixRows.ArgMax(x, new int[2]));
        Should.Throw<ArgumentException>(() => MatrixRows.ArgMax(new Matrix(3, 0), new int[3]));
        Should.Throw<ArgumentException>(() => MatrixRows.LogSumExp(x, new float[2]));
        Should.Throw<ArgumentException>(() => MatrixRows.Softmax(x, new Matrix(4, 3)));
        Should.Throw<ArgumentException>(() => MatrixRows.ColumnSums(x, new float[3]))
            .Message.ShouldContain("3 elements; the matrix has 4 columns");
    }

    private static Matrix Values(int rows, int columns)
    {
        var matrix = new Matrix(rows, columns);
        var random = new CounterRandom(9, "rows");
        foreach (ref float value in matrix.Span) value = (random.NextSingle() * 10) - 5;
        return matrix;
    }
}
