namespace Explain.Core;

/// <summary>Orders of a tree's leaves in which no branches cross: each merge may have either branch at the left.</summary>
internal static class LeafOrder
{
    /// <summary>The time of <see cref="Optimal"/> grows with the third power.</summary>
    public const int MostOptimal = 200;

    /// <summary>
    /// The order with the least sum of distances between neighbours (Bar-Joseph, Gifford and Jaakkola, "Fast optimal leaf ordering for
    /// hierarchical clustering", 2001), O(n³).
    /// </summary>
    public static int[] Optimal(IReadOnlyList<Merge> merges, double[] d, int n)
    {
        if (n < 3) return [.. Enumerable.Range(0, n)];
        // best[i, j]: the least sum of the smallest cluster that holds both, with i at its left and j at its right end; symmetric.
        var best = new double[n * n];
        var leaves = new List<int[]>(Enumerable.Range(0, n).Select(i => new[] { i }));
        var inner = new (int K, int L)[n * n];
        foreach (var merge in merges)
        {
            int[] a = leaves[merge.Left], b = leaves[merge.Right];
            foreach (int j in b)
            {
                int[] ls = Opposite(merge.Right, j);
                var through = new (double Sum, int L)[a.Length];
                for (int k = 0; k < a.Length; k++)
                {
                    through[k] = (double.PositiveInfinity, ls[0]);
                    foreach (int l in ls)
                    {
                        double sum = d[(a[k] * n) + l] + best[(l * n) + j];
                        if (sum < through[k].Sum) through[k] = (sum, l);
                    }
                }
                foreach (int i in a)
                {
                    double least = double.PositiveInfinity;
                    int[] ks = Opposite(merge.Left, i);
                    for (int k = 0; k < a.Length; k++)
                    {
                        if (Array.BinarySearch(ks, a[k]) < 0) continue;
                        double sum = best[(i * n) + a[k]] + through[k].Sum;
                        if (!(sum < least)) continue;
                        least = sum;
                        inner[(i * n) + j] = (a[k], through[k].L);
                        inner[(j * n) + i] = (through[k].L, a[k]);
                    }
                    best[(i * n) + j] = best[(j * n) + i] = least;
                }
            }
            leaves.Add([.. a.Concat(b).Order()]);
        }
        var top = merges[^1];
        var ends = leaves[top.Left].SelectMany(i => leaves[top.Right].Select(j => (i, j))).MinBy(e => best[(e.i * n) + e.j]);
        var order = new List<int>(n);
        Unfold(ends.i, ends.j);
        return [.. order];

        // The leaves that may stand at the other end of a cluster from the given one: those of its other branch.
        int[] Opposite(int cluster, int leaf)
        {
            if (cluster < n) return leaves[cluster];
            var m = merges[cluster - n];
            return Array.BinarySearch(leaves[m.Left], leaf) >= 0 ? leaves[m.Right] : leaves[m.Left];
        }

        void Unfold(int i, int j)
        {
            if (i == j)
            {
                order.Add(i);
                return;
            }
            var (k, l) = inner[(i * n) + j];
            Unfold(i, k);
            Unfold(l, j);
        }
    }

    /// <summary>The branch of smaller height at the left.</summary>
    public static int[] TighterLeft(IReadOnlyList<Merge> merges, int n)
    {
        var order = new List<int>(n);
        var open = new Stack<int>();
        open.Push(merges.Count == 0 ? 0 : n + merges.Count - 1);
        while (order.Count < n)
        {
            int cluster = open.Pop();
            if (cluster < n)
            {
                order.Add(cluster);
                continue;
            }
            var (left, right, _) = merges[cluster - n];
            bool first = Height(left) <= Height(right);
            open.Push(first ? right : left);
            open.Push(first ? left : right);
        }
        return [.. order];

        double Height(int cluster) => cluster < n ? 0 : merges[cluster - n].Height;
    }
}
