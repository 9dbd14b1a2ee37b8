using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Explain.Core;

// The formulas of the activations and of their derivatives, each written once for every vector width. A derivative takes the output y where
// that is enough, and the pre-activation x where its name says so. Selections are written so that NaN comes through: a network that
// diverges must show it.

/// <summary>y = f(x) written in lane operations.</summary>
internal interface IFormula
{
    /// <summary>f of every lane.</summary>
    TVector Apply<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct;
}

/// <summary>A formula as what the matrix product takes for its fused activation.</summary>
internal readonly struct Lanewise<TFormula>(TFormula formula) : IElementwise
    where TFormula : struct, IFormula
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Apply(float x) => formula.Apply<Lanes1, float>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Apply(Vector128<float> x) => formula.Apply<Lanes4, Vector128<float>>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Apply(Vector256<float> x) => formula.Apply<Lanes8, Vector256<float>>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Apply(Vector512<float> x) => formula.Apply<Lanes16, Vector512<float>>(x);
}

/// <summary>y = x.</summary>
internal readonly struct IdentityFormula : IFormula
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct => x;
}

/// <summary>1.</summary>
internal readonly struct IdentitySlope : IFormula
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct => TLanes.Create(1f);
}

/// <summary>y = 1 / (1 + exp(−k·x)).</summary>
internal readonly struct SigmoidFormula(float k) : IFormula
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct => VectorMath.Sigmoid<TLanes, TVector>(TLanes.Multiply(TLanes.Create(k), x));
}

/// <summary>k·y·(1 − y).</summary>
internal readonly struct SigmoidSlope(float k) : IFormula
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct => TLanes.Multiply(TLanes.Multiply(TLanes.Create(k), x), TLanes.Subtract(TLanes.Create(1f), x));
}

/// <summary>y = tanh(x).</summary>
internal readonly struct TanhFormula : IFormula
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct => VectorMath.Tanh<TLanes, TVector>(x);
}

/// <summary>1 − y².</summary>
internal readonly struct TanhSlope : IFormula
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct => TLanes.Subtract(TLanes.Create(1f), TLanes.Multiply(x, x));
}

/// <summary>y = x above 0, slope·x below.</summary>
internal readonly struct LeakyReluFormula(float slope) : IFormula
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct => TLanes.Select(TLanes.Less(x, TLanes.Create(0f)), TLanes.Multiply(TLanes.Create(slope), x), x);
}

/// <summary>1 where y &gt; 0, slope elsewhere.</summary>
internal readonly struct LeakyReluSlope(float slope) : IFormula
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct => TLanes.Select(TLanes.Less(TLanes.Create(0f), x), TLanes.Create(1f), TLanes.Create(slope));
}

/// <summary>y = max(x, 0).</summary>
internal readonly struct ReluFormula : IFormula
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct => TLanes.Select(TLanes.Less(x, TLanes.Create(0f)), TLanes.Create(0f), x);
}

/// <summary>y = min(max(x, 0), 6).</summary>
internal readonly struct Relu6Formula : IFormula
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        TVector six = TLanes.Create(6f), zero = TLanes.Create(0f);
        TVector low = TLanes.Select(TLanes.Less(x, zero), zero, x);
        return TLanes.Select(TLanes.Less(six, low), six, low);
    }
}

/// <summary>1 where 0 &lt; y &lt; 6, 0 elsewhere.</summary>
internal readonly struct Relu6Slope : IFormula
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        TVector inside = TLanes.And(TLanes.Less(TLanes.Create(0f), x), TLanes.Less(x, TLanes.Create(6f)));
        return TLanes.And(inside, TLanes.Create(1f));
    }
}

/// <summary>y = x above 0, α·(exp(x) − 1) below.</summary>
internal readonly struct EluFormula(float alpha) : IFormula
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        TVector below = TLanes.Multiply(TLanes.Create(alpha), TLanes.Subtract(VectorMath.Exp<TLanes, TVector>(x), TLanes.Create(1f)));
        return TLanes.Select(TLanes.Less(x, TLanes.Create(0f)), below, x);
    }
}

