using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Explain.Core;

/// <summary>
/// Elementary functions of float32, our own, so that a value gives the same bits in every vector width, on every processor and in every
/// version of the runtime. Each is written once over <see cref="ILanes{TVector}"/>: an argument reduction that is exact or nearly so, a
/// near-minimax polynomial (Remez), no tables and no branches. Errors are in units in the last place against the exact value, over all
/// floats; not-a-number passes through.
/// </summary>
public static class VectorMath
{
    /// <summary>e to the power x. At most 1 ULP off; +∞ from 88.73 on, gradual underflow below -87.34 and 0 from -103.98 on.</summary>
    public static float Exp(float x) => Exp<Lanes1, float>(x);

    /// <inheritdoc cref="Exp(float)"/>
    public static Vector128<float> Exp(Vector128<float> x) => Exp<Lanes4, Vector128<float>>(x);

    /// <inheritdoc cref="Exp(float)"/>
    public static Vector256<float> Exp(Vector256<float> x) => Exp<Lanes8, Vector256<float>>(x);

    /// <inheritdoc cref="Exp(float)"/>
    public static Vector512<float> Exp(Vector512<float> x) => Exp<Lanes16, Vector512<float>>(x);

    /// <summary>The natural logarithm of x. At most 1 ULP off; -∞ for ±0, not a number below.</summary>
    public static float Log(float x) => Log<Lanes1, float>(x);

    /// <inheritdoc cref="Log(float)"/>
    public static Vector128<float> Log(Vector128<float> x) => Log<Lanes4, Vector128<float>>(x);

    /// <inheritdoc cref="Log(float)"/>
    public static Vector256<float> Log(Vector256<float> x) => Log<Lanes8, Vector256<float>>(x);

    /// <inheritdoc cref="Log(float)"/>
    public static Vector512<float> Log(Vector512<float> x) => Log<Lanes16, Vector512<float>>(x);

    /// <summary>The hyperbolic tangent of x. At most 2 ULP off; keeps the sign of zero.</summary>
    public static float Tanh(float x) => Tanh<Lanes1, float>(x);

    /// <inheritdoc cref="Tanh(float)"/>
    public static Vector128<float> Tanh(Vector128<float> x) => Tanh<Lanes4, Vector128<float>>(x);

    /// <inheritdoc cref="Tanh(float)"/>
    public static Vector256<float> Tanh(Vector256<float> x) => Tanh<Lanes8, Vector256<float>>(x);

    /// <inheritdoc cref="Tanh(float)"/>
    public static Vector512<float> Tanh(Vector512<float> x) => Tanh<Lanes16, Vector512<float>>(x);

    /// <summary>1 / (1 + e⁻ˣ). At most 2.5 ULP off, also where it is tiny.</summary>
    public static float Sigmoid(float x) => Sigmoid<Lanes1, float>(x);

    /// <inheritdoc cref="Sigmoid(float)"/>
    public static Vector128<float> Sigmoid(Vector128<float> x) => Sigmoid<Lanes4, Vector128<float>>(x);

    /// <inheritdoc cref="Sigmoid(float)"/>
    public static Vector256<float> Sigmoid(Vector256<float> x) => Sigmoid<Lanes8, Vector256<float>>(x);

    /// <inheritdoc cref="Sigmoid(float)"/>
    public static Vector512<float> Sigmoid(Vector512<float> x) => Sigmoid<Lanes16, Vector512<float>>(x);

    /// <summary>
    /// The sine and cosine of x turns (2πx radians) for x in [0, 1], within 1 ULP of 1: what random normal numbers need, where the
    /// reduction to an eighth of a turn is exact.
    /// </summary>
    public static (float Sin, float Cos) SinCosTurns(float x)
    {
        float quarter = MathF.Round(4f * x); // To even at a tie, exact.
        float r = x - (quarter * 0.25f), z = r * r;
        float sin = r * MathF.FusedMultiplyAdd(
            MathF.FusedMultiplyAdd(MathF.FusedMultiplyAdd(MathF.FusedMultiplyAdd(41.47295f, z, -76.69787f), z, 81.6052f), z, -41.3417f),
            z,
            6.2831855f);
        float cos = MathF.FusedMultiplyAdd(
            MathF.FusedMultiplyAdd(
                MathF.FusedMultiplyAdd(MathF.FusedMultiplyAdd(59.220406f, z, -85.442856f), z, 64.939316f), z, -19.739208f),
            z,
            1f);
        return ((int)quarter & 3) switch
        {
            0 => (sin, cos),
            1 => (cos, -sin),
            2 => (-sin, -cos),
            _ => (-cos, sin),
        };
    }

