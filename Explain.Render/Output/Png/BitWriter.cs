using System.Buffers.Binary;

namespace Explain.Render;

/// <summary>Bits to bytes, the lowest bit first, as deflate wants them. Reused from piece to piece.</summary>
internal sealed class BitWriter
{
    private byte[] _bytes = new byte[1 << 16];
    private int _length;
    private ulong _bits;
    private int _count;

    /// <summary>The whole bytes so far.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>Begins anew.</summary>
    public void Clear() => (_length, _bits, _count) = (0, 0, 0);

    /// <summary>Makes room for so many more bytes; <see cref="Put(ulong, int)"/> does not ask.</summary>
    public void Reserve(int bytes)
    {
        if (_length + bytes + 8 > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, _length + bytes + 8));
    }

    /// <summary>Appends the lowest <paramref name="count"/> bits, at most 48; the others are 0.</summary>
    public void Put(ulong bits, int count)
    {
        _bits |= bits << _count;
        _count += count;
        BinaryPrimitives.WriteUInt64LittleEndian(_bytes.AsSpan(_length), _bits);
        int whole = _count >> 3;
        _length += whole;
        _bits >>= whole << 3;
        _count &= 7;
    }

    /// <summary>Zero bits up to the next whole byte.</summary>
    public void Align()
    {
        if (_count > 0)
            Put(0, 8 - _count);
    }

    /// <summary>Whole bytes, after <see cref="Align"/>.</summary>
    public void Put(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }
}
