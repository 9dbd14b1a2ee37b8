using Explain.Core;

namespace Explain.Tool.Tests;

/// <summary><c>train --resume</c>: whatever ended a training, it goes on to the very same run.</summary>
public sealed class Resuming : IDisposable
{
    private const string Recipe = """
        name: tiny
        seed: 3
        data: {source: blobs, n: 400, validation: 0.2}
        network:
          - dense: 16
            activation: tanh
          - dense: 3
        loss: softmax cross-entropy
        optimizer: {kind: nadam, rate: 0.002}
        epochs: 4000
        batch: 16
        keep: best
        """;

    private readonly TemporaryFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_training_that_is_killed_again_and_again_goes_on_to_the_same_run()
    {
        string recipe = Write();
        (await ToolProcess.RunAsync("", "train", recipe, "--out", _scratch["whole"])).Code.ShouldBe(0);
        var random = new Random(8);
        string run = _scratch["killed"];
        for (int kill = 0; kill < 6; kill++)
        {
            using var process = new ToolProcess("", "train", recipe, "--out", run, "--resume");
            // The first one early, perhaps before there is a run; the others in any moment of two seconds.
            await Task.Delay(kill == 0 ? 250 : 500 + random.Next(2000));
            process.Kill();
            await process.EndAsync();
        }
        var result = (await ToolRunner.RunAsync("train", recipe, "--out", run, "--resume")).ShouldSucceed();
        result.Out.ShouldContain("tiny: ");
        SameRuns.ShouldBeTheSame(run, _scratch["whole"]);
    }

    [Theory]
    [InlineData(ToolProcess.Interrupt)]
    [InlineData(ToolProcess.Terminate)]
    public async Task A_signal_stops_a_training_after_its_step_and_the_printed_command_goes_on(int signal)
    {
        string recipe = Write(epochs: 1000);
        (await ToolRunner.RunAsync("train", recipe, "--out", _scratch["whole"], "--seed", "6")).ShouldSucceed();
        ToolResult stopped;
        using (var process = new ToolProcess(ToolProcess.Slow, "train", recipe, "--out", _scratch["my run"], "--seed", "6", "--force"))
        {
            await process.WaitForMetricsAsync(_scratch["my run"], 3000);
            process.Send(signal);
            stopped = await process.EndAsync();
        }
        stopped.Code.ShouldBe(1, stopped.Error);
        stopped.Out.ShouldBe("");
        stopped.Error.ShouldContain("Stopping after the current step.");
        stopped.Error.ShouldContain("tiny: Stopped by the user ");
        var run = RunFolder.Open(_scratch["my run"]);
        run.Outcome.Status.ShouldBe(RunStatus.Cancelled);
        string json = File.ReadAllText(Path.Combine(run.Path, "run.json"));
        json.ShouldContain(run.WeightsHashes[^1]);

        string command = stopped.Error.TrimEnd().Split('\n')[^1].Trim();
        command.ShouldBe($"explain train {recipe} --out '{run.Path}' --seed 6 --resume");
        (await ToolRunner.RunAsync("train", recipe, "--out", run.Path, "--seed", "6", "--resume")).ShouldSucceed()
            .Out.ShouldContain("tiny: went on after epoch ");

        SameRuns.ShouldBeTheSame(run.Path, _scratch["whole"]);
    }

    [Fact]
    public async Task A_second_signal_ends_the_process_in_the_middle_of_a_step()
    {
        // One step takes much longer than the time between the signals.
        string recipe = Write(data: "{source: blobs, n: 30000}", batch: "batch: full");
        using var process = new ToolProcess(ToolProcess.Slow, "train", recipe, "--out", _scratch["run"], "--set", "network.0.dense=64");
        await process.WaitForMetricsAsync(_scratch["run"], 10);
        process.Send(ToolProcess.Interrupt);
        await Task.Delay(30);
        process.Send(ToolProcess.Interrupt);
        var result = await process.EndAsync();
        result.Code.ShouldBe(1, result.Error);
        result.Error.ShouldNotContain("goes on with");
        RunFolder.Open(_scratch["run"]).Outcome.Status.ShouldBe(RunStatus.Running);
    }

