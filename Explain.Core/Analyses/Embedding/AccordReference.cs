#if ACCORD
using Accord.MachineLearning;
using Accord.MachineLearning.Clustering;

namespace Explain.Core;

/// <summary>
/// t-SNE and nearest neighbours of Accord.NET beside our own, as independent references, where the build has the package
/// Accord.MachineLearning. Not for production: its t-SNE runs on one thread and starts from random numbers of the process.
/// </summary>
public static class AccordReference
{
    /// <summary>Accord's t-SNE: 1000 iterations, exaggeration 12 for 250, rate 200, start from a normal distribution.</summary>
    /// <param name="samples">N × features.</param>
    /// <param name="perplexity">Below (N − 1) / 3.</param>
    /// <param name="dimensions">Of the map.</param>
    /// <param name="seed">Seeds Accord's generator, which the whole process shares.</param>
    /// <param name="theta">0 for exact forces.</param>
    /// <returns>The map, with the divergence as we define it.</returns>
    public static TsneResult Tsne(Matrix samples, double perplexity = 30, int dimensions = 2, int seed = 1, double theta = 0.5)
    {
        Accord.Math.Random.Generator.Seed = seed;
        var tsne = new TSNE { NumberOfOutputs = dimensions, Perplexity = perplexity, Theta = theta };
        double[][] map = tsne.Transform(Rows(samples)); // which centres and scales its argument in place, hence the copy
        var points = new Matrix(samples.Rows, dimensions);
        for (int i = 0; i < samples.Rows; i++)
        {
            for (int d = 0; d < dimensions; d++) points[i, d] = (float)map[i][d];
        }
        Affinities affinities = Affinities.Of(samples, perplexity, theta == 0 ? samples.Rows - 1 : (int)(3 * perplexity));
        return new TsneResult(points, Explain.Core.Tsne.Divergence(affinities, points), affinities.Perplexity, 1000, theta == 0);
    }

    /// <summary>
    /// The k nearest neighbours of every sample by Accord's tree, itself left out: N × k indices, each sample's in ascending order.
    /// </summary>
    public static int[] Neighbours(Matrix samples, int count)
    {
        double[][] rows = Rows(samples);
        // Given its own number as its class, each neighbour tells who it is.
        KNearestNeighbors search = new KNearestNeighbors(count + 1).Learn(rows, [.. Enumerable.Range(0, samples.Rows)]);
        int[] indices = new int[samples.Rows * count];
        for (int i = 0; i < samples.Rows; i++)
        {
            search.GetNearestNeighbors(rows[i], out int[] found);
            int[] others = [.. found.Where(j => j != i).Take(count).Order()];
            others.CopyTo(indices, i * count);
        }
        return indices;
    }

    private static double[][] Rows(Matrix samples) =>
        [.. Enumerable.Range(0, samples.Rows).Select(i => Array.ConvertAll(samples.Row(i).ToArray(), value => (double)value))];
}
#endif
