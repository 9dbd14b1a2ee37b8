using System.Globalization;

namespace Explain.Core;

/// <summary>The histograms of every layer's activations at all kept epochs of a run, which the snapshots hold one by one.</summary>
public sealed record ActivationsAnalysis : Analysis<ActivationHistory>
{
    /// <summary>Its entry in the catalogue.</summary>
    public static AnalysisKind Kind { get; } = new(
        "activations",
        "Histograms of every layer's activations at all kept epochs.",
        run => run.SnapshotEpochs.Count == 0 ? [] : [new ActivationsAnalysis()],
        _ => new ActivationsAnalysis());

    /// <inheritdoc/>
    public override string Name => Kind.Name;

    /// <inheritdoc/>
    public override int Version => 1;

    /// <inheritdoc/>
    public override string Words => "activations over the epochs";

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> Options => [];

    /// <inheritdoc/>
    protected internal override ActivationHistory Compute(AnalysisContext context) =>
        new(KeptSnapshots.Each(context, context.Run.SnapshotEpochs, snapshot =>
            new EpochActivations(snapshot.Epoch, [.. snapshot.Layers.Select(layer => new LayerActivity(layer.Name, layer.Activations))])));

    /// <inheritdoc/>
    protected internal override void Write(ActivationHistory result, SafetensorsWriter file)
    {
        file.Add("epoch", result.Epochs.Select(e => (long)e.Epoch).ToArray(), result.Epochs.Count);
        file.AddMetadata("layers", result.Epochs.Count == 0 ? [] : result.Epochs[0].Layers.Select(layer => layer.Name));
        foreach (EpochActivations epoch in result.Epochs)
        {
            for (int l = 0; l < epoch.Layers.Count; l++)
            {
                Histogram histogram = epoch.Layers[l].Activations;
                file.Add(Tensor(epoch.Epoch, l, "counts"), histogram.Counts, histogram.Counts.Length);
                file.Add(Tensor(epoch.Epoch, l, "range"), new[] { histogram.Minimum, histogram.Maximum }, 2);
            }
        }
    }

    /// <inheritdoc/>
    protected internal override ActivationHistory Read(SafetensorsFile file)
    {
        IReadOnlyList<string> layers = file.MetaList("layers");
        return new ActivationHistory([.. file.Counts("epoch", -1)
            .Select(epoch => new EpochActivations(epoch, [.. layers.Select((name, l) => new LayerActivity(name, Histogram(epoch, l)))]))]);

        Histogram Histogram(int epoch, int layer)
        {
            float[] range = file.Floats(Tensor(epoch, layer, "range"), 2);
            return new Histogram(range[0], range[1], file.Integers(Tensor(epoch, layer, "counts"), -1));
        }
    }

    private static string Tensor(int epoch, int layer, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"epochs.{epoch}.layers.{layer}.{what}");
}

/// <summary>Histograms over the kept epochs of a run.</summary>
/// <param name="Epochs">One for each, in order.</param>
public sealed record ActivationHistory(IReadOnlyList<EpochActivations> Epochs);

/// <summary>Histograms of one epoch.</summary>
/// <param name="Epoch">The epoch.</param>
/// <param name="Layers">The layers with weights, in order.</param>
public sealed record EpochActivations(int Epoch, IReadOnlyList<LayerActivity> Layers);

/// <summary>How often a layer gave which activation.</summary>
/// <param name="Name">The layer's.</param>
/// <param name="Activations">Counts over the evaluated training samples.</param>
public sealed record LayerActivity(string Name, Histogram Activations);
