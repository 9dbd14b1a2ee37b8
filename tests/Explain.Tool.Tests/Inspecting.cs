using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Explain.Core;

namespace Explain.Tool.Tests;

/// <summary>What <c>explain inspect</c> says of values, of every type and size.</summary>
public sealed class Inspecting : IDisposable
{
    private readonly TemporaryFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Bfloat16_is_counted_and_printed()
    {
        string file = File("bf16", ("w", "BF16", "2,2", "803F 0040 C07F 8040"));

        string[] lines = (await ToolRunner.RunAsync("inspect", file, "--values")).ShouldSucceed().Out.Split('\n');

        Cells(lines, "w").ShouldBe(["w", "BF16", "[2, 2]", "4", "8", "2.333", "1.247", "1.000", "4.000", "0", "1"]);
        lines.ShouldContain("w BF16 [2, 2]");
        lines.ShouldContain("    1    2");
        lines.ShouldContain("  nan    4");
    }

    [Theory]
    [InlineData("BOOL", "00 01 01 01", "4 4 0.7500 0.4330 0 1 1 0")]
    [InlineData("U8", "00 FF", "2 2 127.5 127.5 0 255 1 0")]
    [InlineData(
        "I64", "0000000000000080 FFFFFFFFFFFFFF7F", "2 16 0.0000 9.223e18 −9,223,372,036,854,775,808 9,223,372,036,854,775,807 0 0")]
    [InlineData("U64", "FFFFFFFFFFFFFFFF", "1 8 1.845e19 0.0000 18,446,744,073,709,551,615 18,446,744,073,709,551,615 0 0")]
    [InlineData("F16", "003C 007C 0000", "3 6 0.5000 0.5000 0.0000 1.000 1 1")]
    [InlineData("F8_E4M3", "38 7F 7E", "3 3 224.5 223.5 1.000 448.0 0 1")]
    [InlineData("F4", "72", "2 1 3.500 2.500 1.000 6.000 0 0")]
    [InlineData("F64", "9A9999999999B93F 9A9999999999B93F", "2 16 0.1000 0.0000 0.1000 0.1000 0 0")]
    [InlineData("C64", "00004040 00008040", "1 8 5.000 0.0000 5.000 5.000 0 0")]
    public async Task Every_type_is_counted(string type, string hexadecimal, string expected)
    {
        string count = expected.Split(' ')[0];
        string[] lines = (await ToolRunner.RunAsync("inspect", File("a", ("w", type, count, hexadecimal)))).ShouldSucceed().Out.Split('\n');
        Cells(lines, "w").ShouldBe(["w", type, $"[{count}]", .. expected.Split(' ')]);
    }

    [Fact]
    public async Task Totals_are_printed_below_several_tensors()
    {
        string file = File("two", ("a", "U8", "2", "00 01"), ("b", "F32", "2", "0000803F 0000803F"));
        (await ToolRunner.RunAsync("inspect", file)).ShouldSucceed().Out.ShouldEndWith("2 tensors, 4 values, 10 bytes\n");
    }

    [Fact]
    public async Task Json_has_integers_to_the_last_digit_and_values_in_the_tensors_shape()
    {
        string file = File(
            "many",
            ("flags", "BOOL", "2", "00 01"),
            ("large", "U64", "", "FFFFFFFFFFFFFFFF"),
            ("small", "F16", "1,2,1", "003C 007C"),
            ("waves", "C64", "1", "0000803F 000020C0"),
            ("none", "F32", "0,3", ""));

        string text = (await ToolRunner.RunAsync("inspect", file, "--values", "--json")).ShouldSucceed().Out;

        using JsonDocument json = JsonDocument.Parse(text);
        var tensors =
            json.RootElement.GetProperty("tensors").EnumerateArray().ToDictionary(tensor => tensor.GetProperty("name").GetString()!);
        Raw("flags", "values").ShouldBe("[false,true]");
        Raw("large", "values").ShouldBe("18446744073709551615");
        Raw("large", "max").ShouldBe("18446744073709551615");
        Raw("small", "values").ShouldBe("[[[1],[\"Infinity\"]]]");
        Raw("waves", "values").ShouldBe("[[1,-2.5]]");
        Raw("none", "values").ShouldBe("[]");
        Raw("none", "min").ShouldBe("\"NaN\"");

        string Raw(string tensor, string member) =>
            new([.. tensors[tensor].GetProperty(member).GetRawText().Where(c => !char.IsWhiteSpace(c))]);
    }

    [Fact]
    public async Task A_run_shows_its_matrices_and_biases_in_columns_that_line_up()
    {
        string run = SampleRuns.Write(_scratch["relu"], "relu", "relu", "he normal", 0.97);
        Snapshot snapshot = RunFolder.Open(run).ReadSnapshot(5);

        string[] lines = (await ToolRunner.RunAsync("inspect", run, "--values")).ShouldSucceed().Out.Split('\n');

        int at = Array.IndexOf(lines, "dense2 weights F32 [4, 12], a row a unit, a column an input");
        at.ShouldBeGreaterThan(0);
        for (int unit = 0; unit < 4; unit++)
        {
            string[] cells = lines[at + 1 + unit].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            cells.Length.ShouldBe(10);
            for (int i = 0; i < cells.Length; i++)
                double.Parse(cells[i]).ShouldBe(snapshot.Layers[1].Weights[unit, i], 1e-5);
            lines[at + 1 + unit].Length.ShouldBe(lines[at + 1].Length);
        }
        lines[at + 5].ShouldBe("  … and 2 more of 12 columns");
        lines.ShouldContain("  … and 54 more of 64 columns");
        lines.ShouldContain("dense1 bias F32 [12]");
        lines.ShouldContain("832 parameters, all trainable, 3.25 KiB");
    }

