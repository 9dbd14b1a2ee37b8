using System.Globalization;

namespace Explain.Core;

/// <summary>How the weights of every layer are distributed at one kept epoch: densities and boxes of those within limits.</summary>
public sealed record DensitiesAnalysis : Analysis<WeightDensities>
{
    // Larger weights are not drawn, and their squares would overflow.
    private const double Drawable = 1e30;
    private const int BoxNumbers = 6;

    // Of the limits of the weights: how far an axis goes.
    private const double Reach = 1.6;

    /// <summary>Its entry in the catalogue.</summary>
    public static AnalysisKind Kind { get; } = new(
        "densities",
        "Densities and boxes of the weights of every layer, at one epoch.",
        run => run.SnapshotEpochs.Count == 0
            ? []
            : ToDraw(run, new Analyst(keep: false).Get(new LimitsAnalysis(), run).Layers),
        options => new DensitiesAnalysis
        {
            Epoch = options.Whole("epoch"),
            Within = options.Text("within") == "all" ? null : options.Number("within"),
        });

    /// <summary>One of the run's kept epochs.</summary>
    public required int Epoch { get; init; }

    /// <summary>The largest magnitude that is looked at; whatever can be drawn where null.</summary>
    public double? Within { get; init; }

    /// <summary>The largest magnitude on an axis for these layers; null where their weights have none that could be drawn.</summary>
    public static double? WithinOf(IEnumerable<LayerLimits> layers)
    {
        double limit = layers.Select(layer => layer.Weight).DefaultIfEmpty(0).Max() * Reach;
        return limit > 0 && double.IsFinite(limit) && limit < Drawable ? limit : null;
    }

    /// <inheritdoc/>
    public override string Name => Kind.Name;

    /// <inheritdoc/>
    public override int Version => 1;

    /// <inheritdoc/>
    public override string Words => $"distributions of weights (epoch {Epoch})";

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> Options =>
        [new("epoch", $"{Epoch}"), new("within", Within is { } limit ? Text(limit) : "all")];

    /// <inheritdoc/>
    protected internal override IReadOnlyList<int> Epochs(RunFolder run) => KeptSnapshots.Only(run, Epoch);

    /// <inheritdoc/>
    protected internal override WeightDensities Compute(AnalysisContext context)
    {
        IReadOnlyList<LayerSnapshot> layers = context.Run.ReadSnapshot(Epoch).Layers;
        var found = new LayerDensity[layers.Count];
        for (int l = 0; l < found.Length; l++)
        {
            context.Report(l, found.Length);
            found[l] = Of(layers[l]);
        }
        return new WeightDensities(Epoch, found);
    }

    /// <inheritdoc/>
    protected internal override void Write(WeightDensities result, SafetensorsWriter file)
    {
        file.AddMetadata("epoch", result.Epoch.ToString(CultureInfo.InvariantCulture));
        file.AddMetadata("layers", result.Layers.Select(layer => layer.Name));
        file.Add("count", result.Layers.Select(layer => (long)layer.Count).ToArray(), result.Layers.Count);
        file.Add("beyond", result.Layers.Select(layer => (long)layer.Beyond).ToArray(), result.Layers.Count);
        file.Add(
            "moments",
            result.Layers.SelectMany(layer => new[] { layer.Moments.Mean, layer.Moments.Deviation }).ToArray(),
            result.Layers.Count,
            2);
        for (int l = 0; l < result.Layers.Count; l++)
        {
            var (density, box) = (result.Layers[l].Density, result.Layers[l].Box);
            file.Add($"layers.{l}.density", density.Heights.ToArray(), density.Heights.Count);
            file.Add($"layers.{l}.scale", new[] { density.Minimum, density.Maximum, density.Bandwidth }, 3);
            if (box is not null)
                file.Add(
                    $"layers.{l}.box", new[] { box.Count, box.LowWhisker, box.Lower, box.Median, box.Upper, box.HighWhisker }, BoxNumbers);
        }
    }

    /// <inheritdoc/>
    protected internal override WeightDensities Read(SafetensorsFile file)
    {
        IReadOnlyList<string> names = file.MetaList("layers");
        int[] counts = file.Counts("count", names.Count), beyond = file.Counts("beyond", names.Count);
        double[] moments = file.Doubles("moments", names.Count, 2);
        return new WeightDensities(Epoch, [.. names.Select((name, l) =>
            new LayerDensity(name, counts[l], beyond[l], new Moments(moments[2 * l], moments[(2 * l) + 1]), Density(l), Box(l)))]);

        KernelDensity Density(int l)
        {
            double[] scale = file.Doubles($"layers.{l}.scale", 3);
            return new KernelDensity(scale[0], scale[1], file.Doubles($"layers.{l}.density", -1), scale[2]);
        }

        BoxSummary? Box(int l)
        {
            if (!file.Tensors.ContainsKey($"layers.{l}.box")) return null;
            double[] box = file.Doubles($"layers.{l}.box", BoxNumbers);
            return new BoxSummary((int)box[0], box[1], box[2], box[3], box[4], box[5], []);
        }
    }

    private static IEnumerable<Analysis> ToDraw(RunFolder run, IReadOnlyList<LayerLimits> layers) =>
        run.SnapshotEpochs.Select(epoch => new DensitiesAnalysis { Epoch = epoch, Within = WithinOf(layers) });

    private LayerDensity Of(LayerSnapshot layer)
    {
        ReadOnlySpan<float> weights = layer.Weights.Span;
        var inside = new List<float>(weights.Length);
        int beyond = 0;
        foreach (float w in weights)
        {
            if (Within is { } limit ? Math.Abs((double)w) <= limit : Math.Abs((double)w) < Drawable) inside.Add(w);
            if (Within is { } most && Math.Abs((double)w) > most) beyond++;
        }
        float[] sample = [.. inside];
        BoxSummary? box = BoxSummary.Of(sample);
        return new LayerDensity(
            layer.Name, weights.Length, beyond, Moments.Of(weights), KernelDensity.Of(sample),
            box is null ? null : box with { Outliers = [] });
    }
}

/// <summary>Distributions of the weights of every layer.</summary>
/// <param name="Epoch">The epoch.</param>
/// <param name="Layers">The layers with weights, in order.</param>
public sealed record WeightDensities(int Epoch, IReadOnlyList<LayerDensity> Layers);

/// <summary>The distribution of a layer's weights.</summary>
/// <param name="Name">The layer's.</param>
/// <param name="Count">Weights.</param>
/// <param name="Beyond">Weights of larger magnitude than the limit; 0 where there is none.</param>
/// <param name="Moments">Of all finite weights.</param>
/// <param name="Density">Of the weights within the limit.</param>
/// <param name="Box">Of the same, without its outliers; null where there are none.</param>
public sealed record LayerDensity(string Name, int Count, int Beyond, Moments Moments, KernelDensity Density, BoxSummary? Box);
