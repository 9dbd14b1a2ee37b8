namespace Explain.Core;

/// <summary>One row of metrics.csv: what one epoch came to. NaN stands for "not measured".</summary>
public sealed record EpochMetrics
{
    /// <summary>Number of finished epochs, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>
    /// Loss on the training data, as the loss defines its mean, each sample as the network was when a step of the epoch saw it.
    /// </summary>
    public required double Loss { get; init; }

    /// <summary>Share of training samples classified correctly, 0 … 1, counted in the same passes.</summary>
    public required double Accuracy { get; init; }

    /// <summary>Loss on the validation data.</summary>
    public double ValidationLoss { get; init; } = double.NaN;

    /// <summary>Share of validation samples classified correctly, 0 … 1.</summary>
    public double ValidationAccuracy { get; init; } = double.NaN;

    /// <summary>Learning rate of the epoch's last step.</summary>
    public required double Rate { get; init; }

    /// <summary>Wall-clock time of the epoch's training steps, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>One entry for each layer that has weights.</summary>
    public required IReadOnlyList<LayerMetrics> Layers { get; init; }

    /// <summary>
    /// Told while training: whether the best epoch is kept and this one has just taken its place. No column of metrics.csv, see
    /// <see cref="BestEpochs"/>.
    /// </summary>
    public bool IsNewBest { get; init; }
}

/// <summary>One layer's columns in a row of metrics.csv.</summary>
public sealed record LayerMetrics
{
    /// <summary>The layer's name, which prefixes its columns.</summary>
    public required string Name { get; init; }

    /// <summary>Mean of the weights.</summary>
    public required double WeightMean { get; init; }

    /// <summary>Standard deviation of the weights.</summary>
    public required double WeightStd { get; init; }

    /// <summary>Mean |Δw| of the epoch's last step.</summary>
    public required double UpdateMean { get; init; }

    /// <summary>Mean |∂loss/∂w| of the epoch's last step.</summary>
    public required double GradientMean { get; init; }

    /// <summary>‖Δw‖ / ‖w‖ of the epoch's last step. About 10⁻³ is healthy for plain gradient descent.</summary>
    public required double UpdateRatio { get; init; }

    /// <summary>Mean of the activations over the training samples, in the passes of the epoch's steps.</summary>
    public required double ActivationMean { get; init; }

    /// <summary>Standard deviation of the activations in the same passes.</summary>
    public required double ActivationStd { get; init; }

    /// <summary>
    /// Share of units (of an image: channels, such as the filters of a convolution) whose derivative was zero for every sample of the
    /// epoch, at every place of it.
    /// </summary>
    public required double DeadShare { get; init; }

    /// <summary>Share of activations that lie where the function is flat (|derivative| below 1 % of its largest).</summary>
    public required double SaturatedShare { get; init; }
}
