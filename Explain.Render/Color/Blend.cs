namespace Explain.Render;

/// <summary>
/// Source-over on premultiplied 8-bit colours, in sRGB as every browser does it. Two channels at a time in one 32-bit word; divisions by
/// 255 are rounded to nearest, exactly.
/// </summary>
internal static class Blend
{
    /// <summary>The even channels, R and B; shifted by 8 the odd ones, G and A.</summary>
    public const uint Channels = 0x00FF00FF;

    /// <summary>Whether nothing shows through any of the colours.</summary>
    public static bool IsOpaque(ReadOnlySpan<uint> colors) => colors.IndexOfAnyInRange(0u, 0xFEFFFFFFu) < 0;

    /// <summary>Straight → premultiplied.</summary>
    public static uint Premultiply(uint straight)
    {
        uint alpha = straight >> 24;
        return alpha == 255 ? straight : Scale(straight | 0xFF000000, alpha);
    }

    /// <summary>Premultiplied → straight, each channel rounded to nearest.</summary>
    public static uint Unpremultiply(uint p)
    {
        uint a = p >> 24;
        if (a is 255 or 0)
            return a == 0 ? 0 : p;
        uint half = a / 2;
        uint r = Math.Min(255, (((p & 255) * 255) + half) / a), g = Math.Min(255, ((((p >> 8) & 255) * 255) + half) / a),
            b = Math.Min(255, ((((p >> 16) & 255) * 255) + half) / a);
        return r | (g << 8) | (b << 16) | (a << 24);
    }

    /// <summary>Every channel times <paramref name="share"/> / 255.</summary>
    public static uint Scale(uint p, uint share) => Divide((p & Channels) * share) | (Divide(((p >> 8) & Channels) * share) << 8);

    /// <summary>Premultiplied <paramref name="source"/> over premultiplied <paramref name="under"/>.</summary>
    public static uint Over(uint under, uint source)
    {
        uint alpha = source >> 24;
        return alpha == 255 ? source : source + Scale(under, 255 - alpha);
    }

    /// <summary>
    /// The opaque colour <paramref name="solid"/> at <paramref name="alpha"/> over <paramref name="under"/>, rounded once.
    /// </summary>
    public static uint Mix(uint under, uint solid, uint alpha)
    {
        uint rest = 255 - alpha;
        return Divide(((solid & Channels) * alpha) + ((under & Channels) * rest))
            | (Divide((((solid >> 8) & Channels) * alpha) + (((under >> 8) & Channels) * rest)) << 8);
    }

    /// <summary>Both 16-bit halves divided by 255, rounded; each is at most 255².</summary>
    private static uint Divide(uint pair)
    {
        pair += 0x00800080;
        return ((pair + ((pair >> 8) & Channels)) >> 8) & Channels;
    }
}
