namespace Explain.Core.Tests;

public class ReduceTests
{
    private static readonly int[] Lengths = [0, 1, 5, 15, 16, 17, 100, 4095, 4096, 4097, 4100, 8192, 50000, 140001];

    [Fact]
    public void Sums_follow_the_documented_order_to_the_bit()
    {
        foreach (int n in Lengths)
        {
            float[] x = Values(n, 1), y = Values(n, 2);
            Reduce.Sum(x).ShouldBe(InOrder(n, (lane, i) => lane + x[i]));
            Reduce.SumAbs(x).ShouldBe(InOrder(n, (lane, i) => lane + MathF.Abs(x[i])));
            Reduce.SumOfSquares(x).ShouldBe(InOrder(n, (lane, i) => MathF.FusedMultiplyAdd(x[i], x[i], lane)));
            Reduce.Dot(x, y).ShouldBe(InOrder(n, (lane, i) => MathF.FusedMultiplyAdd(x[i], y[i], lane)));
            Reduce.SumOfSquaredDifferences(x, y).ShouldBe(InOrder(n, (lane, i) => MathF.FusedMultiplyAdd(x[i] - y[i], x[i] - y[i], lane)));
        }
    }

    [Fact]
    public void Sums_are_close_to_the_exact_ones()
    {
        float[] x = Values(140001, 3);
        Reduce.Sum(x).ShouldBe(x.Sum(value => (double)value), 1e-3);
        Reduce.SumOfSquares(x).ShouldBe(x.Sum(value => (double)value * value), 1e-2);
    }

    [Fact]
    public void The_mean_and_standard_deviation_survive_a_large_offset()
    {
        float[] x = [.. Values(50001, 4).Select(value => value + 1000f)];
        double mean = x.Average(value => (double)value), variance = x.Average(value => (value - mean) * (value - mean));
        (double actualMean, double actualStd) = Reduce.MeanAndStd(x);
        actualMean.ShouldBe(mean, 1e-4);
        actualStd.ShouldBe(Math.Sqrt(variance), 1e-6);
        Reduce.MeanAndStd([2f, 2f, 2f]).ShouldBe((2, 0));
        Reduce.MeanAndStd([]).ShouldBe((0, 0));
    }

    [Fact]
    public void Extremes_are_found_wherever_they_stand()
    {
        foreach (int n in Lengths.Where(n => n > 0))
        {
            foreach (int at in new[] { 0, n / 2, n - 1 })
            {
                float[] x = Values(n, 5);
                x[at] = -77f;
                Reduce.Min(x).ShouldBe(-77f);
                x[at] = 77f;
                Reduce.Max(x).ShouldBe(77f);
                x[at] = float.NaN;
                Reduce.Min(x).ShouldBe(float.NaN);
                Reduce.Max(x).ShouldBe(float.NaN);
            }
        }
        Reduce.Min([]).ShouldBe(float.PositiveInfinity);
        Reduce.Max([]).ShouldBe(float.NegativeInfinity);
    }

    [Fact]
    public void A_single_value_that_is_not_finite_is_noticed_wherever_it_stands()
    {
        foreach (int n in new[] { 1, 15, 16, 17, 33, 4100 })
        {
            float[] x = Values(n, 6);
            x[0] = float.MaxValue;
            Reduce.IsAllFinite(x).ShouldBeTrue();
            for (int at = 0; at < n; at += n > 100 ? 97 : 1)
            {
                foreach (float bad in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity })
                {
                    float kept = x[at];
                    x[at] = bad;
                    Reduce.IsAllFinite(x).ShouldBeFalse($"{bad} at {at} of {n}");
                    x[at] = kept;
                }
            }
        }
        Reduce.IsAllFinite([]).ShouldBeTrue();
        Reduce.IsAllFinite([float.MaxValue, float.MaxValue, -float.MaxValue]).ShouldBeTrue();
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        float[] x = Values(50000, 7);
        Reduce.Sum(x);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Reduce.Sum(x);
        Reduce.MeanAndStd(x);
        Reduce.IsAllFinite(x);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    /// <summary>Blocks of 4096; sixteen float lanes in each; lanes in a tree and blocks in order, both as double.</summary>
    private static double InOrder(int n, Func<float, int, float> step)
    {
        double total = 0;
        for (int start = 0; start < n; start += 4096)
        {
            var lanes = new float[16];
            for (int i = start; i < Math.Min(n, start + 4096); i++) lanes[(i - start) % 16] = step(lanes[(i - start) % 16], i);
            double[] tree = [.. lanes.Select(lane => (double)lane)];
            for (int half = 8; half > 0; half /= 2)
            {
                for (int j = 0; j < half; j++) tree[j] += tree[j + half];
            }
            total += tree[0];
        }
        return total;
    }

    private static float[] Values(int n, ulong seed)
    {
        var random = new CounterRandom(seed, "reduce");
        return [.. Enumerable.Range(0, n).Select(_ => (random.NextSingle() * 6) - 3)];
    }
}
