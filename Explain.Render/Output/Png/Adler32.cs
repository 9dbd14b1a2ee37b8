using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Explain.Render;

/// <summary>
/// The checksum of zlib streams (RFC 1950): a = 1 + the sum of the bytes, b = the sum of all a on the way, both modulo 65521; the value is
/// b·65536 + a. Whole numbers throughout, so that vectors change nothing.
/// </summary>
internal static class Adler32
{
    private const uint Modulus = 65521;
    private const int Lanes = 32;

    // The most steps after which the 16-bit sums of column sums, 255 · n(n − 1)/2, still fit.
    private const int Steps = 23;

    /// <summary>Checksum of some bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> data)
    {
        ulong a = 1, b = 0;
        while (data.Length >= Lanes)
        {
            int steps = Math.Min(Steps, data.Length / Lanes);
            Vector256<ushort> low = default, high = default, lowBefore = default, highBefore = default;
            ref byte first = ref MemoryMarshal.GetReference(data);
            for (int s = 0; s < steps; s++)
            {
                lowBefore += low;
                highBefore += high;
                var (l, h) = Vector256.Widen(Vector256.LoadUnsafe(ref first, (nuint)(s * Lanes)));
                low += l;
                high += h;
            }
            // A byte in column j of step s counts 32·(steps − 1 − s) + 32 − j times in b; lowBefore holds the first part of that, divided
            // by 32.
            b += a * (ulong)(steps * Lanes);
            for (int j = 0; j < Lanes / 2; j++)
            {
                uint left = low.GetElement(j), right = high.GetElement(j);
                a += left + right;
                b += (Lanes * (ulong)(lowBefore.GetElement(j) + highBefore.GetElement(j))) + ((ulong)(Lanes - j) * left)
                    + ((ulong)((Lanes / 2) - j) * right);
            }
            a %= Modulus;
            b %= Modulus;
            data = data[(steps * Lanes)..];
        }
        foreach (byte value in data)
        {
            a += value;
            b += a;
        }
        return (uint)(((b % Modulus) << 16) | (a % Modulus));
    }

    /// <summary>The checksum of two pieces one after the other from the checksums of both and the length of the second.</summary>
    public static uint Combine(uint first, uint second, long secondLength)
    {
        ulong length = (ulong)(secondLength % Modulus);
        ulong a1 = first & 0xFFFF, b1 = first >> 16, a2 = second & 0xFFFF, b2 = second >> 16;
        // The second piece started from 1; it should have started from a1.
        ulong a = (a1 + a2 + Modulus - 1) % Modulus;
        ulong b = (b1 + b2 + (length * (a1 + Modulus - 1))) % Modulus;
        return (uint)((b << 16) | a);
    }
}
