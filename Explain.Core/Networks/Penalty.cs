namespace Explain.Core;

/// <summary>
/// What large weights cost: L1·Σ|w| + ½·L2·Σw² is made small together with the loss. A step's gradient, mean or sum over the batch as it is
/// asked for, gets L1·sign(w) + L2·w added (sign(0) is 0), before it is clipped and before the optimiser scales it; for weights that shrink
/// apart from the gradient see <see cref="AdamW"/>. The losses that are told leave the penalty out, so that runs with different penalties
/// can be compared; <see cref="Of(Network)"/> tells it.
/// </summary>
/// <param name="L1">
/// Factor of Σ|w| (lasso; Tibshirani, "Regression shrinkage and selection via the lasso", 1996), from 0 to a million.
/// </param>
/// <param name="L2">
/// Factor of ½·Σw² (ridge; the number that PyTorch's weight_decay takes, and twice that of Keras' l2), from 0 to a million.
/// </param>
/// <param name="Biases">Whether biases pay as well, and the scales of batch normalisation.</param>
/// <exception cref="InputException">A factor is out of range.</exception>
public sealed record Penalty(double L1 = 0, double L2 = 0, bool Biases = false)
{
    /// <summary>The largest factor.</summary>
    internal const double Largest = 1e6;

    /// <inheritdoc cref="Penalty(double, double, bool)"/>
    public double L1 { get; init => field = Checked("l1", value); } = Checked("l1", L1);

    /// <inheritdoc cref="Penalty(double, double, bool)"/>
    public double L2 { get; init => field = Checked("l2", value); } = Checked("l2", L2);

    /// <summary>L1·Σ|w| + ½·L2·Σw² over the parameters of a network that pay.</summary>
    public double Of(Network network)
    {
        double sum = 0;
        foreach (var layer in network.Layers)
        {
            int count = Count(layer);
            if (count > 0) sum += Of(network.Parameters.Slice(layer.Offset, count));
        }
        return sum;
    }

    /// <summary>How many of a layer's parameters pay: its first ones.</summary>
    internal int Count(Layer layer) => Biases ? layer.ParameterCount : layer.HasPenalty ? layer.Weights.Length : 0;

    private double Of(ReadOnlySpan<float> w) => (L1 * Reduce.SumAbs(w)) + (0.5 * L2 * Reduce.SumOfSquares(w));

    private static double Checked(string name, double value) =>
        value >= 0 && value <= Largest ? value
            : throw new InputException($"{name} of the penalty is {value:R}; allowed are numbers from 0 to {Largest}.");
}
