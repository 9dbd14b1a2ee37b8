using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Explain.Render;

/// <summary>
/// One premultiplied pixel as four floats, 0 … 255, in the lanes of a 128-bit vector: R, G, B, A. The same operations, and so the same
/// bits, with and without vector instructions.
/// </summary>
internal static class Pixel
{
    private static readonly Vector128<float> Half = Vector128.Create(0.5f);

    /// <summary>8-bit channels → floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Unpack(uint p) =>
        Vector128.ConvertToSingle(Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalar(p).AsByte())).AsInt32());

    /// <summary>
    /// Floats → 8-bit channels, rounded to nearest; no channel above alpha, as premultiplied colours must be. Channels are not negative,
    /// and alpha is at most 255.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Pack(Vector128<float> v)
    {
        // In range, so that the truncation of every processor gives the same.
        var whole = Vector128.ConvertToInt32Native(v + Half);
        whole = Vector128.Min(whole, Vector128.Shuffle(whole, Vector128.Create(3)));
        var halves = Vector128.Narrow(whole, whole);
        return Vector128.Narrow(halves, halves).AsUInt32().ToScalar();
    }

    /// <summary>Alpha in all four lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Alpha(Vector128<float> v) => Vector128.Shuffle(v, Vector128.Create(3));

    /// <summary>Premultiplied <paramref name="source"/> over the pixel <paramref name="under"/>, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Over(uint under, Vector128<float> source)
    {
        var rest = Vector128.Create(1f) - (Alpha(source) * (1f / 255));
        return Pack(Vector128.Min(source + (Unpack(under) * rest), Vector128.Create(255f)));
    }
}
