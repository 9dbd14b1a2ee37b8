using System.Numerics;

namespace Explain.Core.Tests;

/// <summary>
/// Functions against whole-number arithmetic of 320 bits: the bounds in the docstrings of <see cref="PortableMath"/> are these.
/// </summary>
public sealed class PortableMathTests
{
    private const int Samples = 4000;

    [Fact]
    public void Sine_and_cosine_are_within_two_units_of_the_sixteenth_digit()
    {
        foreach (double x in Range(1, -1e6, 1e6).Concat(Range(2, -10, 10)).Concat(Magnitudes(3, 1e-40, 0.785)))
        {
            var (sin, cos) = PortableMath.SinCos(x);
            var reference = HighPrecision.SinCos(HighPrecision.Fixed(x));
            Difference(sin, reference.Sin).ShouldBeLessThan(2e-16, $"x = {x:R}");
            Difference(cos, reference.Cos).ShouldBeLessThan(2e-16, $"x = {x:R}");
            if (Math.Abs(x) <= 0.785) HighPrecision.Ulps(sin, reference.Sin).ShouldBeLessThan(2, $"x = {x:R}");
        }
        PortableMath.SinCos(0).ShouldBe((0, 1));
        PortableMath.SinCos(1e-300).Sin.ShouldBe(1e-300);
        PortableMath.SinCos(double.Epsilon).Sin.ShouldBe(double.Epsilon);
        PortableMath.SinCos(double.NaN).Sin.ShouldBe(double.NaN);
        PortableMath.SinCos(double.PositiveInfinity).ShouldBe((double.NaN, double.NaN));

        static double Difference(double computed, BigInteger reference) =>
            Math.Abs((double)(HighPrecision.Fixed(computed) - reference) / (double)HighPrecision.One);
    }

    [Fact]
    public void Exponential_is_within_two_units_of_the_last_place()
    {
        foreach (double x in Range(4, -745, 709.7).Concat(Range(5, -1, 1)).Concat(Magnitudes(6, 1e-30, 1)))
        {
            var (value, exponent) = HighPrecision.Exp(HighPrecision.Fixed(x));
            HighPrecision.Ulps(PortableMath.Exp(x), value, exponent - HighPrecision.Bits).ShouldBeLessThan(2, $"x = {x:R}");
        }
        PortableMath.Exp(0).ShouldBe(1);
        PortableMath.Exp(double.Epsilon).ShouldBe(1);
        PortableMath.Exp(-1000).ShouldBe(0);
        PortableMath.Exp(double.NegativeInfinity).ShouldBe(0);
        PortableMath.Exp(710).ShouldBe(double.PositiveInfinity);
        PortableMath.Exp(double.PositiveInfinity).ShouldBe(double.PositiveInfinity);
        PortableMath.Exp(double.NaN).ShouldBe(double.NaN);
    }

    [Fact]
    public void Logarithm_is_within_three_units_of_the_last_place()
    {
        foreach (double x in LogarithmArguments())
            HighPrecision.Ulps(PortableMath.Log(x), HighPrecision.Ln(x)).ShouldBeLessThan(3, $"x = {x:R}");
        EdgesOfLogarithm(PortableMath.Log);
    }

    [Fact]
    public void Decimal_logarithm_is_within_half_a_unit_of_the_last_place()
    {
        foreach (double x in LogarithmArguments())
            HighPrecision.Ulps(PortableMath.Log10(x), HighPrecision.Over(HighPrecision.Ln(x), HighPrecision.Ln10))
                .ShouldBeLessThan(0.51, $"x = {x:R}");
        EdgesOfLogarithm(PortableMath.Log10);
    }