    /// <summary>eˣ = 2ⁿ·eʳ with n = round(x / ln 2), |r| ≤ ln 2 / 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Exp<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        // Beyond these bounds the result is +∞ or 0 all the same; within them n fits two factors. A comparison with not-a-number is false
        // and keeps it.
        TVector high = TLanes.Create(89f), low = TLanes.Create(-104f);
        x = TLanes.Select(TLanes.Less(high, x), high, x);
        x = TLanes.Select(TLanes.Less(x, low), low, x);

        // Adding 1.5·2²³ rounds to an integer that stands in the low bits.
        TVector shift = TLanes.Create(12582912f), shifted = TLanes.Fma(x, TLanes.Create(1.442695f), shift),
            n = TLanes.Subtract(shifted, shift);
        TVector r = TLanes.Fma(n, TLanes.Create(-0.6931472f), x); // ln 2 in two parts
        r = TLanes.Fma(n, TLanes.Create(1.9046542e-09f), r);

        TVector power = TLanes.Add(SmallExpMinusOne<TLanes, TVector>(r), TLanes.Create(1f));

        // 2ⁿ as two factors, so that results below the normal range are rounded once, at the end.
        TVector integer = TLanes.SubtractBits(shifted, TLanes.CreateBits(0x4B400000));
        TVector half = TLanes.ShiftRight(integer, 1), rest = TLanes.ShiftRight(TLanes.AddBits(integer, TLanes.CreateBits(1)), 1);
        return TLanes.Multiply(TLanes.Multiply(power, PowerOfTwo<TLanes, TVector>(half)), PowerOfTwo<TLanes, TVector>(rest));
    }

    /// <summary>ln x = e·ln 2 + ln(1 + f) with x = 2ᵉ·(1 + f), √½ ≤ 1 + f &lt; √2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Log<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        TVector zero = TLanes.Create(0f), one = TLanes.Create(1f), infinity = TLanes.Create(float.PositiveInfinity);
        TVector tiny = TLanes.Less(x, TLanes.CreateBits(0x00800000)); // subnormal: scaled up by 2²⁵ first
        TVector scaled = TLanes.Select(tiny, TLanes.Multiply(x, TLanes.Create(33554432f)), x);
        TVector exponent = TLanes.ShiftRight(TLanes.SubtractBits(scaled, TLanes.CreateBits(0x3F3504F3)), 23); // 0x3F3504F3 is √½
        TVector f = TLanes.Subtract(TLanes.SubtractBits(scaled, TLanes.ShiftLeft(exponent, 23)), one);
        TVector e = TLanes.Add(TLanes.IntegerToSingle(exponent), TLanes.Select(tiny, TLanes.Create(-25f), zero));

        TVector y = ReducedLog<TLanes, TVector>(f, e);
        y = TLanes.Select(TLanes.Equal(x, infinity), infinity, y);
        y = TLanes.Select(TLanes.Equal(x, zero), TLanes.Create(float.NegativeInfinity), y);
        y = TLanes.Select(TLanes.Less(x, zero), TLanes.Create(float.NaN), y);
        return TLanes.Select(TLanes.Equal(x, x), y, x);
    }

    /// <summary>tanh x ≈ x + x³·p(x²) up to 0.625, 1 - 2 / (e²ˣ + 1) beyond, with the sign put back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Tanh<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        TVector signBit = TLanes.CreateBits(int.MinValue), sign = TLanes.And(x, signBit), magnitude = TLanes.Xor(x, sign),
            one = TLanes.Create(1f);
        TVector z = TLanes.Multiply(magnitude, magnitude);
        TVector p = TLanes.Create(0.0021429618f);
        p = TLanes.Fma(p, z, TLanes.Create(-0.008177398f));
        p = TLanes.Fma(p, z, TLanes.Create(0.021700703f));
        p = TLanes.Fma(p, z, TLanes.Create(-0.053946763f));
        p = TLanes.Fma(p, z, TLanes.Create(0.13333206f));
        p = TLanes.Fma(p, z, TLanes.Create(-0.3333333f));
        TVector near = TLanes.Fma(TLanes.Multiply(p, z), magnitude, magnitude);
        TVector power = Exp<TLanes, TVector>(TLanes.Add(magnitude, magnitude));
        TVector far = TLanes.Subtract(one, TLanes.Divide(TLanes.Create(2f), TLanes.Add(power, one)));
        return TLanes.Or(TLanes.Select(TLanes.Less(magnitude, TLanes.Create(0.625f)), near, far), sign);
    }

    /// <summary>With z = e^-|x|: 1 / (1 + z) on the right of zero and z / (1 + z) on the left, so that neither side loses digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Sigmoid<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        TVector one = TLanes.Create(1f), z = Exp<TLanes, TVector>(TLanes.Or(x, TLanes.CreateBits(int.MinValue)));
        return TLanes.Divide(TLanes.Select(TLanes.Less(x, TLanes.Create(0f)), z, one), TLanes.Add(one, z));
    }

    /// <summary>
    /// eˣ - 1 without the loss of digits near 0: the polynomial of eˣ alone up to ln 2 / 2, eˣ - 1 beyond. At most 3.5 ULP off; -1 from
    /// -17.33 down.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector ExpMinusOne<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        TVector near = TLanes.Less(TLanes.And(x, TLanes.CreateBits(int.MaxValue)), TLanes.Create(0.34657f));
        return TLanes.Select(near, SmallExpMinusOne<TLanes, TVector>(x), TLanes.Subtract(Exp<TLanes, TVector>(x), TLanes.Create(1f)));
    }

    /// <summary>
    /// ln(1 + eˣ) = max(x, 0) + ln(1 + z) with z = e^-|x| in [0, 1]: nothing can overflow, and since z is never added to 1 no digit is lost
    /// where the result is tiny. At most 2.5 ULP off.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Softplus<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        TVector zero = TLanes.Create(0f), z = Exp<TLanes, TVector>(TLanes.Or(x, TLanes.CreateBits(int.MinValue)));
        TVector halve = TLanes.Less(TLanes.Create(0.41421357f), z); // Above √2 - 1: 1 + z = 2·(1 + (z - 1)/2).
        TVector f = TLanes.Select(halve, TLanes.Fma(z, TLanes.Create(0.5f), TLanes.Create(-0.5f)), z);
        TVector log = ReducedLog<TLanes, TVector>(f, TLanes.And(halve, TLanes.Create(1f)));
        return TLanes.Add(TLanes.Select(TLanes.Less(x, zero), zero, x), log);
    }

    /// <summary>
    /// The share of a standard normal distribution below x, Φ(x) = (1 + erf(x / √2)) / 2. At most 6 ULP off, also in the left tail, where 1
    /// + erf would have lost all digits. With a = |x|: Φ(-a) = e^(-a²/2)·p(q) / (a + 4) with q = (a - 4) / (a + 4), and the other side is 1
    /// minus that.
    /// </summary>
    /// <param name="x">Any number.</param>
    /// <param name="bell">e^(-x²/2), which derivatives need as well.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector NormalCdf<TLanes, TVector>(TVector x, out TVector bell)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        TVector one = TLanes.Create(1f), four = TLanes.Create(4f), signBit = TLanes.CreateBits(int.MinValue), limit = TLanes.Create(15f);
        TVector a = TLanes.And(x, TLanes.CreateBits(int.MaxValue));
        a = TLanes.Select(TLanes.Less(limit, a), limit, a); // Φ(-15) is 0 already, and the square below stays finite.

        // The square in two parts, since an error of its last digit would be one of many last digits of its exponential.
        TVector square = TLanes.Multiply(a, a), rest = TLanes.Fma(a, a, TLanes.Xor(square, signBit));
        bell = Exp<TLanes, TVector>(TLanes.Multiply(square, TLanes.Create(-0.5f)));
        bell = TLanes.Fma(bell, TLanes.Multiply(rest, TLanes.Create(-0.5f)), bell);

        // q rounded twice only: its remainder against a is divided once more.
        TVector t = TLanes.Divide(one, TLanes.Add(a, four)), q = TLanes.Multiply(TLanes.Subtract(a, four), t);
        TVector remainder = TLanes.Fma(TLanes.Xor(q, signBit), a, TLanes.Fma(TLanes.Add(q, one), TLanes.Create(-4f), a));
        q = TLanes.Fma(t, remainder, q);

        TVector p = TLanes.Create(-0.0001341963f);
        p = TLanes.Fma(p, q, TLanes.Create(0.0001746593f));
        p = TLanes.Fma(p, q, TLanes.Create(0.0015684083f));
        p = TLanes.Fma(p, q, TLanes.Create(-0.003510211f));
        p = TLanes.Fma(p, q, TLanes.Create(-0.007524004f));
        p = TLanes.Fma(p, q, TLanes.Create(0.06040349f));
        p = TLanes.Fma(p, q, TLanes.Create(-0.18652366f));
        p = TLanes.Fma(p, q, TLanes.Create(0.3871369f));
        p = TLanes.Fma(p, q, TLanes.Create(-0.60789657f));
        p = TLanes.Fma(p, q, TLanes.Create(0.75528514f));
        TVector tail = TLanes.Multiply(TLanes.Multiply(p, t), bell);
        return TLanes.Select(TLanes.Less(x, TLanes.Create(0f)), tail, TLanes.Subtract(one, tail));
    }

    /// <summary>eʳ - 1 ≈ r + r²·q(r) for |r| ≤ ln 2 / 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector SmallExpMinusOne<TLanes, TVector>(TVector r)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        TVector q = TLanes.Create(0.0013814467f);
        q = TLanes.Fma(q, r, TLanes.Create(0.008368781f));
        q = TLanes.Fma(q, r, TLanes.Create(0.041668393f));
        q = TLanes.Fma(q, r, TLanes.Create(0.1666652f));
        q = TLanes.Fma(q, r, TLanes.Create(0.49999994f));
        return TLanes.Fma(q, TLanes.Multiply(r, r), r);
    }

    /// <summary>e·ln 2 + ln(1 + f) for √½ ≤ 1 + f ≤ √2, with ln(1 + f) ≈ f - f²/2 + f³·p(f).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector ReducedLog<TLanes, TVector>(TVector f, TVector e)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        TVector p = TLanes.Create(0.06746651f);
        p = TLanes.Fma(p, f, TLanes.Create(-0.11675654f));
        p = TLanes.Fma(p, f, TLanes.Create(0.11888159f));
        p = TLanes.Fma(p, f, TLanes.Create(-0.124055885f));
        p = TLanes.Fma(p, f, TLanes.Create(0.14219552f));
        p = TLanes.Fma(p, f, TLanes.Create(-0.16667996f));
        p = TLanes.Fma(p, f, TLanes.Create(0.20002119f));
        p = TLanes.Fma(p, f, TLanes.Create(-0.2500001f));
        p = TLanes.Fma(p, f, TLanes.Create(0.33333313f));
        TVector square = TLanes.Multiply(f, f);
        TVector y = TLanes.Multiply(TLanes.Multiply(p, f), square);
        y = TLanes.Fma(e, TLanes.Create(-1.9046542e-09f), y);
        y = TLanes.Fma(square, TLanes.Create(-0.5f), y);
        return TLanes.Fma(e, TLanes.Create(0.6931472f), TLanes.Add(f, y));
    }

    /// <summary>2ⁿ for integer lanes n in [-126, 127].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector PowerOfTwo<TLanes, TVector>(TVector n)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        => TLanes.ShiftLeft(TLanes.AddBits(n, TLanes.CreateBits(127)), 23);
}
