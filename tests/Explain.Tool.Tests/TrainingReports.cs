using System.Text.Json;
using Explain.Core;

namespace Explain.Tool.Tests;

/// <summary>What the command says of trainings, while they go on and when they have ended.</summary>
public sealed class TrainingReports : IDisposable
{
    private const string Recipe = """
        name: tiny
        seed: 3
        data: {source: blobs, n: 60, validation: 0.3}
        network:
          - dense: 8
            activation: tanh
          - dense: 3
        loss: softmax cross-entropy
        optimizer: {kind: adam, rate: 0.05}
        epochs: 6
        batch: 16
        keep: best

        """;

    private const string Comparison = """
        compare:
          optimizer.rate: [0.00001, 0.05]
          network.0.activation: [tanh, relu]

        """;

    private readonly TemporaryFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_comparison_ends_with_a_table_best_first_of_what_differs_and_without_hashes()
    {
        var result = (await ToolRunner.RunAsync("train", Write(Comparison), "--out", _scratch["runs"])).ShouldSucceed();

        string[] lines = result.Out.TrimEnd().Split('\n');
        lines.Length.ShouldBe(5);
        string[] header = Cells(lines[0]);
        header[..2].ShouldBe(["rate", "activation of layer 1"]);
        header.ShouldContain("validation accuracy");
        header[^2..].ShouldBe(["time", "folder"]);
        var folders = lines[1..].Select(line => RunFolder.Open(Cells(line)[^1])).ToList();
        var scores = folders.Select(run => run.Results.Final("validation accuracy")).ToList();
        scores.ShouldBe(scores.OrderDescending());
        lines[1].ShouldContain("0.05");
        foreach (var run in folders) result.Out.ShouldNotContain(run.WeightsHashes[^1]);
    }

    [Fact]
    public async Task Where_an_earlier_epoch_was_kept_it_is_named()
    {
        string[] lines =
            (await ToolRunner.RunAsync("train", Write(""), "--out", _scratch["run"], "--epochs", "30")).ShouldSucceed().Out.Split('\n');
        var run = RunFolder.Open(_scratch["run"]);
        run.Outcome.KeptEpoch.ShouldBeLessThan(30);
        Cells(lines[0])[3].ShouldBe("kept");
        Cells(lines[1])[3].ShouldBe($"epoch {run.Outcome.KeptEpoch}");
    }

    [Fact]
    public async Task Json_has_everything_for_scripts()
    {
        using var json = JsonDocument.Parse(
            (await ToolRunner.RunAsync("train", Write(Comparison), "--out", _scratch["runs"], "--json")).ShouldSucceed().Out);
        json.RootElement.GetProperty("score").GetString().ShouldBe("validation accuracy");
        var runs = json.RootElement.GetProperty("runs").EnumerateArray().ToList();
        runs.Count.ShouldBe(4);
        foreach (var told in runs)
        {
            var run = RunFolder.Open(told.GetProperty("folder").GetString()!);
            told.GetProperty("weightsHashes").EnumerateArray().Select(hash => hash.GetString()).ShouldBe(run.WeightsHashes);
            told.GetProperty("weightsHash").GetString().ShouldBe(run.WeightsHashes[^1]);
            told.GetProperty("keptEpoch").GetInt32().ShouldBe(run.Outcome.KeptEpoch);
            told.GetProperty("metrics").GetProperty("validation accuracy").GetDouble().ShouldBe(run.Results.Final("validation accuracy"));
            told.GetProperty("settings").EnumerateObject().Select(setting => (setting.Name, setting.Value.GetString()!))
                .ShouldBe(run.Info.Settings.Select(setting => (setting.Key, setting.Value)));
        }
    }

    [Fact]
    public async Task An_interrupted_comparison_prints_what_is_done_and_the_command_that_goes_on()
    {
        using var stop = new CancellationTokenSource();
        using var log = new Listener(line =>
        {
            if (line.Contains("(1 of 4): finished", StringComparison.Ordinal)) stop.Cancel();
        });
        using var output = new StringWriter { NewLine = "\n" };
        string recipe = Write(Comparison.ReplaceLineEndings("\n"));

        int code = await CommandLine.RunAsync(
            ["train", recipe, "--out", _scratch["runs"]], new Terminal(output, log, ProgressStyle.Lines), stop.Token);

        code.ShouldBe(1, log.ToString());
        string[] lines = output.ToString().TrimEnd().Split('\n');
        Cells(lines[0]).ShouldContain("status");
        lines.ShouldContain(line => line.Contains("finished"));
        lines.ShouldContain(line => line.Contains("cancelled"));
        lines[^1].ShouldBe("1 of 4 runs are done; one was stopped, 2 have not begun.");
        log.ToString().TrimEnd().ShouldEndWith($"explain train {recipe} --out {_scratch["runs"]} --resume");
    }

    [Fact]
    public async Task Without_a_terminal_progress_is_a_line_now_and_then()
    {
        using var output = new StringWriter();
        using var log = new StringWriter { NewLine = "\n" };
        (await CommandLine.RunAsync(["train", Write(""), "--out", _scratch["run"]], new Terminal(output, log, ProgressStyle.Lines)))
            .ShouldBe(0);
        string[] lines = log.ToString().TrimEnd().Split('\n');
        lines[0].ShouldBe("Training tiny: reading the data");
        lines.ShouldContain(line => line.StartsWith("new best model at epoch 1 (validation accuracy ", StringComparison.Ordinal));
        lines[^1].ShouldStartWith("tiny: finished after 6 epochs, validation accuracy ");
        lines.Length.ShouldBeLessThan(8);
    }

    private string Write(string comparison) => _scratch.Write("tiny.yaml", Recipe + comparison);

    private static string[] Cells(string line) =>
        [.. line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private sealed class Listener(Action<string> heard) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            heard(value ?? "");
        }
    }
}
