namespace Explain.Render;

/// <summary>
/// The checksum of PNG chunks (ISO 3309, polynomial 0xEDB88320), eight bytes at a time ("slicing by 8", Kounavis and Berry 2005).
/// </summary>
internal static class Crc32
{
    private static readonly uint[][] Tables = MakeTables();

    /// <summary>Checksum of the two pieces one after the other.</summary>
    public static uint Of(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) => ~Update(Update(uint.MaxValue, first), second);

    private static uint Update(uint crc, ReadOnlySpan<byte> data)
    {
        var t = Tables;
        while (data.Length >= 8)
        {
            uint low = crc ^ System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(data);
            crc = t[7][low & 255] ^ t[6][(low >> 8) & 255] ^ t[5][(low >> 16) & 255] ^ t[4][low >> 24]
                ^ t[3][data[4]] ^ t[2][data[5]] ^ t[1][data[6]] ^ t[0][data[7]];
            data = data[8..];
        }
        foreach (byte b in data)
            crc = (crc >> 8) ^ t[0][(crc ^ b) & 255];
        return crc;
    }

    private static uint[][] MakeTables()
    {
        var tables = new uint[8][];
        for (int k = 0; k < 8; k++)
        {
            tables[k] = new uint[256];
            for (uint i = 0; i < 256; i++)
            {
                uint c = k == 0 ? i : tables[k - 1][i];
                for (int bit = 0; k == 0 && bit < 8; bit++)
                    c = (c & 1) != 0 ? (c >> 1) ^ 0xEDB88320 : c >> 1;
                tables[k][i] = k == 0 ? c : (c >> 8) ^ tables[0][c & 255];
            }
        }
        return tables;
    }
}
