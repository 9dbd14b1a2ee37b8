using System.Runtime.Intrinsics;

namespace Explain.Core.Tests;

public class VectorMathTests
{
    public static TheoryData<string> Functions { get; } = ["exp", "log", "tanh", "sigmoid", "exp minus one", "softplus", "normal cdf"];

    [Theory]
    [InlineData("exp", 1.0)]
    [InlineData("log", 1.0)]
    [InlineData("tanh", 2.0)]
    [InlineData("sigmoid", 2.5)]
    [InlineData("exp minus one", 3.5)]
    [InlineData("softplus", 2.5)]
    [InlineData("normal cdf", 6.0)]
    public void Errors_stay_within_the_documented_units_in_the_last_place(string function, double allowed)
    {
        // Floats from all of the range by their bits, in an odd step so that every exponent and low digit occurs; and the interesting
        // stretch densely.
        float[] inputs =
        [
            .. Enumerable.Range(0, 1 << 18).Select(i => BitConverter.UInt32BitsToSingle((uint)i * 16363u)),
            .. Enumerable.Range(-60000, 120001).Select(i => i * 0.0017f),
        ];
        float[] outputs = Apply(function, inputs);
        for (int i = 0; i < inputs.Length; i++)
        {
            double exact = Exact(function, inputs[i]);
            double error = UnitsOff(outputs[i], exact);
            if (!(error <= allowed))
                throw new ShouldAssertException($"{function}({inputs[i]:R}) = {outputs[i]:R} is {error:F3} ULP off {exact:R}.");
        }
    }

