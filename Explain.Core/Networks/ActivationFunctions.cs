using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Explain.Core;

// The formulas of the activations and of their derivatives, each written once for every vector width. A derivative takes the output y where that is
// enough, and the pre-activation x where its name says so. Selections are written so that NaN comes through: a network that diverges must show it.

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
