using System.Runtime.Intrinsics;

namespace Explain.Core.Tests;

public class VectorMathTests
{
    public static TheoryData<string> Functions { get; } = ["exp", "log", "tanh", "sigmoid"];

    [Theory]
    [InlineData("exp", 1.0)]
    [InlineData("log", 1.0)]
    [InlineData("tanh", 2.0)]
    [InlineData("sigmoid", 2.5)]
    public void Errors_stay_within_the_documented_units_in_the_last_place(string function, double allowed)
    {
        // Floats from all of the range by their bits, in an odd step so that every exponent and low digit occurs; and the interesting stretch densely.
        float[] inputs = [.. Enumerable.Range(0, 1 << 18).Select(i => BitConverter.UInt32BitsToSingle((uint)i * 16363u)), .. Enumerable.Range(-60000, 120001).Select(i => i * 0.0017f)];
        float[] outputs = Apply(function, inputs);
        for (int i = 0; i < inputs.Length; i++)
        {
            double exact = Exact(function, inputs[i]);
            double error = UnitsOff(outputs[i], exact);
            if (!(error <= allowed)) throw new ShouldAssertException($"{function}({inputs[i]:R}) = {outputs[i]:R} is {error:F3} ULP off {exact:R}.");
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
            float[] x = [.. Enumerable.Range(0, 16).Select(_ => round % 2 == 0 ? BitConverter.UInt32BitsToSingle(random.NextUInt32()) : (random.NextSingle() - 0.5f) * 30)];
            float[] one = [.. x.Select(value => Scalar(function, value))], four = new float[16], eight = new float[16], sixteen = new float[16];
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
        _ => VectorMath.Sigmoid(x),
    };

    private static Vector128<float> Four(string function, Vector128<float> x) => function switch
    {
        "exp" => VectorMath.Exp(x),
        "log" => VectorMath.Log(x),
        "tanh" => VectorMath.Tanh(x),
        _ => VectorMath.Sigmoid(x),
    };

    private static Vector256<float> Eight(string function, Vector256<float> x) => function switch
    {
        "exp" => VectorMath.Exp(x),
        "log" => VectorMath.Log(x),
        "tanh" => VectorMath.Tanh(x),
        _ => VectorMath.Sigmoid(x),
    };

    private static Vector512<float> Sixteen(string function, Vector512<float> x) => function switch
    {
        "exp" => VectorMath.Exp(x),
        "log" => VectorMath.Log(x),
        "tanh" => VectorMath.Tanh(x),
        _ => VectorMath.Sigmoid(x),
    };

    private static float[] Apply(string function, float[] x)
    {
        var y = new float[x.Length];
        switch (function)
        {
            case "exp": Elementwise.Apply(x, y, default(Core.Functions.Exp)); break;
            case "log": Elementwise.Apply(x, y, default(Core.Functions.Log)); break;
            case "tanh": Elementwise.Apply(x, y, default(Core.Functions.Tanh)); break;
            default: Elementwise.Apply(x, y, default(Core.Functions.Sigmoid)); break;
        }
        return y;
    }

    private static double Exact(string function, double x) => function switch
    {
        "exp" => Math.Exp(x),
        "log" => Math.Log(x),
        "tanh" => Math.Tanh(x),
        _ => 1 / (1 + Math.Exp(-x)),
    };

    /// <summary>|actual - exact| in units of the last place of the float nearest to the exact value.</summary>
    private static double UnitsOff(float actual, double exact)
    {
        if (double.IsNaN(exact)) return float.IsNaN(actual) ? 0 : double.PositiveInfinity;
        var nearest = (float)exact;
        if (actual == nearest || float.IsInfinity(nearest)) return actual == nearest ? 0 : double.PositiveInfinity;
        float magnitude = Math.Min(Math.Abs(nearest), float.MaxValue);
        double unit = magnitude == float.MaxValue ? magnitude - (double)MathF.BitDecrement(magnitude) : MathF.BitIncrement(magnitude) - (double)magnitude;
        return Math.Abs(actual - exact) / unit;
    }
}
