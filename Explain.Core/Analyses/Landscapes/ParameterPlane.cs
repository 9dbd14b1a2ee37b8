namespace Explain.Core;

/// <summary>
/// A plane in the space of all parameters of a network: origin + a · first + b · second. What training keeps beside the parameters (running
/// means and variances of batch normalisation) stays that of the origin all over the plane.
/// </summary>
public sealed class ParameterPlane
{
    private readonly float[] _first;
    private readonly float[] _second;
    private readonly double _firstSquared, _product, _secondSquared;

    /// <summary>A plane.</summary>
    /// <param name="origin">The network at (0, 0).</param>
    /// <param name="first">The step of a = 1, one value a parameter.</param>
    /// <param name="second">The step of b = 1, one value a parameter.</param>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public ParameterPlane(NetworkValues origin, float[] first, float[] second)
    {
        if (first.Length != origin.Parameters.Length || second.Length != origin.Parameters.Length)
            throw new ArgumentException(
                $"The directions have {first.Length} and {second.Length} values; the network has {origin.Parameters.Length} parameters.",
                nameof(first));
        Origin = origin;
        _first = first;
        _second = second;
        for (int i = 0; i < first.Length; i++)
        {
            _firstSquared += (double)first[i] * first[i];
            _product += (double)first[i] * second[i];
            _secondSquared += (double)second[i] * second[i];
        }
    }

    /// <summary>The network at (0, 0).</summary>
    public NetworkValues Origin { get; }

    /// <summary>The step of a = 1.</summary>
    public ReadOnlySpan<float> First => _first;

    /// <summary>The step of b = 1.</summary>
    public ReadOnlySpan<float> Second => _second;

    /// <summary>
    /// The point of the plane that is nearest to a network's parameters, by least squares, and how far from it they are. Directions need
    /// not be orthogonal or of length 1.
    /// </summary>
    public (double A, double B, double Distance) Project(ReadOnlySpan<float> parameters)
    {
        double alongFirst = 0, alongSecond = 0, square = 0;
        for (int i = 0; i < _first.Length; i++)
        {
            double step = (double)parameters[i] - Origin.Parameters[i];
            alongFirst += step * _first[i];
            alongSecond += step * _second[i];
            square += step * step;
        }
        double determinant = (_firstSquared * _secondSquared) - (_product * _product);
        double a, b;
        if (determinant > 1e-12 * _firstSquared * _secondSquared)
        {
            a = ((alongFirst * _secondSquared) - (alongSecond * _product)) / determinant;
            b = ((alongSecond * _firstSquared) - (alongFirst * _product)) / determinant;
        }
        else
        {
            a = _firstSquared > 0 ? alongFirst / _firstSquared : 0;
            b = 0;
        }
        double explained = (a * alongFirst) + (b * alongSecond);
        return (a, b, Math.Sqrt(Math.Max(0, square - explained)));
    }

    /// <summary>Writes the parameters from <paramref name="start"/> on at a place of the plane.</summary>
    internal void CopyTo(double a, double b, int start, Span<float> parameters)
    {
        float[] origin = Origin.Parameters;
        for (int i = start; i < parameters.Length; i++) parameters[i] = (float)(origin[i] + (a * _first[i]) + (b * _second[i]));
    }
}
