using System.Diagnostics;
using Explain.Core;

namespace Explain.Tool.Tests;

/// <summary>What <c>train</c> leaves behind, and what it does not.</summary>
public sealed class Training : IDisposable
{
    private const string Recipe = """
        name: tiny
        seed: 3
        data: {source: blobs, n: 30, validation: 0.2}
        network:
          - dense: 8
            activation: tanh
          - dense: 3
        loss: softmax cross-entropy
        optimizer: {kind: adam, rate: 0.05}
        epochs: 6
        batch: 16
        """;

    private readonly TemporaryFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_recipe_becomes_a_finished_run()
    {
        var result = (await Train("--out", _scratch["run"])).ShouldSucceed();
        result.Out.ShouldContain("finished");
        result.Out.ShouldContain("train accuracy");
        result.Out.ShouldContain(_scratch["run"]);
        var run = RunFolder.Open(_scratch["run"]);
        result.Out.TrimEnd().ShouldEndWith($"tiny: weights after epoch 6 {run.WeightsHashes[^1]}");
        (await ToolRunner.RunAsync("inspect", _scratch["run"])).ShouldSucceed()
            .Out.ShouldContain($"weights   {run.WeightsHashes[^1]} (SHA-256 after epoch 6)");
        run.Outcome.Status.ShouldBe(RunStatus.Finished);
        run.Metrics.Count.ShouldBe(6);
        run.Info.Seed.ShouldBe(3ul);
    }

    [Fact]
    public async Task Options_change_the_recipe()
    {
        (await Train("--out", _scratch["run"], "--seed", "11", "--epochs", "2", "--set", "optimizer.rate=0.01", "--set", "name=other"))
            .ShouldSucceed();
        var run = RunFolder.Open(_scratch["run"]);
        run.Info.Name.ShouldBe("other");
        run.Info.Seed.ShouldBe(11ul);
        run.Metrics.Count.ShouldBe(2);
        run.Metrics[0].Rate.ShouldBe(0.01, 1e-9);
    }

    [Fact]
    public async Task Threads_do_not_change_the_weights()
    {
        (await Train("--out", _scratch["one"], "--threads", "1")).ShouldSucceed();
        (await Train("--out", _scratch["three"], "--threads", "3")).ShouldSucceed();
        RunFolder.Open(_scratch["three"]).WeightsHashes.ShouldBe(RunFolder.Open(_scratch["one"]).WeightsHashes);
    }

    [Fact]
    public async Task A_resolved_recipe_repeats_the_run_to_the_last_bit()
    {
        (await Train("--out", _scratch["first"], "--seed", "5")).ShouldSucceed();
        var first = RunFolder.Open(_scratch["first"]);
        (await ToolRunner.RunAsync("train", _scratch.Write("resolved.yaml", first.Info.Recipe), "--out", _scratch["again"]))
            .ShouldSucceed();
        RunFolder.Open(_scratch["again"]).WeightsHashes.ShouldBe(first.WeightsHashes);
    }

    [Fact]
    public async Task A_comparison_becomes_a_run_a_variant()
    {
        string recipe = _scratch.Write("compare.yaml", Recipe + "\ncompare:\n  optimizer.rate: [0.05, 0.01]\n  seed: [1, 2]\n");
        (await ToolRunner.RunAsync("train", recipe, "--out", _scratch["runs"])).ShouldSucceed();
        var runs = RunFolder.OpenAll(_scratch["runs"]);
        runs.Count.ShouldBe(4);
        runs.Select(run => run.WeightsHashes[^1]).Distinct().Count().ShouldBe(4);
    }

    [Fact]
    public async Task A_run_that_is_there_is_replaced_only_by_force()
    {
        (await Train("--out", _scratch["run"])).ShouldSucceed();
        string before = RunFolder.Open(_scratch["run"]).WeightsHashes[^1];
        (await Train("--out", _scratch["run"], "--seed", "9")).ShouldBeRefused("there is a run already", "--out", "--force");
        RunFolder.Open(_scratch["run"]).WeightsHashes[^1].ShouldBe(before);
        (await Train("--out", _scratch["run"], "--seed", "9", "--force")).ShouldSucceed();
        RunFolder.Open(_scratch["run"]).WeightsHashes[^1].ShouldNotBe(before);
    }

    [Fact]
    public async Task A_folder_that_is_not_a_run_is_left_alone_even_by_force()
    {
        Directory.CreateDirectory(_scratch["thesis"]);
        _scratch.Write("thesis/chapter1.txt", "precious");
        (await Train("--out", _scratch["thesis"], "--force")).ShouldBeRefused("not a run", "--out");
        File.ReadAllText(_scratch["thesis/chapter1.txt"]).ShouldBe("precious");
    }

