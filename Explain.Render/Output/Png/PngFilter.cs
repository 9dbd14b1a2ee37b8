using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Explain.Render;

/// <summary>
/// The five row filters of PNG, and which to take: the one whose bytes, read as signed, have the least sum of absolute values (the
/// heuristic that the standard recommends). The sums are whole numbers, the same for vectors of any width.
/// </summary>
internal sealed class PngFilter(int length, int pixelBytes)
{
    /// <summary>The number of the filter that takes the difference from the row above.</summary>
    public const byte Up = 2;

    private const int Filters = 5;
    private const int Lanes = 32;
    private const int Margin = 32; // In front of a row, zero: what stands left of the first pixel.

    private byte[] _row = new byte[Margin + length + Lanes];
    private byte[] _above = new byte[Margin + length + Lanes];

    /// <summary>Makes the row the one above and returns room for the next.</summary>
    public Span<byte> Next()
    {
        (_row, _above) = (_above, _row);
        return _row.AsSpan(Margin, length);
    }

    /// <summary>Writes the row under the best filter, the filter's number in front. The row above the first is all zero.</summary>
    public void Best(Span<byte> output)
    {
        Span<uint> sums = stackalloc uint[Filters];
        Sums(sums);
        int best = 0;
        for (int f = 1; f < Filters; f++)
        {
            if (sums[f] < sums[best])
                best = f;
        }
        output[0] = (byte)best;
        Apply(best, output[1..]);
    }

    private void Sums(Span<uint> sums)
    {
        sums.Clear();
        Vector256<uint> none = default, sub = default, up = default, average = default, paeth = default;
        int i = 0;
        for (; i + Lanes <= length; i += Lanes)
        {
            var (row, a, b, c) = Load(i);
            none += Magnitude(row);
            sub += Magnitude(row - a);
            up += Magnitude(row - b);
            average += Magnitude(row - Mean(a, b));
            paeth += Magnitude(row - Paeth(a, b, c));
        }
        (sums[0], sums[1], sums[2], sums[3], sums[4]) = (
            Vector256.Sum(none), Vector256.Sum(sub), Vector256.Sum(up), Vector256.Sum(average), Vector256.Sum(paeth));
        for (; i < length; i++)
        {
            for (int f = 0; f < Filters; f++)
                sums[f] += (uint)Math.Abs((int)(sbyte)Filtered(f, i));
        }
    }

    private void Apply(int filter, Span<byte> output)
    {
        int i = 0;
        for (; i + Lanes <= length; i += Lanes)
        {
            var (row, a, b, c) = Load(i);
            var predicted = filter switch { 0 => default, 1 => a, Up => b, 3 => Mean(a, b), _ => Paeth(a, b, c) };
            (row - predicted).StoreUnsafe(ref MemoryMarshal.GetReference(output), (nuint)i);
        }
        for (; i < length; i++)
            output[i] = Filtered(filter, i);
    }

    /// <summary>Bytes of the row, those to the left, above, and above to the left.</summary>
    private (Vector256<byte> Row, Vector256<byte> Left, Vector256<byte> Above, Vector256<byte> Corner) Load(int i)
    {
        ref byte row = ref MemoryMarshal.GetArrayDataReference(_row);
        ref byte above = ref MemoryMarshal.GetArrayDataReference(_above);
        nuint here = (nuint)(Margin + i), left = here - (nuint)pixelBytes;
        return (
            Vector256.LoadUnsafe(ref row, here),
            Vector256.LoadUnsafe(ref row, left),
            Vector256.LoadUnsafe(ref above, here),
            Vector256.LoadUnsafe(ref above, left));
    }

    private byte Filtered(int filter, int i)
    {
        int at = Margin + i, left = _row[at - pixelBytes], up = _above[at], corner = _above[at - pixelBytes];
        int predicted = filter switch { 0 => 0, 1 => left, Up => up, 3 => (left + up) >> 1, _ => Paeth(left, up, corner) };
        return (byte)(_row[at] - predicted);
    }

    /// <summary>Sums of |signed byte|, four bytes a lane.</summary>
    private static Vector256<uint> Magnitude(Vector256<byte> value)
    {
        var magnitude = Vector256.Min(value, -value);
        var pairs = (magnitude & Vector256.Create((ushort)0x00FF).AsByte()).AsUInt16() + (magnitude.AsUInt16() >>> 8);
        return (pairs.AsUInt32() & Vector256.Create(0xFFFFu)) + (pairs.AsUInt32() >>> 16);
    }

    /// <summary>(a + b) / 2, rounded down.</summary>
    private static Vector256<byte> Mean(Vector256<byte> a, Vector256<byte> b) =>
        (a & b) + (((a ^ b).AsUInt16() >>> 1).AsByte() & Vector256.Create((byte)0x7F));

    private static Vector256<byte> Paeth(Vector256<byte> a, Vector256<byte> b, Vector256<byte> c)
    {
        var toA = Vector256.Max(b, c) - Vector256.Min(b, c);
        var toB = Vector256.Max(a, c) - Vector256.Min(a, c);
        // a + b − c is as far from c as the two differences together where they point the same way, and then a or b is nearer.
        var sameWay = Vector256.Equals(Vector256.Equals(Vector256.Max(a, c), a), Vector256.Equals(Vector256.Max(b, c), b));
        var toC = (Vector256.Max(toA, toB) - Vector256.Min(toA, toB)) | sameWay;
        var takeA = Vector256.Equals(Vector256.Min(toA, Vector256.Min(toB, toC)), toA);
        var takeB = Vector256.Equals(Vector256.Min(toB, toC), toB);
        return Vector256.ConditionalSelect(takeA, a, Vector256.ConditionalSelect(takeB, b, c));
    }

    private static int Paeth(int left, int up, int corner)
    {
        int p = left + up - corner, toLeft = Math.Abs(p - left), toUp = Math.Abs(p - up), toCorner = Math.Abs(p - corner);
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }
}
