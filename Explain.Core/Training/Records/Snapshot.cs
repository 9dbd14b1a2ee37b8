namespace Explain.Core;

/// <summary>What is inside a network at the end of one epoch. Epoch 0 is the network before its first step.</summary>
public sealed record Snapshot
{
    /// <summary>Number of finished epochs.</summary>
    public required int Epoch { get; init; }

    /// <summary>The layers that have weights, in order.</summary>
    public required IReadOnlyList<LayerSnapshot> Layers { get; init; }

    /// <summary>The network's outputs on the probe samples: probes × outputs. Logits where the loss takes logits.</summary>
    public required Matrix ProbeOutputs { get; init; }

    /// <summary>
    /// Confusion counts on the evaluated training samples (all with full batches, else up to 10,000 spread evenly), [true class, predicted
    /// class]; empty (0×0) where there are no classes.
    /// </summary>
    public required int[,] TrainConfusion { get; init; }

    /// <summary>
    /// The same on the validation data, or on the test data where there is no validation data; empty where there is neither.
    /// </summary>
    public required int[,] HeldOutConfusion { get; init; }

    /// <summary>SHA-256 of all parameters, lower-case hexadecimal; empty in snapshots recorded before it was kept.</summary>
    public string WeightsHash { get; init; } = "";

    /// <summary>The network as it was then: built from its description, with this snapshot's weights and biases.</summary>
    /// <exception cref="InputException">The snapshot is not of this network.</exception>
    public Network Restore(NetworkDescription description)
    {
        var network = Network.FromDescription(description);
        foreach (var (layer, name) in network.Layers.Zip(description.Layers, (layer, described) => (layer, described.Name))
            .Where(pair => pair.layer.HasWeights))
        {
            var stored = Layers.FirstOrDefault(l => l.Name == name)
                ?? throw new InputException($"The snapshot of epoch {Epoch} has no layer '{layer.Name}'.");
            if (stored.Weights.Rows != layer.Weights.Rows
                || stored.Weights.Columns != layer.Weights.Columns
                || stored.Bias.Length != layer.Bias.Length)
                throw new InputException(
                    $"Layer '{layer.Name}' of the snapshot of epoch {Epoch} has {stored.Weights} weights and {stored.Bias.Length} biases; "
                        + $"the network has {layer.Weights} and {layer.Bias.Length}.");
            if (stored.State.Length != layer.State.Length)
                throw new InputException(
                    $"Layer '{layer.Name}' of the snapshot of epoch {Epoch} has {stored.State.Length} values of state; "
                        + $"the network has {layer.State.Length}.");
            stored.Weights.Span.CopyTo(layer.Weights.Span);
            stored.Bias.CopyTo(layer.Bias);
            stored.State.CopyTo(layer.State);
        }
        return network;
    }
}

/// <summary>One layer of a snapshot.</summary>
public sealed record LayerSnapshot
{
    /// <summary>The layer's name in the network, e.g. "dense1".</summary>
    public required string Name { get; init; }

    /// <summary>
    /// Outputs × inputs: row u holds the weights of unit u; of a convolution, filter u as a picture of <see cref="KernelShape"/>.
    /// </summary>
    public required Matrix Weights { get; init; }

    /// <summary>One bias a unit; empty where the layer has none.</summary>
    public required float[] Bias { get; init; }

    /// <summary>Outputs × inputs: weights now minus weights at the snapshot before; zeros in the first.</summary>
    public required Matrix Update { get; init; }

    /// <summary>
    /// Outputs × inputs: the gradient of the epoch's last step; zeros at epoch 0, and in the last state of a run that broke off within the
    /// next epoch.
    /// </summary>
    public required Matrix Gradient { get; init; }

    /// <summary>Counts of this layer's activations over the evaluated training samples.</summary>
    public required Histogram Activations { get; init; }

    /// <summary>The mean activation of each output over the evaluated training samples.</summary>
    public required float[] MeanActivation { get; init; }

    /// <summary>
    /// This layer's activations on the probe samples: probes × outputs. Where outputs are images, of the first samples only: as many as
    /// have at most <see cref="MostImageValues"/> values together.
    /// </summary>
    public required Matrix ProbeActivations { get; init; }

    /// <summary>Shape of one filter, height × width × input channels; null in layers that do not convolve.</summary>
    public Shape? KernelShape { get; init; }

    /// <summary>Shape of the outputs of one sample where they are an image or have channels; null for a plain list.</summary>
    public Shape? OutputShape { get; init; }

    /// <summary>
    /// What the layer keeps beside its parameters: of batch normalisation the running means, then the running variances; empty in other
    /// layers.
    /// </summary>
    public float[] State { get; init; } = [];

    /// <summary>
    /// The most values of <see cref="ProbeActivations"/> that are images, a megabyte: what more there is, the network itself can tell
    /// (<see cref="Snapshot.Restore"/>).
    /// </summary>
    internal const int MostImageValues = 1 << 18;
}

/// <summary>
/// Counts of values in bins of equal width from <paramref name="Minimum"/> to <paramref name="Maximum"/>; the last bin includes its upper
/// edge.
/// </summary>
public sealed record Histogram(float Minimum, float Maximum, long[] Counts);

/// <summary>Fixed samples that every snapshot looks at, so that pictures of different epochs show the same thing.</summary>
/// <param name="Samples">Probe inputs, as the network sees them (normalised), and their labels.</param>
/// <param name="Source">"validation", "test" or "train".</param>
public sealed record Probe(Dataset Samples, string Source);
