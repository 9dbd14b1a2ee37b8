namespace Explain.Core;

/// <summary>The principal components of a layer's activations on the probe samples, at each kept epoch by itself.</summary>
public sealed record PcaAnalysis : Analysis<LayerComponents>
{
    /// <summary>Its entry in the catalogue.</summary>
    public static AnalysisKind Kind { get; } = new(
        "pca",
        "The directions in which a layer's activations differ most between samples, at every kept epoch (principal components).",
        run => LayerActivations.Of(run).Count == 0 || run.SnapshotEpochs.Count == 0 ? []
            : [new PcaAnalysis { Layer = LayerActivations.LastHidden(run) }],
        options => new PcaAnalysis
        {
            Layer = options.Whole("layer"),
            Components = options.Whole("components"),
            MostSamples = options.Whole("most samples"),
        });

    /// <summary>The layer, by index among those with weights, from 0.</summary>
    public required int Layer { get; init; }

    /// <summary>How many components, at least 1; fewer where there are fewer samples or outputs.</summary>
    public int Components { get; init; } = 10;

    /// <summary>The most samples, at least 1; the first of the probe.</summary>
    public int MostSamples { get; init; } = LayerActivations.MostSamples;

    /// <inheritdoc/>
    public override string Name => Kind.Name;

    /// <inheritdoc/>
    public override int Version => 1;

    /// <inheritdoc/>
    public override string Words => $"principal components (layer {Layer})";

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> Options =>
        [new("layer", $"{Layer}"), new("components", $"{Components}"), new("most samples", $"{MostSamples}")];

    /// <inheritdoc/>
    protected internal override LayerComponents Compute(AnalysisContext context)
    {
        RunFolder run = context.Run;
        if (Components < 1) throw new InputException($"There is at least one principal component, not {Components}.");
        if (MostSamples < 1) throw new InputException($"Principal components are of at least one sample, not of {MostSamples}.");
        string name = LayerActivations.NameOf(run, Layer);
        var found = new List<EpochComponents>();
        foreach (int epoch in run.SnapshotEpochs)
        {
            context.Report(found.Count, run.SnapshotEpochs.Count);
            found.Add(Of(epoch, LayerActivations.Read(run, epoch, Layer, MostSamples)));
        }
        return new LayerComponents(name, found);
    }

    /// <inheritdoc/>
    protected internal override void Write(LayerComponents result, SafetensorsWriter file)
    {
        file.AddMetadata("layer", result.Layer);
        file.Add("epoch", result.Epochs.Select(one => (long)one.Epoch).ToArray(), result.Epochs.Count);
        foreach (EpochComponents one in result.Epochs.Where(one => one.Explained.Count > 0))
        {
            file.Add($"explained.{one.Epoch}", one.Explained.ToArray(), one.Explained.Count);
            file.Add($"mean.{one.Epoch}", one.Mean.ToArray(), one.Mean.Count);
            file.Add($"components.{one.Epoch}", one.Components);
            file.Add($"points.{one.Epoch}", one.Points);
        }
    }

    /// <inheritdoc/>
    protected internal override LayerComponents Read(SafetensorsFile file)
    {
        return new LayerComponents(file.Meta("layer"), [.. file.Counts("epoch", -1).Select(At)]);

        EpochComponents At(int epoch)
        {
            if (!file.Tensors.ContainsKey($"explained.{epoch}")) return EpochComponents.None(epoch);
            double[] explained = file.Doubles($"explained.{epoch}", -1);
            float[] mean = file.Floats($"mean.{epoch}", -1);
            Matrix components = file.Matrix($"components.{epoch}", explained.Length, mean.Length);
            return new EpochComponents(epoch, explained, mean, components, file.Matrix($"points.{epoch}", -1, explained.Length));
        }
    }

    private EpochComponents Of(int epoch, Matrix samples)
    {
        if (!LayerActivations.AreFinite(samples)) return EpochComponents.None(epoch);
        Pca pca = Pca.Fit(samples, Components);
        double[] shares = [.. pca.Variances.Select(variance => pca.TotalVariance > 0 ? variance / pca.TotalVariance : 0)];
        return new EpochComponents(epoch, shares, pca.Mean.ToArray(), pca.Components, pca.Project(samples));
    }
}

/// <summary>Principal components of a layer, epoch by epoch.</summary>
/// <param name="Layer">The layer's name.</param>
/// <param name="Epochs">One for each kept epoch, in order.</param>
public sealed record LayerComponents(string Layer, IReadOnlyList<EpochComponents> Epochs)
{
    /// <summary>Those of a kept epoch; null where there is none.</summary>
    public EpochComponents? At(int epoch) => Epochs.FirstOrDefault(one => one.Epoch == epoch);
}

/// <summary>Principal components at one epoch; empty where the activations were not all finite, or of no sample.</summary>
/// <param name="Epoch">The epoch.</param>
/// <param name="Explained">Share of the activations' variance along each component, largest first.</param>
/// <param name="Mean">Mean of each output.</param>
/// <param name="Components">Components × outputs: orthonormal rows.</param>
/// <param name="Points">Samples × components: where the samples lie.</param>
public sealed record EpochComponents(
    int Epoch, IReadOnlyList<double> Explained, IReadOnlyList<float> Mean, Matrix Components, Matrix Points)
{
    internal static EpochComponents None(int epoch) => new(epoch, [], [], default, default);
}
