namespace Explain.Core;

/// <summary>What a layer of a run gave for the probe samples.</summary>
internal static class LayerActivations
{
    /// <summary>More samples than this crowd a map.</summary>
    public const int MostSamples = 500;

    /// <summary>The layers with weights, in order.</summary>
    public static IReadOnlyList<LayerDescription> Of(RunFolder run) => [.. run.Info.Network.Layers.Where(layer => layer.Parameters > 0)];

    /// <summary>The last hidden layer, by index among those with weights.</summary>
    public static int LastHidden(RunFolder run) => Math.Max(0, Of(run).Count - 2);

    /// <summary>Checks an index among the layers with weights.</summary>
    /// <exception cref="InputException">There is no such layer.</exception>
    public static string NameOf(RunFolder run, int layer)
    {
        var layers = Of(run);
        return (uint)layer < (uint)layers.Count
            ? layers[layer].Name
            : throw new InputException(
                $"{run.Path}: there is no layer {layer}; the network has {layers.Count} with weights, counted from 0.");
    }

    /// <summary>
    /// Samples × outputs, of the first samples; fewer where fewer were kept and the network cannot be asked for one sample alone.
    /// </summary>
    public static Matrix Read(RunFolder run, int epoch, int layer, int most)
    {
        Snapshot snapshot = run.ReadSnapshot(epoch);
        LayerSnapshot found = layer < snapshot.Layers.Count
            ? snapshot.Layers[layer]
            : throw new InputException(
                $"{run.Path}: the snapshot of epoch {epoch} has {snapshot.Layers.Count} layers; there is no layer {layer}.");
        Matrix activations = All(run, snapshot, found, most);
        return activations.RowRange(0, Math.Min(most, activations.Rows));
    }

    /// <summary>Whether all are finite and there are any.</summary>
    public static bool AreFinite(Matrix activations)
    {
        if (activations.IsEmpty) return false;
        foreach (float value in activations.Span)
        {
            if (!float.IsFinite(value)) return false;
        }
        return true;
    }

    // Of images a snapshot keeps but the first samples; the others the network itself tells.
    private static Matrix All(RunFolder run, Snapshot snapshot, LayerSnapshot layer, int most)
    {
        Matrix kept = layer.ProbeActivations, inputs = run.Probe.Samples.Inputs;
        int wanted = Math.Min(most, inputs.Rows);
        if (kept.Rows >= wanted) return kept;
        Network network = snapshot.Restore(run.Info.Network);
        if (network.CouplesSamples) return kept;
        int place = network.Layers.ToList().FindIndex(l => l.Name == layer.Name);
        return network.Activations(inputs.RowRange(0, wanted))[place];
    }
}
