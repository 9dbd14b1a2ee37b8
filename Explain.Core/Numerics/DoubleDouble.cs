namespace Explain.Core;

/// <summary>
/// A number as the sum of two doubles, the second at most half a unit in the last place of the first: about 106 bits, for what has to be
/// known beyond a double before it is rounded to one (T. J. Dekker, "A floating-point technique for extending the available precision",
/// 1971). Only additions and multiplications, split in halves rather than fused, so that nothing depends on what the processor has. For
/// magnitudes from about 10⁻²⁵⁰ to 10²⁵⁰; relative errors of an operation are below 2⁻¹⁰⁰.
/// </summary>
internal readonly record struct DoubleDouble(double High, double Low)
{
    /// <summary>a + b exactly.</summary>
    public static DoubleDouble Sum(double a, double b)
    {
        double sum = a + b, shared = sum - a;
        return new DoubleDouble(sum, (a - (sum - shared)) + (b - shared));
    }

    /// <summary>a × b exactly.</summary>
    public static DoubleDouble Product(double a, double b)
    {
        double product = a * b;
        var (a1, a2) = Halves(a);
        var (b1, b2) = Halves(b);
        return new DoubleDouble(product, ((a1 * b1) - product + (a1 * b2) + (a2 * b1)) + (a2 * b2));
    }

    public static DoubleDouble operator +(DoubleDouble a, DoubleDouble b)
    {
        var high = Sum(a.High, b.High);
        var low = Sum(a.Low, b.Low);
        high = Ordered(high.High, high.Low + low.High);
        return Ordered(high.High, high.Low + low.Low);
    }

    public static DoubleDouble operator *(DoubleDouble a, DoubleDouble b)
    {
        var product = Product(a.High, b.High);
        return Ordered(product.High, product.Low + ((a.High * b.Low) + (a.Low * b.High)));
    }

    public static DoubleDouble operator /(DoubleDouble a, DoubleDouble b)
    {
        double first = a.High / b.High;
        var rest = a + (b * new DoubleDouble(-first, 0));
        double second = rest.High / b.High;
        rest += b * new DoubleDouble(-second, 0);
        var quotient = Ordered(first, second);
        return Ordered(quotient.High, quotient.Low + (rest.High / b.High));
    }

    // a + b exactly where |a| ≥ |b|.
    private static DoubleDouble Ordered(double a, double b)
    {
        double sum = a + b;
        return new DoubleDouble(sum, b - (sum - a));
    }

    // Two numbers of 26 bits with the sum x.
    private static (double, double) Halves(double x)
    {
        double shifted = x * 134217729, high = shifted - (shifted - x); // 2²⁷ + 1
        return (high, x - high);
    }
}
