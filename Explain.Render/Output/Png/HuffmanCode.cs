using System.Numerics;

namespace Explain.Render;

/// <summary>Lengths and codes of a canonical Huffman code (RFC 1951, 3.2.2).</summary>
internal static class HuffmanCode
{
    /// <summary>
    /// Code lengths of least total size for the given counts, none above <paramref name="limit"/>: the in-place algorithm of Moffat and
    /// Katajainen (1995), then codes that are too long are cut and the code is made whole again by lengthening others. Symbols that do not
    /// occur get 0; a single symbol gets 1.
    /// </summary>
    /// <param name="counts">How often each symbol occurs.</param>
    /// <param name="lengths">Receives as many lengths.</param>
    /// <param name="limit">Longest code allowed, in bits.</param>
    public static void Lengths(ReadOnlySpan<int> counts, Span<byte> lengths, int limit)
    {
        lengths.Clear();
        Span<ulong> sorted = stackalloc ulong[counts.Length];
        int n = 0;
        for (int s = 0; s < counts.Length; s++)
        {
            if (counts[s] > 0)
                sorted[n++] = ((ulong)counts[s] << 16) | (uint)s;
        }
        if (n == 0)
            return;
        sorted = sorted[..n];
        if (n == 1)
        {
            lengths[(int)(sorted[0] & 0xFFFF)] = 1;
            return;
        }
        sorted.Sort();
        Span<int> depths = stackalloc int[n];
        for (int i = 0; i < n; i++)
            depths[i] = (int)(sorted[i] >> 16);
        Depths(depths);

        Span<int> perLength = stackalloc int[limit + 1];
        perLength.Clear();
        foreach (int depth in depths)
            perLength[Math.Min(depth, limit)]++;
        Complete(perLength, limit);
        // The rarest symbols come first and get the longest codes.
        int at = 0;
        for (int length = limit; length >= 1; length--)
        {
            for (int i = perLength[length]; i > 0; i--)
                lengths[(int)(sorted[at++] & 0xFFFF)] = (byte)length;
        }
    }

    /// <summary>Codes for the lengths, their bits reversed as deflate writes them.</summary>
    public static void Codes(ReadOnlySpan<byte> lengths, Span<ushort> codes)
    {
        const int Longest = 15;
        Span<int> next = stackalloc int[Longest + 2];
        next.Clear();
        foreach (byte length in lengths)
            next[length + 1]++;
        next[1] = 0; // Symbols that do not occur take no code.
        for (int length = 1, code = 0; length <= Longest; length++)
        {
            code = (code + next[length]) << 1;
            next[length] = code;
        }
        for (int s = 0; s < lengths.Length; s++)
        {
            if (lengths[s] > 0)
                codes[s] = (ushort)(Reverse((uint)next[lengths[s]]++) >> (32 - lengths[s]));
        }
    }

    private static uint Reverse(uint bits)
    {
        bits = ((bits >> 1) & 0x55555555) | ((bits & 0x55555555) << 1);
        bits = ((bits >> 2) & 0x33333333) | ((bits & 0x33333333) << 2);
        bits = ((bits >> 4) & 0x0F0F0F0F) | ((bits & 0x0F0F0F0F) << 4);
        return BitOperations.RotateLeft(bits & 0x00FF00FF, 24) | BitOperations.RotateLeft(bits & 0xFF00FF00, 8);
    }

    /// <summary>Ascending counts, at least two, → depths in the tree, descending, in place.</summary>
    private static void Depths(Span<int> a)
    {
        int n = a.Length;
        // Join the two smallest again and again; a node that is used up keeps the index of its parent.
        a[0] += a[1];
        int root = 0, leaf = 2;
        for (int next = 1; next < n - 1; next++)
        {
            if (leaf >= n || a[root] < a[leaf])
            {
                a[next] = a[root];
                a[root++] = next;
            }
            else
            {
                a[next] = a[leaf++];
            }
            if (leaf >= n || (root < next && a[root] < a[leaf]))
            {
                a[next] += a[root];
                a[root++] = next;
            }
            else
            {
                a[next] += a[leaf++];
            }
        }
        // Depths of the inner nodes, from the root.
        a[n - 2] = 0;
        for (int next = n - 3; next >= 0; next--)
            a[next] = a[a[next]] + 1;
        // Depths of the leaves: what a level has room for and inner nodes do not take.
        int available = 1, depth = 0, inner = n - 2;
        int last = n - 1;
        while (available > 0)
        {
            int used = 0;
            while (inner >= 0 && a[inner] == depth)
            {
                used++;
                inner--;
            }
            for (; available > used; available--)
                a[last--] = depth;
            available = 2 * used;
            depth++;
        }
    }

    /// <summary>
    /// Cutting codes to the limit leaves them with more room than there is: for each unit too much a shorter code grows by a bit and makes
    /// room beside itself.
    /// </summary>
    private static void Complete(Span<int> perLength, int limit)
    {
        long taken = 0;
        for (int length = 1; length <= limit; length++)
            taken += (long)perLength[length] << (limit - length);
        for (; taken > 1L << limit; taken--)
        {
            perLength[limit]--;
            int length = limit - 1;
            while (perLength[length] == 0)
                length--;
            perLength[length]--;
            perLength[length + 1] += 2;
        }
    }
}
