namespace Explain.Render;

/// <summary>
/// Premultiplied pixels of the device rows <see cref="Top"/> … Top + rows − 1: a band of the picture, or of a group drawn apart.
/// </summary>
internal readonly struct Surface(uint[] pixels, int offset, int width, int top)
{
    public int Width => width;

    public int Top => top;

    /// <summary>One device row.</summary>
    public Span<uint> Row(int y) => pixels.AsSpan(offset + ((y - top) * width), width);
}
