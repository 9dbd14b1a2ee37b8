using System.Runtime.CompilerServices;
using Explain.Core;

namespace Explain.Render;

/// <summary>Singular values of a layer's weights at the kept epochs. They are a few kilobytes an epoch and kept for as long as the run is open, so that turning a picture or changing its theme costs nothing.</summary>
internal static class WeightSpectra
{
    private static readonly ConditionalWeakTable<RunFolder, Dictionary<(int Layer, int Epoch), WeightSpectrumAt?>> Cache = [];

    /// <summary>The spectrum of a layer at a kept epoch; null where the snapshot has no such layer.</summary>
    public static WeightSpectrumAt? At(RunFolder run, int layer, int epoch)
    {
        var spectra = Cache.GetValue(run, _ => []);
        lock (spectra)
        {
            if (!spectra.TryGetValue((layer, epoch), out var found))
                spectra[(layer, epoch)] = found = run.ReadSnapshot(epoch).Layers.ElementAtOrDefault(layer) is { } read ? Of(read.Name, read.Weights) : null;
            return found;
        }
    }

    private static WeightSpectrumAt Of(string name, Matrix weights)
    {
        double squares = 0;
        foreach (float w in weights.Span)
            squares += (double)w * w;
        return new WeightSpectrumAt(name, SingularValues.Of(weights.Span, weights.Rows, weights.Columns), WeightSpectrum.RandomEdge(weights.Rows, weights.Columns, Math.Sqrt(squares / weights.Span.Length)));
    }
}

/// <summary>One spectrum.</summary>
/// <param name="Layer">Name of the layer.</param>
/// <param name="Values">Singular values, largest first.</param>
/// <param name="RandomEdge">The largest that independent weights of the same spread would have.</param>
internal sealed record WeightSpectrumAt(string Layer, double[] Values, double RandomEdge);
