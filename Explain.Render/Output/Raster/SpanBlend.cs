using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Explain.Render;

/// <summary>
/// What becomes of a pixel <c>under</c> when <c>source</c> is laid over it, for one pixel and for 4, 8 and 16 of them. All forms give the
/// same bits.
/// </summary>
internal interface IPixelOperator
{
    uint Apply(uint under, uint source);

    Vector128<uint> Apply(Vector128<uint> under, Vector128<uint> source);

    Vector256<uint> Apply(Vector256<uint> under, Vector256<uint> source);

    Vector512<uint> Apply(Vector512<uint> under, Vector512<uint> source);
}

/// <summary>
/// Runs of premultiplied 8-bit pixels mixed 16, 8 or 4 at a time, whatever the processor has; what is left over pixel by pixel.
/// </summary>
internal static class SpanBlend
{
    /// <summary>The opaque colour <paramref name="solid"/> at <paramref name="alpha"/> / 255 over every pixel.</summary>
    public static void Mix(Span<uint> run, uint solid, uint alpha)
    {
        if (alpha == 255)
            run.Fill(solid);
        else if (alpha > 0)
            Apply(run, run, new MixOperator(solid, alpha));
    }

    /// <summary>Premultiplied pixels over others.</summary>
    public static void Over(Span<uint> under, ReadOnlySpan<uint> source) => Apply(under, source, default(OverOperator));

    /// <summary>Premultiplied pixels, each first made paler to <paramref name="share"/> / 255, over others.</summary>
    public static void Over(Span<uint> under, ReadOnlySpan<uint> source, uint share)
    {
        if (share == 255)
            Over(under, source);
        else if (share > 0)
            Apply(under, source, new FadedOperator(share));
    }

    /// <summary>under[i] = operator(under[i], source[i]); the spans have the same length and are the same memory or apart.</summary>
    private static void Apply<TOperator>(Span<uint> under, ReadOnlySpan<uint> source, TOperator o)
        where TOperator : struct, IPixelOperator
    {
        ref uint to = ref MemoryMarshal.GetReference(under);
        ref uint from = ref MemoryMarshal.GetReference(source[..under.Length]);
        nuint i = 0, length = (nuint)under.Length;
        // 16 pixels a step, then at most one step each of 8 and 4, then at most 3 pixels one by one.
        if (Vector512.IsHardwareAccelerated)
        {
            for (; i + 16 <= length; i += 16)
                o.Apply(Vector512.LoadUnsafe(ref to, i), Vector512.LoadUnsafe(ref from, i)).StoreUnsafe(ref to, i);
        }
        if (Vector256.IsHardwareAccelerated)
        {
            for (; i + 8 <= length; i += 8)
                o.Apply(Vector256.LoadUnsafe(ref to, i), Vector256.LoadUnsafe(ref from, i)).StoreUnsafe(ref to, i);
        }
        if (Vector128.IsHardwareAccelerated)
        {
            for (; i + 4 <= length; i += 4)
                o.Apply(Vector128.LoadUnsafe(ref to, i), Vector128.LoadUnsafe(ref from, i)).StoreUnsafe(ref to, i);
        }
        for (; i < length; i++)
            Unsafe.Add(ref to, i) = o.Apply(Unsafe.Add(ref to, i), Unsafe.Add(ref from, i));
    }

