namespace Explain.Core.Tests;

public class RunFolderTests
{
    [Fact]
    public void What_was_written_is_read_to_the_same_bits()
    {
        using var folder = new TemporaryFolder();
        using (RunWriter written = SampleRun.Write(folder["run"], epochs: 3, recorded: 3)) written.End(SampleRun.Outcome(3));

        RunFolder read = RunFolder.Open(folder["run"]);

        Json(read.Info).ShouldBe(Json(SampleRun.Info(3)));
        read.Outcome.FinalMetrics.ShouldBe(SampleRun.Outcome(3).FinalMetrics);
        (read.Outcome with { FinalMetrics = [] }).ShouldBe(SampleRun.Outcome(3) with { FinalMetrics = [], BestEpoch = 3 });
        read.Finished.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(read.Started);
        read.Environment.Threads.ShouldBe(Rows.Threads);
        read.WeightsHashes.ShouldBe([SampleRun.Hash(1), SampleRun.Hash(2), SampleRun.Hash(3)]);
        read.Metrics.Count.ShouldBe(3);
        for (int epoch = 1; epoch <= 3; epoch++) SampleRun.ShouldBe(read.Metrics[epoch - 1], SampleRun.Metrics(epoch));
        read.SnapshotEpochs.ShouldBe([0, 1, 2, 3]);
        foreach (int epoch in read.SnapshotEpochs) SampleRun.ShouldBe(read.ReadSnapshot(epoch), SampleRun.Snapshot(epoch));
        Core.Probe probe = SampleRun.Probe();
        read.Probe.Source.ShouldBe(probe.Source);
        read.Probe.Samples.Name.ShouldBe(probe.Samples.Name);
        read.Probe.Samples.Fingerprint().ShouldBe(probe.Samples.Fingerprint());
    }

    [Fact]
    public void A_run_that_is_being_written_can_be_read_after_every_epoch()
    {
        using var folder = new TemporaryFolder();
        using RunWriter run = SampleRun.Write(folder["run"], epochs: 5, recorded: 0);
        for (int epoch = 1; epoch <= 5; epoch++)
        {
            run.Record(SampleRun.Metrics(epoch), SampleRun.Hash(epoch));
            run.Record(SampleRun.Snapshot(epoch));

            RunFolder read = RunFolder.Open(folder["run"]);

            read.Outcome.ShouldBe(new RunOutcome(RunStatus.Running, "", epoch, Math.Min(epoch, 3), read.Outcome.FinalMetrics)
            {
                BestEpoch = Math.Min(epoch, 3),
            });
            read.Metrics.Count.ShouldBe(epoch);
            SampleRun.ShouldBe(read.ReadSnapshot(epoch), SampleRun.Snapshot(epoch));
        }
    }

    [Fact]
    public void Metrics_cut_at_any_byte_of_the_last_line_lose_that_epoch_and_no_other()
    {
        using var folder = new TemporaryFolder();
        SampleRun.Write(folder["run"], epochs: 9, recorded: 3).Dispose();
        string path = folder["run/metrics.csv"];
        byte[] whole = File.ReadAllBytes(path);
        int lastLine = Array.LastIndexOf(whole, (byte)'\n', whole.Length - 2) + 1;
        lastLine.ShouldBeGreaterThan(100);
        for (int length = lastLine; length <= whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..length]);

            RunFolder read = RunFolder.Open(folder["run"]);