    [Theory]
    [InlineData("exp", float.NegativeInfinity, 0f)]
    [InlineData("exp", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("exp", 0f, 1f)]
    [InlineData("exp", 88.72283f, 3.4027985e38f)]
    [InlineData("exp", 88.72284f, float.PositiveInfinity)]
    [InlineData("exp", -103.97208f, float.Epsilon)]
    [InlineData("exp", -103.97209f, 0f)]
    [InlineData("log", 0f, float.NegativeInfinity)]
    [InlineData("log", 1f, 0f)]
    [InlineData("log", -1f, float.NaN)]
    [InlineData("log", -float.Epsilon, float.NaN)]
    [InlineData("log", float.NegativeInfinity, float.NaN)]
    [InlineData("log", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("log", float.Epsilon, -103.27893f)]
    [InlineData("tanh", 0f, 0f)]
    [InlineData("tanh", float.Epsilon, float.Epsilon)]
    [InlineData("tanh", float.PositiveInfinity, 1f)]
    [InlineData("tanh", float.NegativeInfinity, -1f)]
    [InlineData("tanh", 9.2f, 1f)]
    [InlineData("sigmoid", 0f, 0.5f)]
    [InlineData("sigmoid", float.PositiveInfinity, 1f)]
    [InlineData("sigmoid", float.NegativeInfinity, 0f)]
    [InlineData("sigmoid", -103.97208f, float.Epsilon)]
    [InlineData("exp minus one", 0f, 0f)]
    [InlineData("exp minus one", float.Epsilon, float.Epsilon)]
    [InlineData("exp minus one", float.NegativeInfinity, -1f)]
    [InlineData("exp minus one", -17.4f, -1f)]
    [InlineData("exp minus one", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("softplus", 0f, 0.6931472f)]
    [InlineData("softplus", float.MaxValue, float.MaxValue)]
    [InlineData("softplus", float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData("softplus", float.NegativeInfinity, 0f)]
    [InlineData("softplus", -103.97208f, float.Epsilon)]
    [InlineData("normal cdf", 0f, 0.5f)]
    [InlineData("normal cdf", float.PositiveInfinity, 1f)]
    [InlineData("normal cdf", float.NegativeInfinity, 0f)]
    [InlineData("normal cdf", float.MinValue, 0f)]
    public void Special_values_are_exact(string function, float x, float expected)
    {
        float actual = Scalar(function, x);
        Bits.Same(actual, expected).ShouldBeTrue($"{function}({x:R}) = {actual:R}, expected {expected:R}");
    }

    [Fact]
    public void Negative_zero_is_zero_and_keeps_its_sign_where_the_function_is_odd()
    {
        VectorMath.Exp(-0f).ShouldBe(1f);
        VectorMath.Log(-0f).ShouldBe(float.NegativeInfinity);
        VectorMath.Sigmoid(-0f).ShouldBe(0.5f);
        Bits.Same(VectorMath.Tanh(-0f), -0f).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Not_a_number_passes_through(string function)
    {
        Apply(function, Enumerable.Repeat(float.NaN, 33).ToArray()).ShouldAllBe(y => float.IsNaN(y));
        Apply(function, Enumerable.Repeat(-float.NaN, 33).ToArray()).ShouldAllBe(y => float.IsNaN(y));
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Every_width_gives_the_same_bits(string function)
    {
        var random = new CounterRandom(5, function);
        for (int round = 0; round < 500; round++)
        {
            float[] x = [.. Enumerable.Range(0, 16)
                .Select(_ => round % 2 == 0 ? BitConverter.UInt32BitsToSingle(random.NextUInt32()) : (random.NextSingle() - 0.5f) * 30)];
            float[] one = [.. x.Select(value => Scalar(function, value))], four = new float[16], eight = new float[16],
                sixteen = new float[16];
            for (int i = 0; i < 16; i += 4) Four(function, Vector128.Create(x, i)).CopyTo(four, i);
            for (int i = 0; i < 16; i += 8) Eight(function, Vector256.Create(x, i)).CopyTo(eight, i);
            Sixteen(function, Vector512.Create(x)).CopyTo(sixteen);
            ((ReadOnlySpan<float>)four).ShouldBeTheSameAs(one, "128 bits");
            ((ReadOnlySpan<float>)eight).ShouldBeTheSameAs(one, "256 bits");
            ((ReadOnlySpan<float>)sixteen).ShouldBeTheSameAs(one, "512 bits");
        }
    }

    [Fact]
    public void Sine_and_cosine_of_turns_are_close_to_exact()
    {
        for (int i = 0; i <= 100000; i++)
        {
            float x = i / 100000f;
            (float sin, float cos) = VectorMath.SinCosTurns(x);
            Math.Abs(sin - Math.Sin(2 * Math.PI * x)).ShouldBeLessThan(1.2e-7);
            Math.Abs(cos - Math.Cos(2 * Math.PI * x)).ShouldBeLessThan(1.2e-7);
        }
    }

    private static float Scalar(string function, float x) => function switch
    {
        "exp" => VectorMath.Exp(x),
        "log" => VectorMath.Log(x),
        "tanh" => VectorMath.Tanh(x),
        "sigmoid" => VectorMath.Sigmoid(x),
        _ => InLanes<Lanes1, float>(function, x),
    };

    private static Vector128<float> Four(string function, Vector128<float> x) => function switch
    {
        "exp" => VectorMath.Exp(x),
        "log" => VectorMath.Log(x),
        "tanh" => VectorMath.Tanh(x),
        "sigmoid" => VectorMath.Sigmoid(x),
        _ => InLanes<Lanes4, Vector128<float>>(function, x),
    };

    private static Vector256<float> Eight(string function, Vector256<float> x) => function switch
    {
        "exp" => VectorMath.Exp(x),
        "log" => VectorMath.Log(x),
        "tanh" => VectorMath.Tanh(x),
        "sigmoid" => VectorMath.Sigmoid(x),
        _ => InLanes<Lanes8, Vector256<float>>(function, x),
    };

    private static Vector512<float> Sixteen(string function, Vector512<float> x) => function switch
    {
        "exp" => VectorMath.Exp(x),
        "log" => VectorMath.Log(x),
        "tanh" => VectorMath.Tanh(x),
        "sigmoid" => VectorMath.Sigmoid(x),
        _ => InLanes<Lanes16, Vector512<float>>(function, x),
    };

    private static float[] Apply(string function, float[] x)
    {
        var y = new float[x.Length];
        switch (function)
        {
            case "exp": Elementwise.Apply(x, y, default(Core.Functions.Exp)); break;
            case "log": Elementwise.Apply(x, y, default(Core.Functions.Log)); break;
            case "tanh": Elementwise.Apply(x, y, default(Core.Functions.Tanh)); break;
            case "sigmoid": Elementwise.Apply(x, y, default(Core.Functions.Sigmoid)); break;
            case "exp minus one": Elementwise.Apply(x, y, default(Lanewise<ExpMinusOneFormula>)); break;
            case "softplus": Elementwise.Apply(x, y, default(Lanewise<SoftplusFormula>)); break;
            default: Elementwise.Apply(x, y, default(Lanewise<NormalCdfFormula>)); break;
        }
        return y;
    }

    private static double Exact(string function, double x) => function switch
    {
        "exp" => Math.Exp(x),
        "log" => Math.Log(x),
        "tanh" => Math.Tanh(x),
        "sigmoid" => 1 / (1 + Math.Exp(-x)),
        "exp minus one" => Math.Abs(x) < 1e-5
            ? x + (x * x / 2) + (x * x * x / 6)
            : x < -50 ? -1 : x > 100 ? Math.Exp(x) : 2 * Math.Exp(x / 2) * Math.Sinh(x / 2),
        "softplus" => Math.Max(x, 0) + LogOfOnePlus(Math.Exp(-Math.Abs(x))),
        _ => NormalCdf(x),
    };

    private static double LogOfOnePlus(double z) => z < 1e-5 ? z - (z * z / 2) + (z * z * z / 3) : Math.Log(1 + z);

    /// <summary>
    /// By the series ½ + φ(x)·(x + x³/3 + x⁵/15 + …), and in the left tail by the continued fraction φ(x) / (a + 1/(a + 2/(a + …))), a = −x
    /// (Marsaglia, "Evaluating the normal distribution", 2004).
    /// </summary>
    internal static double NormalCdf(double x)
    {
        if (double.IsNaN(x)) return x;
        double bell = Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
        if (x < -3)
        {
            double fraction = -x;
            for (int k = 300; k > 0; k--) fraction = -x + (k / fraction);
            return bell / fraction;
        }
        if (x > 9) return 1;
        double term = x, sum = x;
        for (int k = 3; k < 400; k += 2) sum += term *= x * x / k;
        return 0.5 + (bell * sum);
    }

    /// <summary>The functions that have no form for callers outside, in lanes.</summary>
    private static TVector InLanes<TLanes, TVector>(string function, TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct => function switch
        {
            "exp minus one" => default(ExpMinusOneFormula).Apply<TLanes, TVector>(x),
            "softplus" => default(SoftplusFormula).Apply<TLanes, TVector>(x),
            _ => default(NormalCdfFormula).Apply<TLanes, TVector>(x),
        };

    private readonly struct ExpMinusOneFormula : IFormula
    {
        public TVector Apply<TLanes, TVector>(TVector x)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct => VectorMath.ExpMinusOne<TLanes, TVector>(x);
    }

    private readonly struct NormalCdfFormula : IFormula
    {
        public TVector Apply<TLanes, TVector>(TVector x)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct => VectorMath.NormalCdf<TLanes, TVector>(x, out _);
    }

    /// <summary>|actual - exact| in units of the last place of the float nearest to the exact value.</summary>
    private static double UnitsOff(float actual, double exact)
    {
        if (double.IsNaN(exact)) return float.IsNaN(actual) ? 0 : double.PositiveInfinity;
        var nearest = (float)exact;
        if (actual == nearest || float.IsInfinity(nearest)) return actual == nearest ? 0 : double.PositiveInfinity;
        float magnitude = Math.Min(Math.Abs(nearest), float.MaxValue);
        double unit = magnitude == float.MaxValue ? magnitude - (double)MathF.BitDecrement(magnitude)
            : MathF.BitIncrement(magnitude) - (double)magnitude;
        return Math.Abs(actual - exact) / unit;
    }
}
