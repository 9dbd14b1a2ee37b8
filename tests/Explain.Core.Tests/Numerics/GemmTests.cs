using System.Runtime.Intrinsics;
using CsCheck;

namespace Explain.Core.Tests;

public unsafe class GemmTests
{
    private static readonly string[] Forms = ["NN", "NT", "TN", "TT"];

    [Fact]
    public void Every_small_shape_agrees_with_the_naive_twin_to_the_bit()
    {
        int[] depths = [0, 1, 2, 3, 5, 8];
        for (int m = 1; m <= 40; m += m < 14 ? 1 : 3)
        {
            for (int n = 1; n <= 40; n += n < 18 ? 1 : 3)
            {
                int k = depths[(m + n) % depths.Length];
                foreach (string form in Forms) Check(form, m, n, k, accumulate: (m + n) % 2 == 0);
            }
        }
    }

    [Theory]
    [InlineData(1, 1, 2000)]
    [InlineData(13, 33, 384)]
    [InlineData(13, 33, 385)]
    [InlineData(95, 31, 769)]
    [InlineData(97, 321, 50)]
    [InlineData(193, 641, 9)]
    [InlineData(5, 4100, 3)]
    [InlineData(128, 10, 128)]
    [InlineData(128, 256, 100)]
    [InlineData(16, 16, 20000)]
    [InlineData(512, 3, 5)]
    [InlineData(513, 3, 5)]
    [InlineData(7, 2049, 3)]
    public void Shapes_around_the_block_edges_agree_with_the_naive_twin_to_the_bit(int m, int n, int k)
    {
        foreach (string form in Forms)
        {
            Check(form, m, n, k, accumulate: false);
            Check(form, m, n, k, accumulate: true);
        }
    }

    [Fact]
    public void A_depth_that_is_packed_in_several_goes_agrees_with_the_naive_twin_to_the_bit() =>
        Check("TN", 3, 1500, 3000, accumulate: true);

    [Fact]
    public void Random_shapes_agree_with_the_naive_twin_to_the_bit() =>
        Gen.Select(Gen.Int[1, 130], Gen.Int[1, 130], Gen.Int[0, 60]).Sample(
            (m, n, k) =>
            {
                foreach (string form in Forms) Check(form, m, n, k, accumulate: m % 2 == 0);
            },
            iter: 100,
            threads: 1);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void The_number_of_threads_does_not_change_a_bit(int threads)
    {
        int before = Rows.Threads;
        Matrix a = Values(500, 90, "a"), b = Values(70, 90, "b"), expected = new(500, 70), actual = new(500, 70);
        Naive.Gemm("NT", a, b, expected, accumulate: false);
        try
        {
            Rows.Threads = threads;
            Gemm.NT(a, b, actual);
        }
        finally
        {
            Rows.Threads = before;
        }
        actual.ShouldBeTheSameAs(expected, $"{threads} threads");
    }

    [Fact]
    public void Kernels_of_every_width_agree_with_the_naive_twin_to_the_bit()
    {
        foreach ((int m, int n, int k) in new[] { (1, 1, 1), (5, 3, 7), (12, 32, 4), (13, 33, 9), (25, 47, 31), (30, 9, 400) })
        {
            Matrix a = Values(m, k, "a"), b = Values(n, k, "b"), start = Values(m, n, "c"), expected = start.Clone();
            Naive.Gemm("NT", a, b, expected, accumulate: true);
            With<TallKernel<Lanes16, Vector512<float>>>();
            With<LowKernel<Lanes8, Vector256<float>>>();
            With<TallKernel<Lanes4, Vector128<float>>>();
            With<LowKernel<Lanes1, float>>();

            void With<TKernel>()
                where TKernel : struct, IGemmKernel
            {
                Matrix c = start.Clone();
                fixed (float* pa = a.Span, pb = b.Span, pc = c.Span)
                    GemmDriver<TKernel, NoEpilogue>.Run(
                        new GemmOperand(pa, k, 1), new GemmOperand(pb, k, 1), pc, m, n, k, accumulate: true, default);
                c.ShouldBeTheSameAs(expected, $"{typeof(TKernel)} {m}×{n}×{k}");
            }
        }
    }

    [Fact]
    public void What_is_not_finite_spreads_to_its_own_rows_and_columns_only()
    {
        foreach (string form in Forms)
        {
            (Matrix a, Matrix b) = Operands(form, 40, 50, 30);
            if (form is "TN" or "TT") a[7, 3] = float.NaN;
            else a[3, 7] = float.NaN;
            if (form is "NT" or "TT") b[9, 2] = float.PositiveInfinity;
            else b[2, 9] = float.PositiveInfinity;
            Matrix expected = new(40, 50), actual = new(40, 50);
            Naive.Gemm(form, a, b, expected, accumulate: false);
            Multiply(form, a, b, actual, accumulate: false);
            actual.ShouldBeTheSameAs(expected, form);
            actual.Span.ToArray().Count(float.IsNaN).ShouldBe(50);
            actual.Span.ToArray().Count(float.IsInfinity).ShouldBe(39);
        }
    }

