using System.Runtime.CompilerServices;
using Explain.Core;

namespace Explain.Render;

/// <summary>Limits of one layer's colours and axes.</summary>
/// <param name="Weight">|weight|.</param>
/// <param name="Update">|update since the snapshot before|.</param>
/// <param name="MeanWeight">|mean over units of the weight from one input|.</param>
/// <param name="MeanUpdate">|mean over units of the update of the weight from one input|.</param>
/// <param name="MeanActivation">Mean activation of a unit.</param>
/// <param name="Activation">Single activations.</param>
internal sealed record LayerLimits(double Weight, double Update, double MeanWeight, double MeanUpdate, Limits MeanActivation, Limits Activation)
{
    public static LayerLimits None { get; } = new(0, 0, 0, 0, default, default);

    public LayerLimits Union(LayerLimits other) => new(
        Math.Max(Weight, other.Weight), Math.Max(Update, other.Update), Math.Max(MeanWeight, other.MeanWeight), Math.Max(MeanUpdate, other.MeanUpdate),
        MeanActivation.Union(other.MeanActivation), Activation.Union(other.Activation));
}

/// <summary>
/// Limits that hold for every kept epoch of a run, found by reading each snapshot once. Only the few numbers are kept, for as long as the run is open,
/// so a gallery that draws every epoch scans a run once and holds no snapshot for it.
/// </summary>
internal static class RunLimits
{
    // A run that diverged ends in numbers that would blank out everything before them: its limits may exceed its typical epoch only so far.
    private const double MostOverTypical = 10;
    private static readonly ConditionalWeakTable<RunFolder, Entry> Cache = [];

    /// <summary>The limits of the layer <paramref name="index"/> over all epochs of all runs that the request shares limits with.</summary>
    public static LayerLimits Shared(FigureRequest request, int index) =>
        request.Sharing().Select(run => Of(run)).Where(layers => index < layers.Length).Select(layers => layers[index]).Aggregate(LayerLimits.None, (a, b) => a.Union(b));

    /// <summary>The limits of each layer of a run.</summary>
    public static LayerLimits[] Of(RunFolder run)
    {
        var entry = Cache.GetValue(run, _ => new Entry());
        lock (entry)
        {
            // A run under way gains snapshots.
            if (entry.Layers is null || entry.Snapshots != run.SnapshotEpochs.Count)
            {
                entry.Snapshots = run.SnapshotEpochs.Count;
                entry.Layers = Scan(run);
            }
            return entry.Layers;
        }
    }

    private static LayerLimits[] Scan(RunFolder run)
    {
        var perEpoch = new List<LayerLimits[]>();
        foreach (int epoch in run.SnapshotEpochs)
            perEpoch.Add([.. run.ReadSnapshot(epoch).Layers.Select(Measure)]);
        if (perEpoch.Count == 0) return [];
        bool diverged = run.Outcome.Status == RunStatus.Diverged;
        return [.. Enumerable.Range(0, perEpoch[0].Length).Select(l => Together([.. perEpoch.Select(e => e[l])], diverged))];
    }

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

    private static LayerLimits Measure(LayerSnapshot layer) => new(
        Quantiles.OfMagnitudes(layer.Weights.Span, Quantiles.Robust),
        Quantiles.OfMagnitudes(layer.Update.Span, Quantiles.Robust),
        Quantiles.OfMagnitudes(UnitImages.MeanOverUnits(layer.Weights), Quantiles.Robust),
        Quantiles.OfMagnitudes(UnitImages.MeanOverUnits(layer.Update), Quantiles.Robust),
        Limits.Of(layer.MeanActivation.Select(v => (double)v)),
        Histograms.Range(layer.Activations));

    private sealed class Entry
    {
        public LayerLimits[]? Layers { get; set; }

        public int Snapshots { get; set; }
    }
}
