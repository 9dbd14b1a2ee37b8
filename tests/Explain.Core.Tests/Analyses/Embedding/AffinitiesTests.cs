namespace Explain.Core.Tests;

public class AffinitiesTests
{
    [Theory]
    [InlineData(5.0)]
    [InlineData(30.0)]
    public void They_are_symmetric_and_sum_to_one(double perplexity)
    {
        var p = Affinities.Of(Clusters.Make(150, 8, 3).Samples, perplexity, 60);

        p.Values.Sum(value => (double)value).ShouldBe(1, 1e-6);
        for (int i = 0; i < p.Count; i++)
        {
            ReadOnlySpan<int> row = p.Columns.AsSpan(p.Starts[i]..p.Starts[i + 1]);
            for (int e = 0; e < row.Length; e++)
            {
                if (e > 0) row[e].ShouldBeGreaterThan(row[e - 1]);
                row[e].ShouldNotBe(i);
                int back = Array.BinarySearch(p.Columns, p.Starts[row[e]], p.Starts[row[e] + 1] - p.Starts[row[e]], i);
                p.Values[back].ShouldBe(p.Values[p.Starts[i] + e]);
            }
        }
    }

    [Fact]
    public void Every_row_has_the_wanted_perplexity()
    {
        // On a regular ring all rows are alike, so symmetrising changes nothing and N p_ij is the conditional distribution.
        const int n = 90;
        var ring = new Matrix(n, 2);
        for (int i = 0; i < n; i++) (ring[i, 0], ring[i, 1]) = (MathF.Cos(2 * MathF.PI * i / n), MathF.Sin(2 * MathF.PI * i / n));
        var p = Affinities.Of(ring, 12, n - 1);
        for (int i = 0; i < n; i += 10)
        {
            double entropy = 0;
            for (int e = p.Starts[i]; e < p.Starts[i + 1]; e++)
            {
                if (p.Values[e] > 0) entropy -= n * p.Values[e] * Math.Log(n * (double)p.Values[e]);
            }
            Math.Exp(entropy).ShouldBe(12, 0.01);
        }
    }

    [Fact]
    public void The_perplexity_is_a_third_of_the_others_at_most() =>
        Affinities.Of(Clusters.Make(31, 4, 2).Samples, 30, 30).Perplexity.ShouldBe(10);

    [Fact]
    public void Equal_samples_share_evenly()
    {
        var p = Affinities.Of(new Matrix(7, 3), 2, 6);
        p.Values.ShouldAllBe(value => Math.Abs(value - (1f / 42)) < 1e-7f);
    }
}
