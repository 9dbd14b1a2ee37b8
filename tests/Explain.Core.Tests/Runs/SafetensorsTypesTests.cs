using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Explain.Core.Tests;

/// <summary>Values of every type of the format, from files written here byte by byte.</summary>
public class SafetensorsTypesTests
{
    private const double NaN = double.NaN, Infinity = double.PositiveInfinity;

    public static TheoryData<string, string, double[]> Files => new()
    {
        { "BOOL", "00 01", [0, 1] },
        { "U8", "00 7F FF", [0, 127, 255] },
        { "I8", "00 7F 80 FF", [0, 127, -128, -1] },
        { "I16", "0100 0080 FFFF", [1, -32768, -1] },
        { "U16", "0100 0080 FFFF", [1, 32768, 65535] },
        { "I32", "01000000 00000080", [1, int.MinValue] },
        { "U32", "01000000 00000080", [1, 2147483648] },
        { "I64", "0100000000000000 0000000000000080", [1, long.MinValue] },
        { "U64", "0100000000000000 0000000000000080", [1, 9223372036854775808] },
        { "F16", "003C 00C0 0100 FF7B 007C 00FC 007E 0080", [1, -2, 5.9604644775390625e-8, 65504, Infinity, -Infinity, NaN, -0.0] },
        { "BF16", "803F 40C0 7F7F 0100 807F 80FF C07F", [1, -3, 3.3895313892515355e38, 9.183549615799121e-41, Infinity, -Infinity, NaN] },
        { "F32", "0000803F 000020C0 0000807F 0000C07F", [1, -2.5, Infinity, NaN] },
        { "F64", "000000000000F03F 9A9999999999B9BF 000000000000F0FF", [1, -0.1, -Infinity] },
        { "F8_E4M3", "38 B8 01 07 08 7E FE 7F FF 00 80", [1, -1, 0.001953125, 0.013671875, 0.015625, 448, -448, NaN, NaN, 0, -0.0] },
        { "F8_E5M2", "3C BC 01 7B 7C FC 7D 7F FF", [1, -1, 1.52587890625e-5, 57344, Infinity, -Infinity, NaN, NaN, NaN] },
        { "F8_E8M0", "7F 00 80 FE FF", [1, 5.877471754111438e-39, 2, 1.7014118346046923e38, NaN] },
        { "F8_E4M3FNUZ", "40 C0 01 7F FF 80 00", [1, -1, 0.0009765625, 240, -240, NaN, 0] },
        { "F8_E5M2FNUZ", "40 C0 01 7F FF 80 00", [1, -1, 7.62939453125e-6, 57344, -57344, NaN, 0] },
        // Two to a byte, the first in the lower half.
        { "F4", "10 32 54 76 98 BA DC FE", [0, 0.5, 1, 1.5, 2, 3, 4, 6, -0.0, -0.5, -1, -1.5, -2, -3, -4, -6] },
        // Four in three bytes, from the lowest bit on: codes 1, 8, 31, 63, then 0, 32, 33, 9.
        { "F6_E2M3", "01 F2 FD 00 18 26", [0.125, 1, 7.5, -7.5, 0, -0.0, -0.125, 1.125] },
        { "F6_E3M2", "01 F3 FD 00 18 36", [0.0625, 1, 28, -28, 0, -0.0, -0.0625, 1.25] },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_type_is_read_by_its_own_rules(string type, string hexadecimal, double[] expected)
    {
        SafetensorsTensor tensor = Tensor(type, hexadecimal, expected.Length);

        tensor.Count.ShouldBe(expected.Length);
        tensor.Doubles().Select(Bits).ShouldBe(expected.Select(Bits), Text(tensor.Doubles()));
        for (int i = 0; i < expected.Length; i++)
        {
            double[] one = new double[1];
            tensor.ReadDoubles(i, one);
            one[0].ShouldBe(expected[i], $"value {i} read alone");
        }
        tensor.Floats().ShouldBe(expected.Select(value => (float)value));
    }

    [Fact]
    public void No_type_of_the_format_is_left_out() =>
        SafetensorsType.All.Select(type => type.Name).Where(name => name != "C64")
            .ShouldBe(Files.Select(row => row.Data.Item1), ignoreOrder: true);

    [Fact]
    public void Eight_bits_with_an_exponent_of_five_are_the_upper_half_of_a_float16()
    {
        byte[] codes = [.. Enumerable.Range(0, 256).Select(code => (byte)code)];
        double[] values = Tensor("F8_E5M2", Convert.ToHexString(codes), 256).Doubles();
        for (int code = 0; code < 256; code++)
            values[code].ShouldBe((double)BitConverter.UInt16BitsToHalf((ushort)(code << 8)), $"code {code}");
    }

    [Fact]
    public void The_finite_values_of_eight_bit_types_rise_with_their_code()
    {
        byte[] codes = [.. Enumerable.Range(0, 127).Select(code => (byte)code)];
        foreach (string type in (string[])["F8_E4M3", "F8_E4M3FNUZ", "F8_E5M2FNUZ", "F8_E8M0"])
        {
            double[] values = Tensor(type, Convert.ToHexString(codes), codes.Length).Doubles();
            values.Zip(values.Skip(1)).ShouldAllBe(pair => pair.First < pair.Second, type);
        }
    }

    [Fact]
    public void Integers_come_exactly()
    {
        Tensor("U64", "FFFFFFFFFFFFFFFF 0100000000002000", 2).Integers().ShouldBe([ulong.MaxValue, 9007199254740993]);
        Tensor("I64", "0000000000000080", 1).Integers().ShouldBe([long.MinValue]);
        Tensor("I8", "80", 1).Integers().ShouldBe([-128]);
        Tensor("BOOL", "00 01", 2).Integers().ShouldBe([0, 1]);
        Should.Throw<InvalidOperationException>(() => Tensor("F8_E4M3", "38", 1).Integers());
    }

    [Fact]
    public void Complex_numbers_come_as_such()
    {
        SafetensorsTensor tensor = Tensor("C64", "0000803F 000020C0 00000000 0000803F", 2);
        var values = new Complex[2];
        tensor.ReadComplex(0, values);
        values.ShouldBe([new Complex(1, -2.5), new Complex(0, 1)]);
        Should.Throw<InvalidOperationException>(() => tensor.Doubles()).Message.ShouldContain("C64");
        Should.Throw<InvalidOperationException>(() => Tensor("F32", "0000803F", 1).ReadComplex(0, values));
    }

    // So that 0 and −0 differ and every NaN is like another.
    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(double.IsNaN(value) ? double.NaN : value);

    private static SafetensorsTensor Tensor(string type, string hexadecimal, int count)
    {
        byte[] data = Convert.FromHexString(hexadecimal.Replace(" ", ""));
        byte[] header =
            Encoding.UTF8.GetBytes($$$"""{"w":{"dtype":"{{{type}}}","shape":[{{{count}}}],"data_offsets":[0,{{{data.Length}}}]}}""");
        byte[] file = new byte[8 + header.Length + data.Length];
        BinaryPrimitives.WriteInt64LittleEndian(file, header.Length);
        header.CopyTo(file, 8);
        data.CopyTo(file, 8 + header.Length);
        return SafetensorsFile.Parse(file, "test").Tensors["w"];
    }

    private static string Text(IEnumerable<double> values) =>
        string.Join(' ', values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));
}