/// <summary>y + α where y &lt; 0, 1 elsewhere.</summary>
internal readonly struct EluSlope(float alpha) : IFormula
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct => TLanes.Select(TLanes.Less(x, TLanes.Create(0f)), TLanes.Add(x, TLanes.Create(alpha)), TLanes.Create(1f));
}

/// <summary>y = x / (1 + exp(−x)).</summary>
internal readonly struct SwishFormula : IFormula
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct => TLanes.Multiply(x, new SigmoidFormula(1f).Apply<TLanes, TVector>(x));
}

/// <summary>σ(x)·(1 + x·(1 − σ(x))), from the pre-activation x: swish is not monotonic, so its output does not tell the slope.</summary>
internal readonly struct SwishSlopeFromInput : IFormula
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        TVector one = TLanes.Create(1f);
        TVector s = new SigmoidFormula(1f).Apply<TLanes, TVector>(x);
        return TLanes.Multiply(s, TLanes.Add(one, TLanes.Multiply(x, TLanes.Subtract(one, s))));
    }
}

/// <summary>y = x·Φ(x) with Φ(x) = (1 + erf(x / √2)) / 2.</summary>
internal readonly struct GeluFormula : IFormula
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct => TLanes.Multiply(x, VectorMath.NormalCdf<TLanes, TVector>(x, out _));
}

/// <summary>Φ(x) + x·φ(x) with φ(x) = exp(−x²/2) / √(2π), from the pre-activation x.</summary>
internal readonly struct GeluSlopeFromInput : IFormula
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        TVector share = VectorMath.NormalCdf<TLanes, TVector>(x, out TVector bell);
        return TLanes.Fma(TLanes.Multiply(x, bell), TLanes.Create(0.39894228f), share);
    }
}

/// <summary>½·x·(1 + tanh(√(2/π)·(x + 0.044715·x³))), written as x·σ(u(x)) with u twice the argument of tanh.</summary>
internal readonly struct GeluTanhFormula : IFormula
{
    /// <summary>2·√(2/π).</summary>
    public const float Linear = 1.5957691f;

    /// <summary>0.044715 of <see cref="Linear"/>.</summary>
    public const float Cubic = 0.07135482f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct =>
        TLanes.Multiply(x, VectorMath.Sigmoid<TLanes, TVector>(TLanes.Multiply(
            x, TLanes.Fma(TLanes.Multiply(x, x), TLanes.Create(Cubic), TLanes.Create(Linear)))));
}

/// <summary>σ(u) + x·σ(u)·(1 − σ(u))·u′(x), from the pre-activation x.</summary>
internal readonly struct GeluTanhSlopeFromInput : IFormula
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        // Beyond ±12 the slope is 0 or 1 to the last digit, and the squares below stay finite.
        TVector one = TLanes.Create(1f), high = TLanes.Create(12f), low = TLanes.Create(-12f);
        x = TLanes.Select(TLanes.Less(high, x), high, x);
        x = TLanes.Select(TLanes.Less(x, low), low, x);
        TVector square = TLanes.Multiply(x, x), linear = TLanes.Create(GeluTanhFormula.Linear);
        TVector u = TLanes.Multiply(x, TLanes.Fma(square, TLanes.Create(GeluTanhFormula.Cubic), linear));
        TVector z = VectorMath.Exp<TLanes, TVector>(TLanes.Or(u, TLanes.CreateBits(int.MinValue))),
            right = TLanes.Divide(one, TLanes.Add(one, z)), left = TLanes.Multiply(z, right);
        TVector slope = TLanes.Fma(square, TLanes.Create(3 * GeluTanhFormula.Cubic), linear);
        TVector share = TLanes.Select(TLanes.Less(u, TLanes.Create(0f)), left, right);
        return TLanes.Fma(TLanes.Multiply(x, slope), TLanes.Multiply(left, right), share);
    }
}

