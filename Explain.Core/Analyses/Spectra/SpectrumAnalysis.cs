using System.Globalization;

namespace Explain.Core;

/// <summary>The singular values of a layer's weights at the kept epochs of a run.</summary>
public sealed record SpectrumAnalysis : Analysis<LayerSpectra>
{
    /// <summary>Its entry in the catalogue.</summary>
    public static AnalysisKind Kind { get; } = new(
        "spectrum",
        "Singular values of a layer's weights at the kept epochs.",
        run => run.SnapshotEpochs.Count == 0
            ? []
            : Enumerable.Range(0, LayerActivations.Of(run).Count).Select(layer => new SpectrumAnalysis { Layer = layer }),
        options => new SpectrumAnalysis { Layer = options.Whole("layer"), MostEpochs = options.Whole("most epochs") });

    /// <summary>The layer, by index among those with weights, from 0.</summary>
    public required int Layer { get; init; }

    /// <summary>The most epochs, at least 2: evenly among the kept ones, the first and the last among them.</summary>
    public int MostEpochs { get; init; } = 24;

    /// <inheritdoc/>
    public override string Name => Kind.Name;

    /// <inheritdoc/>
    public override int Version => 2; // 1 had noise in values below 10⁻⁷ of the largest.

    /// <inheritdoc/>
    public override string Words => $"spectra (layer {Layer})";

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> Options => [new("layer", $"{Layer}"), new("most epochs", $"{MostEpochs}")];

    /// <summary>
    /// Upper edge of the singular values of a random matrix of independent entries of mean 0 and the given spread: σ(√rows + √columns), as
    /// both grow (Marchenko and Pastur, "Distribution of eigenvalues for some sets of random matrices", 1967).
    /// </summary>
    public static double RandomEdge(int rows, int columns, double spread) => spread * (Math.Sqrt(rows) + Math.Sqrt(columns));

    /// <inheritdoc/>
    protected internal override IReadOnlyList<int> Epochs(RunFolder run) => MostEpochs < 2 ? [] : KeptSnapshots.Chosen(run, MostEpochs);

    /// <inheritdoc/>
    protected internal override LayerSpectra Compute(AnalysisContext context)
    {
        if (MostEpochs < 2) throw new InputException($"A spectrum is of at least 2 epochs, not of {MostEpochs}.");
        LayerSpectrum?[] found = KeptSnapshots.Each(context, Epochs(context.Run), Of);
        if (found.Length == 0) throw new InputException($"{context.Run.Path}: the run kept no snapshot, so there is no spectrum.");
        return found.Contains(null)
            ? throw new InputException($"{context.Run.Path}: there is no layer {Layer} in its snapshots.")
            : new LayerSpectra(context.Run.ReadSnapshot(found[0]!.Epoch).Layers[Layer].Name, found!);
    }

    /// <inheritdoc/>
    protected internal override void Write(LayerSpectra result, SafetensorsWriter file)
    {
        file.AddMetadata("layer", result.Layer);
        file.Add("epoch", result.Epochs.Select(e => (long)e.Epoch).ToArray(), result.Epochs.Count);
        file.Add("random_edge", result.Epochs.Select(e => e.RandomEdge).ToArray(), result.Epochs.Count);
        foreach (LayerSpectrum epoch in result.Epochs) file.Add(Tensor(epoch.Epoch), epoch.Values.ToArray(), epoch.Values.Count);
    }

    /// <inheritdoc/>
    protected internal override LayerSpectra Read(SafetensorsFile file)
    {
        int[] epochs = file.Counts("epoch", -1);
        double[] edges = file.Doubles("random_edge", epochs.Length);
        return new LayerSpectra(
            file.Meta("layer"), [.. epochs.Select((epoch, i) => new LayerSpectrum(epoch, file.Doubles(Tensor(epoch), -1), edges[i]))]);
    }

    private static string Tensor(int epoch) => string.Create(CultureInfo.InvariantCulture, $"values.{epoch}");

    private LayerSpectrum? Of(Snapshot snapshot)
    {
        if (Layer < 0 || Layer >= snapshot.Layers.Count) return null;
        Matrix weights = snapshot.Layers[Layer].Weights;
        double squares = 0;
        foreach (float w in weights.Span) squares += (double)w * w;
        return new LayerSpectrum(
            snapshot.Epoch,
            SingularValues.Of(weights.Span, weights.Rows, weights.Columns),
            RandomEdge(weights.Rows, weights.Columns, Math.Sqrt(squares / weights.Span.Length)));
    }
}

/// <summary>The spectra of one layer.</summary>
/// <param name="Layer">Its name.</param>
/// <param name="Epochs">One for each epoch looked at, in order; at least one.</param>
public sealed record LayerSpectra(string Layer, IReadOnlyList<LayerSpectrum> Epochs);

/// <summary>The spectrum of a layer's weights at one epoch.</summary>
/// <param name="Epoch">The epoch.</param>
/// <param name="Values">Singular values, largest first; NaN where a weight is not finite.</param>
/// <param name="RandomEdge">The largest that independent weights of the same spread would have.</param>
public sealed record LayerSpectrum(int Epoch, IReadOnlyList<double> Values, double RandomEdge);
