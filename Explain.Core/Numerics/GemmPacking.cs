using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Explain.Core;

/// <summary>
/// A read-only operand as the packing sees it: "lines" are the rows of A or the columns of B, each with an element for every k.
/// Element (line, k) lies at <c>Start[line * Line + k * Step]</c>; one of the two distances is 1.
/// </summary>
internal readonly unsafe struct GemmOperand(float* start, nint line, nint step)
{
    public readonly float* Start = start;
    public readonly nint Line = line;
    public readonly nint Step = step;

    public float* At(nint line, nint k) => Start + (line * Line) + (k * Step);
}

/// <summary>
/// Copies operands into panels: <c>width</c> lines side by side, element (line, k) at <c>panel[k * width + line]</c>, so that the kernel
/// reads memory in one ascending sweep. Lines beyond the edge are zeros, whose products are computed and thrown away.
/// </summary>
internal static unsafe class GemmPacking
{
    /// <summary>
    /// Packs <paramref name="k"/> steps of <paramref name="lines"/> lines from <paramref name="source"/> on, whose lines lie <paramref name="line"/> and whose steps
    /// lie <paramref name="step"/> elements apart, into panels <paramref name="panelStride"/> elements apart.
    /// </summary>
    public static void Panels(float* source, nint line, nint step, int lines, int k, int width, float* panels, nint panelStride)
    {
        if (line == 1)
        {
            CopyLines(source, step, lines, k, width, panels, panelStride);
            return;
        }
        for (int i = 0; i < lines; i += width, panels += panelStride) TransposeLines(source + (i * line), line, Math.Min(width, lines - i), k, width, panels);
    }

    /// <summary>Lines adjacent in memory: each step of k is one contiguous piece, read in one go and dealt out to the panels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyLines(float* source, nint step, int lines, int k, int width, float* panels, nint panelStride)
    {
        // Full panels of 12 or 32 floats in steps of 4 or 8; the panels of other widths (2 and 6, of plain floats) one by one.
        int stride = width % 8 == 0 && Vector256.IsHardwareAccelerated ? 8 : width % 4 == 0 ? 4 : 1;
        for (; k > 0; k--, source += step, panels += width)
        {
            float* to = panels;
            int i = 0;
            for (; i + width <= lines; i += width, to += panelStride)
            {
                float* from = source + i;
                if (stride == 8)
                {
                    for (int j = 0; j < width; j += 8) Vector256.Store(Vector256.Load(from + j), to + j);
                }
                else if (stride == 4)
                {
                    for (int j = 0; j < width; j += 4) Vector128.Store(Vector128.Load(from + j), to + j);
                }
                else
                {
                    for (int j = 0; j < width; j++) to[j] = from[j];
                }
            }
            if (i == lines) continue;
            for (int j = 0; j < width; j++) to[j] = i + j < lines ? source[i + j] : 0f;
        }
    }

    /// <summary>Steps of k adjacent in memory: four lines by four steps are transposed at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposeLines(float* source, nint line, int lines, int k, int width, float* panel)
    {
        int i = 0;
        for (; i + 4 <= lines && Sse.IsSupported; i += 4)
        {
            float* r0 = source + (i * line), r1 = r0 + line, r2 = r1 + line, r3 = r2 + line, to = panel + i;
            int p = 0;
            for (; p + 4 <= k; p += 4)
            {
                Vector128<float> v0 = Vector128.Load(r0 + p), v1 = Vector128.Load(r1 + p), v2 = Vector128.Load(r2 + p), v3 = Vector128.Load(r3 + p);
                Vector128<float> low01 = Sse.UnpackLow(v0, v1), low23 = Sse.UnpackLow(v2, v3);
                Vector128<float> high01 = Sse.UnpackHigh(v0, v1), high23 = Sse.UnpackHigh(v2, v3);
                Sse.MoveLowToHigh(low01, low23).Store(to);
                Sse.MoveHighToLow(low23, low01).Store(to + width);
                Sse.MoveLowToHigh(high01, high23).Store(to + (2 * width));
                Sse.MoveHighToLow(high23, high01).Store(to + (3 * width));
                to += 4 * width;
            }
            for (; p < k; p++, to += width)
            {
                to[0] = r0[p];
                to[1] = r1[p];
                to[2] = r2[p];
                to[3] = r3[p];
            }
        }
        for (; i < lines; i++)
        {
            float* from = source + (i * line), to = panel + i;
            for (int p = 0; p < k; p++, to += width) *to = from[p];
        }
        for (; i < width; i++)
        {
            float* to = panel + i;
            for (int p = 0; p < k; p++, to += width) *to = 0f;
        }
    }
}
