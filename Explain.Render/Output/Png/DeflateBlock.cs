namespace Explain.Render;

/// <summary>
/// Literals and matches on their way into one block of deflate (RFC 1951, 3.2), which is written in the smallest of the three ways there
/// are: stored, with the fixed code, or with a code of its own.
/// </summary>
internal sealed class DeflateBlock
{
    /// <summary>The longest match.</summary>
    public const int LongestMatch = 258;

    private const int ShortestMatch = 3;
    private const int LengthSymbols = 286;
    private const int DistanceSymbols = 30;
    private const int EndOfBlock = 256;
    private const int StoredLimit = 65535;

    private static readonly byte[] CodeLengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
    private static readonly ushort[] LengthSymbol = new ushort[LongestMatch - ShortestMatch + 1];
    private static readonly ushort[] LengthBase = new ushort[LengthSymbols];
    private static readonly byte[] LengthExtra = new byte[LengthSymbols];
    private static readonly ushort[] DistanceBase = new ushort[DistanceSymbols];
    private static readonly byte[] DistanceExtra = new byte[DistanceSymbols];
    private static readonly byte[] DistanceSymbolOf = new byte[512];
    private static readonly byte[] FixedLengths = new byte[288];
    private static readonly byte[] FixedDistances = new byte[DistanceSymbols];

    // A literal is its byte; a match is (length − 2) · 65536 + distance, with a distance of 32768 as it is.
    private readonly uint[] _tokens;
    private readonly int[] _lengthCounts = new int[LengthSymbols];
    private readonly int[] _distanceCounts = new int[DistanceSymbols];
    private readonly byte[] _lengthBits = new byte[288];
    private readonly byte[] _distanceBits = new byte[DistanceSymbols];
    private readonly ushort[] _lengthCodes = new ushort[288];
    private readonly ushort[] _distanceCodes = new ushort[DistanceSymbols];
    private readonly ulong[] _matchCodes = new ulong[LengthSymbol.Length]; // Code and extra bits of a length, and their number · 2^32.
    private int _count;

    static DeflateBlock()
    {
        int length = 0;
        for (int s = 257; s < 285; s++)
        {
            (LengthBase[s], LengthExtra[s]) = ((ushort)length, (byte)(s < 265 ? 0 : (s - 261) / 4));
            for (int i = 0; i < 1 << LengthExtra[s] && length < LengthSymbol.Length; i++)
                LengthSymbol[length++] = (ushort)s;
        }
        LengthSymbol[^1] = 285; // 258 has a symbol of its own, without extra bits.
        LengthBase[285] = (ushort)(LengthSymbol.Length - 1);
        int distance = 0;
        for (int s = 0; s < DistanceSymbols; s++)
        {
            (DistanceBase[s], DistanceExtra[s]) = ((ushort)distance, (byte)(s < 4 ? 0 : (s - 2) / 2));
            for (int i = 0; i < 1 << DistanceExtra[s]; i++, distance++)
                DistanceSymbolOf[distance < 256 ? distance : 256 + (distance >> 7)] = (byte)s;
        }
        for (int s = 0; s < FixedLengths.Length; s++)
            FixedLengths[s] = (byte)(s < 144 ? 8 : s < 256 ? 9 : s < 280 ? 7 : 8);
        FixedDistances.AsSpan().Fill(5);
    }

    /// <summary>A block of at most so many literals and matches.</summary>
    public DeflateBlock(int capacity) => _tokens = new uint[capacity];

    /// <summary>Whether nothing more goes in.</summary>
    public bool IsFull => _count == _tokens.Length;

    /// <summary>A byte as it is.</summary>
    public void Literal(byte value)
    {
        _tokens[_count++] = value;
        _lengthCounts[value]++;
    }

    /// <summary><paramref name="length"/> bytes, 3 … 258, again that came <paramref name="distance"/> bytes before, 1 … 32768.</summary>
    public void Match(int length, int distance)
    {
        _tokens[_count++] = ((uint)(length - ShortestMatch + 1) << 16) | (uint)distance;
        _lengthCounts[LengthSymbol[length - ShortestMatch]]++;
        _distanceCounts[SymbolOf(distance)]++;
    }

