namespace Explain.Core;

/// <summary>How far two clusters are apart.</summary>
public enum Linkage
{
    /// <summary>The mean over all pairs.</summary>
    Average,

    /// <summary>The nearest pair.</summary>
    Single,

    /// <summary>The farthest pair.</summary>
    Complete,

    /// <summary>By how much joining them raises the squared distances to the middle (Ward, 1963), for Euclidean distances.</summary>
    Ward,
}

/// <summary>Two clusters that become one: leaves are 0 … n − 1, the cluster of merge m is n + m.</summary>
/// <param name="Left">One.</param>
/// <param name="Right">The other.</param>
/// <param name="Height">Their distance.</param>
public readonly record struct Merge(int Left, int Right, double Height);

/// <summary>
/// What agglomerative clustering made of n things: merges of rising height, and an order of the leaves in which no branches cross.
/// </summary>
/// <param name="Merges">n − 1 of them.</param>
/// <param name="Order">The leaves from left to right.</param>
public sealed record ClusterTree(IReadOnlyList<Merge> Merges, IReadOnlyList<int> Order)
{
    /// <summary>More leaves are not clustered: the distances would need more than 18 MB, and no page could show the tree.</summary>
    public const int MostLeaves = 1500;

    /// <summary>
    /// By the nearest-neighbour chain (Murtagh, "A survey of recent advances in hierarchical clustering algorithms", 1983) with the update
    /// of Lance and Williams (1967): O(n²) time. The leaves of up to 200 are ordered so that neighbours are as near as the tree allows
    /// (<see cref="LeafOrder"/>), of more so that the tighter branch stands left.
    /// </summary>
    /// <param name="distances">n × n, symmetric; what is not finite counts as the largest that is.</param>
    /// <param name="n">Things.</param>
    /// <param name="linkage">Distance of clusters.</param>
    public static ClusterTree Of(ReadOnlySpan<double> distances, int n, Linkage linkage = Linkage.Average)
    {
        if (n > MostLeaves) throw new ArgumentOutOfRangeException(nameof(n), n, $"At most {MostLeaves} things are clustered.");
        double[] d = distances.ToArray();
        double largest = d.Where(double.IsFinite).DefaultIfEmpty(1).Max();
        for (int i = 0; i < d.Length; i++)
        {
            if (!double.IsFinite(d[i])) d[i] = largest;
        }
        var merges = Sorted(Chain((double[])d.Clone(), n, linkage), n);
        return new ClusterTree(merges, n <= LeafOrder.MostOptimal ? LeafOrder.Optimal(merges, d, n) : LeafOrder.TighterLeft(merges, n));
    }

    /// <summary>Of the rows of a matrix by their Euclidean distances; a value that is not finite counts as 0.</summary>
    public static ClusterTree OfRows(ReadOnlySpan<float> values, int rows, int columns, Linkage linkage = Linkage.Average)
    {
        var d = new double[rows * rows];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double sum = 0;
                for (int c = 0; c < columns; c++)
                {
                    double a = values[(i * columns) + c], b = values[(j * columns) + c];
                    double difference = (double.IsFinite(a) ? a : 0) - (double.IsFinite(b) ? b : 0);
                    sum += difference * difference;
                }
                d[(i * rows) + j] = d[(j * rows) + i] = Math.Sqrt(sum);
            }
        }
        return Of(d, rows, linkage);
    }

    private static List<(int A, int B, double Height)> Chain(double[] d, int n, Linkage linkage)
    {
        var size = Enumerable.Repeat(1, n).ToArray();
        var merges = new List<(int, int, double)>();
        var chain = new List<int>();
        while (merges.Count < n - 1)
        {
            if (chain.Count == 0) chain.Add(Array.FindIndex(size, s => s > 0));
            int at = chain[^1], before = chain.Count > 1 ? chain[^2] : -1, nearest = before;
            double least = before < 0 ? double.PositiveInfinity : d[(at * n) + before];
            // The one before wins ties, or the chain would go round in circles.
            for (int j = 0; j < n; j++)
            {
                if (j != at && size[j] > 0 && d[(at * n) + j] < least) (least, nearest) = (d[(at * n) + j], j);
            }
            if (nearest != before)
            {
                chain.Add(nearest);
                continue;
            }
            chain.RemoveRange(chain.Count - 2, 2);
            merges.Add((before, at, least));
            for (int k = 0; k < n; k++)
            {
                if (size[k] == 0 || k == at || k == before) continue;
                d[(k * n) + at] = d[(at * n) + k] = Joined(
                    linkage, d[(before * n) + k], d[(at * n) + k], least, size[before], size[at], size[k]);
            }
            size[at] += size[before];
            size[before] = 0;
        }
        return merges;
    }

    private static double Joined(Linkage linkage, double a, double b, double between, double na, double nb, double nk) => linkage switch
    {
        Linkage.Single => Math.Min(a, b),
        Linkage.Complete => Math.Max(a, b),
        Linkage.Average => ((na * a) + (nb * b)) / (na + nb),
        _ => Math.Sqrt(Math.Max(0, (((na + nk) * a * a) + ((nb + nk) * b * b) - (nk * between * between)) / (na + nb + nk))),
    };

    // The chain finds merges in any order of heights; sorted, each slot's latest cluster is found again by union.
    private static Merge[] Sorted(List<(int A, int B, double Height)> found, int n)
    {
        int[] parent = [.. Enumerable.Range(0, (2 * n) + 1)];
        var merges = new Merge[found.Count];
        int m = 0;
        foreach (var (a, b, height) in found.OrderBy(f => f.Height))
        {
            int left = Root(a), right = Root(b);
            merges[m] = new Merge(left, right, height);
            parent[left] = parent[right] = n + m++;
        }
        return merges;

        int Root(int i)
        {
            while (parent[i] != i) i = parent[i] = parent[parent[i]];
            return i;
        }
    }
}
