namespace Explain.Core;

/// <summary>A map of samples made by <see cref="Tsne"/>.</summary>
/// <param name="Points">N × dimensions, centred on the origin.</param>
/// <param name="Divergence">
/// The Kullback–Leibler divergence KL(P‖Q) in nats that the map was to minimise, from the exact normalisation over all pairs also where the
/// forces were approximated.
/// </param>
/// <param name="Perplexity">The perplexity that was used.</param>
/// <param name="Iterations">Steps done.</param>
/// <param name="Exact">Whether forces were exact.</param>
public sealed record TsneResult(Matrix Points, double Divergence, double Perplexity, int Iterations, bool Exact);

/// <summary>
/// t-distributed stochastic neighbour embedding: places samples on a map such that near ones stay near (van der Maaten and Hinton, 2008).
/// Exact forces for few samples, Barnes–Hut (van der Maaten, 2014) for many; starts from principal components (Kobak and Berens, 2019).
/// Each point's force is summed in an order that does not depend on the number of threads or the width of vectors, and so neither do the
/// bits of the map.
/// </summary>
public static class Tsne
{
    private const double EarlyMomentum = 0.5;
    private const double LateMomentum = 0.8;
    private const double SmallestGain = 0.01;
    private const double InitialDeviation = 1e-4;
    private const int StepsAReport = 25;

    /// <summary>Maps N × features samples.</summary>
    /// <param name="samples">N × features.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told the share of steps that are done, now and then.</param>
    /// <param name="cancellation">Looked at before every step.</param>
    /// <exception cref="InputException">A value is not finite.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static TsneResult Embed(
        Matrix samples, TsneOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        options ??= new TsneOptions();
        ArgumentOutOfRangeException.ThrowIfZero(samples.Length);
        options.Check(samples.Rows);
        EmbeddingInput.CheckFinite(samples);
        int n = samples.Rows;
        if (n == 1) return new TsneResult(new Matrix(1, options.Dimensions), 0, 1, 0, true);

        bool reduce = options.PrincipalComponents > 0 && samples.Columns > options.PrincipalComponents;
        Matrix components = default;
        if (reduce || options.Initialisation.IsEmpty)
            components = Pca.Fit(samples, Math.Max(options.PrincipalComponents, options.Dimensions)).Project(samples);
        cancellation.ThrowIfCancellationRequested();
        bool exact = n <= options.ExactUpTo;
        int neighbours = exact ? n - 1 : (int)Math.Ceiling(3 * options.Perplexity);
        Affinities affinities = Affinities.Of(reduce ? components : samples, options.Perplexity, neighbours);
        var map = new TsneMap(n, options.Dimensions);
        Initialise(map, options.Initialisation.IsEmpty ? components : options.Initialisation, options.Seed);
        ITsneForces forces = exact ? new ExactForces(affinities, map) : new BarnesHutForces(affinities, map, options.Theta);
        Descend(map, forces, options, progress, cancellation);
        return new TsneResult(map.ToMatrix(), Divergence(affinities, map), affinities.Perplexity, options.Iterations, exact);
    }

    /// <summary>KL(P‖Q) of a map, in nats: Σ p_ij ln(p_ij / q_ij) with q_ij = (1 + |y_i − y_j|²)⁻¹ / Z and Z over all pairs.</summary>
    /// <param name="affinities">Of the samples.</param>
    /// <param name="points">N × 2 or N × 3.</param>
    public static double Divergence(Affinities affinities, Matrix points)
    {
        if (points.Rows != affinities.Count)
            throw new ArgumentException($"{points.Rows} points; the affinities are of {affinities.Count} samples.", nameof(points));
        var map = new TsneMap(points.Rows, points.Columns);
        map.Set(points);
        return Divergence(affinities, map);
    }

    private static double Divergence(Affinities affinities, TsneMap map)
    {
        double logZ = PortableMath.Log(PairSum.Of(map)), sum = 0;
        for (int i = 0; i < map.Count; i++)
        {
            double row = 0;
            for (int e = affinities.Starts[i]; e < affinities.Starts[i + 1]; e++)
            {
                double p = affinities.Values[e];
                if (p > 0) row += p * (PortableMath.Log(p) + PortableMath.Log(1 + map.SquaredDistance(i, affinities.Columns[e])) + logZ);
            }
            sum += row;
        }
        return sum;
    }

    /// <summary>
    /// Centres the start, scales its widest direction to a standard deviation of 10⁻⁴, and parts equal points by a hundredth of that.
    /// </summary>
    private static void Initialise(TsneMap map, Matrix start, ulong seed)
    {
        double largest = 0;
        int columns = Math.Min(start.Columns, map.Dimensions);
        float[] mean = EmbeddingInput.Mean(start);
        for (int d = 0; d < columns; d++)
        {
            double squares = 0;
            for (int i = 0; i < map.Count; i++) squares += (start[i, d] - mean[d]) * (double)(start[i, d] - mean[d]);
            largest = Math.Max(largest, squares / map.Count);
        }
        double scale = largest > 0 ? InitialDeviation / Math.Sqrt(largest) : 0;
        var random = new CounterRandom(seed, "tsne/jitter");
        for (int i = 0; i < map.Count; i++)
        {
            for (int d = 0; d < map.Dimensions; d++)
            {
                double value = d < columns ? (start[i, d] - mean[d]) * scale : 0;
                map.Position[d][i] = (float)(value + ((random.NextDouble() - 0.5) * InitialDeviation * 0.01));
            }
        }
    }

    /// <summary>
    /// Gradient descent with momentum and a gain for each coordinate, which grows while the gradient keeps its direction (Jacobs, 1988).
    /// </summary>
    private static void Descend(
        TsneMap map, ITsneForces forces, TsneOptions options, IProgress<double>? progress, CancellationToken cancellation)
    {
        double rate = options.LearningRate ?? Math.Max(map.Count / options.Exaggeration, 50);
        float[][] update = map.NewVectors(), gain = map.NewVectors();
        foreach (float[] gains in gain) gains.AsSpan().Fill(1);
        for (int iteration = 0; iteration < options.Iterations; iteration++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (iteration % StepsAReport == 0) progress?.Report((double)iteration / options.Iterations);
            bool early = iteration < options.ExaggeratedIterations;
            double exaggeration = early ? options.Exaggeration : 1, momentum = early ? EarlyMomentum : LateMomentum;
            double inverseZ = 1 / Math.Max(forces.Compute(map), double.Epsilon);
            for (int d = 0; d < map.Dimensions; d++)
            {
                float[] position = map.Position[d], attraction = map.Attraction[d], repulsion = map.Repulsion[d], step = update[d],
                    gains = gain[d];
                double sum = 0;
                for (int i = 0; i < map.Count; i++)
                {
                    double gradient = (exaggeration * attraction[i]) - (repulsion[i] * inverseZ);
                    gains[i] = (float)Math.Max(SmallestGain, (gradient > 0) != (step[i] > 0) ? gains[i] + 0.2 : gains[i] * 0.8);
                    step[i] = (float)((momentum * step[i]) - (rate * gains[i] * gradient));
                    position[i] += step[i];
                    sum += position[i];
                }
                float mean = (float)(sum / map.Count);
                for (int i = 0; i < map.Count; i++) position[i] -= mean;
            }
        }
    }
}
