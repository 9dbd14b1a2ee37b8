namespace Explain.Core;

/// <summary>
/// Scratch memory for packed panels, aligned to a cache line: one buffer a thread and role, grown when needed and then kept, so that the
/// steady state of training allocates nothing. The arrays are pinned where they are made; they go with their thread.
/// </summary>
internal static unsafe class PackBuffers
{
    private const int Alignment = 64;

    [ThreadStatic]
    private static float[]? _columns;

    [ThreadStatic]
    private static float[]? _lines;

    /// <summary>Room for <paramref name="length"/> floats: a block's columns of B.</summary>
    public static float* Columns(nint length) => Aligned(ref _columns, length);

    /// <summary>Room for <paramref name="length"/> floats: a tile's rows of A.</summary>
    public static float* Lines(nint length) => Aligned(ref _lines, length);

    private static float* Aligned(ref float[]? buffer, nint length)
    {
        nint needed = length + (Alignment / sizeof(float));
        if (buffer is null || buffer.Length < needed) buffer = GC.AllocateUninitializedArray<float>(checked((int)needed), pinned: true);
        fixed (float* start = buffer) // Pinned for good already; this only gives the address.
            return (float*)(((nuint)start + (Alignment - 1)) & ~(nuint)(Alignment - 1));
    }
}
