namespace Explain.Core.Tests;

/// <summary>Samples in balls around corners of a cube, far enough apart that a map must keep the balls together.</summary>
internal static class Clusters
{
    /// <summary>Sample i belongs to cluster i mod <paramref name="clusters"/>.</summary>
    public static (Matrix Samples, int[] Labels) Make(int count, int features, int clusters, float radius = 0.5f)
    {
        var random = new CounterRandom(11, "clusters");
        var samples = new Matrix(count, features);
        int[] labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = i % clusters;
            for (int f = 0; f < features; f++)
                samples[i, f] = (f % clusters == labels[i] ? 2 : 0) + (radius * (random.NextSingle() + random.NextSingle() - 1));
        }
        return (samples, labels);
    }
}
