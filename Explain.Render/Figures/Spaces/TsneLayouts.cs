using System.Runtime.CompilerServices;
using Explain.Core;

namespace Explain.Render;

/// <summary>
/// t-SNE maps of a layer's probe activations at every kept epoch. Each starts from the map of the epoch before, so that consecutive pictures can be compared; never from a later
/// one, which would show clusters before the network had made them. Maps are a few kilobytes and kept for as long as the run is open.
/// </summary>
internal static class TsneLayouts
{
    /// <summary>More samples than this crowd the picture.</summary>
    public const int MostSamples = 500;

    /// <summary>Fewer have no neighbourhoods to show.</summary>
    public const int LeastSamples = 5;

    private static readonly ConditionalWeakTable<RunFolder, Dictionary<(int Layer, int Dimensions), SortedDictionary<int, TsneResult?>>> Cache = [];

    /// <summary>The map of the layer at a kept epoch; null where its activations are not all finite or too few.</summary>
    public static TsneResult? At(RunFolder run, int layer, int epoch, int dimensions = 2)
    {
        var layers = Cache.GetValue(run, _ => []);
        lock (layers)
        {
            if (!layers.TryGetValue((layer, dimensions), out var maps)) layers[(layer, dimensions)] = maps = [];
            TsneResult? before = null;
            foreach (int e in run.SnapshotEpochs.Where(e => e <= epoch))
            {
                if (!maps.TryGetValue(e, out var map))
                    maps[e] = map = Embed(Activations(run, run.ReadSnapshot(e), layer), before, dimensions);
                before = map ?? before;
            }
            return maps.GetValueOrDefault(epoch);
        }
    }

    // Of images a snapshot keeps but the first samples; the others the network itself tells.
    private static Matrix Activations(RunFolder run, Snapshot snapshot, int layer)
    {
        var kept = snapshot.Layers[layer].ProbeActivations;
        var inputs = run.Probe.Samples.Inputs;
        int wanted = Math.Min(MostSamples, inputs.Rows);
        if (kept.Rows >= wanted) return kept;
        var network = snapshot.Restore(run.Info.Network);
        if (network.CouplesSamples) return kept;
        int place = network.Layers.ToList().FindIndex(l => l.Name == snapshot.Layers[layer].Name);
        return network.Activations(inputs.RowRange(0, wanted))[place];
    }

    private static TsneResult? Embed(Matrix activations, TsneResult? before, int dimensions)
    {
        var samples = activations.RowRange(0, Math.Min(MostSamples, activations.Rows));
        if (samples.Rows < LeastSamples || samples.IsEmpty) return null;
        foreach (float v in samples.Span)
        {
            if (!float.IsFinite(v)) return null;
        }
        var options = new TsneOptions { Dimensions = dimensions, Perplexity = Math.Min(30, (samples.Rows - 1) / 3.0) };
        // A map that starts near its goal needs fewer steps.
        return Tsne.Embed(samples, before is null ? options : options with { Initialisation = before.Points, Iterations = 500, ExaggeratedIterations = 125 });
    }
}
