using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Explain.Render;

/// <summary>How hard to look for what repeats.</summary>
internal enum DeflateLevel
{
    /// <summary>Charts: runs, what stands above, and the last place where four bytes stood.</summary>
    Fast,

    /// <summary>Images inside documents: all that came before, and whether the next byte begins something longer.</summary>
    Small,
}

/// <summary>
/// Bytes → deflate (RFC 1951), our own so that the same bytes come out on every machine and with every version of .NET. Made for rows of
/// pictures: it tries a repeat of the last pixel and of the row above before anything else. One a thread; reused from piece to piece.
/// </summary>
internal sealed class Deflater
{
    /// <summary>Zeros that must stand behind the bytes to be compressed, so that words can be read there.</summary>
    public const int Slack = 8;

    /// <summary>How far back a match may lie.</summary>
    public const int Window = 32768;

    private const int FastBits = 13;
    private const int SmallBits = 15;
    private const int LongestMatch = DeflateBlock.LongestMatch;
    private const int BlockTokens = 1 << 14;

    // What zlib's level 9 uses too: a match of three bytes from further away costs more than three literals.
    private const int TooFar = 4096;
    private const int MostCandidates = 2048;

    private readonly DeflateBlock _block = new(BlockTokens);
    private readonly int[] _heads = new int[1 << SmallBits];
    private int[] _previous = [];

    /// <summary>
    /// Compresses the bytes behind the first <paramref name="known"/> ones, which the reader has already and which may be repeated.
    /// </summary>
    /// <param name="data">Known bytes, bytes to compress, and <see cref="Slack"/> zeros.</param>
    /// <param name="known">Bytes that came before.</param>
    /// <param name="pixel">Bytes from a pixel to the next.</param>
    /// <param name="row">Bytes from a row to the next; 0 where there are no rows.</param>
    /// <param name="level">How hard to look.</param>
    /// <param name="output">Where to.</param>
    /// <param name="last">Whether the stream ends here; otherwise it is left at a whole byte.</param>
    public void Compress(ReadOnlySpan<byte> data, int known, int pixel, int row, DeflateLevel level, BitWriter output, bool last)
    {
        int end = data.Length - Slack,
            written = level == DeflateLevel.Fast ? Fast(data, known, pixel, row, output) : Small(data, known, output);
        _block.Write(output, data[written..end], last);
        if (last)
            output.Align();
        else
            DeflateBlock.Stored(output, [], last: false);
    }

    private int Fast(ReadOnlySpan<byte> data, int known, int pixel, int row, BitWriter output)
    {
        int end = data.Length - Slack, written = known, misses = 0;
        if (row is 0 or > Window)
            row = pixel;
        var heads = _heads.AsSpan(0, 1 << FastBits);
        heads.Fill(-Window - 1);
        ref byte first = ref MemoryMarshal.GetReference(data);
        for (int i = known; i < end;)
        {
            ulong here = Read(ref first, i);
            int run = i >= pixel ? Same(here ^ Read(ref first, i - pixel)) : 0,
                above = i >= row ? Same(here ^ Read(ref first, i - row)) : 0;
            if (run == 8)
                run += Further(data, i + 8, pixel, end);
            if (above == 8)
                above += Further(data, i + 8, row, end);
            var (length, distance) = above > run ? (above, row) : (run, pixel);
            if (length < 8)
            {
                ref int head = ref heads[(int)(((uint)here * 0x9E3779B1u) >> (32 - FastBits))];
                int back = i - head;
                head = i;
                if (back <= Window)
                {
                    int found = Same(here ^ Read(ref first, i - back));
                    if (found == 8)
                        found += Further(data, i + 8, back, end);
                    if (found > Math.Max(length, 3))
                        (length, distance) = (found, back);
                }
            }
            length = Math.Min(length, end - i);
            if (length < 3)
            {
                // In noise the steps get longer and longer.
                for (int step = Math.Min(1 + (misses++ >> 5), end - i); step > 0; step--)
                {
                    if (_block.IsFull)
                        written = Flush(data, written, i, output);
                    _block.Literal(data[i++]);
                }
                continue;
            }
            misses = 0;
            for (; length >= 3; length -= LongestMatch)
            {
                if (_block.IsFull)
                    written = Flush(data, written, i, output);
                int part = Math.Min(length, LongestMatch);
                _block.Match(part, distance);
                i += part;
            }
        }
        return written;
    }

