using System.Diagnostics;

namespace Explain.Core.Tests;

public class KilledRunTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(30)]
    public void A_run_whose_process_is_killed_can_be_read_up_to_its_last_whole_epoch(int milliseconds)
    {
        using var folder = new TemporaryFolder();
        string path = folder["run"];
        using (Process child = Process.Start(new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            ["exec", typeof(KilledRunTests).Assembly.Location, "write-run", path]))!)
        {
            string third = Path.Combine(path, "snapshots", "00003.safetensors");
            SpinWait.SpinUntil(() => File.Exists(third) || child.HasExited, TimeSpan.FromSeconds(30)).ShouldBeTrue();
            RunFolder.Open(path).Outcome.Message.ShouldBe("");
            child.WaitForExit(milliseconds).ShouldBeFalse();
            child.Kill(); // SIGKILL, or TerminateProcess
            child.WaitForExit();
        }

        RunFolder run = RunFolder.Open(path);

        run.Metrics.Count.ShouldBeGreaterThanOrEqualTo(3);
        for (int epoch = 1; epoch <= run.Metrics.Count; epoch++) SampleRun.ShouldBe(run.Metrics[epoch - 1], SampleRun.Metrics(epoch));
        run.WeightsHashes.ShouldBe(Enumerable.Range(1, run.Metrics.Count).Select(SampleRun.Hash));
        // with epoch 0, less one if the kill came between metrics and snapshot
        run.SnapshotEpochs.Count.ShouldBeInRange(run.Metrics.Count, run.Metrics.Count + 1);
        foreach (int epoch in run.SnapshotEpochs) SampleRun.ShouldBe(run.ReadSnapshot(epoch), SampleRun.Snapshot(epoch));
        run.Outcome.Status.ShouldBe(RunStatus.Running);
        run.Outcome.EpochsDone.ShouldBe(run.Metrics.Count);
        run.Outcome.Message.ShouldContain($"it was killed after epoch {run.Metrics.Count} of 100000");
    }
}
