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

    /// <summary>The part of the operand from a line and a step on.</summary>
    public GemmOperand Shifted(nint line, nint k) => new(At(line, k), Line, Step);
}

/// <summary>
/// Copies operands into panels: <c>width</c> lines side by side, element (line, k) at <c>panel[k * width + line]</c>, so that the kernel
/// reads memory in one ascending sweep. Lines beyond the edge that a kernel reads are zeros, whose products are computed and thrown away.
/// </summary>
internal static unsafe class GemmPacking
{
    private const int StepsAhead = 16;

    /// <summary>Floats of a cache line.</summary>
    private const int CacheLine = 16;

    /// <summary>
    /// Packs <paramref name="k"/> steps of <paramref name="lines"/> lines from <paramref name="source"/> on, whose lines lie
    /// <paramref name="line"/> and whose steps lie <paramref name="step"/> elements apart, into panels <paramref name="panelStride"/>
    /// elements apart.
    /// </summary>
    public static void Panels(float* source, nint line, nint step, int lines, int k, int width, float* panels, nint panelStride)
    {
        if (line == 1)
        {
            CopyLines(source, step, lines, k, width, panels, panelStride);
            return;
        }
        for (int i = 0; i < lines; i += width, panels += panelStride)
            TransposeLines(source + (i * line), line, Math.Min(width, lines - i), k, width, panels);
    }