    [Fact]
    public async Task A_folder_of_runs_is_a_table_best_first_and_a_bad_run_does_not_hide_the_others()
    {
        string runs = SampleRuns.Four(_scratch.Path);
        Directory.CreateDirectory(Path.Combine(runs, "torn"));
        System.IO.File.WriteAllText(Path.Combine(runs, "torn", "run.json"), "{");

        var result = await ToolRunner.RunAsync("inspect", runs);

        result.Code.ShouldBe(0);
        string[][] lines = [.. result.Out.TrimEnd().Split('\n')
            .Select(line => line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
        lines[0].ShouldBe(["run", "activation", "initialisation", "status", "epochs", "test accuracy"]);
        lines[1].ShouldBe(["relu-he", "relu", "he normal", "finished", "5", "95.00 %"]);
        lines[1..5].Select(line => line[0]).ShouldBe(["relu-he", "tanh-he", "relu-unit", "tanh-unit"]);
        lines[4].ShouldBe(["tanh-unit", "tanh", "normal(1)", "diverged", "3", "–"]);
        lines[5].ShouldBe(["4 runs"]);
        result.Error.ShouldContain("left out: ");
        result.Error.ShouldContain("torn");

        using JsonDocument json = JsonDocument.Parse((await ToolRunner.RunAsync("inspect", runs, "--json")).Out);
        json.RootElement.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("name").GetString())
            .ShouldBe(lines[1..5].Select(line => line[0]));
        json.RootElement.GetProperty("unreadable").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public void Filters_are_printed_channel_by_channel_as_pictures()
    {
        float[] values = [.. Enumerable.Range(0, 2 * 2 * 3 * 2).Select(i => (float)i)];
        using var text = new StringWriter { NewLine = "\n" };
        ValueText.Write(text, NamedTensor.Of("w", [2, 2, 3, 2], values).Tensor, arePictures: true);
        text.ToString().ShouldBe("""
              filter 0, channel 0
               0   2   4
               6   8  10
              filter 0, channel 1
               1   3   5
               7   9  11
              filter 1, channel 0
              12  14  16
              18  20  22
              filter 1, channel 1
              13  15  17
              19  21  23

            """);
    }

    [Fact]
    public void Tensors_of_many_dimensions_are_printed_matrix_by_matrix_up_to_a_limit()
    {
        using var text = new StringWriter { NewLine = "\n" };
        ValueText.Write(text, NamedTensor.Of("w", [3, 3, 2, 2], new float[36]).Tensor);
        string[] lines = text.ToString().Split('\n');
        lines[0].ShouldBe("  [0, 0, :, :]");
        lines[9].ShouldBe("  [1, 0, :, :]");
        lines[^2].ShouldBe("  … and 1 more matrices of 9");
    }

    [Theory]
    [InlineData("0.5 -0.25", "0.500000 -0.250000")]
    [InlineData("123.456789 -1", "123.457 -1.000")]
    [InlineData("1 -20 300", "1 -20 300")]
    [InlineData("0 0", "0 0")]
    [InlineData("0.00012345678 0.0001", "0.000123457 0.000100000")]
    [InlineData("1 0.0000001", "1.00000e+00 1.00000e-07")]
    [InlineData("1000000.5 0.25", "1.00000e+06 2.50000e-01")]
    [InlineData("NaN 2.5 -Infinity", "nan 2.50000 -inf")]
    public void One_format_serves_a_whole_matrix_and_no_number_is_printed_as_zero_that_is_none(string values, string expected)
    {
        double[] numbers = [.. values.Split(' ').Select(double.Parse)];
        string.Join(' ', numbers.Select(ValueFormat.Of(numbers).Text)).ShouldBe(expected);
    }

    private static string[] Cells(string[] lines, string name) =>
        [.. lines.Single(line => line.StartsWith(name + "  ", StringComparison.Ordinal)).Split("  ", StringSplitOptions.RemoveEmptyEntries)
            .Select(cell => cell.Trim())];

    private string File(string name, params (string Name, string Type, string Shape, string Hexadecimal)[] tensors)
    {
        var entries = new List<string>();
        var data = new List<byte>();
        foreach (var (tensor, type, shape, hexadecimal) in tensors)
        {
            int begin = data.Count;
            data.AddRange(Convert.FromHexString(hexadecimal.Replace(" ", "")));
            entries.Add($$"""
                "{{tensor}}":{"dtype":"{{type}}","shape":[{{shape}}],"data_offsets":[{{begin}},{{data.Count}}]}
                """);
        }
        byte[] header = Encoding.UTF8.GetBytes($"{{{string.Join(',', entries)}}}");
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        string path = _scratch[name + ".safetensors"];
        System.IO.File.WriteAllBytes(path, [.. length, .. header, .. data]);
        return path;
    }
}
