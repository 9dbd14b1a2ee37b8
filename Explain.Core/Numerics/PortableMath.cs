namespace Explain.Core;

/// <summary>
/// Elementary functions in double precision from nothing but IEEE 754 additions, multiplications, divisions and square roots, so that drawn
/// data, scheduled rates, affinities, kept epochs and pictures are the same on every processor and operating system; <see cref="Math"/>
/// calls the platform's library, whose last bits differ. Error bounds are in units of the last place (ulp) of the result, as the tests
/// measure them against whole-number arithmetic of 320 bits. Explain.Render and Explain.Tool compile this file too, as outside of their
/// figures they know nothing of Explain.Core. The float32 relatives for kernels are in <c>VectorMath</c>.
/// </summary>
internal static class PortableMath
{
    // π/2 in three parts of 33 bits each (the last of 53), so that k·part is exact for |k| < 2²⁰.
    private const double HalfPi1 = 1.57079632673412561417e+00;
    private const double HalfPi2 = 6.07710050630396597660e-11;
    private const double HalfPi3 = 2.02226624879595063154e-21;

    // What π/2 and π/4 are more than the doubles nearest to them.
    private const double HalfPiRest = 6.123233995736766e-17;
    private const double QuarterPiRest = 3.061616997868383e-17;

    private const double Ln2High = 6.93147180369123816490e-01; // ln 2 with its last 21 bits zero, so that k·Ln2High is exact
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double Sqrt2 = 1.4142135623730951;

    private const long FractionMask = 0xFFFFFFFFFFFFF;
    private const long OneBits = 0x3FF0000000000000;
    private const double SmallestNormal = 2.2250738585072014e-308;

    // 1 / i, as a division takes longer than all else in a term.
    private static ReadOnlySpan<double> Reciprocals =>
    [
        0, 1.0, 1.0 / 2, 1.0 / 3, 1.0 / 4, 1.0 / 5, 1.0 / 6, 1.0 / 7, 1.0 / 8, 1.0 / 9, 1.0 / 10, 1.0 / 11, 1.0 / 12, 1.0 / 13, 1.0 / 14,
        1.0 / 15, 1.0 / 16, 1.0 / 17, 1.0 / 18, 1.0 / 19, 1.0 / 20,
        1.0 / 21, 1.0 / 22, 1.0 / 23, 1.0 / 24, 1.0 / 25,
    ];

    // 1 / ln 10.
    private static readonly DoubleDouble Log10E = new(0.4342944819032518, 1.098319650216765e-17);

    /// <summary>
    /// Sine and cosine of an angle in radians, |x| below 10⁶, within 2·10⁻¹⁶, up to π/4 within 2 ulp; NaN where it is not finite.
    /// </summary>
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

    /// <summary>The angle of (x, y) from the positive x axis, −π … π, within 2 ulp; zeros and infinities as IEEE 754 has them.</summary>
    public static double Atan2(double y, double x)
    {
        if (double.IsNaN(x) || double.IsNaN(y)) return double.NaN;
        double a = Math.Abs(x), b = Math.Abs(y), small = Math.Min(a, b), large = Math.Max(a, b);
        double angle; // of (large, small), 0 … π/4
        if (large == 0 || (double.IsInfinity(large) && !double.IsInfinity(small))) angle = 0;
        else if (double.IsInfinity(small)) angle = Math.PI / 4;
        else
        {
            // So that sums neither overflow nor lose bits.
            double scale = large > 1e300 ? PowerOfTwo(-4) : large < 1e-280 ? PowerOfTwo(200) : 1;
            angle = FirstOctant(small * scale, large * scale);
        }
        if (b > a) angle = Math.PI / 2 - (angle - HalfPiRest);
        if (double.IsNegative(x)) angle = Math.PI - (angle - (2 * HalfPiRest));
        return Math.CopySign(angle, y);
    }

