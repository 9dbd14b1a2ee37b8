using System.Buffers.Binary;
using System.Text;
using CsCheck;

namespace Explain.Core.Tests;

public class SafetensorsTests
{
    public static TheoryData<SafetensorsError, string, int> MalformedHeaders => new()
    {
        { SafetensorsError.HeaderStart, "\uFEFF{}", 0 },
        { SafetensorsError.HeaderStart, " ", 0 },
        { SafetensorsError.HeaderStart, "[]", 0 },
        { SafetensorsError.HeaderStart, "", 0 },
        { SafetensorsError.HeaderNotJson, "{", 0 },
        { SafetensorsError.HeaderNotJson, "{}x", 0 },
        { SafetensorsError.HeaderNotJson, """{"\uD800":1}""", 0 },
        { SafetensorsError.HeaderNotJson, """{"__metadata__":{"a":"\uD800"}}""", 0 },
        { SafetensorsError.MetadataNotStrings, """{"__metadata__":7}""", 0 },
        { SafetensorsError.MetadataNotStrings, """{"__metadata__":{"a":7}}""", 0 },
        { SafetensorsError.MetadataNotStrings, """{"__metadata__":{"a":null}}""", 0 },
        { SafetensorsError.DuplicateName, """{"__metadata__":{"a":"1","a":"2"}}""", 0 },
        { SafetensorsError.DuplicateName, """{"__metadata__":{},"__metadata__":{}}""", 0 },
        {
            SafetensorsError.DuplicateName,
            """{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""",
            2
        },
        { SafetensorsError.EntryMalformed, """{"a":7}""", 0 },
        { SafetensorsError.EntryMalformed, """{"a":{"dtype":"U8","shape":[1]}}""", 1 },
        { SafetensorsError.EntryMalformed, """{"a":{"dtype":8,"shape":[1],"data_offsets":[0,1]}}""", 1 },
        { SafetensorsError.EntryMalformed, """{"a":{"dtype":"U8","shape":1,"data_offsets":[0,1]}}""", 1 },
        { SafetensorsError.EntryMalformed, """{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1,1]}}""", 1 },
        { SafetensorsError.EntryMalformed, """{"a":{"dtype":"U8","shape":[1],"offsets":[0,1]}}""", 1 },
        { SafetensorsError.EntryMalformed, """{"a":null}""", 0 },
        { SafetensorsError.DuplicateName, """{"a":{"dtype":"U8","shape":[1],"shape":[1],"data_offsets":[0,1]}}""", 1 },
        { SafetensorsError.UnknownType, """{"a":{"dtype":"f32","shape":[1],"data_offsets":[0,4]}}""", 4 },
        { SafetensorsError.ShapeOutOfRange, """{"a":{"dtype":"U8","shape":[-1],"data_offsets":[0,1]}}""", 1 },
        { SafetensorsError.ShapeOutOfRange, """{"a":{"dtype":"U8","shape":[1.5],"data_offsets":[0,1]}}""", 1 },
        { SafetensorsError.ShapeOutOfRange, """{"a":{"dtype":"U8","shape":["1"],"data_offsets":[0,1]}}""", 1 },
        { SafetensorsError.ShapeOutOfRange, """{"a":{"dtype":"U8","shape":[-0],"data_offsets":[0,0]}}""", 0 },
        { SafetensorsError.ShapeOutOfRange, """{"a":{"dtype":"U8","shape":[1e0],"data_offsets":[0,1]}}""", 1 },
        { SafetensorsError.ShapeOutOfRange, """{"a":{"dtype":"U8","shape":[2147483647,2147483647,2147483647],"data_offsets":[0,1]}}""", 1 },
        { SafetensorsError.ShapeOutOfRange, """{"a":{"dtype":"I64","shape":[2147483647,2147483647],"data_offsets":[0,1]}}""", 1 },
        { SafetensorsError.ShapeOutOfRange, """{"a":{"dtype":"I32","shape":[2,18446744073709551614],"data_offsets":[0,16]}}""", 16 },
        { SafetensorsError.PartOfByte, """{"a":{"dtype":"F4","shape":[3],"data_offsets":[0,2]}}""", 2 },
        { SafetensorsError.PartOfByte, """{"a":{"dtype":"F6_E2M3","shape":[2],"data_offsets":[0,2]}}""", 2 },
        { SafetensorsError.OffsetOutOfRange, """{"a":{"dtype":"U8","shape":[1],"data_offsets":[-1,0]}}""", 1 },
        { SafetensorsError.OffsetOutOfRange, """{"a":{"dtype":"U8","shape":[1],"data_offsets":[1,0]}}""", 1 },
        { SafetensorsError.OffsetOutOfRange, """{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""", 1 },
        { SafetensorsError.OffsetOutOfRange, """{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,99999999999999999999]}}""", 1 },
        { SafetensorsError.SizeMismatch, """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,3]}}""", 4 },
        { SafetensorsError.SizeMismatch, """{"a":{"dtype":"U8","shape":[3],"data_offsets":[0,4]}}""", 4 },
        {
            SafetensorsError.Overlap,
            """{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}""",
            3
        },
        {
            SafetensorsError.Hole,
            """{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"U8","shape":[1],"data_offsets":[2,3]}}""",
            3
        },
        { SafetensorsError.Hole, """{"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""", 2 },
        { SafetensorsError.TrailingBytes, """{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", 2 },
        { SafetensorsError.TrailingBytes, "{}", 1 },
    };

    public static TheoryData<string, int> AcceptedHeaders => new()
    {
        { "{}", 0 },
        { "{}\r \t\n", 0 },
        { "\t\n{}\r ", 0 },
        { """{"__metadata__":null}""", 0 },
        { """{"__metadata__":{}}""", 0 },
        { """{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1],"extra":{"of":[1.5e3,null]},"extra":0}}""", 1 },
        { """{"b":{"dtype":"U8","shape":[1],"data_offsets":[1,2]},"":{"data_offsets":[0,1],"shape":[1],"dtype":"U8"}}""", 2 },
        { """{"a":{"dtype":"I32","shape":[],"data_offsets":[0,4]}}""", 4 },
        { """{"a":{"dtype":"I32","shape":[2,0],"data_offsets":[0,0]}}""", 0 },
        { """{"a":{"dtype":"U8","shape":[2147483647,2147483647,0],"data_offsets":[0,0]}}""", 0 },
        {
            """{"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]},"none":{"dtype":"F64","shape":[0],"data_offsets":[1,1]},"""
                + """ "a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""",
            3
        },
        { """{"a":{"dtype":"F4","shape":[2,3],"data_offsets":[0,3]},"b":{"dtype":"F6_E3M2","shape":[4],"data_offsets":[3,6]}}""", 6 },
    };

    [Theory]
    [MemberData(nameof(AcceptedHeaders))]
    public void What_the_reference_reader_takes_is_taken(string header, int dataBytes) =>
        Should.NotThrow(() => SafetensorsFile.Parse(Bytes(Encoding.UTF8.GetBytes(header), dataBytes), "a"));

    [Fact]
    public void Members_that_nobody_knows_may_be_as_deep_as_the_reference_reader_follows()
    {
        Should.NotThrow(() => SafetensorsFile.Parse(Nested(125), "a"));
        Should.Throw<SafetensorsException>(() => SafetensorsFile.Parse(Nested(126), "a")).Error.ShouldBe(SafetensorsError.HeaderNotJson);

        static byte[] Nested(int depth) => Bytes(
            Encoding.UTF8.GetBytes(
                $$$"""{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0],"extra":{{{new string('[', depth)}}}"""
                    + $"{new string(']', depth)}}}}}"),
            0);
    }

    [Fact]
    public void What_is_wrong_is_told_in_a_sentence_however_long_the_header_is() =>
        Should.Throw<SafetensorsException>(() =>
            SafetensorsFile.Parse(Bytes(Encoding.UTF8.GetBytes($$"""{"a":"{{new string('x', 100_000)}}"}"""), 0), "a"))
            .Message.Length.ShouldBeLessThan(300);

    [Theory]
    [MemberData(nameof(MalformedHeaders))]
    public void Each_way_to_be_wrong_has_its_error(SafetensorsError error, string header, int dataBytes)
    {
        byte[] bytes = Bytes(Encoding.UTF8.GetBytes(header), dataBytes);

        SafetensorsException thrown = Should.Throw<SafetensorsException>(() => SafetensorsFile.Parse(bytes, "a.safetensors"));

        thrown.Error.ShouldBe(error, thrown.Message);
        thrown.Message.ShouldStartWith("a.safetensors: ");
    }

    [Fact]
    public void A_header_that_is_no_UTF8_is_refused() =>
        Should.Throw<SafetensorsException>(() => SafetensorsFile.Parse(Bytes([.. "{\""u8, 0xFF, .. "\":1}"u8], 0), "a"))
            .Error.ShouldBe(SafetensorsError.HeaderNotJson);

    [Fact]
    public void A_length_that_is_cut_or_lies_is_refused()
    {
        Error([1, 0, 0, 0, 0, 0, 0]).ShouldBe(SafetensorsError.LengthTruncated);
        Error([]).ShouldBe(SafetensorsError.LengthTruncated);
        Error([3, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'}']).ShouldBe(SafetensorsError.HeaderTruncated);
        Error([255, 255, 255, 255, 255, 255, 255, 255, (byte)'{', (byte)'}']).ShouldBe(SafetensorsError.HeaderTooLarge);

        static SafetensorsError Error(byte[] bytes) => Should.Throw<SafetensorsException>(() => SafetensorsFile.Parse(bytes, "a")).Error;
    }

    [Fact]
    public void What_is_asked_for_must_be_there_with_its_type_and_shape()
    {
        var writer = new SafetensorsWriter();
        writer.AddMetadata("number", "7");
        writer.Add("f", new float[6], 2, 3);
        writer.Add("i", new[] { -1L, long.MaxValue }, 2);
        SafetensorsFile file = Written(writer);

        Error(() => file.Floats("g", 1)).ShouldBe(SafetensorsError.TensorMissing);
        Error(() => file.Floats("i", 2)).ShouldBe(SafetensorsError.TypeMismatch);
        Error(() => file.Floats("f", 3, 2)).ShouldBe(SafetensorsError.ShapeMismatch);
        Error(() => file.Floats("f", 6)).ShouldBe(SafetensorsError.ShapeMismatch);
        Error(() => file.Counts("i", 2)).ShouldBe(SafetensorsError.ValueOutOfRange);
        Error(() => file.Meta("letter")).ShouldBe(SafetensorsError.MetadataMissing);
        Error(() => file.MetaList("number")).ShouldBe(SafetensorsError.MetadataMissing);
        file.Matrix("f", -1, 3).Rows.ShouldBe(2);
        file.Integers("i", -1).ShouldBe([-1L, long.MaxValue]);

        static SafetensorsError Error(Action ask) => Should.Throw<SafetensorsException>(ask).Error;
    }

    [Fact]
    public void The_header_is_padded_with_spaces_and_every_tensor_is_aligned()
    {
        var writer = new SafetensorsWriter();
        writer.AddMetadata("note", "café \"quoted\"");
        writer.Add("odd", new float[3], 3);
        writer.Add("wide", new long[] { 1, 2 }, 2);
        byte[] bytes = Bytes(writer);

        int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        (length % 8).ShouldBe(0);
        string header = Encoding.UTF8.GetString(bytes, 8, length).TrimEnd(' ');
        header.ShouldBe(
            """{"__metadata__":{"note":"café \"quoted\""},"wide":{"dtype":"I64","shape":[2],"data_offsets":[0,16]},"""
                + "\"odd\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[16,28]}}");
        bytes.Length.ShouldBe(8 + length + 28);
    }

    [Fact]
    public void Scalars_and_empty_tensors_are_tensors()
    {
        var writer = new SafetensorsWriter();
        writer.Add("scalar", new[] { 3f });
        writer.Add("empty", default(Matrix));
        writer.Add("none", Array.Empty<long>(), 0, 7);
        SafetensorsFile file = Written(writer);

        file.Floats("scalar").ShouldBe([3f]);
        file.Matrix("empty", 0, 0).IsEmpty.ShouldBeTrue();
        file.Tensors["none"].Shape.ShouldBe([0, 7]);
    }

    [Fact]
    public void A_tensor_needs_a_name_of_its_own_and_as_many_values_as_its_shape_says()
    {
        var writer = new SafetensorsWriter();
        writer.Add("a", new float[2], 2);
        Should.Throw<ArgumentException>(() => writer.Add("a", new long[2], 2));
        Should.Throw<ArgumentException>(() => writer.Add("__metadata__", new long[2], 2));
        Should.Throw<ArgumentException>(() => writer.Add("b", new float[2], 3));
    }

    [Fact]
    public void Any_bits_come_back() => Gen.Select(Gen.UInt.Array, Gen.Long.Array, Gen.String).Sample((floats, integers, name) =>
    {
        float[] values = Array.ConvertAll(floats, BitConverter.UInt32BitsToSingle);
        string odd = new([.. name.Where(c => !char.IsSurrogate(c))]);
        var writer = new SafetensorsWriter();
        writer.AddMetadata("text", odd);
        writer.AddMetadata("list", [odd, "b"]);
        writer.Add("f" + odd, values, values.Length);
        writer.Add("i" + odd, integers, integers.Length, 1);
        SafetensorsFile file = Written(writer);
        file.Meta("text").ShouldBe(odd);
        file.MetaList("list").ShouldBe([odd, "b"]);
        Array.ConvertAll(file.Floats("f" + odd, -1), BitConverter.SingleToUInt32Bits).ShouldBe(floats);
        file.Integers("i" + odd, -1, 1).ShouldBe(integers);
    }, iter: 300);

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        var writer = new SafetensorsWriter();
        writer.AddMetadata("a", "b");
        writer.Add("f", new float[] { 1, 2, 3 }, 3);
        byte[] bytes = Bytes(writer);
        for (int length = 0; length < bytes.Length; length++)
            Should.Throw<SafetensorsException>(() => SafetensorsFile.Parse(bytes.AsMemory(0, length), "a"));
    }

    private static byte[] Bytes(byte[] header, int dataBytes)
    {
        byte[] bytes = new byte[8 + header.Length + dataBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)header.Length);
        header.CopyTo(bytes, 8);
        return bytes;
    }

    private static byte[] Bytes(SafetensorsWriter writer)
    {
        using var stream = new MemoryStream();
        writer.Write(stream);
        return stream.ToArray();
    }

    private static SafetensorsFile Written(SafetensorsWriter writer) => SafetensorsFile.Parse(Bytes(writer), "test");
}
