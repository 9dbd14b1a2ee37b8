using System.Numerics;

namespace Explain.Core.Tests;

/// <summary>
/// Elementary functions in whole numbers of 2⁻³²⁰, by their textbook series: slow, and right to far more than a double's bits.
/// </summary>
internal static class HighPrecision
{
    public const int Bits = 320;
    public static readonly BigInteger One = BigInteger.One << Bits;
    public static readonly BigInteger Ln2 = 2 * Artanh(One / 3);
    public static readonly BigInteger Ln10 = (3 * Ln2) + (2 * Artanh(One / 9)); // ln 8 + ln (10/8)

    // J. Machin, 1706.
    private static readonly BigInteger Pi = 4 * ((4 * ArctanOfInverse(5)) - ArctanOfInverse(239));

    /// <summary>x = Mantissa · 2^Exponent.</summary>
    public static (BigInteger Mantissa, int Exponent) Exact(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x), fraction = bits & 0xFFFFFFFFFFFFF;
        int exponent = (int)((bits >> 52) & 0x7FF);
        BigInteger mantissa = exponent == 0 ? fraction : fraction | (1L << 52);
        return (x < 0 ? -mantissa : mantissa, Math.Max(exponent, 1) - 1075);
    }

    /// <summary>By how many units in the last place <paramref name="computed"/> differs from reference · 2^exponent.</summary>
    public static double Ulps(double computed, BigInteger reference, int exponent = -Bits)
    {
        var (mantissa, own) = Exact(computed);
        // 64 binary places of the unit.
        var difference = Shifted(mantissa, 64) - Shifted(reference, exponent - own + 64);
        return Math.Abs((double)difference) / 18446744073709551616.0;
    }

    public static BigInteger Fixed(double x)
    {
        var (mantissa, exponent) = Exact(x);
        return Shifted(mantissa, exponent + Bits);
    }

    public static BigInteger Times(BigInteger a, BigInteger b) => (a * b) >> Bits;

    public static BigInteger Over(BigInteger a, BigInteger b) => (a << Bits) / b;

    public static BigInteger Ln(double x)
    {
        var (mantissa, exponent) = Exact(x);
        int length = (int)mantissa.GetBitLength();
        var m = mantissa << (Bits - length + 1); // 1 … 2
        exponent += length - 1;
        if (m > One * 3 / 2)
        {
            m >>= 1;
            exponent++;
        }
        return (exponent * Ln2) + (2 * Artanh(Over(m - One, m + One)));
    }

    /// <summary>eˣ = Value · 2^(Exponent − <see cref="Bits"/>).</summary>
    public static (BigInteger Value, int Exponent) Exp(BigInteger x)
    {
        var k = (int)((x + (Ln2 / 2)) / Ln2);
        BigInteger r = x - (k * Ln2), term = One, sum = One;
        int n = 0;
        while (!term.IsZero) sum += term = Towards(Times(term, r) / ++n);
        return (sum, k);
    }

    public static (BigInteger Sin, BigInteger Cos) SinCos(BigInteger x)
    {
        x %= 2 * Pi;
        BigInteger term = One, sin = 0, cos = 0;
        int n = 0;
        while (!term.IsZero)
        {
            var signed = n % 4 < 2 ? term : -term;
            if (n % 2 == 0) cos += signed;
            else sin += signed;
            term = Towards(Times(term, x) / ++n);
        }
        return (sin, cos);
    }

    private static BigInteger Artanh(BigInteger t)
    {
        BigInteger square = Times(t, t), power = t, sum = 0;
        for (int n = 1; BigInteger.Abs(power) > 1; n += 2, power = Times(power, square)) sum += power / n;
        return sum;
    }

    private static BigInteger ArctanOfInverse(int n)
    {
        BigInteger power = One / n, sum = 0;
        for (int i = 1; !power.IsZero; i += 2, power = -power / (n * n)) sum += power / i;
        return sum;
    }

    // A shift rounds −1 to −1 for ever.
    private static BigInteger Towards(BigInteger term) => term == -1 ? 0 : term;

    private static BigInteger Shifted(BigInteger x, int by) => by >= 0 ? x << by : x >> -by;
}