    /// <summary>eˣ within 2 ulp: e^(k ln 2 + r) = 2ᵏ eʳ with |r| ≤ ln 2 / 2, eʳ by its Taylor polynomial of degree 13.</summary>
    public static double Exp(double x)
    {
        if (double.IsNaN(x)) return double.NaN;
        if (x < -746) return 0;
        if (x > 710) return double.PositiveInfinity;
        double k = Math.Round(x * 1.4426950408889634);
        double r = x - (k * Ln2High) - (k * Ln2Low);
        double sum = 1;
        for (int i = 13; i >= 1; i--) sum = 1 + (sum * r / i);
        return Scaled(sum, (int)k);
    }

    /// <summary>
    /// ln x within 3 ulp: x = 2ᵏ m with m in [√½, √2), ln m = 2 artanh((m − 1) / (m + 1)) by its series to the 21st power. −∞ of zero, NaN
    /// of what is negative.
    /// </summary>
    public static double Log(double x)
    {
        if (!(x > 0) || double.IsPositiveInfinity(x)) return LogOfEdge(x);
        var (m, k) = Parts(x);
        double t = (m - 1) / (m + 1), square = t * t, sum = 0;
        for (int i = 21; i >= 1; i -= 2) sum = (sum * square) + Reciprocals[i];
        return (k * Ln2High) + ((2 * t * sum) + (k * Ln2Low));
    }

    /// <summary>
    /// The logarithm to the base 10 within 0.51 ulp, so that it is whole at every power of ten that is a normal number. −∞ of zero, NaN of
    /// what is negative.
    /// </summary>
    public static double Log10(double x) => !(x > 0) || double.IsPositiveInfinity(x) ? LogOfEdge(x) : (ExtendedLog(x) * Log10E).High;

    /// <summary>
    /// x to the power y within 0.75 ulp (1.5 where the result is subnormal), exact where the power is a normal number of at most 53 bits;
    /// special cases as IEEE 754's pow has them.
    /// </summary>
    public static double Pow(double x, double y)
    {
        if (y == 0 || x == 1) return 1;
        if (double.IsNaN(x) || double.IsNaN(y)) return double.NaN;
        double magnitude = Math.Abs(x);
        bool odd = double.IsOddInteger(y), negative = double.IsNegative(x) && odd;
        if (double.IsInfinity(y)) return magnitude == 1 ? 1 : magnitude > 1 == y > 0 ? double.PositiveInfinity : 0;
        if (magnitude == 0 || double.IsInfinity(magnitude))
        {
            double edge = magnitude == 0 == y > 0 ? 0 : double.PositiveInfinity;
            return negative ? -edge : edge;
        }
        if (x < 0 && !double.IsInteger(y)) return double.NaN;
        var log = ExtendedLog(magnitude);
        double exponent = log.High * y;
        // Beyond these the result is 0 or infinite; it also keeps the products from overflowing.
        if (!(Math.Abs(exponent) < 800)) exponent = exponent > 0 ? double.PositiveInfinity : 0;
        // So close to 0, e to it is 1 and no products are needed that would underflow.
        else if (Math.Abs(exponent) < 1e-20) exponent = 1;
        else exponent = ExtendedExp(log * new DoubleDouble(y, 0));
        return negative ? -exponent : exponent;
    }