    /// <summary><see cref="Blend.Mix"/>; the source is not looked at.</summary>
    private readonly struct MixOperator(uint solid, uint alpha) : IPixelOperator
    {
        // What the colour adds to the even and to the odd channels, and what is left of those under it; at most 255² together, so 16 bits
        // hold every channel.
        private readonly uint _even = (solid & Blend.Channels) * alpha;
        private readonly uint _odd = ((solid >> 8) & Blend.Channels) * alpha;
        private readonly ushort _rest = (ushort)(255 - alpha);

        public uint Apply(uint under, uint source) => Blend.Mix(under, solid, alpha);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector128<uint> Apply(Vector128<uint> under, Vector128<uint> source)
        {
            var rest = Vector128.Create(_rest);
            var channels = Vector128.Create(Blend.Channels);
            return Divide(Vector128.Create(_even).AsUInt16() + ((under & channels).AsUInt16() * rest))
                | (Divide(Vector128.Create(_odd).AsUInt16() + (((under >> 8) & channels).AsUInt16() * rest)) << 8);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<uint> Apply(Vector256<uint> under, Vector256<uint> source)
        {
            var rest = Vector256.Create(_rest);
            var channels = Vector256.Create(Blend.Channels);
            return Divide(Vector256.Create(_even).AsUInt16() + ((under & channels).AsUInt16() * rest))
                | (Divide(Vector256.Create(_odd).AsUInt16() + (((under >> 8) & channels).AsUInt16() * rest)) << 8);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<uint> Apply(Vector512<uint> under, Vector512<uint> source)
        {
            var rest = Vector512.Create(_rest);
            var channels = Vector512.Create(Blend.Channels);
            return Divide(Vector512.Create(_even).AsUInt16() + ((under & channels).AsUInt16() * rest))
                | (Divide(Vector512.Create(_odd).AsUInt16() + (((under >> 8) & channels).AsUInt16() * rest)) << 8);
        }
    }

    /// <summary>
    /// <see cref="Blend.Over"/>: where the source is opaque nothing is left of what is under it, and where it is nothing all is, without a
    /// branch.
    /// </summary>
    private readonly struct OverOperator : IPixelOperator
    {
        public uint Apply(uint under, uint source) => Blend.Over(under, source);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector128<uint> Apply(Vector128<uint> under, Vector128<uint> source)
        {
            // 255 − alpha in both 16-bit halves of each pixel.
            var rest = Vector128.Create(255u) - (source >> 24);
            return source + Scale(under, (rest | (rest << 16)).AsUInt16());
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<uint> Apply(Vector256<uint> under, Vector256<uint> source)
        {
            var rest = Vector256.Create(255u) - (source >> 24);
            return source + Scale(under, (rest | (rest << 16)).AsUInt16());
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<uint> Apply(Vector512<uint> under, Vector512<uint> source)
        {
            var rest = Vector512.Create(255u) - (source >> 24);
            return source + Scale(under, (rest | (rest << 16)).AsUInt16());
        }
    }

    /// <summary><see cref="Blend.Over"/> of <see cref="Blend.Scale"/>.</summary>
    private readonly struct FadedOperator(uint share) : IPixelOperator
    {
        private readonly ushort _share = (ushort)share;

        public uint Apply(uint under, uint source) => Blend.Over(under, Blend.Scale(source, _share));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector128<uint> Apply(Vector128<uint> under, Vector128<uint> source) =>
            default(OverOperator).Apply(under, Scale(source, Vector128.Create(_share)));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<uint> Apply(Vector256<uint> under, Vector256<uint> source) =>
            default(OverOperator).Apply(under, Scale(source, Vector256.Create(_share)));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<uint> Apply(Vector512<uint> under, Vector512<uint> source) =>
            default(OverOperator).Apply(under, Scale(source, Vector512.Create(_share)));
    }

    /// <summary>Blend.Scale with a share for each half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Scale(Vector128<uint> p, Vector128<ushort> share)
    {
        var channels = Vector128.Create(Blend.Channels);
        return Divide((p & channels).AsUInt16() * share) | (Divide(((p >> 8) & channels).AsUInt16() * share) << 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Scale(Vector256<uint> p, Vector256<ushort> share)
    {
        var channels = Vector256.Create(Blend.Channels);
        return Divide((p & channels).AsUInt16() * share) | (Divide(((p >> 8) & channels).AsUInt16() * share) << 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Scale(Vector512<uint> p, Vector512<ushort> share)
    {
        var channels = Vector512.Create(Blend.Channels);
        return Divide((p & channels).AsUInt16() * share) | (Divide(((p >> 8) & channels).AsUInt16() * share) << 8);
    }

    /// <summary>16-bit products of two bytes, or sums of such up to 255², divided by 255 and rounded.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Divide(Vector128<ushort> v)
    {
        v += Vector128.Create((ushort)0x80);
        return ((v + (v >> 8)) >> 8).AsUInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Divide(Vector256<ushort> v)
    {
        v += Vector256.Create((ushort)0x80);
        return ((v + (v >> 8)) >> 8).AsUInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Divide(Vector512<ushort> v)
    {
        v += Vector512.Create((ushort)0x80);
        return ((v + (v >> 8)) >> 8).AsUInt32();
    }
}
