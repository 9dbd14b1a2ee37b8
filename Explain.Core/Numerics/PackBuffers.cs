namespace Explain.Core;

/// <summary>
/// Scratch memory for packed panels, aligned to a cache line: one buffer a thread and role, grown when needed and then kept, so that the steady
/// state of training allocates nothing. The arrays are pinned where they are made; they go with their thread.
/// </summary>
internal static unsafe class PackBuffers
{
    private const int Alignment = 64;

    [ThreadStatic]
    private static float[]? _shared;

    [ThreadStatic]
    private static float[]? _own;

    /// <summary>Room for <paramref name="length"/> floats that the calling thread fills and every worker reads.</summary>
    public static float* Shared(nint length) => Aligned(ref _shared, length);

    /// <summary>Room for <paramref name="length"/> floats that only the calling thread uses, for the time of one tile.</summary>
    public static float* Own(nint length) => Aligned(ref _own, length);

    private static float* Aligned(ref float[]? buffer, nint length)
    {
        nint needed = length + (Alignment / sizeof(float));
        if (buffer is null || buffer.Length < needed) buffer = GC.AllocateUninitializedArray<float>(checked((int)needed), pinned: true);
        fixed (float* start = buffer) // Pinned for good already; this only gives the address.
            return (float*)(((nuint)start + (Alignment - 1)) & ~(nuint)(Alignment - 1));
    }
}
