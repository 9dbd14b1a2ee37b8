namespace Explain.Core;

/// <summary>
/// t-SNE maps of a layer's activations on the probe samples, one for each kept epoch. Each starts from the map of the epoch before, so that
/// consecutive ones can be compared; never from a later one, which would show clusters before the network had made them.
/// </summary>
public sealed record TsneAnalysis : Analysis<LayerMaps>
{
    /// <summary>Fewer samples have no neighbourhoods to show.</summary>
    public const int LeastSamples = 5;

    private const int LaterIterations = 500;
    private const int LaterExaggerated = 125;

    /// <summary>Its entry in the catalogue.</summary>
    public static AnalysisKind Kind { get; } = new(
        "tsne",
        "Maps on which samples lie close together that a layer treats alike, at every kept epoch (t-SNE).",
        run => LayerActivations.Of(run).Count == 0 || run.SnapshotEpochs.Count == 0
            ? []
            : [
                new TsneAnalysis { Layer = LayerActivations.LastHidden(run) },
                new TsneAnalysis { Layer = LayerActivations.LastHidden(run), Dimensions = 3 },
            ],
        options => new TsneAnalysis
        {
            Layer = options.Whole("layer"),
            Dimensions = options.Whole("dimensions"),
            MostPerplexity = options.Number("most perplexity"),
            MostSamples = options.Whole("most samples"),
        });

    /// <summary>The layer, by index among those with weights, from 0.</summary>
    public required int Layer { get; init; }

    /// <summary>Dimensions of the maps, 2 or 3.</summary>
    public int Dimensions { get; init; } = 2;

    /// <summary>The perplexity, at least 1; a third of the other samples where that is less.</summary>
    public double MostPerplexity { get; init; } = 30;

    /// <summary>The most samples, at least 1; the first of the probe.</summary>
    public int MostSamples { get; init; } = LayerActivations.MostSamples;

    /// <inheritdoc/>
    public override string Name => Kind.Name;

    /// <inheritdoc/>
    public override int Version => 1;

    /// <inheritdoc/>
    public override string Words => Dimensions == 2 ? $"t-SNE (layer {Layer})" : $"t-SNE in {Dimensions} dimensions (layer {Layer})";

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> Options =>
        [
            new("layer", $"{Layer}"),
            new("dimensions", $"{Dimensions}"),
            new("most perplexity", Text(MostPerplexity)),
            new("most samples", $"{MostSamples}"),
        ];

    /// <inheritdoc/>
    protected internal override LayerMaps Compute(AnalysisContext context)
    {
        RunFolder run = context.Run;
        if (Dimensions is not (2 or 3)) throw new InputException($"A map has 2 or 3 dimensions, not {Dimensions}.");
        if (!(MostPerplexity >= 1)) throw new InputException($"The perplexity of a map is at least 1, not {Text(MostPerplexity)}.");
        if (MostSamples < 1) throw new InputException($"A map is of at least one sample, not of {MostSamples}.");
        string name = LayerActivations.NameOf(run, Layer);
        var maps = new List<LayerMap>();
        TsneResult? before = null;
        foreach (int epoch in run.SnapshotEpochs)
        {
            context.Report(maps.Count, run.SnapshotEpochs.Count);
            TsneResult? map = Embed(
                LayerActivations.Read(run, epoch, Layer, MostSamples),
                before,
                context.Part(maps.Count, run.SnapshotEpochs.Count),
                context.Cancellation);
            maps.Add(new LayerMap(epoch, map, map is null ? double.NaN : OwnClass(map, run.Probe.Samples)));
            before = map ?? before;
        }
        return new LayerMaps(name, maps);
    }

    /// <inheritdoc/>
    protected internal override void Write(LayerMaps result, SafetensorsWriter file)
    {
        file.AddMetadata("layer", result.Layer);
        int[] shape = [result.Epochs.Count];
        file.Add("epoch", result.Epochs.Select(map => (long)map.Epoch).ToArray(), shape);
        file.Add("iterations", result.Epochs.Select(map => (long)(map.Map?.Iterations ?? 0)).ToArray(), shape);
        file.Add("exact", result.Epochs.Select(map => map.Map is { Exact: true } ? 1L : 0).ToArray(), shape);
        file.Add("divergence", result.Epochs.Select(map => map.Map?.Divergence ?? double.NaN).ToArray(), shape);
        file.Add("perplexity", result.Epochs.Select(map => map.Map?.Perplexity ?? double.NaN).ToArray(), shape);
        file.Add("own_class", result.Epochs.Select(map => map.OwnClass).ToArray(), shape);
        foreach (LayerMap map in result.Epochs)
        {
            if (map.Map is { } found) file.Add($"points.{map.Epoch}", found.Points);
        }
    }

    /// <inheritdoc/>
    protected internal override LayerMaps Read(SafetensorsFile file)
    {
        int[] epochs = file.Counts("epoch", -1), iterations = file.Counts("iterations", epochs.Length);
        int[] exact = file.Counts("exact", epochs.Length);
        double[] divergence = file.Doubles("divergence", epochs.Length), perplexity = file.Doubles("perplexity", epochs.Length);
        double[] own = file.Doubles("own_class", epochs.Length);
        return new LayerMaps(file.Meta("layer"), [.. epochs.Select((epoch, i) => new LayerMap(epoch, Map(epoch, i), own[i]))]);

        TsneResult? Map(int epoch, int i) => file.Tensors.ContainsKey($"points.{epoch}")
            ? new TsneResult(file.Matrix($"points.{epoch}", -1, Dimensions), divergence[i], perplexity[i], iterations[i], exact[i] != 0)
            : null;
    }

    private TsneResult? Embed(Matrix samples, TsneResult? before, IProgress<double>? progress, CancellationToken cancellation)
    {
        if (samples.Rows < LeastSamples || !LayerActivations.AreFinite(samples)) return null;
        var options = new TsneOptions { Dimensions = Dimensions, Perplexity = Math.Min(MostPerplexity, (samples.Rows - 1) / 3.0) };
        // A map that starts near its goal needs fewer steps.
        if (before is not null && before.Points.Rows == samples.Rows)
            options =
                options with { Initialisation = before.Points, Iterations = LaterIterations, ExaggeratedIterations = LaterExaggerated };
        return Tsne.Embed(samples, options, progress, cancellation);
    }

    private static double OwnClass(TsneResult map, Dataset samples) =>
        EmbeddingQuality.LabelAccuracy(map.Points, samples.Labels.AsSpan(0, map.Points.Rows), neighbours: 1);
}

/// <summary>Maps of a layer, epoch by epoch.</summary>
/// <param name="Layer">The layer's name.</param>
/// <param name="Epochs">One for each kept epoch, in order.</param>
public sealed record LayerMaps(string Layer, IReadOnlyList<LayerMap> Epochs)
{
    /// <summary>The map of a kept epoch; null where there is none.</summary>
    public LayerMap? At(int epoch) => Epochs.FirstOrDefault(map => map.Epoch == epoch);
}

/// <summary>The map of one epoch.</summary>
/// <param name="Epoch">The epoch.</param>
/// <param name="Map">
/// Null where the activations were not all finite, or of fewer than <see cref="TsneAnalysis.LeastSamples"/> samples.
/// </param>
/// <param name="OwnClass">Share of samples whose nearest one on the map is of their own class; NaN where there is no map.</param>
public sealed record LayerMap(int Epoch, TsneResult? Map, double OwnClass);
