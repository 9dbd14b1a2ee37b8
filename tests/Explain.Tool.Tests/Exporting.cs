using System.Globalization;
using Explain.Core;

namespace Explain.Tool.Tests;

/// <summary>What <c>explain export</c> writes.</summary>
public sealed class Exporting : IDisposable
{
    private readonly TemporaryFolder _scratch = new();
    private readonly string _runs;

    public Exporting() => _runs = SampleRuns.Four(_scratch.Path);

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Csv_is_one_long_table_of_metrics_and_one_row_a_run_beside_it()
    {
        string path = _scratch["tables/all.csv"], second = _scratch["tables/all-runs.csv"];

        (await ToolRunner.RunAsync("export", _runs, "-o", path)).ShouldSucceed().Out.ShouldBe($"{path}\n{second}\n");

        List<string[]> rows = Rows(path);
        rows[0].ShouldBe(["run", "activation", "initialisation", "epoch", "metric", "layer", "value"]);
        RunFolder run = RunFolder.Open(Path.Combine(_runs, "tanh-he"));
        rows.Single(row => row is ["tanh-he", _, _, "3", "validation_loss", "", _])[1..3].ShouldBe(["tanh", "he normal"]);
        Value(rows.Single(row => row is ["tanh-he", _, _, "3", "validation_loss", "", _])).ShouldBe(run.Metrics[2].ValidationLoss);
        Value(rows.Single(row => row is ["tanh-he", _, _, "3", "dead_share", "dense1", _])).ShouldBe(0.25);
        rows.Count(row => row[0] == "tanh-he").ShouldBe(5 * (6 + (2 * 9)));
        // The last epoch of the one that diverged: its loss was infinite, and the validation loss not measured.
        Value(rows.Single(row => row is ["tanh-unit", _, _, "3", "loss", "", _])).ShouldBe(double.PositiveInfinity);
        rows.ShouldNotContain(row => row[0] == "tanh-unit" && row[3] == "3" && row[4] == "validation_loss");

        List<string[]> runs = Rows(second);
        runs.Select(row => row[0]).ShouldBe(["run", "relu-he", "relu-unit", "tanh-he", "tanh-unit"]);
        Cell(runs, 1, "activation").ShouldBe("relu");
        Cell(runs, 1, "test_accuracy").ShouldBe("0.95");
        Cell(runs, 1, "status").ShouldBe("Finished");
        Cell(runs, 4, "status").ShouldBe("Diverged");
        Cell(runs, 4, "test_accuracy").ShouldBe("");
        Cell(runs, 1, "weights_sha256").ShouldBe(RunFolder.Open(Path.Combine(_runs, "relu-he")).WeightsHashes[^1]);
    }

    [Theory]
    [InlineData("npz")]
    [InlineData("safetensors")]
    public async Task Arrays_hold_metrics_and_the_weights_of_every_kept_epoch(string format)
    {
        string run = Path.Combine(_runs, "relu-he"), path = _scratch["arrays"];
        (await ToolRunner.RunAsync("export", run, "--to", format, "-o", path)).ShouldSucceed().Out.ShouldBe($"{path}\n");
        var arrays = Arrays(path, format);
        RunFolder folder = RunFolder.Open(run);
        arrays["metrics/epoch"].ShouldBe([1, 2, 3, 4, 5]);
        arrays["metrics/loss"].ShouldBe(folder.Metrics.Select(row => row.Loss));
        arrays["metrics/dense2.weight_std"].ShouldBe(folder.Metrics.Select(row => row.Layers[1].WeightStd));
        arrays["snapshots/epochs"].ShouldBe([0, 1, 2, 3, 4, 5]);
        foreach (int epoch in folder.SnapshotEpochs)
        {
            var layer = folder.ReadSnapshot(epoch).Layers[0];
            arrays[$"snapshots/{epoch:00000}/layers.dense1.weight"].ShouldBe(layer.Weights.Span.ToArray().Select(value => (double)value));
            arrays[$"snapshots/{epoch:00000}/layers.dense1.bias"].ShouldBe(layer.Bias.Select(value => (double)value));
        }
        arrays.Count.ShouldBe(7 + (2 * 9) + 1 + (6 * 4));
    }

    [Theory]
    [InlineData("npz")]
    [InlineData("safetensors")]
    public async Task Of_several_runs_each_array_bears_its_runs_name(string format)
    {
        string path = _scratch["arrays." + format];
        (await ToolRunner.RunAsync("export", _runs, "-o", path)).ShouldSucceed();
        var arrays = Arrays(path, format);
        arrays["tanh-he/metrics/loss"].Length.ShouldBe(5);
        arrays["tanh-unit/metrics/loss"].Length.ShouldBe(3);
        arrays.ContainsKey("relu-unit/snapshots/00005/layers.dense2.weight").ShouldBeTrue();
    }