    [Fact]
    public async Task Of_a_comparison_finished_runs_stay_the_interrupted_one_goes_on_and_missing_ones_begin()
    {
        string recipe = Write(epochs: 600, more: "\ncompare:\n  optimizer.rate: [0.002, 0.001]\n  seed: [1, 2]\n");
        (await ToolRunner.RunAsync("train", recipe, "--out", _scratch["whole"])).ShouldSucceed();
        string[] names = [.. RunFolder.OpenAll(_scratch["whole"]).Select(run => run.Info.Name)];
        string second;
        using (var process = new ToolProcess("EnableHWIntrinsic=0", "train", recipe, "--out", _scratch["runs"]))
        {
            second = Path.Combine(_scratch["runs"], "0.002-2");
            await process.WaitForMetricsAsync(second, 3000);
            process.Send(ToolProcess.Interrupt);
            (await process.EndAsync()).Error.ShouldContain("Stopped by the user");
        }
        string first = Path.Combine(_scratch["runs"], "0.002-1", "run.json");
        var written = File.GetLastWriteTimeUtc(first);
        // Mostly the second; a later one on a machine that was busy when the signal was due.
        string interrupted = RunFolder.OpenAll(_scratch["runs"]).Single(run => run.Outcome.Status == RunStatus.Cancelled).Info.Name;
        interrupted.ShouldNotBe("0.002-1");

        var result = (await ToolRunner.RunAsync("train", recipe, "--out", _scratch["runs"], "--resume")).ShouldSucceed();

        result.Out.ShouldContain("0.002-1: has finished already, after 600 epochs.");
        result.Out.ShouldContain($"{interrupted}: went on after epoch ");
        File.GetLastWriteTimeUtc(first).ShouldBe(written);
        foreach (string name in names)
            SameRuns.ShouldBeTheSame(Path.Combine(_scratch["runs"], name), Path.Combine(_scratch["whole"], name));
    }

    [Fact]
    public async Task A_run_s_own_folder_is_enough_to_go_on_even_with_more_epochs()
    {
        (await Train("--epochs", "9", "--out", _scratch["whole"])).ShouldSucceed();
        (await Train("--epochs", "5", "--out", _scratch["run"])).ShouldSucceed();
        (await ToolRunner.RunAsync("train", _scratch["run"], "--resume")).ShouldSucceed()
            .Out.ShouldStartWith("tiny: has finished already, after 5 epochs.");
        (await ToolRunner.RunAsync("train", _scratch["run"], "--resume", "--epochs", "9")).ShouldSucceed()
            .Out.ShouldStartWith("tiny: went on after epoch 5.");
        SameRuns.ShouldBeTheSame(_scratch["run"], _scratch["whole"]);
        (await ToolRunner.RunAsync("verify", _scratch["run"])).ShouldSucceed().Out.ShouldContain("all 9 epochs match");
        (await ToolRunner.RunAsync("train", _scratch["run"], "--resume", "--epochs", "4"))
            .ShouldBeRefused("after epoch 9", "4 epochs are asked for");
    }

    [Fact]
    public async Task What_cannot_go_on_is_refused_and_not_harmed()
    {
        string run = _scratch["run"];
        (await Train("--epochs", "5", "--out", run)).ShouldSucceed();
        (await Train("--epochs", "5", "--out", run, "--resume", "--set", "optimizer.rate=0.01"))
            .ShouldBeRefused("line ", "'rate: 0.002', this one 'rate: 0.01'", "--resume` goes on with the recipe of the run");
        (await Train("--epochs", "5", "--out", run, "--resume", "--set", "data.n=300")).ShouldBeRefused("'n: 400', this one 'n: 300'");
        (await Train("--out", run, "--resume", "--force")).ShouldBeRefused("only one of them");
        (await ToolRunner.RunAsync("train", run)).ShouldBeRefused("a folder, not a recipe", "--resume");
        (await ToolRunner.RunAsync("train", run, "--resume", "--out", _scratch["other"])).ShouldBeRefused("--out has no place");
        Directory.CreateDirectory(_scratch["thesis"]);
        _scratch.Write("thesis/chapter1.txt", "precious");
        (await Train("--out", _scratch["thesis"], "--resume")).ShouldBeRefused("not a run");
        (await ToolRunner.RunAsync("train", _scratch["thesis"], "--resume")).ShouldBeRefused("there is no run here");
        string checkpoint = Path.Combine(run, "checkpoint.safetensors");
        File.WriteAllBytes(checkpoint, File.ReadAllBytes(checkpoint)[..^100]);
        (await Train("--epochs", "7", "--out", run, "--resume")).ShouldBeRefused("checkpoint.safetensors");
        File.Delete(checkpoint);
        (await Train("--epochs", "7", "--out", run, "--resume")).ShouldBeRefused("has no checkpoint");
        RunFolder.Open(run).Metrics.Count.ShouldBe(5);
        File.ReadAllText(Path.Combine(_scratch["thesis"], "chapter1.txt")).ShouldBe("precious");
    }

