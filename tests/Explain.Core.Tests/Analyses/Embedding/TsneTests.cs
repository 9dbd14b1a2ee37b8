namespace Explain.Core.Tests;

public class TsneTests
{
    [Theory]
    [InlineData(2, 1000)]
    [InlineData(2, 0)]
    [InlineData(3, 1000)]
    [InlineData(3, 0)]
    public void Clusters_stay_together(int dimensions, int exactUpTo)
    {
        (Matrix samples, int[] labels) = Clusters.Make(200, 20, 5, radius: 1.5f);

        TsneResult result = Tsne.Embed(samples, new TsneOptions { Dimensions = dimensions, ExactUpTo = exactUpTo, Iterations = 400 });

        result.Exact.ShouldBe(exactUpTo > 0);
        result.Points.Columns.ShouldBe(dimensions);
        EmbeddingQuality.LabelAccuracy(result.Points, labels).ShouldBeGreaterThan(0.95);
        EmbeddingQuality.Trustworthiness(samples, result.Points).ShouldBeGreaterThan(0.8);
    }

    [Fact]
    public void The_reported_divergence_is_that_of_the_map()
    {
        (Matrix samples, _) = Clusters.Make(120, 6, 3);
        foreach (int exactUpTo in new[] { 0, 1000 })
        {
            TsneResult result = Tsne.Embed(samples, new TsneOptions { Perplexity = 10, ExactUpTo = exactUpTo, Iterations = 300 });

            result.Divergence.ShouldBe(NaiveDivergence(Affinities.Of(samples, 10, exactUpTo > 0 ? 119 : 30), result.Points), 1e-4);
            result.Perplexity.ShouldBe(10);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void The_tree_gives_nearly_the_exact_forces(int dimensions)
    {
        const int n = 500;
        var affinities = Affinities.Of(Clusters.Make(n, 6, 3).Samples, 10, n - 1);
        TsneMap exact = RandomMap(n, dimensions), approximate = RandomMap(n, dimensions);

        double z = new ExactForces(affinities, exact).Compute(exact);
        double estimate = new BarnesHutForces(affinities, approximate, theta: 0.5).Compute(approximate);

        z.ShouldBe(PairSum.Of(exact), z * 1e-6);
        estimate.ShouldBe(z, z * 0.01);
        for (int d = 0; d < dimensions; d++)
        {
            RelativeError(approximate.Repulsion[d], exact.Repulsion[d]).ShouldBeLessThan(0.03);
            RelativeError(approximate.Attraction[d], exact.Attraction[d]).ShouldBeLessThan(1e-5);
        }
    }

    [Fact]
    public void The_forces_are_the_gradient_of_the_divergence()
    {
        const int n = 23; // no multiple of the lanes, so that padding counts
        Matrix samples = Clusters.Make(n, 5, 3).Samples;
        var affinities = Affinities.Of(samples, 5, n - 1);
        foreach (int dimensions in new[] { 2, 3 })
        {
            TsneMap map = RandomMap(n, dimensions);
            double z = new ExactForces(affinities, map).Compute(map);
            for (int d = 0; d < dimensions; d++)
            {
                foreach (int i in new[] { 0, 11, 22 })
                {
                    double gradient = 4 * (map.Attraction[d][i] - (map.Repulsion[d][i] / z));
                    Matrix points = map.ToMatrix();
                    points[i, d] += 0.01f;
                    double above = NaiveDivergence(affinities, points);
                    points[i, d] -= 0.02f;
                    double below = NaiveDivergence(affinities, points);
                    gradient.ShouldBe((above - below) / 0.02, 1e-4);
                }
            }
        }
    }

    [Fact]
    public void Points_that_coincide_or_lie_on_a_line_do_not_break_the_tree()
    {
        var map = new TsneMap(40, 2);
        for (int i = 0; i < 40; i++) map.Position[0][i] = i < 20 ? 1 : i / 1e6f;
        var affinities = Affinities.Of(Clusters.Make(40, 3, 2).Samples, 5, 39);

        double z = new BarnesHutForces(affinities, map, 0.5).Compute(map);

        z.ShouldBe(PairSum.Of(map), z * 0.01);
        map.Repulsion[1].ShouldAllBe(force => force == 0);
    }

    [Fact]
    public void A_map_that_starts_from_another_stays_like_it()
    {
        (Matrix samples, _) = Clusters.Make(200, 20, 5);
        Matrix first = Tsne.Embed(samples).Points;
        Matrix turned = first.Clone();
        for (int i = 0; i < turned.Rows; i++) (turned[i, 0], turned[i, 1]) = (-first[i, 1], first[i, 0]);

        Matrix again = Tsne.Embed(samples, new TsneOptions { Initialisation = turned }).Points;

        Correlation(again, turned).ShouldBeGreaterThan(0.9);
        Correlation(again, first).ShouldBeLessThan(0.5);
    }

    [Fact]
    public void Small_and_degenerate_sets_have_finite_maps()
    {
        foreach ((int samples, int features) in new[] { (1, 3), (2, 1), (3, 2), (5, 1), (40, 1) })
        {
            foreach (int exactUpTo in new[] { 0, 1000 })
            {
                TsneResult result = Tsne.Embed(new Matrix(samples, features), new TsneOptions { Iterations = 50, ExactUpTo = exactUpTo });
                result.Points.Span.ToArray().ShouldAllBe(value => float.IsFinite(value));
                double.IsFinite(result.Divergence).ShouldBeTrue();
            }
        }
    }

    [Fact]
    public void Wrong_options_and_values_are_refused()
    {
        var x = new Matrix(9, 2);
        Message(new TsneOptions { Dimensions = 4 }).ShouldContain("Dimensions is 4; allowed are 2 and 3");
        Message(new TsneOptions { Perplexity = 0.5 }).ShouldContain("Perplexity is 0.5");
        Message(new TsneOptions { Theta = 0.7 }).ShouldContain("Theta is 0.7; allowed is above 0 to 0.5");
        Message(new TsneOptions { LearningRate = 0 }).ShouldContain("LearningRate is 0");
        Message(new TsneOptions { Exaggeration = 0.5 }).ShouldContain("Exaggeration is 0.5");
        Message(new TsneOptions { Iterations = -1 }).ShouldContain("-1");
        Message(new TsneOptions { PrincipalComponents = -1 }).ShouldContain("-1");
        Message(new TsneOptions { Initialisation = new Matrix(8, 2) }).ShouldContain("Initialisation is 8×2; expected 9×2");
        x[3, 1] = float.PositiveInfinity;
        Should.Throw<InputException>(() => Tsne.Embed(x)).Message.ShouldContain("Sample 3 of 9");

        string Message(TsneOptions options) => Should.Throw<ArgumentException>(() => Tsne.Embed(x, options)).Message;
    }

    private static TsneMap RandomMap(int n, int dimensions)
    {
        var random = new CounterRandom(9, "map");
        var map = new TsneMap(n, dimensions);
        foreach (float[] positions in map.Position)
        {
            for (int i = 0; i < n; i++) positions[i] = (random.NextSingle() - 0.5f) * 20;
        }
        return map;
    }

    private static double NaiveDivergence(Affinities affinities, Matrix points)
    {
        double z = 0, sum = 0;
        for (int i = 0; i < points.Rows; i++)
        {
            for (int j = 0; j < points.Rows; j++) z += i == j ? 0 : 1 / (1 + Neighbours.SquaredDistance(points.Row(i), points.Row(j)));
        }
        for (int i = 0; i < points.Rows; i++)
        {
            for (int e = affinities.Starts[i]; e < affinities.Starts[i + 1]; e++)
            {
                double p = affinities.Values[e],
                    q = 1 / (1 + Neighbours.SquaredDistance(points.Row(i), points.Row(affinities.Columns[e]))) / z;
                if (p > 0) sum += p * Math.Log(p / q);
            }
        }
        return sum;
    }

    private static double RelativeError(float[] actual, float[] expected) =>
        Math.Sqrt(actual.Zip(expected, (a, e) => (double)(a - e) * (a - e)).Sum() / expected.Sum(e => (double)e * e));

    private static double Correlation(Matrix a, Matrix b)
    {
        double ab = 0, aa = 0, bb = 0;
        for (int i = 0; i < a.Length; i++)
        {
            ab += (double)a.Span[i] * b.Span[i];
            aa += (double)a.Span[i] * a.Span[i];
            bb += (double)b.Span[i] * b.Span[i];
        }
        return ab / Math.Sqrt(aa * bb);
    }
}