    /// <summary>
    /// Lines adjacent in memory: each step of k is one contiguous piece, read in one go and dealt out to the panels. The pieces lie far
    /// apart, which no processor foresees across pages, so those a few steps on are asked for.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyLines(float* source, nint step, int lines, int k, int width, float* panels, nint panelStride)
    {
        if (lines < width && lines <= 16 && width >= 12)
        {
            // Few lines: steps whose sixteen elements lie within the operand go in one vector with the lines that there are not masked out.
            // What one writes beyond its step, the next overwrites.
            var mask = Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(lines)).AsSingle();
            int safe = Math.Max(0, k - (int)((16 + step - 1) / step));
            for (int p = 0; p < safe; p++, source += step, panels += width) Vector512.Store(Vector512.Load(source) & mask, panels);
            k -= safe;
        }
        int whole = lines / width * width;
        for (; k > 0; k--, source += step, panels += width)
        {
            if (k > StepsAhead && Sse.IsSupported)
            {
                float* ahead = source + (StepsAhead * step);
                for (int i = 0; i < lines; i += CacheLine) Sse.Prefetch0(ahead + i);
            }
            float* to = panels;
            if (width % 16 == 0 && Vector512.IsHardwareAccelerated)
            {
                for (int i = 0; i < whole; i += width, to += panelStride)
                {
                    for (int j = 0; j < width; j += 16) Vector512.Store(Vector512.Load(source + i + j), to + j);
                }
            }
            else if (width % 8 == 0 && Vector256.IsHardwareAccelerated)
            {
                for (int i = 0; i < whole; i += width, to += panelStride)
                {
                    for (int j = 0; j < width; j += 8) Vector256.Store(Vector256.Load(source + i + j), to + j);
                }
            }
            else if (width == 12)
            {
                for (int i = 0; i < whole; i += width, to += panelStride)
                {
                    Vector256.Store(Vector256.Load(source + i), to);
                    Vector128.Store(Vector128.Load(source + i + 8), to + 8);
                }
            }
            else
            {
                for (int i = 0; i < whole; i += width, to += panelStride)
                {
                    for (int j = 0; j < width; j++) to[j] = source[i + j];
                }
            }
            if (whole == lines) continue;

            // Of a panel of B only the half that the kernel then reads, see GemmDriver; of a panel of A, which is narrower, all.
            int rest = lines - whole, filled = width >= 16 && rest <= width / 2 ? width / 2 : width;
            new Span<float>(to, filled).Clear();
            for (int j = 0; j < rest; j++) to[j] = source[whole + j];
        }
    }

    /// <summary>
    /// Steps of k adjacent in memory: eight lines by eight steps are transposed at a time, then four lines, then single ones.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposeLines(float* source, nint line, int lines, int k, int width, float* panel)
    {
        int i = 0;
        for (; i + 8 <= lines && Avx.IsSupported; i += 8) EightLines(source + (i * line), line, k, width, panel + i);
        for (; i + 4 <= lines && Sse.IsSupported; i += 4) FourLines(source + (i * line), line, k, width, panel + i);
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EightLines(float* r0, nint line, int k, int width, float* to)
    {
        float* r3 = r0 + (3 * line), r6 = r3 + (3 * line);
        int p = 0;
        for (; p + 8 <= k; p += 8, to += 8 * width)
        {
            // Pairs of lines are interleaved, then pairs of pairs: each vector then holds one step of lines 0–3 (or 4–7) in its lower half
            // and the step four further on in its upper half.
            Vector256<float> v0 = Vector256.Load(r0 + p), v1 = Vector256.Load(r0 + line + p), v2 = Vector256.Load(r0 + (2 * line) + p),
                v3 = Vector256.Load(r3 + p);
            Vector256<float> v4 = Vector256.Load(r3 + line + p), v5 = Vector256.Load(r3 + (2 * line) + p), v6 = Vector256.Load(r6 + p),
                v7 = Vector256.Load(r6 + line + p);
            Vector256<double> a0 = Avx.UnpackLow(v0, v1).AsDouble(), a1 = Avx.UnpackHigh(v0, v1).AsDouble(),
                a2 = Avx.UnpackLow(v2, v3).AsDouble(), a3 = Avx.UnpackHigh(v2, v3).AsDouble();
            Vector256<double> b0 = Avx.UnpackLow(v4, v5).AsDouble(), b1 = Avx.UnpackHigh(v4, v5).AsDouble(),
                b2 = Avx.UnpackLow(v6, v7).AsDouble(), b3 = Avx.UnpackHigh(v6, v7).AsDouble();
            Vector256<float> c0 = Avx.UnpackLow(a0, a2).AsSingle(), c1 = Avx.UnpackHigh(a0, a2).AsSingle(),
                c2 = Avx.UnpackLow(a1, a3).AsSingle(), c3 = Avx.UnpackHigh(a1, a3).AsSingle();
            Vector256<float> d0 = Avx.UnpackLow(b0, b2).AsSingle(), d1 = Avx.UnpackHigh(b0, b2).AsSingle(),
                d2 = Avx.UnpackLow(b1, b3).AsSingle(), d3 = Avx.UnpackHigh(b1, b3).AsSingle();
            Avx.Permute2x128(c0, d0, 0x20).Store(to);
            Avx.Permute2x128(c1, d1, 0x20).Store(to + width);
            Avx.Permute2x128(c2, d2, 0x20).Store(to + (2 * width));
            Avx.Permute2x128(c3, d3, 0x20).Store(to + (3 * width));
            Avx.Permute2x128(c0, d0, 0x31).Store(to + (4 * width));
            Avx.Permute2x128(c1, d1, 0x31).Store(to + (5 * width));
            Avx.Permute2x128(c2, d2, 0x31).Store(to + (6 * width));
            Avx.Permute2x128(c3, d3, 0x31).Store(to + (7 * width));
        }
        for (; p < k; p++, to += width)
        {
            for (int i = 0; i < 8; i++) to[i] = r0[(i * line) + p];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourLines(float* r0, nint line, int k, int width, float* to)
    {
        float* r1 = r0 + line, r2 = r1 + line, r3 = r2 + line;
        int p = 0;
        for (; p + 4 <= k; p += 4, to += 4 * width)
        {
            Vector128<float> v0 = Vector128.Load(r0 + p), v1 = Vector128.Load(r1 + p), v2 = Vector128.Load(r2 + p),
                v3 = Vector128.Load(r3 + p);
            Vector128<float> low01 = Sse.UnpackLow(v0, v1), low23 = Sse.UnpackLow(v2, v3);
            Vector128<float> high01 = Sse.UnpackHigh(v0, v1), high23 = Sse.UnpackHigh(v2, v3);
            Sse.MoveLowToHigh(low01, low23).Store(to);
            Sse.MoveHighToLow(low23, low01).Store(to + width);
            Sse.MoveLowToHigh(high01, high23).Store(to + (2 * width));
            Sse.MoveHighToLow(high23, high01).Store(to + (3 * width));
        }
        for (; p < k; p++, to += width)
        {
            to[0] = r0[p];
            to[1] = r1[p];
            to[2] = r2[p];
            to[3] = r3[p];
        }
    }
}
