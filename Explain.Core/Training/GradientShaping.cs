using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Explain.Core;

/// <summary>
/// What happens to a step's flat gradient between backpropagation and the optimiser: the penalty is added, then it is clipped. Allocates
/// nothing.
/// </summary>
internal sealed class GradientShaping(Network network, Penalty? penalty, GradientClip? clip)
{
    /// <summary>
    /// 2⁻⁷⁰, what the gradient is scaled with where its squares overflow: a power of two, so that no digit is lost, and small enough for
    /// the largest floats.
    /// </summary>
    private const float Shrink = 1f / (1L << 62) / (1 << 8);

    /// <summary>The shaping that is asked for, or null where that is none.</summary>
    public static GradientShaping? For(Network network, Penalty? penalty, GradientClip? clip) =>
        penalty is null or { L1: 0, L2: 0 } && clip is null ? null : new GradientShaping(network, penalty, clip);

    /// <summary>Changes <paramref name="gradients"/>, which lie as the network's parameters do, in place.</summary>
    public void Apply(float[] gradients)
    {
        if (penalty is not null) AddPenalty(gradients, penalty);
        if (clip?.Value is { } value) Elementwise.Apply(gradients, gradients, new Lanewise<ClampFormula>(new((float)value)));
        if (clip?.Norm is { } norm) ClipNorm(gradients, norm);
    }

    private void AddPenalty(float[] gradients, Penalty penalty)
    {
        var slope = new PenaltySlope((float)penalty.L1, (float)penalty.L2);
        for (int l = 0; l < network.Layers.Count; l++)
        {
            var layer = network.Layers[l];
            int count = penalty.Count(layer);
            var g = gradients.AsSpan(layer.Offset, count);
            Elementwise.Apply(network.Parameters.Slice(layer.Offset, count), g, g, slope);
        }
    }

    private static void ClipNorm(float[] gradients, double limit)
    {
        double norm = Math.Sqrt(Reduce.SumOfSquares(gradients));
        if (norm <= limit) return;
        if (!double.IsFinite(norm))
        {
            // What is not finite stays so, for the training to tell; finite elements whose squares are too large are brought nearer first.
            if (!Reduce.IsAllFinite(gradients)) return;
            Elementwise.Scale(Shrink, gradients, gradients);
            norm = Math.Sqrt(Reduce.SumOfSquares(gradients));
        }
        Elementwise.Scale((float)(limit / norm), gradients, gradients);
    }

    /// <summary>x moved into −limit … limit; NaN stays NaN.</summary>
    private readonly struct ClampFormula(float limit) : IFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Apply<TLanes, TVector>(TVector x)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
        {
            TVector high = TLanes.Create(limit), low = TLanes.Create(-limit);
            x = TLanes.Select(TLanes.Less(high, x), high, x);
            return TLanes.Select(TLanes.Less(x, low), low, x);
        }
    }

    /// <summary>g + l2·w + l1·sign(w), the first sum rounded once.</summary>
    private readonly struct PenaltySlope(float l1, float l2) : IElementwise2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public float Apply(float x, float y) => Lane<Lanes1, float>(x, y);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector128<float> Apply(Vector128<float> x, Vector128<float> y) => Lane<Lanes4, Vector128<float>>(x, y);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<float> Apply(Vector256<float> x, Vector256<float> y) => Lane<Lanes8, Vector256<float>>(x, y);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Apply(Vector512<float> x, Vector512<float> y) => Lane<Lanes16, Vector512<float>>(x, y);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private TVector Lane<TLanes, TVector>(TVector w, TVector g)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
        {
            TVector zero = TLanes.Create(0f), signed = TLanes.Or(TLanes.Create(l1), TLanes.And(w, TLanes.CreateBits(int.MinValue)));
            return TLanes.Add(TLanes.Fma(TLanes.Create(l2), w, g), TLanes.Select(TLanes.Equal(w, zero), zero, signed));
        }
    }
}
