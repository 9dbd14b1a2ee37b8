namespace Explain.Core;

/// <summary>
/// Elementary functions in double precision from nothing but IEEE 754 additions, multiplications and divisions, so that drawn data, scheduled rates, affinities and
/// kept epochs are the same on every processor and operating system; <see cref="Math"/> calls the platform's library, whose last bit differs.
/// Their float32 relatives for kernels are in <see cref="VectorMath"/>.
/// </summary>
internal static class PortableMath
{
    // π/2 in three parts of 33 bits each (the last of 53), so that k·part is exact for |k| < 2²⁰.
    private const double HalfPi1 = 1.57079632673412561417e+00;
    private const double HalfPi2 = 6.07710050630396597660e-11;
    private const double HalfPi3 = 2.02226624879595063154e-21;

    private const double Ln2High = 6.93147180369123816490e-01; // ln 2 with its last 21 bits zero, so that k·Ln2High is exact
    private const double Ln2Low = 1.90821492927058770002e-10;

    /// <summary>Sine and cosine of an angle in radians, |x| below 10⁶. Errors are about 10⁻¹⁶.</summary>
    public static (double Sin, double Cos) SinCos(double x)
    {
        double k = Math.Round(x * (2 / Math.PI));
        double r = x - (k * HalfPi1) - (k * HalfPi2) - (k * HalfPi3);
        double z = r * r, sin = 0, cos = 0;
        // Taylor's series on [−π/4, π/4], from the last term on: the first term left out is below 10⁻¹⁸.
        for (int n = 17; n >= 3; n -= 2) sin = (1 + sin) * (-z / (n * (n - 1)));
        for (int n = 18; n >= 2; n -= 2) cos = (1 + cos) * (-z / (n * (n - 1)));
        sin = r * (1 + sin);
        cos = 1 + cos;
        return ((int)k & 3) switch { 0 => (sin, cos), 1 => (cos, -sin), 2 => (-sin, -cos), _ => (-cos, sin) };
    }

    /// <summary>
    /// eˣ: e^(k ln 2 + r) = 2ᵏ eʳ with |r| ≤ ln 2 / 2, eʳ by its Taylor polynomial of degree 13. Relative error below 10⁻¹⁵; 0 below −708, +∞ above 709.
    /// </summary>
    public static double Exp(double x)
    {
        if (double.IsNaN(x)) return double.NaN;
        if (x < -708) return 0;
        if (x > 709) return double.PositiveInfinity;
        double k = Math.Round(x * 1.4426950408889634);
        double r = x - (k * Ln2High) - (k * Ln2Low);
        double sum = 1;
        for (int i = 13; i >= 1; i--) sum = 1 + (sum * r / i);
        return sum * BitConverter.Int64BitsToDouble(((long)k + 1023) << 52);
    }

    /// <summary>
    /// ln x for normal positive x: x = 2ᵏ m with m in [√½, √2), ln m = 2 artanh((m − 1) / (m + 1)) by its series to the 21st power.
    /// Relative error below 10⁻¹⁵ away from 1.
    /// </summary>
    public static double Log(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        long k = (bits >> 52) - 1023;
        double m = BitConverter.Int64BitsToDouble((bits & 0xFFFFFFFFFFFFF) | 0x3FF0000000000000);
        if (m > 1.4142135623730951)
        {
            m /= 2;
            k++;
        }
        double t = (m - 1) / (m + 1), square = t * t, sum = 0;
        for (int i = 21; i >= 1; i -= 2) sum = (sum * square) + (1.0 / i);
        return (k * Ln2High) + ((2 * t * sum) + (k * Ln2Low));
    }

    /// <summary>x to the power n ≥ 0, by squaring.</summary>
    public static double Power(double x, long n)
    {
        double result = 1;
        for (; n > 0; n >>= 1, x *= x)
        {
            if ((n & 1) == 1) result *= x;
        }
        return result;
    }
}