    /// <summary>Writes the block and empties it.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="raw">The bytes that the block stands for.</param>
    /// <param name="last">Whether the stream ends here.</param>
    public void Write(BitWriter output, ReadOnlySpan<byte> raw, bool last)
    {
        _lengthCounts[EndOfBlock] = 1;
        HuffmanCode.Lengths(_lengthCounts, _lengthBits.AsSpan(0, LengthSymbols), 15);
        HuffmanCode.Lengths(_distanceCounts, _distanceBits, 15);
        _lengthBits.AsSpan(LengthSymbols).Clear();
        Span<byte> header = stackalloc byte[LengthSymbols + DistanceSymbols], repeats = stackalloc byte[LengthSymbols + DistanceSymbols];
        int lengths = Math.Max(257, Used(_lengthBits)), distances = Math.Max(1, Used(_distanceBits));
        int symbols = RunLengths(lengths, distances, header, repeats);
        Span<int> counts = stackalloc int[19];
        counts.Clear();
        foreach (byte s in header[..symbols])
            counts[s]++;
        Span<byte> headerBits = stackalloc byte[19];
        HuffmanCode.Lengths(counts, headerBits, 7);
        int orders = 19;
        while (orders > 4 && headerBits[CodeLengthOrder[orders - 1]] == 0)
            orders--;

        long own = 17 + (3 * orders) + (2 * counts[16]) + (3 * counts[17]) + (7 * counts[18]) + Size(_lengthBits, _distanceBits);
        for (int s = 0; s < 19; s++)
            own += counts[s] * headerBits[s];
        long common = 3 + Size(FixedLengths, FixedDistances), stored = (8L * raw.Length) + (((raw.Length / StoredLimit) + 1) * 40);
        output.Reserve((int)(Math.Min(own, Math.Min(common, stored)) / 8) + 16);
        if (stored < Math.Min(own, common))
        {
            Stored(output, raw, last);
        }
        else if (common <= own)
        {
            output.Put((last ? 1u : 0) | (1u << 1), 3);
            Tokens(output, FixedLengths, FixedDistances);
        }
        else
        {
            output.Put(
                (last ? 1u : 0) | (2u << 1) | ((uint)(lengths - 257) << 3) | ((uint)(distances - 1) << 8) | ((uint)(orders - 4) << 13), 17);
            foreach (byte s in CodeLengthOrder.AsSpan(0, orders))
                output.Put(headerBits[s], 3);
            Span<ushort> codes = stackalloc ushort[19];
            HuffmanCode.Codes(headerBits, codes);
            for (int i = 0; i < symbols; i++)
            {
                output.Put(codes[header[i]], headerBits[header[i]]);
                if (header[i] >= 16)
                    output.Put(repeats[i], header[i] switch { 16 => 2, 17 => 3, _ => 7 });
            }
            Tokens(output, _lengthBits, _distanceBits);
        }
        _count = 0;
        Array.Clear(_lengthCounts);
        Array.Clear(_distanceCounts);
    }

    /// <summary>
    /// Bytes as they are, in blocks of at most 65535. No bytes at all make an empty block, which leaves the stream at a whole byte.
    /// </summary>
    public static void Stored(BitWriter output, ReadOnlySpan<byte> raw, bool last)
    {
        do
        {
            var part = raw[..Math.Min(StoredLimit, raw.Length)];
            raw = raw[part.Length..];
            output.Reserve(part.Length + 16);
            output.Put(last && raw.IsEmpty ? 1u : 0, 3);
            output.Align();
            output.Put((uint)part.Length | ((uint)~part.Length << 16), 32);
            output.Put(part);
        }
        while (!raw.IsEmpty);
    }

    private static int SymbolOf(int distance) =>
        distance <= 256 ? DistanceSymbolOf[distance - 1] : DistanceSymbolOf[256 + ((distance - 1) >> 7)];

    private static int Used(ReadOnlySpan<byte> bits) => bits.LastIndexOfAnyExcept((byte)0) + 1;

    /// <summary>Bits of all literals, matches and the end.</summary>
    private long Size(ReadOnlySpan<byte> lengthBits, ReadOnlySpan<byte> distanceBits)
    {
        long bits = 0;
        for (int s = 0; s < LengthSymbols; s++)
            bits += (long)_lengthCounts[s] * (lengthBits[s] + LengthExtra[s]);
        for (int s = 0; s < DistanceSymbols; s++)
            bits += (long)_distanceCounts[s] * (distanceBits[s] + DistanceExtra[s]);
        return bits;
    }

    /// <summary>
    /// Both tables of lengths, one after the other, as symbols of RFC 1951, 3.2.7: 16 repeats the last 3 … 6 times, 17 and 18 are 3 … 10
    /// and 11 … 138 zeros.
    /// </summary>
    private int RunLengths(int lengths, int distances, Span<byte> symbols, Span<byte> repeats)
    {
        Span<byte> all = stackalloc byte[lengths + distances];
        _lengthBits.AsSpan(0, lengths).CopyTo(all);
        _distanceBits.AsSpan(0, distances).CopyTo(all[lengths..]);
        int count = 0;
        for (int i = 0; i < all.Length;)
        {
            byte value = all[i];
            int run = 1;
            while (i + run < all.Length && all[i + run] == value)
                run++;
            i += run;
            if (value != 0)
            {
                symbols[count++] = value;
                run--;
            }
            while (run >= 3)
            {
                int part = Math.Min(run, value != 0 ? 6 : 138);
                symbols[count] = (byte)(value != 0 ? 16 : part <= 10 ? 17 : 18);
                repeats[count++] = (byte)(part - (part <= 10 ? 3 : 11));
                run -= part;
            }
            for (; run > 0; run--)
                symbols[count++] = value;
        }
        return count;
    }

    private void Tokens(BitWriter output, ReadOnlySpan<byte> lengthBits, ReadOnlySpan<byte> distanceBits)
    {
        HuffmanCode.Codes(lengthBits, _lengthCodes);
        HuffmanCode.Codes(distanceBits, _distanceCodes);
        for (int i = 0; i < _matchCodes.Length; i++)
        {
            int s = LengthSymbol[i];
            _matchCodes[i] =
                ((ulong)(lengthBits[s] + LengthExtra[s]) << 32) | _lengthCodes[s] | ((uint)(i - LengthBase[s]) << lengthBits[s]);
        }
        foreach (uint token in _tokens.AsSpan(0, _count))
        {
            if (token < 256)
            {
                output.Put(_lengthCodes[token], lengthBits[(int)token]);
                continue;
            }
            ulong match = _matchCodes[(token >> 16) - 1];
            int count = (int)(match >> 32), distance = (int)(token & 0xFFFF), s = SymbolOf(distance);
            ulong bits = (uint)match | ((ulong)(_distanceCodes[s] | ((uint)(distance - 1 - DistanceBase[s]) << distanceBits[s])) << count);
            output.Put(bits, count + distanceBits[s] + DistanceExtra[s]);
        }
        output.Put(_lengthCodes[EndOfBlock], lengthBits[EndOfBlock]);
    }
}
