namespace Explain.Core;

/// <summary>
/// Limits of each layer's weights, updates and activations that hold for every kept epoch of a run, so that pictures of different epochs
/// can be compared.
/// </summary>
public sealed record LimitsAnalysis : Analysis<RunLimits>
{
    // A run that diverged ends in numbers that would blank out everything before them: its limits may exceed its typical epoch only so far.
    private const double MostOverTypical = 10;
    private const int Numbers = 8;

    /// <summary>Its entry in the catalogue.</summary>
    public static AnalysisKind Kind { get; } = new(
        "limits",
        "Limits of weights, updates and activations that hold for every kept epoch, layer by layer.",
        run => run.SnapshotEpochs.Count == 0 ? [] : [new LimitsAnalysis()],
        _ => new LimitsAnalysis());

    /// <inheritdoc/>
    public override string Name => Kind.Name;

    /// <inheritdoc/>
    public override int Version => 1;

    /// <inheritdoc/>
    public override string Words => "limits of the layers";

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> Options => [];

    /// <inheritdoc/>
    protected internal override IEnumerable<string> FurtherInputs(RunFolder run) =>
        run.Outcome.Status == RunStatus.Diverged ? ["diverged"] : [];

    /// <inheritdoc/>
    protected internal override RunLimits Compute(AnalysisContext context)
    {
        LayerLimits[][] epochs = KeptSnapshots.Each<LayerLimits[]>(
            context, context.Run.SnapshotEpochs, snapshot => [.. snapshot.Layers.Select(Measure)]);
        if (epochs.Length == 0) return new RunLimits([]);
        bool diverged = context.Run.Outcome.Status == RunStatus.Diverged;
        return new RunLimits([.. Enumerable.Range(0, epochs[0].Length).Select(l => Together([.. epochs.Select(e => e[l])], diverged))]);
    }

    /// <inheritdoc/>
    protected internal override void Write(RunLimits result, SafetensorsWriter file) =>
        file.Add(
            "limits",
            result.Layers.SelectMany(l => new[]
            {
                l.Weight, l.Update, l.MeanWeight, l.MeanUpdate, Low(l.MeanActivation), High(l.MeanActivation), Low(l.Activation),
                High(l.Activation),
            })
                .ToArray(),
            result.Layers.Count,
            Numbers);

    /// <inheritdoc/>
    protected internal override RunLimits Read(SafetensorsFile file) =>
        new([.. file.Doubles("limits", -1, Numbers).Chunk(Numbers)
            .Select(v => new LayerLimits(v[0], v[1], v[2], v[3], new Limits(v[4], v[5]), new Limits(v[6], v[7])))]);

    private static LayerLimits Measure(LayerSnapshot layer) => new(
        Quantiles.OfMagnitudes(layer.Weights.Span, Quantiles.Robust),
        Quantiles.OfMagnitudes(layer.Update.Span, Quantiles.Robust),
        Quantiles.OfMagnitudes(UnitMeans.Of(layer.Weights), Quantiles.Robust),
        Quantiles.OfMagnitudes(UnitMeans.Of(layer.Update), Quantiles.Robust),
        Limits.Of(layer.MeanActivation.Select(v => (double)v)),
        Histograms.Range(layer.Activations));

    private static LayerLimits Together(LayerLimits[] epochs, bool diverged)
    {
        var all = epochs.Aggregate(LayerLimits.None, (a, b) => a.Union(b));
        if (!diverged) return all;
        return new LayerLimits(
            Cap(e => e.Weight), Cap(e => e.Update), Cap(e => e.MeanWeight), Cap(e => e.MeanUpdate),
            CapLimits(all.MeanActivation, e => e.MeanActivation), CapLimits(all.Activation, e => e.Activation));

        double Cap(Func<LayerLimits, double> value)
        {
            double typical = Quantiles.Median(epochs.Select(value).Where(v => v > 0));
            return Math.Min(epochs.Max(value), double.IsNaN(typical) ? double.MaxValue : MostOverTypical * typical);
        }

        Limits CapLimits(Limits whole, Func<LayerLimits, Limits> value)
        {
            double cap = Cap(e => Math.Max(Math.Abs(value(e).Min), Math.Abs(value(e).Max)));
            return whole.IsEmpty ? whole : new(Math.Max(whole.Min, -cap), Math.Min(whole.Max, cap));
        }
    }

    // Limits of what is not finite are empty: that is how an empty range reads back.
    private static double Low(Limits limits) => limits.IsEmpty ? double.NaN : limits.Min;

    private static double High(Limits limits) => limits.IsEmpty ? double.NaN : limits.Max;
}

/// <summary>Limits over all kept epochs of a run.</summary>
/// <param name="Layers">Of each layer with weights; none where no snapshot was kept.</param>
public sealed record RunLimits(IReadOnlyList<LayerLimits> Layers);

/// <summary>Limits of one layer. Magnitudes are those that 99.5 % of the values keep to.</summary>
/// <param name="Weight">|weight|.</param>
/// <param name="Update">|update since the snapshot before|.</param>
/// <param name="MeanWeight">|mean over units of the weight from one input|.</param>
/// <param name="MeanUpdate">|mean over units of the update of the weight from one input|.</param>
/// <param name="MeanActivation">Mean activation of a unit.</param>
/// <param name="Activation">Single activations, less 0.05 % on either side.</param>
public sealed record LayerLimits(
    double Weight, double Update, double MeanWeight, double MeanUpdate, Limits MeanActivation, Limits Activation)
{
    /// <summary>Of no epoch.</summary>
    public static LayerLimits None { get; } = new(0, 0, 0, 0, default, default);

    /// <summary>Limits that hold for both.</summary>
    public LayerLimits Union(LayerLimits other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new LayerLimits(
            Math.Max(Weight, other.Weight),
            Math.Max(Update, other.Update),
            Math.Max(MeanWeight, other.MeanWeight),
            Math.Max(MeanUpdate, other.MeanUpdate),
            MeanActivation.Union(other.MeanActivation),
            Activation.Union(other.Activation));
    }
}
