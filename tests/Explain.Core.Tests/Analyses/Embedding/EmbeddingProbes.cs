namespace Explain.Core.Tests;

/// <summary>Everything that leads to a map, with exact forces and with the tree, in two and three dimensions.</summary>
internal sealed class TsneProbe : Probe
{
    public override void Run(ProbeHash hash)
    {
        Matrix samples = Clusters.Make(70, 60, 4).Samples;
        foreach (int dimensions in new[] { 2, 3 })
        {
            foreach (int exactUpTo in new[] { 0, 100 })
            {
                TsneResult result = Tsne.Embed(samples, new TsneOptions
                {
                    Dimensions = dimensions,
                    ExactUpTo = exactUpTo,
                    Iterations = 30,
                    ExaggeratedIterations = 10,
                    PrincipalComponents = 20,
                });
                hash.Add(result.Points);
                hash.Add(result.Divergence);
            }
        }
    }
}
