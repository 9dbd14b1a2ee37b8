namespace Explain.Core.Tests;

public class RunWriterTests
{
    [Fact]
    public void A_run_that_is_being_written_is_not_replaced_and_the_second_is_told_who_writes_since_when()
    {
        using var folder = new TemporaryFolder();
        using RunWriter first = SampleRun.Write(folder["run"], epochs: 5, recorded: 2);
        RunWriter late = RunWriter.Replace(folder["other"]);

        string message = Should.Throw<InputException>(() => RunWriter.Replace(folder["run"])).Message;

        message.ShouldContain("the run is being written by this process since 2");
        message.ShouldContain("Wait until it ends, stop it, or choose another folder.");
        first.Record(SampleRun.Metrics(3), SampleRun.Hash(3));
        first.End(SampleRun.Outcome(3));
        RunFolder.Open(folder["run"]).WeightsHashes[2].ShouldBe(SampleRun.Hash(3));
        late.Dispose();
        Directory.Exists(folder["other"]).ShouldBeFalse();
    }

    [Fact]
    public void Of_two_that_planned_to_replace_one_run_the_later_is_refused_before_it_deletes_anything()
    {
        using var folder = new TemporaryFolder();
        Finished(folder["run"]);
        using RunWriter first = RunWriter.Replace(folder["run"]), second = RunWriter.Replace(folder["run"]);
        first.Begin(SampleRun.Info(5), SampleRun.Probe());
        first.Record(SampleRun.Snapshot(0));

        Should.Throw<InputException>(() => second.Begin(SampleRun.Info(5), SampleRun.Probe()))
            .Message.ShouldContain("is being written by this process since");

        first.Record(SampleRun.Metrics(1), SampleRun.Hash(7));
        first.End(SampleRun.Outcome(1));
        RunFolder read = RunFolder.Open(folder["run"]);
        read.WeightsHashes.ShouldBe([SampleRun.Hash(7)]);
        read.SnapshotEpochs.ShouldBe([0]);
    }

    [Fact]
    public void A_run_is_replaced_only_when_the_new_one_begins()
    {
        using var folder = new TemporaryFolder();
        Finished(folder["run"]);
        Directory.CreateDirectory(folder["run/analysis"]);
        File.WriteAllText(folder["run/analysis/tsne-0123456789abcdef.safetensors"], "");

        RunWriter.Replace(folder["run"]).Dispose();
        RunFolder.Open(folder["run"]).Metrics.Count.ShouldBe(2);

        using (RunWriter run = RunWriter.Replace(folder["run"]))
        {
            run.Begin(SampleRun.Info(9), SampleRun.Probe());
            run.Record(SampleRun.Metrics(1), SampleRun.Hash(8));
        }
        RunFolder read = RunFolder.Open(folder["run"]);
        read.WeightsHashes.ShouldBe([SampleRun.Hash(8)]);
        read.SnapshotEpochs.ShouldBeEmpty();
        Directory.Exists(folder["run/analysis"]).ShouldBeFalse();
    }

    [Fact]
    public void A_folder_with_something_that_is_no_part_of_a_run_is_not_replaced()
    {
        using var folder = new TemporaryFolder();
        Finished(folder["run"]);
        File.WriteAllText(folder["run/thesis.md"], "years of work");

        Should.Throw<InputException>(() => RunWriter.Replace(folder["run"]))
            .Message.ShouldContain("the folder holds 'thesis.md', which is no part of a run");

        RunFolder.Open(folder["run"]).Metrics.Count.ShouldBe(2);
    }

    [Fact]
    public void A_folder_that_another_training_took_meanwhile_is_refused()
    {
        using var folder = new TemporaryFolder();
        using RunWriter second = RunWriter.Create(folder["run"]);
        Finished(folder["run"]);

        Should.Throw<InputException>(() => second.Begin(SampleRun.Info(2), SampleRun.Probe()))
            .Message.ShouldContain("another training has made a run there meanwhile");

        RunFolder.Open(folder["run"]).Metrics.Count.ShouldBe(2);
    }

    [Fact]
    public void Lock_and_its_holder_are_gone_when_the_run_has_ended()
    {
        using var folder = new TemporaryFolder();
        using (RunWriter run = SampleRun.Write(folder["run"], epochs: 2, recorded: 2))
        {
            File.Exists(folder["run/writer.lock"]).ShouldBeTrue();
            File.ReadAllText(folder["run/writer.json"]).ShouldContain($"\"processId\":{Environment.ProcessId}");
            run.End(SampleRun.Outcome(2));
        }
        Directory.EnumerateFiles(folder["run"]).Select(Path.GetFileName).Order().ShouldBe(["metrics.csv", "probe.safetensors", "run.json"]);
    }

    private static void Finished(string path)
    {
        using RunWriter run = SampleRun.Write(path, epochs: 2, recorded: 2);
        run.End(SampleRun.Outcome(2));
    }
}
