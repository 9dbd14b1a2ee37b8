using System.Text.Json;
using Explain.Core;

namespace Explain.Tool.Tests;

/// <summary><c>verify</c>: what matches, what does not, and what cannot be verified.</summary>
public sealed class Verifying : IDisposable
{
    private const string Recipe = """
        name: tiny
        seed: 3
        data: {source: blobs, n: 60, validation: 0.2}
        network:
          - dense: 8
            activation: tanh
          - dense: 3
        loss: softmax cross-entropy
        optimizer: {kind: adam, rate: 0.05, schedule: {kind: cosine}}
        epochs: 6
        batch: 16
        """;

    private readonly TemporaryFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_run_is_trained_again_and_matches()
    {
        (await Train()).ShouldSucceed();
        string hash = RunFolder.Open(_scratch["run"]).WeightsHashes[^1];
        (await ToolRunner.RunAsync("verify", _scratch["run"], "--threads", "3")).ShouldSucceed()
            .Out.ShouldBe($"{_scratch["run"]}: all 6 epochs match; weights after epoch 6 {hash}\n");
        using var json = JsonDocument.Parse((await ToolRunner.RunAsync("verify", _scratch["run"], "--json")).ShouldSucceed().Out);
        json.RootElement.GetProperty("matches").GetBoolean().ShouldBeTrue();
        json.RootElement.GetProperty("matching").GetInt32().ShouldBe(6);
        json.RootElement.GetProperty("weightsHash").GetString().ShouldBe(hash);
    }

    [Fact]
    public async Task The_first_epoch_that_differs_is_told_with_both_hashes_and_what_differs_between_the_machines()
    {
        (await Train()).ShouldSucceed();
        string metrics = Path.Combine(_scratch["run"], "metrics.csv"), json = Path.Combine(_scratch["run"], "run.json");
        string hash = RunFolder.Open(_scratch["run"]).WeightsHashes[2], wrong = new('0', 64);
        File.WriteAllText(metrics, File.ReadAllText(metrics).Replace(hash, wrong));
        File.WriteAllText(json, File.ReadAllText(json).Replace(hash, wrong).Replace("\"processors\": ", "\"processors\": 77"));

        var result = await ToolRunner.RunAsync("verify", _scratch["run"]);

        result.Code.ShouldBe(1);
        result.Out.ShouldBe("");
        foreach (string part in new[] { "epoch 3 differs", $"had the hash {wrong}", $"now they have {hash}", "processors 77" })
            result.Error.ShouldContain(part);
        var told = await ToolRunner.RunAsync("verify", _scratch["run"], "--json");
        told.Code.ShouldBe(1);
        using var document = JsonDocument.Parse(told.Out);
        document.RootElement.GetProperty("matching").GetInt32().ShouldBe(2);
        document.RootElement.GetProperty("difference").GetProperty("epoch").GetInt32().ShouldBe(3);
        document.RootElement.GetProperty("environment").EnumerateArray().Select(one => one.GetProperty("name").GetString())
            .ShouldContain("processors");
    }

    [Theory]
    [InlineData(false, 2, "the files of this run contradict each other: run.json tells of 6 epochs, metrics.csv has 5 whole rows")]
    [InlineData(true, 1, "epoch 3 differs: its weights had the hash 0000000000")]
    public async Task A_record_that_was_changed_is_not_verified(bool changed, int code, string problem)
    {
        (await Train()).ShouldSucceed();
        string metrics = Path.Combine(_scratch["run"], "metrics.csv");
        string[] lines = File.ReadAllLines(metrics);
        string text = File.ReadAllText(metrics);
        File.WriteAllText(
            metrics,
            changed ? text.Replace(RunFolder.Open(_scratch["run"]).WeightsHashes[2], new string('0', 64))
                : string.Join("\n", lines[..^1]) + "\n");
        var result = await ToolRunner.RunAsync("verify", _scratch["run"]);
        result.Code.ShouldBe(code);
        result.Error.ShouldContain(problem);
    }

