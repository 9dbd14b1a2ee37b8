using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Explain.Core;

/// <summary>What an optimiser does to one vector's worth of values.</summary>
internal interface IUpdateRule
{
    /// <summary>w, which changes.</summary>
    float[] Parameters { get; }

    /// <summary>g, which does not.</summary>
    float[] Gradients { get; }

    /// <summary>The first buffer of state, or null.</summary>
    float[]? First { get; }

    /// <summary>The second buffer of state, or null.</summary>
    float[]? Second { get; }

    /// <summary>Changes the values in place.</summary>
    void Update<TLanes, TVector>(ref TVector w, TVector g, ref TVector first, ref TVector second)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct;
}

/// <summary>
/// Runs a rule over a block of values in the widest vectors there are; the rest goes value by value through the same operations, hence to
/// the same bits. While the new parameters are in registers they are looked at: 0·w is 0 for what is finite and not a number for what is
/// not, and a sum of such keeps the stain.
/// </summary>
internal readonly unsafe struct UpdateOperation<TRule>(TRule rule, int[] broken) : IRowOperation
    where TRule : struct, IUpdateRule
{
    private readonly TRule _rule = rule;
    private readonly int[] _broken = broken;

    public void Invoke(int first, int count)
    {
        bool finite;
        fixed (float* w = _rule.Parameters, g = _rule.Gradients, a = _rule.First, b = _rule.Second)
        {
            if (Vector512.IsHardwareAccelerated) finite = Values<Lanes16, Vector512<float>>(w, g, a, b, first, first + count);
            else if (Vector256.IsHardwareAccelerated) finite = Values<Lanes8, Vector256<float>>(w, g, a, b, first, first + count);
            else if (Vector128.IsHardwareAccelerated) finite = Values<Lanes4, Vector128<float>>(w, g, a, b, first, first + count);
            else finite = Values<Lanes1, float>(w, g, a, b, first, first + count);
        }
        if (!finite) Volatile.Write(ref _broken[0], 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Values<TLanes, TVector>(float* w, float* g, float* a, float* b, nint i, nint end)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        TVector zero = TLanes.Create(0f), stain = zero;
        for (; i + TLanes.Count <= end; i += TLanes.Count)
        {
            TVector weight = TLanes.Load(w + i), one = a == null ? zero : TLanes.Load(a + i), two = b == null ? zero : TLanes.Load(b + i);
            _rule.Update<TLanes, TVector>(ref weight, TLanes.Load(g + i), ref one, ref two);
            TLanes.Store(w + i, weight);
            if (a != null) TLanes.Store(a + i, one);
            if (b != null) TLanes.Store(b + i, two);
            stain = TLanes.Add(stain, TLanes.Multiply(weight, zero));
        }
        float rest = 0;
        for (; i < end; i++)
        {
            float weight = w[i], one = a == null ? 0 : a[i], two = b == null ? 0 : b[i];
            _rule.Update<Lanes1, float>(ref weight, g[i], ref one, ref two);
            w[i] = weight;
            if (a != null) a[i] = one;
            if (b != null) b[i] = two;
            rest += weight * 0f;
        }
        float* stains = stackalloc float[16];
        TLanes.Store(stains, stain);
        for (int lane = 0; lane < TLanes.Count; lane++) rest += stains[lane];
        return rest == 0;
    }
}
