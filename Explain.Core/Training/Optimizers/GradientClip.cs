namespace Explain.Core;

/// <summary>A bound for a step's gradient, the penalty's part included, before the optimiser takes it.</summary>
public sealed record GradientClip
{
    /// <summary>The least and the largest bound.</summary>
    internal const double Least = 1e-12, Largest = 1e12;

    private GradientClip(double? norm, double? value)
    {
        Norm = norm;
        Value = value;
    }

    /// <summary>The largest √Σg² over all parameters together, or null.</summary>
    public double? Norm { get; }

    /// <summary>The largest |g| of each parameter, or null.</summary>
    public double? Value { get; }

    /// <summary>
    /// Where the norm √Σg² over all parameters is larger than <paramref name="norm"/>, the gradient is scaled down to it; its direction
    /// stays (Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural networks", 2013).
    /// </summary>
    /// <param name="norm">Above 0: from 1e-12 to 1e12.</param>
    /// <exception cref="InputException">It is out of range.</exception>
    public static GradientClip ByNorm(double norm) => new(Checked("norm", norm), null);

    /// <summary>Every element is moved into −<paramref name="value"/> … <paramref name="value"/>; the direction changes.</summary>
    /// <param name="value">Above 0: from 1e-12 to 1e12.</param>
    /// <exception cref="InputException">It is out of range.</exception>
    public static GradientClip ByValue(double value) => new(null, Checked("value", value));

    private static double Checked(string name, double bound) =>
        bound >= Least && bound <= Largest ? bound
            : throw new InputException($"The {name} to clip gradients to is {bound:R}; allowed are numbers from {Least} to {Largest}.");
}