    [Fact]
    public async Task The_same_run_gives_the_same_bytes()
    {
        string run = Path.Combine(_runs, "relu-he");
        (await ToolRunner.RunAsync("export", run, "-o", _scratch["a.npz"])).ShouldSucceed();
        (await ToolRunner.RunAsync("export", run, "-o", _scratch["b.npz"])).ShouldSucceed();
        File.ReadAllBytes(_scratch["b.npz"]).ShouldBe(File.ReadAllBytes(_scratch["a.npz"]));
    }

    [Fact]
    public async Task Cells_with_commas_quotes_and_line_breaks_are_quoted()
    {
        SampleRuns.Write(_scratch["odd"], "a, \"b\"\nc", "relu", "he normal", 0.9);
        (await ToolRunner.RunAsync("export", _scratch["odd"], "-o", _scratch["odd.csv"])).ShouldSucceed();
        string text = File.ReadAllText(_scratch["odd.csv"]);
        text.ShouldStartWith("run,epoch,metric,layer,value\n\"a, \"\"b\"\"\nc\",1,loss,,");
        File.ReadAllBytes(_scratch["odd.csv"])[0].ShouldBe((byte)'r', "no byte order mark");
    }

    [Fact]
    public async Task Nothing_is_overwritten_without_force()
    {
        string run = Path.Combine(_runs, "relu-he"), path = _scratch.Write("mine.csv", "precious");
        (await ToolRunner.RunAsync("export", run, "-o", path)).ShouldBeRefused("mine.csv: the file exists", "--force");
        File.ReadAllText(path).ShouldBe("precious");
        File.Exists(_scratch["mine-runs.csv"]).ShouldBeFalse();

        File.Move(path, _scratch["other-runs.csv"]);
        (await ToolRunner.RunAsync("export", run, "-o", _scratch["other.csv"])).ShouldBeRefused("other-runs.csv: the file exists");
        File.Exists(_scratch["other.csv"]).ShouldBeFalse();

        (await ToolRunner.RunAsync("export", run, "-o", _scratch["other.csv"], "--force")).ShouldSucceed();
        Rows(_scratch["other-runs.csv"]).Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_cannot_be_exported_is_refused_and_nothing_is_written()
    {
        string run = Path.Combine(_runs, "relu-he");
        (await ToolRunner.RunAsync("export", run, "--to", "xlsx", "-o", _scratch["a.xlsx"]))
            .ShouldBeRefused("--to takes csv, npz or safetensors, not 'xlsx'");
        (await ToolRunner.RunAsync("export", run, "-o", _scratch["a.xlsx"]))
            .ShouldBeRefused("ends in none of .csv, .npz, .safetensors", "--to");
        (await ToolRunner.RunAsync("export", _scratch["nowhere"], "-o", _scratch["a.csv"])).ShouldBeRefused("nowhere");
        (await ToolRunner.RunAsync("export", run, "--to", "npz", "-o", _runs)).ShouldBeRefused("a folder is there");
        File.WriteAllText(Path.Combine(run, "snapshots", "00003.safetensors"), "torn");
        (await ToolRunner.RunAsync("export", run, "-o", _scratch["a.npz"])).ShouldBeRefused("00003.safetensors");
        (await ToolRunner.RunAsync("export", run, "-o", _scratch["a.safetensors"])).ShouldBeRefused("00003.safetensors");
        Directory.EnumerateFileSystemEntries(_scratch.Path).Select(Path.GetFileName).ShouldBe(["runs"]);
    }

    private static Dictionary<string, double[]> Arrays(string path, string format) => format == "npz"
        ? Npz.Read(path).ToDictionary(array => array.Key, array => array.Value.Values)
        : SafetensorsFile.Read(path).Tensors.ToDictionary(tensor => tensor.Key, tensor => tensor.Value.Doubles());

    private static double Value(string[] row) => double.Parse(row[^1], CultureInfo.InvariantCulture);

    private static string Cell(List<string[]> table, int row, string column) => table[row][Array.IndexOf(table[0], column)];

    // RFC 4180, without its line breaks of two characters.
    private static List<string[]> Rows(string path)
    {
        var rows = new List<string[]>();
        var cells = new List<string>();
        var cell = new System.Text.StringBuilder();
        bool quoted = false;
        foreach (char c in File.ReadAllText(path))
        {
            if (c == '"') quoted = !quoted; // No cell here has a quote in it.
            else if (quoted || c is not (',' or '\n')) cell.Append(c);
            else
            {
                cells.Add(cell.ToString());
                cell.Clear();
                if (c == ',') continue;
                rows.Add([.. cells]);
                cells.Clear();
            }
        }
        return rows;
    }
}
