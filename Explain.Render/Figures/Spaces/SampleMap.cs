using Explain.Core;

namespace Explain.Render;

/// <summary>The map of a layer's probe samples that a figure is asked for: its result, and why there is none.</summary>
internal sealed class SampleMap
{
    private readonly RunFolder _run;

    private SampleMap(RunFolder run, int epoch, LayerMaps maps)
    {
        _run = run;
        Epoch = epoch;
        Layer = maps.Layer;
        Found = maps.At(epoch) ?? new LayerMap(epoch, null, double.NaN);
    }

    /// <summary>The epoch.</summary>
    public int Epoch { get; }

    /// <summary>The layer's name.</summary>
    public string Layer { get; }

    /// <summary>The map, if there is one.</summary>
    public LayerMap Found { get; }

    /// <summary>Why there is no map.</summary>
    public string Missing => _run.Probe.Samples.Count < TsneAnalysis.LeastSamples
        ? $"A map needs at least {TsneAnalysis.LeastSamples} samples; this run's probe has {_run.Probe.Samples.Count}."
        : $"The activations of {Layer} after epoch {Epoch} are not all finite, so there is no map of them.";

    /// <summary>What the request asks for; null where the run kept no snapshot. The last hidden layer where it names none.</summary>
    /// <exception cref="InputException">There is no such epoch or layer.</exception>
    public static SampleMap? Of(FigureRequest request, int dimensions) =>
        Analysis(request, dimensions) is { } analysis
            ? new SampleMap(request.Run, request.SnapshotEpoch()!.Value, request.Analyst.Get(analysis, request.Run))
            : null;

    /// <summary>The analysis that a figure needs.</summary>
    public static IEnumerable<AnalysisRequest> Needs(FigureRequest request, int dimensions) =>
        Analysis(request, dimensions) is { } analysis ? [new AnalysisRequest(analysis, [request.Run])] : [];

    private static TsneAnalysis? Analysis(FigureRequest request, int dimensions)
    {
        int? epoch = request.SnapshotEpoch();
        int layers = request.Run.SnapshotLayerCount(), layer = request.LayerIndex(layers, layers > 1 ? layers - 2 : 0);
        return epoch is null || layers == 0 ? null : new TsneAnalysis { Layer = layer, Dimensions = dimensions };
    }
}