    [Fact]
    public async Task A_run_on_other_data_does_not_go_on()
    {
        string recipe = Write(epochs: 5, data: "{source: csv}");
        string table = _scratch.Write("points.csv", "x,y,class\n1,2,a\n3,4,b\n5,6,c\n");
        (await ToolRunner.RunAsync("train", recipe, "--data", table, "--out", _scratch["run"], "--set", "keep=last")).ShouldSucceed();
        _scratch.Write("points.csv", "x,y,class\n1,2,a\n3,4,b\n5,7,c\n");
        (await ToolRunner.RunAsync("train", _scratch["run"], "--data", table, "--resume", "--epochs", "7"))
            .ShouldBeRefused("other data", "fingerprint");
        RunFolder.Open(_scratch["run"]).Outcome.Status.ShouldBe(RunStatus.Finished);
    }

    [Fact]
    public async Task A_run_that_is_still_being_written_is_left_alone()
    {
        string recipe = Write(epochs: 1_000_000);
        using var process = new ToolProcess("", "train", recipe, "--out", _scratch["run"]);
        await process.WaitForMetricsAsync(_scratch["run"], 3000);
        (await ToolRunner.RunAsync("train", recipe, "--out", _scratch["run"], "--resume"))
            .ShouldBeRefused("the run is being written by process ", " since ");
        process.HasExited.ShouldBeFalse();
    }

    [Fact]
    public async Task A_run_that_is_still_being_written_is_not_replaced_by_force_and_loses_nothing()
    {
        string recipe = Write(epochs: 1_000_000);
        using var process = new ToolProcess("", "train", recipe, "--out", _scratch["run"]);
        await process.WaitForMetricsAsync(_scratch["run"], 3000);
        (await ToolRunner.RunAsync("train", recipe, "--out", _scratch["run"], "--force"))
            .ShouldBeRefused("the run is being written by process ", " since ", "stop it, or choose another folder");
        (await ToolRunner.RunAsync("train", recipe, "--out", _scratch["run"])).ShouldBeRefused("the run is being written by process ");
        process.HasExited.ShouldBeFalse();
        RunFolder.Open(_scratch["run"]).Metrics.Count.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_run_that_diverged_stays_as_it_is()
    {
        string[] diverging =
        [
            "--epochs", "5", "--out", _scratch["run"], "--set", "optimizer={kind: gradient descent, rate: 1e6}", "--set",
            "loss=mean squared error",
        ];
        (await Train(diverging)).Code.ShouldBe(1);
        var again = await Train([.. diverging, "--resume"]);
        again.Code.ShouldBe(1);
        again.Out.ShouldStartWith("tiny: diverged, and would do so again.");
    }

    private Task<ToolResult> Train(params string[] options) => ToolRunner.RunAsync(["train", Write(), .. options]);

    private string Write(
        int epochs = 4000,
        string data = "{source: blobs, n: 400, validation: 0.2}",
        string batch = "batch: 16\nkeep: best",
        string more = "") =>
        _scratch.Write(
            "tiny.yaml",
            Recipe.Replace("epochs: 4000", $"epochs: {epochs}").Replace("{source: blobs, n: 400, validation: 0.2}", data)
                .Replace("batch: 16\nkeep: best", batch)
                + more);
}