            read.Metrics.Count.ShouldBe(length == whole.Length ? 3 : 2);
            read.WeightsHashes.Count.ShouldBe(read.Metrics.Count);
            SampleRun.ShouldBe(read.Metrics[^1], SampleRun.Metrics(read.Metrics.Count));
        }
    }

    [Theory]
    [InlineData("run.json")]
    [InlineData("metrics.csv")]
    [InlineData("probe.safetensors")]
    [InlineData("snapshots/00003.safetensors")]
    public void A_kill_at_any_byte_of_a_file_that_is_written_aside_leaves_the_run_as_it_was(string file)
    {
        using var folder = new TemporaryFolder();
        SampleRun.Write(folder["run"], epochs: 9, recorded: 2).Dispose();
        byte[] bytes = File.ReadAllBytes(folder["run/" + file.Replace('3', '2')]);
        for (int length = 0; length <= bytes.Length; length += Math.Max(1, bytes.Length / 200))
        {
            File.WriteAllBytes(folder[$"run/{file}.tmp"], bytes[..length]);

            RunFolder read = RunFolder.Open(folder["run"]);

            read.Metrics.Count.ShouldBe(2);
            read.SnapshotEpochs.ShouldBe([0, 1, 2]);
            read.Probe.Samples.Count.ShouldBe(2);
        }
    }

    [Fact]
    public void A_run_killed_before_its_first_epoch_ended_opens_without_epochs()
    {
        using var folder = new TemporaryFolder();
        SampleRun.Write(folder["run"], epochs: 9, recorded: 0).Dispose();

        RunFolder read = RunFolder.Open(folder["run"]);

        read.Metrics.ShouldBeEmpty();
        read.SnapshotEpochs.ShouldBe([0]);
        read.Outcome.EpochsDone.ShouldBe(0);
    }

    [Fact]
    public void Snapshots_thin_out_but_metrics_never()
    {
        using var folder = new TemporaryFolder();
        using RunWriter run = SampleRun.Write(folder["run"], epochs: 300, recorded: 300);

        RunFolder read = RunFolder.Open(run.Path);
        read.SnapshotEpochs.ShouldBe(new SnapshotSchedule(300).Epochs);
        read.Metrics.Count.ShouldBe(300);
    }

    [Fact]
    public void The_last_state_of_a_run_that_ends_early_is_kept_whatever_the_schedule_says()
    {
        using var folder = new TemporaryFolder();
        using (RunWriter run = SampleRun.Write(folder["run"], epochs: 1000, recorded: 500))
        {
            run.WantsSnapshot(500).ShouldBeFalse();
            run.Record(SampleRun.Snapshot(500));
            run.End(SampleRun.Outcome(500) with { Status = RunStatus.StoppedEarly });
        }

        RunFolder.Open(folder["run"]).SnapshotEpochs[^1].ShouldBe(500);
    }

    [Fact]
    public void A_run_that_never_begins_leaves_nothing_behind()
    {
        using var folder = new TemporaryFolder();
        RunWriter.Create(folder["run"]).Dispose();

        Directory.Exists(folder["run"]).ShouldBeFalse();
    }

    [Fact]
    public void A_folder_that_is_not_empty_is_never_written_to()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["a.txt"], "");

        Should.Throw<InputException>(() => RunWriter.Create(folder.Path))
            .Message.ShouldBe($"{folder.Path}: the folder is not empty. Choose another one or delete it.");
        Should.Throw<InputException>(() => RunWriter.Create(folder["a.txt"])).Message.ShouldContain("a file is in the place");
        using RunWriter run = SampleRun.Write(folder["run"], epochs: 1, recorded: 1);
        Should.Throw<InputException>(() => RunWriter.Create(folder["run"]))
            .Message.ShouldContain("the run is being written by this process since ");
        run.End(SampleRun.Outcome(1));
        Should.Throw<InputException>(() => RunWriter.Create(folder["run"])).Message.ShouldContain("holds a run already");
    }

    [Fact]
    public void Runs_are_found_two_levels_down_in_order_of_name()
    {
        using var folder = new TemporaryFolder();
        foreach (string name in new[] { "b", "a/2", "a/1", "a/1/3/too-deep" })
        {
            using RunWriter run = SampleRun.Write(folder[name], epochs: 1, recorded: 1);
        }
        Directory.CreateDirectory(folder["notes"]);

        RunFolder.OpenAll(folder.Path).Select(run => run.Path).ShouldBe([folder["a/1"], folder["a/2"], folder["b"]]);
        RunFolder.OpenAll(folder["b"]).Single().Path.ShouldBe(folder["b"]);
        Should.Throw<InputException>(() => RunFolder.OpenAll(folder["notes"])).Message.ShouldContain("there is no run here");
        Should.Throw<InputException>(() => RunFolder.OpenAll(folder["none"])).Message.ShouldContain("there is no such folder");
    }

    [Theory]
    [InlineData("run.json", null, "has no run.json")]
    [InlineData("run.json", "{", "run.json, line 1: not a run's description")]
    [InlineData("run.json", "{\n}", "not a run's description")]
    [InlineData("run.json", "null", "holds null")]
    [InlineData("metrics.csv", "", "the header is missing")]
    [InlineData("metrics.csv", "epoch,loss", "the header is missing")]
    [InlineData("metrics.csv", "epoch,loss,weights_sha256\n", "line 1: the header is not that of a run's metrics; it begins 'epoch,loss")]
    [InlineData(
        "metrics.csv", "epoch,loss,accuracy,validation_loss,validation_accuracy,rate,seconds,weights_sha256\n1,2\n",
        "line 2: 2 values; the header has 8 columns")]
    [InlineData(
        "metrics.csv", "epoch,loss,accuracy,validation_loss,validation_accuracy,rate,seconds,weights_sha256\n1,0,0,0,0,x,0,ab\n",
        "line 2: 'x' in column 'rate' is not a number")]
    [InlineData(
        "metrics.csv", "epoch,loss,accuracy,validation_loss,validation_accuracy,rate,seconds,weights_sha256\n2,0,0,0,0,0,0,ab\n",
        "line 2: epoch 2; expected 1")]
    public void A_malformed_file_is_named_with_what_is_wrong(string file, string? content, string message)
    {
        using var folder = new TemporaryFolder();
        SampleRun.Write(folder["run"], epochs: 1, recorded: 1).Dispose();
        if (content is null) File.Delete(folder[$"run/{file}"]);
        else File.WriteAllText(folder[$"run/{file}"], content);

        Should.Throw<InputException>(() => RunFolder.Open(folder["run"])).Message.ShouldContain(message);
    }

    [Theory]
    [InlineData("\"format\": 2", "\"format\": 3", "the run has format 3; this version of Explain reads 1 to 2")]
    [InlineData("\"seed\": 18446744073709551615", "\"seed\": -1", "not a run's description")]
    [InlineData("\"name\": \"relu\",", "", "not a run's description")]
    [InlineData("[1, 3, 1]", "[1, 3]", "Expected a shape")]
    [InlineData("[1, 3, 1]", "[1, 0, 1]", "positive whole numbers")]
    [InlineData("\"activation\": \"relu\"", "\"activation\": 7", "Expected a string")]
    [InlineData("\"Running\"", "\"Sleeping\"", "not a run's description")]
    public void A_wrong_value_in_run_json_is_refused(string from, string to, string message)
    {
        using var folder = new TemporaryFolder();
        SampleRun.Write(folder["run"], epochs: 1, recorded: 1).Dispose();
        string json = File.ReadAllText(folder["run/run.json"]);
        json.ShouldContain(from);
        File.WriteAllText(folder["run/run.json"], json.Replace(from, to));

        Should.Throw<InputException>(() => RunFolder.Open(folder["run"])).Message.ShouldContain(message);
    }

    [Fact]
    public void A_missing_or_cut_snapshot_or_probe_is_named()
    {
        using var folder = new TemporaryFolder();
        SampleRun.Write(folder["run"], epochs: 1, recorded: 1).Dispose();
        RunFolder run = RunFolder.Open(folder["run"]);
        string snapshot = folder["run/snapshots/00001.safetensors"];
        File.WriteAllBytes(snapshot, File.ReadAllBytes(snapshot)[..^1]);
        File.Delete(folder["run/snapshots/00000.safetensors"]);
        File.Delete(folder["run/probe.safetensors"]);

        Should.Throw<SafetensorsException>(() => run.ReadSnapshot(1)).Message.ShouldStartWith(snapshot);
        Should.Throw<InputException>(() => run.ReadSnapshot(0)).Message.ShouldEndWith("00000.safetensors: the file is missing.");
        Should.Throw<InputException>(() => run.ReadSnapshot(7)).Message.ShouldContain("there is no snapshot of epoch 7; there are 0, 1");
        Should.Throw<InputException>(() => run.Probe).Message.ShouldEndWith("probe.safetensors: the file is missing.");
    }

    [Fact]
    public void Calls_out_of_order_are_refused()
    {
        using var folder = new TemporaryFolder();
        using RunWriter run = RunWriter.Create(folder["run"]);
        Should.Throw<InvalidOperationException>(() => run.Record(SampleRun.Metrics(1), SampleRun.Hash(1)));
        run.Begin(SampleRun.Info(9), SampleRun.Probe());
        Should.Throw<InvalidOperationException>(() => run.Begin(SampleRun.Info(9), SampleRun.Probe()));
        Should.Throw<ArgumentException>(() => run.Record(SampleRun.Metrics(2), SampleRun.Hash(2)))
            .Message.ShouldContain("Epoch 2 was recorded after epoch 0");
        run.Record(SampleRun.Snapshot(0));
        Should.Throw<ArgumentException>(() => run.Record(SampleRun.Snapshot(0))).Message.ShouldContain("each once");
        run.Record(SampleRun.Metrics(1), SampleRun.Hash(1));
        EpochMetrics other = SampleRun.Metrics(2);
        Should.Throw<ArgumentException>(() => run.Record(other with { Layers = [other.Layers[0]] }, ""))
            .Message.ShouldContain("not those of the first epoch");
        run.End(SampleRun.Outcome(1));
        Should.Throw<InvalidOperationException>(() => run.Record(SampleRun.Metrics(2), SampleRun.Hash(2)));
        Should.Throw<InvalidOperationException>(() => run.WantsSnapshot(0));
    }

    [Fact]
    public void Run_json_does_not_grow_with_the_epochs()
    {
        using var folder = new TemporaryFolder();
        foreach (int epochs in new[] { 2, 200 })
        {
            using RunWriter run = SampleRun.Write(folder[$"{epochs}"], epochs: 1000, recorded: epochs);
            run.End(SampleRun.Outcome(epochs));
        }
        long few = new FileInfo(folder["2/run.json"]).Length, many = new FileInfo(folder["200/run.json"]).Length;
        Math.Abs(many - few).ShouldBeLessThan(16, $"{few} bytes after 2 epochs, {many} after 200");
    }

    private static string Json(RunInfo info) => System.Text.Json.JsonSerializer.Serialize(info, RunJson.Default.RunInfo);
}