    /// <summary>
    /// The cube root within 0.51 ulp, so that cubes have exact ones: Halley's iteration, then one step of Newton's with a remainder of
    /// twice the precision.
    /// </summary>
    public static double Cbrt(double x)
    {
        if (x == 0 || !double.IsFinite(x)) return x;
        double magnitude = Math.Abs(x);
        int shift = 0;
        if (magnitude < SmallestNormal)
        {
            magnitude *= PowerOfTwo(54);
            shift = -18;
        }
        long bits = BitConverter.DoubleToInt64Bits(magnitude);
        // magnitude = 8ᵏ m with m in [1, 8).
        int exponent = (int)(bits >> 52) - 1023, k = (exponent + 3072) / 3 - 1024;
        double m = BitConverter.Int64BitsToDouble((bits & FractionMask) + ((long)(exponent - (3 * k) + 1023) << 52));
        // A parabola within 2 %; each iteration triples the digits.
        double root = 0.764 + (m * (0.2668 - (0.0145 * m)));
        for (int i = 0; i < 2; i++)
        {
            double cube = root * root * root;
            root *= (cube + (2 * m)) / ((2 * cube) + m);
        }
        var power = DoubleDouble.Product(root, root) * new DoubleDouble(-root, 0);
        root += ((m + power.High) + power.Low) / (3 * root * root);
        return Math.CopySign(Scaled(root, k + shift), x);
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

    // The arctangent of small / large by its series, beyond tan π/8 as π/4 less the arctangent of (large − small) / (large + small).
    private static double FirstOctant(double small, double large)
    {
        bool far = small > 0.41421356237309503 * large;
        double t = far ? (large - small) / (large + small) : small / large, square = t * t, sum = 0;
        for (int n = 41; n >= 3; n -= 2) sum = ((1.0 / n) - sum) * square;
        double angle = t - (t * sum);
        return far ? Math.PI / 4 - (angle - QuarterPiRest) : angle;
    }

    private static double LogOfEdge(double x) => x == 0 ? double.NegativeInfinity : x > 0 ? x : double.NaN;

    // x = 2ᵏ m, m in [√½, √2), of a positive finite number.
    private static (double M, long K) Parts(double x)
    {
        long k = 0;
        if (x < SmallestNormal)
        {
            x *= PowerOfTwo(54);
            k = -54;
        }
        long bits = BitConverter.DoubleToInt64Bits(x);
        k += (bits >> 52) - 1023;
        double m = BitConverter.Int64BitsToDouble((bits & FractionMask) | OneBits);
        return m > Sqrt2 ? (m / 2, k + 1) : (m, k);
    }

    // ln x as in Log, to 2⁻⁷⁰ of itself: the first two terms of the series after t are worth more than a double's bits, the others less.
    private static DoubleDouble ExtendedLog(double x)
    {
        var (m, k) = Parts(x);
        var t = new DoubleDouble(m - 1, 0) / DoubleDouble.Sum(m, 1);
        var square = t * t;
        double sum = 0;
        for (int i = 25; i >= 7; i -= 2) sum = (sum * square.High) + Reciprocals[i];
        var series = Fifth + (square * new DoubleDouble(sum, 0));
        series = Third + (square * series);
        series = t + (t * (square * series));
        var log = new DoubleDouble(2 * series.High, 2 * series.Low);
        return k == 0 ? log : new DoubleDouble(k * Ln2High, 0) + (new DoubleDouble(k * Ln2Low, 0) + log);
    }

    private static DoubleDouble Third { get; } = new(1.0 / 3, 1.850371707708594e-17);

    private static DoubleDouble Fifth { get; } = new(0.2, -1.1102230246251566e-17);

    // e to the power x as in Exp, the terms 1 + r and what is lost of them added last.
    private static double ExtendedExp(DoubleDouble x)
    {
        if (x.High > 710) return double.PositiveInfinity;
        if (x.High < -746) return 0;
        double k = Math.Round(x.High * 1.4426950408889634);
        var r = DoubleDouble.Sum(x.High, -k * Ln2High) + DoubleDouble.Sum(-k * Ln2Low, x.Low);
        double sum = 1;
        for (int i = 15; i >= 3; i--) sum = 1 + (sum * (r.High * Reciprocals[i]));
        var first = DoubleDouble.Sum(1, r.High);
        return Scaled(first.High + (first.Low + (r.Low * (1 + r.High)) + (r.High * r.High / 2 * sum)), (int)k);
    }

    // x · 2ᵏ, rounded once, of x between ½ and 4 and k between −1100 and 1030.
    private static double Scaled(double x, int k) => k switch
    {
        < -1022 => x * PowerOfTwo(k + 200) * PowerOfTwo(-200),
        > 1022 => x * PowerOfTwo(k - 200) * PowerOfTwo(200),
        _ => x * PowerOfTwo(k),
    };

    private static double PowerOfTwo(int k) => BitConverter.Int64BitsToDouble((long)(k + 1023) << 52);
}