    [Fact]
    public void A_view_into_a_larger_buffer_is_written_within_its_bounds_only()
    {
        var buffer = new float[1000];
        Array.Fill(buffer, 7f);
        var c = new Matrix(buffer, 100, 17, 19);
        Matrix a = Values(17, 23, "a"), b = Values(23, 19, "b"), expected = new(17, 19);
        Naive.Gemm("NN", a, b, expected, accumulate: false);
        Gemm.NN(a, b, c);
        c.ShouldBeTheSameAs(expected, "the view");
        buffer.Take(100).Concat(buffer.Skip(100 + (17 * 19))).ShouldAllBe(value => value == 7f);
    }

    [Fact]
    public void Bias_and_function_are_applied_to_the_finished_sums()
    {
        foreach ((int m, int n, int k) in new[] { (1, 1, 1), (13, 33, 9), (200, 10, 785), (61, 321, 40), (5, 6, 0) })
        {
            Matrix a = Values(m, k, "a"), b = Values(n, k, "b"), bias = Values(1, n, "bias"), expected = new(m, n), actual = new(m, n);
            foreach (bool withBias in new[] { true, false })
            {
                Naive.Gemm("NT", a, b, expected, accumulate: false);
                for (int i = 0; i < m; i++)
                {
                    for (int j = 0; j < n; j++)
                        expected[i, j] = default(SquareMinusOne).Apply(withBias ? expected[i, j] + bias[0, j] : expected[i, j]);
                }
                Gemm.NT(a, b, withBias ? bias.Span : [], actual, default(SquareMinusOne));
                actual.ShouldBeTheSameAs(expected, $"{m}×{n}×{k}, bias {withBias}");
            }
        }
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_named()
    {
        Should.Throw<ArgumentException>(() => Gemm.NN(new Matrix(2, 3), new Matrix(4, 5), new Matrix(2, 5)))
            .Message.ShouldContain("NN of A 2×3 and B 4×5 into C 2×5");
        Should.Throw<ArgumentException>(() => Gemm.NT(new Matrix(2, 3), new Matrix(4, 3), new Matrix(2, 5)));
        Should.Throw<ArgumentException>(() => Gemm.TN(new Matrix(3, 2), new Matrix(3, 5), new Matrix(3, 5)));
        Should.Throw<ArgumentException>(() =>
            Gemm.NT(new Matrix(2, 3), new Matrix(4, 3), new float[5], new Matrix(2, 4), default(SquareMinusOne)))
            .Message.ShouldContain("5 values");
    }

    [Fact]
    public void Small_products_allocate_nothing()
    {
        Matrix a = Values(200, 15, "a"), b = Values(15, 15, "b"), c = new(200, 15);
        Gemm.NT(a, b, c);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) Gemm.NT(a, b, c);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static void Check(string form, int m, int n, int k, bool accumulate)
    {
        (Matrix a, Matrix b) = Operands(form, m, n, k);
        Matrix actual = Values(m, n, "c"), expected = actual.Clone();
        Naive.Gemm(form, a, b, expected, accumulate);
        Multiply(form, a, b, actual, accumulate);
        actual.ShouldBeTheSameAs(expected, $"{form} {m}×{n}×{k}, accumulate {accumulate}");
    }

    private static (Matrix A, Matrix B) Operands(string form, int m, int n, int k) =>
        (form is "TN" or "TT" ? Values(k, m, "a") : Values(m, k, "a"), form is "NT" or "TT" ? Values(n, k, "b") : Values(k, n, "b"));

    private static void Multiply(string form, Matrix a, Matrix b, Matrix c, bool accumulate)
    {
        switch (form)
        {
            case "NN": Gemm.NN(a, b, c, accumulate); break;
            case "NT": Gemm.NT(a, b, c, accumulate); break;
            case "TN": Gemm.TN(a, b, c, accumulate); break;
            default: Gemm.TT(a, b, c, accumulate); break;
        }
    }

    private static Matrix Values(int rows, int columns, string purpose)
    {
        var matrix = new Matrix(rows, columns);
        var random = new CounterRandom((ulong)((rows * 1000) + columns), purpose);
        foreach (ref float value in matrix.Span) value = (random.NextSingle() * 2) - 1;
        return matrix;
    }

    private readonly struct SquareMinusOne : IElementwise
    {
        public float Apply(float x) => (x * x) - 1f;

        public Vector128<float> Apply(Vector128<float> x) => (x * x) - Vector128<float>.One;

        public Vector256<float> Apply(Vector256<float> x) => (x * x) - Vector256<float>.One;

        public Vector512<float> Apply(Vector512<float> x) => (x * x) - Vector512<float>.One;
    }
}