    [Fact]
    public void Decimal_logarithm_is_whole_at_every_power_of_ten()
    {
        for (int n = -307; n <= 308; n++)
            PortableMath.Log10(double.Parse($"1e{n}", System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(n);
    }

    [Fact]
    public void Power_is_within_three_quarters_of_a_unit_of_the_last_place()
    {
        var random = new Random(7);
        for (int i = 0; i < 3 * Samples; i++)
        {
            double x = i % 3 == 0 ? random.NextDouble() : Math.Abs(BitConverter.Int64BitsToDouble(random.NextInt64())),
                limit = 744 / Math.Abs(Math.Log(x));
            if (!double.IsFinite(x) || x == 0 || !double.IsFinite(limit)) continue;
            double y = i % 3 == 1 ? ((2 * random.NextDouble()) - 1) * limit : ((2 * random.NextDouble()) - 1) * Math.Min(limit, 4);
            HoldsFor(x, y);
        }
        foreach (double t in Enumerable.Range(1, 1000).Select(i => i / 1000.0))
        {
            HoldsFor(t, 2.4);
            HoldsFor(t, 1 / 2.4);
            HoldsFor(10, t);
            HoldsFor(1 + (t * 1e-13), 1e15 * t);
        }

        static void HoldsFor(double x, double y)
        {
            double power = PortableMath.Pow(x, y);
            var (mantissa, own) = HighPrecision.Exact(y);
            var ln = HighPrecision.Ln(x) * mantissa;
            var (value, exponent) = HighPrecision.Exp(own >= 0 ? ln << own : ln >> -own);
            if (exponent > 1023) return;
            HighPrecision.Ulps(power, value, exponent - HighPrecision.Bits)
                .ShouldBeLessThan(double.IsNormal(power) ? 0.75 : 1.5, $"x = {x:R}, y = {y:R}");
        }
    }

    [Fact]
    public void Powers_that_a_double_holds_are_exact()
    {
        for (int n = 0; n <= 22; n++)
            PortableMath.Pow(10, n).ShouldBe(double.Parse($"1e{n}", System.Globalization.CultureInfo.InvariantCulture));
        for (int n = -1074; n <= 1023; n++) PortableMath.Pow(2, n).ShouldBe(Math.ScaleB(1, n), $"n = {n}");
        for (int n = 1; n < 300; n++)
        {
            PortableMath.Pow(n, 2).ShouldBe(n * n);
            PortableMath.Pow(n * n, 0.5).ShouldBe(n);
            PortableMath.Pow(-n, 3).ShouldBe(-n * n * n);
        }
    }

    [Fact]
    public void Power_has_the_special_cases_of_the_standard()
    {
        double[] edges =
        [
            0.0, -0.0, 1, -1, 0.5, -0.5, 2, -2, 3, -3, 2.5, -2.5, 1e300, -1e300, 1e-300, 1e15 + 1, double.Epsilon, -double.Epsilon,
            double.MaxValue, double.MinValue,
            double.PositiveInfinity, double.NegativeInfinity, double.NaN, 9007199254740991, -9007199254740991, 9007199254740993,
        ];
        foreach (double x in edges)
        {
            foreach (double y in edges)
            {
                // The platform's own, which for these is exact everywhere but for the last bits of what is neither 0, 1, infinite nor NaN.
                double expected = Math.Pow(x, y), power = PortableMath.Pow(x, y);
                if (double.IsNaN(expected)) power.ShouldBe(double.NaN, $"{x:R} to {y:R}");
                else if (expected == 0 || double.IsInfinity(expected) || Math.Abs(expected) == 1)
                    BitConverter.DoubleToInt64Bits(power).ShouldBe(BitConverter.DoubleToInt64Bits(expected), $"{x:R} to {y:R}");
                else
                    (power / expected).ShouldBe(1, 1e-15, $"{x:R} to {y:R}");
            }
        }
    }

    [Fact]
    public void Cube_root_is_within_half_a_unit_of_the_last_place()
    {
        foreach (double x in Magnitudes(8, double.Epsilon, double.MaxValue).Concat(Range(9, 0, 1)))
        {
            var (value, exponent) = HighPrecision.Exp(HighPrecision.Ln(x) / 3);
            HighPrecision.Ulps(PortableMath.Cbrt(x), value, exponent - HighPrecision.Bits).ShouldBeLessThan(0.51, $"x = {x:R}");
            PortableMath.Cbrt(-x).ShouldBe(-PortableMath.Cbrt(x));
        }
        for (int n = -1000; n <= 1000; n++) PortableMath.Cbrt((double)n * n * n).ShouldBe(n);
        foreach (double x in (double[])[0.0, -0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity])
            BitConverter.DoubleToInt64Bits(PortableMath.Cbrt(x)).ShouldBe(BitConverter.DoubleToInt64Bits(x));
    }

    [Fact]
    public void Arctangent_is_within_two_units_of_the_last_place()
    {
        var random = new Random(10);
        for (int i = 0; i < 2 * Samples; i++)
        {
            double x = random.NextDouble() - 0.5, y = (random.NextDouble() - 0.5) * (i % 2 == 0 ? 1 : Math.Exp(-40 * random.NextDouble()));
            double angle = PortableMath.Atan2(y, x);
            // What is missing from the angle turns (x, y) onto the axis; so small, an angle is its tangent.
            var (sin, cos) = HighPrecision.SinCos(HighPrecision.Fixed(angle));
            BigInteger px = HighPrecision.Fixed(x), py = HighPrecision.Fixed(y);
            var missing = HighPrecision.Over(
                HighPrecision.Times(py, cos) - HighPrecision.Times(px, sin), HighPrecision.Times(px, cos) + HighPrecision.Times(py, sin));
            HighPrecision.Ulps(angle, HighPrecision.Fixed(angle) + missing).ShouldBeLessThan(2, $"y = {y:R}, x = {x:R}");
        }
        double[] edges =
        [
            0.0, -0.0, 1, -1, double.Epsilon, -double.Epsilon, 1e-290, double.MaxValue, double.MinValue, double.PositiveInfinity,
            double.NegativeInfinity, double.NaN,
        ];
        foreach (double y in edges)
        {
            foreach (double x in edges)
            {
                double expected = Math.Atan2(y, x), angle = PortableMath.Atan2(y, x);
                if (double.IsNaN(expected)) angle.ShouldBe(double.NaN);
                else
                {
                    Math.Abs(angle - expected).ShouldBeLessThanOrEqualTo(Math.Abs(expected) * 3e-16, $"y = {y:R}, x = {x:R}");
                    double.IsNegative(angle).ShouldBe(double.IsNegative(expected), $"y = {y:R}, x = {x:R}");
                }
            }
        }
    }

    [Fact]
    public void Whole_powers_agree_with_the_platform()
    {
        PortableMath.Power(0.5, 10).ShouldBe(1.0 / 1024);
        PortableMath.Power(3, 0).ShouldBe(1);
        for (int n = 0; n < 2000; n++) PortableMath.Power(0.99, n).ShouldBe(Math.Pow(0.99, n), 1e-13);
    }

    private static IEnumerable<double> LogarithmArguments() =>
        Magnitudes(11, double.Epsilon, double.MaxValue).Concat(Range(12, 0.4, 2.2))
            .Concat(Magnitudes(13, 1e-16, 0.5).SelectMany(d => (double[])[1 + d, 1 - d]).Where(x => x != 1));

    private static void EdgesOfLogarithm(Func<double, double> log)
    {
        log(1).ShouldBe(0);
        log(0).ShouldBe(double.NegativeInfinity);
        log(-0.0).ShouldBe(double.NegativeInfinity);
        log(-1).ShouldBe(double.NaN);
        log(double.NegativeInfinity).ShouldBe(double.NaN);
        log(double.NaN).ShouldBe(double.NaN);
        log(double.PositiveInfinity).ShouldBe(double.PositiveInfinity);
    }

    private static IEnumerable<double> Range(int seed, double from, double to)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, Samples).Select(_ => from + ((to - from) * random.NextDouble()));
    }

    // As many in each octave.
    private static IEnumerable<double> Magnitudes(int seed, double from, double to)
    {
        var random = new Random(seed);
        long low = BitConverter.DoubleToInt64Bits(from), high = BitConverter.DoubleToInt64Bits(to);
        return Enumerable.Range(0, Samples).Select(_ => BitConverter.Int64BitsToDouble(random.NextInt64(low, high))).Append(from)
            .Append(to);
    }
}
