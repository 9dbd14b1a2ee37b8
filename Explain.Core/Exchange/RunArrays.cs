namespace Explain.Core;

/// <summary>One array of an export: its name, shape and values.</summary>
/// <param name="Name">E.g. "snapshots/00012/layers.dense1.weight".</param>
/// <param name="Shape">Dimensions, outermost first.</param>
internal abstract record RunArray(string Name, int[] Shape);

/// <summary>One number an epoch.</summary>
internal sealed record MetricArray(string Name, double[] Values) : RunArray(Name, [Values.Length]);

/// <summary>Numbers of epochs.</summary>
internal sealed record EpochArray(string Name, long[] Values) : RunArray(Name, [Values.Length]);

/// <summary>Parameters of a snapshot, row-major, read when they are asked for.</summary>
internal sealed record ParameterArray(string Name, int[] Shape, Func<ReadOnlyMemory<float>> Values) : RunArray(Name, Shape);

/// <summary>
/// A run as named arrays: its metrics, one value an epoch (metrics/epoch, metrics/loss, …, metrics/dense1.weight_mean, …; NaN where nothing
/// was measured), the epochs with a snapshot (snapshots/epochs), and of each of these all parameters and what layers keep beside them, by
/// the names of the snapshots' own tensors.
/// </summary>
internal static class RunArrays
{
    /// <summary>The arrays of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="prefix">In front of all names; empty where the run is alone.</param>
    /// <exception cref="InputException">A snapshot cannot be read.</exception>
    public static IEnumerable<RunArray> Of(RunFolder run, string prefix)
    {
        MetricsTable metrics = MetricsTable.Of(run.Metrics);
        yield return new EpochArray($"{prefix}metrics/epoch", [.. run.Metrics.Select(row => (long)row.Epoch)]);
        foreach ((string column, double[] values) in metrics.Columns.Zip(metrics.Values).Where(pair => pair.First != "epoch"))
            yield return new MetricArray($"{prefix}metrics/{column}", values);
        yield return new EpochArray($"{prefix}snapshots/epochs", [.. run.SnapshotEpochs.Select(epoch => (long)epoch)]);
        if (run.SnapshotEpochs.Count == 0) yield break;
        // All snapshots of a run have the same layers; their values come when they are written, one snapshot at a time.
        IReadOnlyList<LayerSnapshot> first = run.ReadSnapshot(run.SnapshotEpochs[0]).Layers;
        (string Suffix, int[] Shape, int Layer, Func<LayerSnapshot, ReadOnlyMemory<float>> Values)[] parts =
            [.. first.SelectMany((layer, l) =>
                Parts(layer).Select(part => ($"layers.{layer.Name}.{part.Name}", part.Shape, l, part.Values)))];
        foreach (int epoch in run.SnapshotEpochs)
        {
            foreach (var (suffix, shape, layer, values) in parts)
                yield return new ParameterArray(
                    $"{prefix}snapshots/{epoch:00000}/{suffix}", shape, () => values(run.ReadSnapshot(epoch).Layers[layer]));
        }
    }

    private static IEnumerable<(string Name, int[] Shape, Func<LayerSnapshot, ReadOnlyMemory<float>> Values)> Parts(LayerSnapshot layer)
    {
        int[] shape = layer.KernelShape is { } kernel
            ? [layer.Weights.Rows, kernel.Height, kernel.Width, kernel.Channels]
            : [layer.Weights.Rows, layer.Weights.Columns];
        yield return ("weight", shape, at => at.Weights.Memory);
        if (layer.Bias.Length > 0) yield return ("bias", [layer.Bias.Length], at => at.Bias);
        if (layer.State.Length == 0) yield break;
        int channels = layer.State.Length / 2;
        yield return ("running_mean", [channels], at => at.State.AsMemory(0, channels));
        yield return ("running_variance", [channels], at => at.State.AsMemory(channels));
    }
}