    private int Small(ReadOnlySpan<byte> data, int known, BitWriter output)
    {
        int end = data.Length - Slack, written = known, hashed = 0;
        if (_previous.Length < data.Length)
            _previous = new int[data.Length];
        _heads.AsSpan().Fill(-Window - 1);
        int pending = 0, pendingDistance = 0; // The match that begins a byte before i, until it is known whether the one at i is longer.
        bool open = false;
        for (int i = known; i < end;)
        {
            for (; hashed < i; hashed++)
                Insert(data, hashed);
            var (length, distance) = Longest(data, i, end, pending);
            if (_block.IsFull)
                written = Flush(data, written, open ? i - 1 : i, output);
            if (open && pending >= 3 && pending >= length)
            {
                _block.Match(pending, pendingDistance);
                i += pending - 1;
                (pending, open) = (0, false);
                continue;
            }
            if (open)
                _block.Literal(data[i - 1]);
            (pending, pendingDistance, open) = (length, distance, true);
            i++;
        }
        if (open)
        {
            if (_block.IsFull)
                written = Flush(data, written, end - 1, output);
            _block.Literal(data[end - 1]);
        }
        return written;
    }

    /// <summary>
    /// The longest match at <paramref name="i"/> that is longer than <paramref name="atLeast"/>, the nearest among equals; length 0 where
    /// there is none.
    /// </summary>
    private (int Length, int Distance) Longest(ReadOnlySpan<byte> data, int i, int end, int atLeast)
    {
        int most = Math.Min(LongestMatch, end - i), best = Math.Max(2, atLeast), distance = 0;
        if (best >= most)
            return (0, 0);
        ref byte first = ref MemoryMarshal.GetReference(data);
        int tries = MostCandidates;
        for (int at = _heads[Hash(ref first, i)]; i - at <= Window && tries-- > 0; at = _previous[at])
        {
            if (data[at + best] != data[i + best] || data[at + best - 1] != data[i + best - 1])
                continue;
            int length = Math.Min(most, Same(Read(ref first, i) ^ Read(ref first, at)));
            if (length == 8)
                length = Math.Min(most, 8 + Further(data, i + 8, i - at, end));
            if (length <= best || (length == 3 && i - at > TooFar))
                continue;
            (best, distance) = (length, i - at);
            if (best >= most)
                break;
        }
        return distance == 0 ? (0, 0) : (best, distance);
    }

    private void Insert(ReadOnlySpan<byte> data, int i)
    {
        ref int head = ref _heads[Hash(ref MemoryMarshal.GetReference(data), i)];
        _previous[i] = head;
        head = i;
    }

    private int Flush(ReadOnlySpan<byte> data, int from, int to, BitWriter output)
    {
        _block.Write(output, data[from..to], last: false);
        return to;
    }

    private static int Hash(ref byte first, int i) => (int)((((uint)Read(ref first, i) & 0xFFFFFF) * 0x9E3779B1u) >> (32 - SmallBits));

    private static ulong Read(ref byte first, int i)
    {
        ulong word = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref first, i));
        return BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word);
    }

    /// <summary>How many bytes from <paramref name="i"/> on are those that came <paramref name="distance"/> before.</summary>
    private static int Further(ReadOnlySpan<byte> data, int i, int distance, int end) =>
        i >= end ? 0 : data[i..end].CommonPrefixLength(data[(i - distance)..]);

    /// <summary>Leading bytes in which two words agree.</summary>
    private static int Same(ulong difference) => BitOperations.TrailingZeroCount(difference) >> 3;
}