    [Fact]
    public async Task A_recipe_is_trained_with_its_quick_changes()
    {
        string recipe = _scratch.Write("quick.yaml", Recipe + "\nquick: {epochs: 2}\n");
        (await ToolRunner.RunAsync("train", recipe, "--quick", "--out", _scratch["quick"])).ShouldSucceed();
        RunFolder.Open(_scratch["quick"]).Metrics.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Another_recipe_in_the_record_is_found_out_at_once()
    {
        (await Train()).ShouldSucceed();
        string json = Path.Combine(_scratch["run"], "run.json");
        File.WriteAllText(json, File.ReadAllText(json).Replace("rate: 0.05", "rate: 0.06"));
        var result = await ToolRunner.RunAsync("verify", _scratch["run"]);
        result.Code.ShouldBe(1);
        result.Error.ShouldContain("epoch 1 differs");
    }

    [Fact]
    public async Task A_run_that_was_stopped_or_diverged_is_verified_as_far_as_it_goes()
    {
        string recipe = _scratch.Write("tiny.yaml", Recipe.Replace("epochs: 6", "epochs: 100000"));
        using (var process = new ToolProcess("", "train", recipe, "--out", _scratch["stopped"]))
        {
            await process.WaitForMetricsAsync(_scratch["stopped"], 5000);
            process.Send(ToolProcess.Interrupt);
            await process.EndAsync();
        }
        int epochs = RunFolder.Open(_scratch["stopped"]).Metrics.Count;
        (await ToolRunner.RunAsync("verify", _scratch["stopped"])).ShouldSucceed().Out.ShouldContain($"all {epochs} epochs match");

        string[] diverging =
        [
            "--set", "optimizer={kind: gradient descent, rate: 400}", "--set", "loss=mean squared error", "--set",
            "network.0.activation=identity", "--set", "batch=full", "--epochs", "300",
        ];
        (await Train(diverging)).Code.ShouldBe(1);
        var diverged = RunFolder.Open(_scratch["run"]);
        diverged.Outcome.Status.ShouldBe(RunStatus.Diverged);
        diverged.Metrics.Count.ShouldBeGreaterThan(1);
        (await ToolRunner.RunAsync("verify", _scratch["run"])).ShouldSucceed()
            .Out.ShouldContain($"all {diverged.Metrics.Count} epochs match");
    }

    [Fact]
    public async Task What_cannot_be_verified_ends_with_2()
    {
        SampleRuns.Write(_scratch["program"], "program", "relu", "he normal", 0.9);
        string json = Path.Combine(_scratch["program"], "run.json");
        var text = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(json))!;
        text["run"]!["recipe"] = "";
        File.WriteAllText(json, text.ToJsonString());
        (await ToolRunner.RunAsync("verify", _scratch["program"])).ShouldBeRefused("made by a program and has no recipe");
        (await ToolRunner.RunAsync("verify", _scratch["nowhere"])).ShouldBeRefused("there is no such folder");

        string recipe = _scratch.Write("csv.yaml", Recipe.Replace("{source: blobs, n: 60, validation: 0.2}", "{source: csv}"));
        string table = _scratch.Write("points.csv", "x,y,class\n1,2,a\n3,4,b\n5,6,c\n");
        (await ToolRunner.RunAsync("train", recipe, "--data", table, "--out", _scratch["csv"])).ShouldSucceed();
        (await ToolRunner.RunAsync("verify", _scratch["csv"])).ShouldBeRefused("--data");
        (await ToolRunner.RunAsync("verify", _scratch["csv"], "--data", _scratch["none.csv"])).ShouldBeRefused("none.csv");
        (await ToolRunner.RunAsync("verify", _scratch["csv"], "--data", table)).ShouldSucceed();
        _scratch.Write("points.csv", "x,y,class\n1,2,a\n3,4,b\n5,7,c\n");
        (await ToolRunner.RunAsync("verify", _scratch["csv"], "--data", table)).ShouldBeRefused("other data", "fingerprint");
    }

    private Task<ToolResult> Train(params string[] options) =>
        ToolRunner.RunAsync(["train", _scratch.Write("tiny.yaml", Recipe), "--out", _scratch["run"], .. options]);
}
