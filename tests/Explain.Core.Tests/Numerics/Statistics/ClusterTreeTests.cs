namespace Explain.Core.Tests;

public class ClusterTreeTests
{
    [Theory]
    [InlineData(Linkage.Average)]
    [InlineData(Linkage.Single)]
    [InlineData(Linkage.Complete)]
    [InlineData(Linkage.Ward)]
    public void The_chain_finds_what_looking_for_the_nearest_pair_each_time_finds(Linkage linkage)
    {
        for (int n = 2; n < 24; n++)
        {
            double[] d = Distances(n, n);
            ClusterTree.Of(d, n, linkage).Merges.Select(m => m.Height).ShouldBe(Naive(d, n, linkage), 1e-9);
        }
    }

    [Fact]
    public void The_order_of_the_leaves_is_the_best_of_all_that_the_tree_allows()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            int n = 3 + (seed % 6);
            double[] d = Distances(n, seed);
            var tree = ClusterTree.Of(d, n);
            tree.Order.Order().ShouldBe(Enumerable.Range(0, n));
            double least = Enumerable.Range(0, 1 << (n - 1)).Min(flips => Length(Unfold(tree, n, (2 * n) - 2, flips), d, n));
            Length(tree.Order, d, n).ShouldBe(least, 1e-9);
        }
    }

    [Fact]
    public void Large_trees_keep_every_leaf_and_too_large_ones_are_refused()
    {
        int n = LeafOrder.MostOptimal + 50;
        ClusterTree.Of(Distances(n, 1), n).Order.Order().ShouldBe(Enumerable.Range(0, n));
        Should.Throw<ArgumentOutOfRangeException>(() => ClusterTree.Of([], ClusterTree.MostLeaves + 1));
        ClusterTree.Of([], 0).Order.ShouldBeEmpty();
        ClusterTree.Of([0], 1).Order.ShouldBe([0]);
        ClusterTree.Of([0, double.NaN, double.NaN, 0], 2).Merges.Count.ShouldBe(1);
    }

    private static double[] Distances(int n, int seed)
    {
        var random = new CounterRandom((ulong)seed, "points");
        var points = Enumerable.Range(0, n).Select(_ => (X: random.NextDouble(), Y: random.NextDouble())).ToArray();
        return [.. Enumerable.Range(0, n * n)
            .Select(i => Math.Sqrt(Math.Pow(points[i / n].X - points[i % n].X, 2) + Math.Pow(points[i / n].Y - points[i % n].Y, 2)))];
    }

    private static double[] Naive(double[] d, int n, Linkage linkage)
    {
        var clusters = Enumerable.Range(0, n).Select(i => new List<int> { i }).ToList();
        var heights = new List<double>();
        while (clusters.Count > 1)
        {
            var (a, b) = Enumerable.Range(0, clusters.Count).SelectMany(i => Enumerable.Range(0, i).Select(j => (i, j)))
                .MinBy(p => Between(clusters[p.i], clusters[p.j]));
            heights.Add(Between(clusters[a], clusters[b]));
            clusters[b].AddRange(clusters[a]);
            clusters.RemoveAt(a);
        }
        return [.. heights];

        double Between(List<int> a, List<int> b)
        {
            var pairs = a.SelectMany(i => b.Select(j => d[(i * n) + j]));
            // Ward's distance by sums of squares: √(2·(S(a∪b) − S(a) − S(b))), which is the distance itself for single points.
            return linkage switch
            {
                Linkage.Single => pairs.Min(),
                Linkage.Complete => pairs.Max(),
                Linkage.Average => pairs.Average(),
                _ => Math.Sqrt(2 * (Squares([.. a, .. b]) - Squares(a) - Squares(b))),
            };
        }

        double Squares(List<int> c) => c.SelectMany(i => c.Select(j => d[(i * n) + j] * d[(i * n) + j])).Sum() / (2 * c.Count);
    }

    private static IEnumerable<int> Unfold(ClusterTree tree, int n, int cluster, int flips)
    {
        if (cluster < n) return [cluster];
        var m = tree.Merges[cluster - n];
        var (a, b) = (flips >> (cluster - n) & 1) == 0 ? (m.Left, m.Right) : (m.Right, m.Left);
        return Unfold(tree, n, a, flips).Concat(Unfold(tree, n, b, flips));
    }

    private static double Length(IEnumerable<int> order, double[] d, int n)
    {
        int[] leaves = [.. order];
        return leaves.Zip(leaves.Skip(1)).Sum(p => d[(p.First * n) + p.Second]);
    }
}