/// <summary>y = λ·x above 0, λ·α·(exp(x) − 1) below.</summary>
internal readonly struct SeluFormula : IFormula
{
    /// <summary>λ</summary>
    public const float Scale = 1.05070098f;

    /// <summary>λ·α, the slope just below 0.</summary>
    public const float Below = 1.75809934f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct =>
        TLanes.Select(
            TLanes.Less(x, TLanes.Create(0f)),
            TLanes.Multiply(TLanes.Create(Below), VectorMath.ExpMinusOne<TLanes, TVector>(x)),
            TLanes.Multiply(TLanes.Create(Scale), x));
}

/// <summary>y + λ·α where y &lt; 0, λ elsewhere.</summary>
internal readonly struct SeluSlope : IFormula
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct =>
        TLanes.Select(TLanes.Less(x, TLanes.Create(0f)), TLanes.Add(x, TLanes.Create(SeluFormula.Below)), TLanes.Create(SeluFormula.Scale));
}

/// <summary>y = ln(1 + exp(x)).</summary>
internal readonly struct SoftplusFormula : IFormula
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct => VectorMath.Softplus<TLanes, TVector>(x);
}

/// <summary>1 − exp(−y), which is σ(x).</summary>
internal readonly struct SoftplusSlope : IFormula
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        TVector signBit = TLanes.CreateBits(int.MinValue);
        return TLanes.Xor(VectorMath.ExpMinusOne<TLanes, TVector>(TLanes.Xor(x, signBit)), signBit);
    }
}

/// <summary>
/// y = x·tanh(ln(1 + exp(x))). With z = exp(−|x|) the tanh is n / (n + g): n = 1 + 2z and g = 2z² on the right of zero, n = z² + 2z and g =
/// 2 on the left, so that nothing overflows and neither side loses digits.
/// </summary>
internal readonly struct MishFormula : IFormula
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        Parts<TLanes, TVector>(x, out TVector n, out TVector g, out _);
        return TLanes.Multiply(x, TLanes.Divide(n, TLanes.Add(n, g)));
    }

    /// <summary>n, g and σ(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Parts<TLanes, TVector>(TVector x, out TVector n, out TVector g, out TVector sigmoid)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        TVector one = TLanes.Create(1f), two = TLanes.Create(2f), left = TLanes.Less(x, TLanes.Create(0f));
        TVector z = VectorMath.Exp<TLanes, TVector>(TLanes.Or(x, TLanes.CreateBits(int.MinValue)));
        n = TLanes.Fma(TLanes.Select(left, z, two), z, TLanes.Select(left, TLanes.Multiply(two, z), one));
        g = TLanes.Select(left, two, TLanes.Multiply(two, TLanes.Multiply(z, z)));
        sigmoid = TLanes.Divide(TLanes.Select(left, z, one), TLanes.Add(one, z));
    }
}

/// <summary>t + x·(1 − t²)·σ(x) with t = tanh(ln(1 + exp(x))), from the pre-activation x: mish is not monotonic.</summary>
internal readonly struct MishSlopeFromInput : IFormula
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        MishFormula.Parts<TLanes, TVector>(x, out TVector n, out TVector g, out TVector sigmoid);
        TVector d = TLanes.Add(n, g), t = TLanes.Divide(n, d);
        TVector rest = TLanes.Multiply(TLanes.Divide(g, d), TLanes.Add(TLanes.Create(1f), t)); // 1 − t²
        return TLanes.Fma(TLanes.Multiply(x, sigmoid), rest, t);
    }
}

/// <summary>y = min(max(x/6 + ½, 0), 1).</summary>
internal readonly struct HardSigmoidFormula : IFormula
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        TVector zero = TLanes.Create(0f), one = TLanes.Create(1f);
        TVector line = TLanes.Fma(x, TLanes.Create(1f / 6), TLanes.Create(0.5f));
        line = TLanes.Select(TLanes.Less(line, zero), zero, line);
        return TLanes.Select(TLanes.Less(one, line), one, line);
    }
}

/// <summary>1/6 where 0 &lt; y &lt; 1, 0 elsewhere.</summary>
internal readonly struct HardSigmoidSlope : IFormula
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        TVector inside = TLanes.And(TLanes.Less(TLanes.Create(0f), x), TLanes.Less(x, TLanes.Create(1f)));
        return TLanes.And(inside, TLanes.Create(1f / 6));
    }
}
