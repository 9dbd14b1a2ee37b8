namespace Explain.Core;

/// <summary>
/// The similarities p_ij of t-SNE (van der Maaten and Hinton, "Visualizing data using t-SNE", 2008): around each sample a Gaussian whose
/// width is such that its distribution over the neighbours has the wanted perplexity, symmetrised as (p_j|i + p_i|j) / 2N. Sparse: only
/// neighbours have a value.
/// </summary>
public sealed class Affinities
{
    private Affinities(double perplexity, int[] starts, int[] columns, float[] values)
    {
        Perplexity = perplexity;
        Starts = starts;
        Columns = columns;
        Values = values;
    }

    /// <summary>The perplexity that was used: what was asked for, or a third of the other samples if that is less.</summary>
    public double Perplexity { get; }

    /// <summary>Number of samples, N.</summary>
    public int Count => Starts.Length - 1;

    /// <summary>N + 1: row i has the entries Starts[i] … Starts[i + 1] − 1.</summary>
    public int[] Starts { get; }

    /// <summary>The column j of each entry, ascending within a row.</summary>
    public int[] Columns { get; }

    /// <summary>p_ij of each entry. All together sum to 1.</summary>
    public float[] Values { get; }

    /// <summary>The affinities of N × features samples.</summary>
    /// <param name="samples">At least two.</param>
    /// <param name="perplexity">Effective number of neighbours, at least 1.</param>
    /// <param name="neighbours">
    /// Neighbours of each sample that count; three times the perplexity is customary (van der Maaten, 2014), N − 1 is exact.
    /// </param>
    public static Affinities Of(Matrix samples, double perplexity, int neighbours)
    {
        int n = samples.Rows;
        ArgumentOutOfRangeException.ThrowIfLessThan(samples.Rows, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(perplexity, 1);
        perplexity = Math.Min(perplexity, Math.Max(1, (n - 1) / 3.0));
        Neighbours near = Neighbours.Find(samples, Math.Clamp(neighbours, 1, n - 1));
        double[] conditional = new double[near.Indices.Length];
        Rows.For(n, 16, new RowDistribution(near, PortableMath.Log(perplexity), conditional));
        return Symmetrised(perplexity, n, near, conditional);
    }

    private static Affinities Symmetrised(double perplexity, int n, Neighbours near, double[] conditional)
    {
        // Transposing sorts each row by column, so twice transposed is the same matrix with sorted rows, and adding it to its transpose is
        // a merge.
        int[] rows = new int[n + 1];
        for (int i = 0; i <= n; i++) rows[i] = i * near.Count;
        Sparse transposed = new Sparse(rows, near.Indices, conditional).Transposed();
        Sparse sorted = transposed.Transposed();
        int[] starts = new int[n + 1];
        int[] columns = new int[2 * conditional.Length];
        float[] values = new float[columns.Length];
        int count = 0;
        for (int i = 0; i < n; i++)
        {
            int a = sorted.Starts[i], b = transposed.Starts[i];
            while (a < sorted.Starts[i + 1] || b < transposed.Starts[i + 1])
            {
                int columnA = a < sorted.Starts[i + 1] ? sorted.Columns[a] : int.MaxValue,
                    columnB = b < transposed.Starts[i + 1] ? transposed.Columns[b] : int.MaxValue;
                double sum = 0;
                if (columnA <= columnB) sum += sorted.Values[a++];
                if (columnB <= columnA) sum += transposed.Values[b++];
                columns[count] = Math.Min(columnA, columnB);
                values[count++] = (float)(sum / (2.0 * n));
            }
            starts[i + 1] = count;
        }
        return new Affinities(perplexity, starts, columns[..count], values[..count]);
    }

    /// <summary>A square matrix in compressed rows.</summary>
    private sealed record Sparse(int[] Starts, int[] Columns, double[] Values)
    {
        public Sparse Transposed()
        {
            int n = Starts.Length - 1;
            var result = new Sparse(new int[n + 1], new int[Columns.Length], new double[Columns.Length]);
            foreach (int column in Columns) result.Starts[column + 1]++;
            for (int i = 0; i < n; i++) result.Starts[i + 1] += result.Starts[i];
            int[] next = result.Starts[..n];
            for (int i = 0; i < n; i++)
            {
                for (int e = Starts[i]; e < Starts[i + 1]; e++)
                {
                    int place = next[Columns[e]]++;
                    result.Columns[place] = i;
                    result.Values[place] = Values[e];
                }
            }
            return result;
        }
    }

    /// <summary>Finds the width of each sample's Gaussian by bisection on its precision β = 1 / 2σ².</summary>
    private readonly struct RowDistribution(Neighbours near, double targetEntropy, double[] conditional) : IRowOperation
    {
        private const double Tolerance = 1e-6; // of the entropy in nats, hence a millionth of the perplexity
        private const int MostSteps = 100;

        public void Invoke(int first, int count)
        {
            for (int i = first; i < first + count; i++)
            {
                ReadOnlySpan<double> squares = near.SquaredDistances.AsSpan(i * near.Count, near.Count);
                Span<double> p = conditional.AsSpan(i * near.Count, near.Count);
                double mean = 0;
                foreach (double square in squares) mean += square - squares[0];
                mean /= squares.Length;
                double beta = mean > 0 ? 1 / mean : 1, low = 0, high = double.PositiveInfinity;
                for (int step = 0; step < MostSteps; step++)
                {
                    double entropy = Distribution(squares, beta, p);
                    if (Math.Abs(entropy - targetEntropy) < Tolerance) break;
                    if (entropy > targetEntropy) low = beta;
                    else high = beta;
                    beta = double.IsInfinity(high) ? beta * 2 : (low + high) / 2;
                    if (!double.IsFinite(beta)) break; // all neighbours are equally far: no width changes their entropy
                }
            }
        }

        /// <summary>p ∝ exp(−β (d² − d²min)), normalised; returns its entropy in nats.</summary>
        private static double Distribution(ReadOnlySpan<double> squares, double beta, Span<double> p)
        {
            double sum = 0, weighted = 0;
            for (int j = 0; j < p.Length; j++)
            {
                double further = squares[j] - squares[0];
                p[j] = PortableMath.Exp(-beta * further);
                sum += p[j];
                weighted += p[j] * further;
            }
            for (int j = 0; j < p.Length; j++) p[j] /= sum;
            return PortableMath.Log(sum) + (beta * weighted / sum);
        }
    }
}
