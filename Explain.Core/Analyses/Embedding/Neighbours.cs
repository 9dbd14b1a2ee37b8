namespace Explain.Core;

/// <summary>The nearest neighbours of every sample, itself left out, nearest first; equally near ones by index.</summary>
public sealed class Neighbours
{
    // Distances of this many rows to all samples are held at a time: 64 MB at 64,000 samples.
    private const int BlockRows = 256;

    // Distances by a matrix product lose digits to cancellation, so a few more candidates are taken than asked for and measured again
    // exactly.
    private const int Spare = 8;

    private Neighbours(int count, int[] indices, double[] squaredDistances)
    {
        Count = count;
        Indices = indices;
        SquaredDistances = squaredDistances;
    }

    /// <summary>Neighbours of each sample, k.</summary>
    public int Count { get; }

    /// <summary>N × k: the indices of sample i's neighbours from i · k on.</summary>
    public int[] Indices { get; }

    /// <summary>N × k: the squares of their Euclidean distances.</summary>
    public double[] SquaredDistances { get; }

    /// <summary>
    /// Exact search by blocks of distances |a|² + |b|² − 2ab, the last term a matrix product: N² work, fast up to some tens of thousands of
    /// samples.
    /// </summary>
    /// <param name="samples">N × features.</param>
    /// <param name="count">Neighbours wanted, k; N − 1 at most.</param>
    public static Neighbours Find(Matrix samples, int count)
    {
        int n = samples.Rows;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(count, n);
        Matrix centred = EmbeddingInput.Centred(samples, EmbeddingInput.Mean(samples)); // Small norms, small cancellation.
        float[] norms = new float[n];
        for (int i = 0; i < n; i++) norms[i] = (float)SquaredDistance(centred.Row(i), default);

        int[] indices = new int[n * count];
        double[] distances = new double[n * count];
        var products = new Matrix(Math.Min(BlockRows, n), n);
        for (int first = 0; first < n; first += BlockRows)
        {
            int rows = Math.Min(BlockRows, n - first);
            Gemm.NT(centred.RowRange(first, rows), centred, products.RowRange(0, rows));
            Rows.For(rows, 8, new Selection(first, count, centred, products, norms, indices, distances));
        }
        return new Neighbours(count, indices, distances);
    }

    /// <summary>Σ (a − b)² in double; an empty <paramref name="b"/> stands for the origin.</summary>
    internal static double SquaredDistance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int f = 0; f < a.Length; f++)
        {
            double difference = b.IsEmpty ? a[f] : (double)a[f] - b[f];
            sum += difference * difference;
        }
        return sum;
    }

    /// <summary>Picks the neighbours of the rows of one block of products.</summary>
    private readonly struct Selection(
        int offset, int wanted, Matrix centred, Matrix products, float[] norms, int[] indices, double[] distances) : IRowOperation
    {
        public void Invoke(int first, int count)
        {
            int n = centred.Rows, candidates = Math.Min(wanted + Spare, n - 1);
            float[] near = new float[n];
            int[] order = new int[n];
            var pairs = new (double Distance, int Index)[candidates];
            for (int r = first; r < first + count; r++)
            {
                int self = offset + r;
                ReadOnlySpan<float> product = products.Row(r);
                for (int j = 0; j < n; j++)
                {
                    near[j] = norms[j] - (2 * product[j]); // |self|² is the same for all
                    order[j] = j;
                }
                near[self] = float.PositiveInfinity;
                SelectSmallest(near, order, candidates);
                for (int c = 0; c < candidates; c++) pairs[c] = (SquaredDistance(centred.Row(self), centred.Row(order[c])), order[c]);
                Array.Sort(pairs);
                for (int c = 0; c < wanted; c++)
                {
                    indices[(self * wanted) + c] = pairs[c].Index;
                    distances[(self * wanted) + c] = pairs[c].Distance;
                }
            }
        }

        /// <summary>
        /// Brings the <paramref name="k"/> smallest keys to the front, in any order (Hoare's selection, 1961, with the median of three as
        /// pivot).
        /// </summary>
        private static void SelectSmallest(float[] keys, int[] items, int k)
        {
            int low = 0, high = keys.Length - 1;
            while (low < high)
            {
                float a = keys[low], b = keys[(low + high) >>> 1], c = keys[high];
                float pivot = Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
                int i = low, j = high;
                while (i <= j)
                {
                    while (keys[i] < pivot) i++;
                    while (keys[j] > pivot) j--;
                    if (i > j) break;
                    (keys[i], keys[j]) = (keys[j], keys[i]);
                    (items[i], items[j]) = (items[j], items[i]);
                    i++;
                    j--;
                }
                if (k <= j) high = j;
                else if (k > i) low = i;
                else return;
            }
        }
    }
}