    [Fact]
    public async Task A_run_that_diverges_keeps_its_record_and_ends_with_1()
    {
        var result = await Train(
            "--out", _scratch["run"], "--set", "optimizer={kind: gradient descent, rate: 1e6}", "--set", "loss=mean squared error");
        result.Code.ShouldBe(1, result.Error);
        result.Error.ShouldStartWith("error: tiny diverged. ");
        RunFolder.Open(_scratch["run"]).Outcome.Status.ShouldBe(RunStatus.Diverged);
    }

    [Fact]
    public async Task Every_problem_of_a_recipe_is_named_with_its_line_and_nothing_is_written()
    {
        string recipe = _scratch.Write("bad.yaml", Recipe.Replace("epochs: 6", "epoch: 6").Replace("rate: 0.05", "rate: -1"));
        (await ToolRunner.RunAsync("train", recipe, "--out", _scratch["run"])).ShouldBeRefused("bad.yaml", "epoch", "epochs", "rate");
        Directory.Exists(_scratch["run"]).ShouldBeFalse();
    }

    [Theory]
    [InlineData("missing.yaml", "no such file")]
    [InlineData("xor-tan", "did you mean 'xor-tanh'?")]
    public async Task A_recipe_that_is_not_there_is_refused(string recipe, string message) =>
        (await ToolRunner.RunAsync("train", recipe, "--out", _scratch["run"])).ShouldBeRefused(recipe, message);

    [Fact]
    public async Task Truncated_images_are_refused_and_nothing_is_written()
    {
        (await ToolRunner.RunAsync("data", "make", "strokes", "--set", "train=40", "--set", "test=20", "-o", _scratch["digits"]))
            .ShouldSucceed();
        string images = Path.Combine(_scratch["digits"], "train-images-idx3-ubyte.gz");
        File.WriteAllBytes(images, File.ReadAllBytes(images)[..^50]);
        (await ToolRunner.RunAsync("train", "digits-one-layer", "--data", _scratch["digits"], "--out", _scratch["run"]))
            .ShouldBeRefused("train-images-idx3-ubyte");
        Directory.Exists(_scratch["run"]).ShouldBeFalse();
    }

    [Fact]
    public async Task A_bad_table_is_refused_with_its_line()
    {
        string recipe = _scratch.Write("csv.yaml", Recipe.Replace("{source: blobs, n: 30, validation: 0.2}", "{source: csv}"));
        string table = _scratch.Write("points.csv", "x,y,class\n1,2,a\n3,oops,b\n");
        (await ToolRunner.RunAsync("train", recipe, "--data", table, "--out", _scratch["run"])).ShouldBeRefused("points.csv", "oops", "3");
        (await ToolRunner.RunAsync("train", recipe, "--data", _scratch["none.csv"], "--out", _scratch["run"])).ShouldBeRefused("none.csv");
        Directory.Exists(_scratch["run"]).ShouldBeFalse();
    }

    [Fact]
    public async Task A_killed_training_leaves_a_run_that_can_be_read_and_drawn()
    {
        string recipe = _scratch.Write("long.yaml", Recipe.Replace("epochs: 6", "epochs: 1000000"));
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet", [typeof(CommandLine).Assembly.Location, "train", recipe, "--out", _scratch["run"]])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        string metrics = Path.Combine(_scratch["run"], "metrics.csv");
        for (int i = 0; i < 600 && (!File.Exists(metrics) || new FileInfo(metrics).Length < 20_000); i++)
        {
            process.HasExited.ShouldBeFalse("it should train on and on");
            await Task.Delay(100);
        }
        process.Kill();
        await process.WaitForExitAsync();
        var run = RunFolder.Open(_scratch["run"]);
        run.Outcome.Status.ShouldBe(RunStatus.Running);
        run.Metrics.Count.ShouldBeGreaterThan(5);
        run.ReadSnapshot(run.SnapshotEpochs[^1]).Layers.Count.ShouldBe(2);
        (await ToolRunner.RunAsync("inspect", _scratch["run"])).ShouldSucceed().Out.ShouldContain("killed");
        (await ToolRunner.RunAsync("render", _scratch["run"], "--figure", "confusion", "-o", _scratch["c.svg"])).ShouldSucceed();
    }

    private Task<ToolResult> Train(params string[] options) =>
        ToolRunner.RunAsync(["train", _scratch.Write("tiny.yaml", Recipe), .. options]);
}
