using System.Buffers.Binary;

namespace Explain.Render;

/// <summary>Fills a workspace's bytes with those from <paramref name="first"/> on; called from several threads.</summary>
internal delegate void ZlibSource(long first, Span<byte> bytes);

/// <summary>
/// A zlib stream (RFC 1950) in pieces that are compressed side by side, each with the bytes before it as its dictionary, and joined at
/// whole bytes. The pieces do not depend on the number of threads, so neither does the stream.
/// </summary>
internal static class Zlib
{
    private const int FastPiece = 1 << 18;
    private const int SmallPiece = 1 << 20;
    private static readonly Pool<Workspace> Workspaces = new(Environment.ProcessorCount);

    /// <summary>Compresses bytes that are there already.</summary>
    public static byte[] Compress(byte[] data, DeflateLevel level) =>
        Compress(data.Length, 1, 0, level, (first, bytes) => data.AsSpan((int)first, bytes.Length).CopyTo(bytes));

    /// <summary>Compresses <paramref name="length"/> bytes, which <paramref name="source"/> makes when they are wanted.</summary>
    /// <param name="length">How many bytes.</param>
    /// <param name="pixel">Bytes from a pixel to the next.</param>
    /// <param name="row">Bytes from a row to the next, by which the pieces are cut; 0 where there are no rows.</param>
    /// <param name="level">How hard to look for what repeats.</param>
    /// <param name="source">Makes whole rows, where there are rows; some are asked for twice.</param>
    public static byte[] Compress(long length, int pixel, int row, DeflateLevel level, ZlibSource source)
    {
        long unit = Math.Max(1, row), units = length / unit;
        long perPiece = Math.Max(1, (level == DeflateLevel.Fast ? FastPiece : SmallPiece) / unit);
        int pieces = (int)Math.Max(1, (units + perPiece - 1) / perPiece);
        // A row that is known is most of what charts need; the rest of the window would be made twice for little.
        long dictionary = level == DeflateLevel.Fast && row > 0 ? 1 : Deflater.Window / unit;
        var packed = new byte[pieces][];
        var sums = new uint[pieces];
        Pieces.For(pieces, static () => Workspaces.Rent() ?? new Workspace(), (p, workspace) =>
        {
            long first = p * perPiece, count = Math.Min(perPiece, units - first), known = Math.Min(first, dictionary);
            var bytes = workspace.Bytes((int)((known + count) * unit) + Deflater.Slack);
            bytes[^Deflater.Slack..].Clear();
            source((first - known) * unit, bytes[..^Deflater.Slack]);
            int skip = (int)(known * unit);
            sums[p] = Adler32.Of(bytes[skip..^Deflater.Slack]);
            workspace.Output.Clear();
            workspace.Deflater.Compress(bytes, skip, pixel, row, level, workspace.Output, last: p == pieces - 1);
            packed[p] = workspace.Output.Bytes.ToArray();
        }, static workspace => Workspaces.Return(workspace));

        var stream = new byte[6 + packed.Sum(piece => piece.Length)];
        BinaryPrimitives.WriteUInt16BigEndian(stream, level == DeflateLevel.Fast ? (ushort)0x7801 : (ushort)0x78DA);
        int at = 2;
        uint sum = 1;
        for (int p = 0; p < pieces; p++)
        {
            packed[p].CopyTo(stream, at);
            at += packed[p].Length;
            sum = Adler32.Combine(sum, sums[p], Math.Min(perPiece, units - (p * perPiece)) * unit);
        }
        BinaryPrimitives.WriteUInt32BigEndian(stream.AsSpan(at), sum);
        return stream;
    }

    private sealed class Workspace
    {
        private byte[] _bytes = [];

        public Deflater Deflater { get; } = new();

        public BitWriter Output { get; } = new();

        public Span<byte> Bytes(int length)
        {
            if (_bytes.Length < length)
                _bytes = new byte[length];
            return _bytes.AsSpan(0, length);
        }
    }
}
