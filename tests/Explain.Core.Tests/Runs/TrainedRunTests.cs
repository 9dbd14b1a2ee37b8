namespace Explain.Core.Tests;

public class TrainedRunTests
{
    [Fact]
    public void A_training_and_its_run_folder_agree()
    {
        using var folder = new TemporaryFolder();
        (Matrix inputs, int[] labels) = Clusters.Make(90, 6, 3);
        var data = new Dataset("clusters", inputs, new Shape(2, 3), labels, ["a", "b", "c"]);
        var split = new DataSplit(data.Take(60), data.Select([.. Enumerable.Range(60, 30)]));
        Network network = Network.Sequential(new Shape(2, 3)).Dense(8, Activation.Relu).Dense(3).Build(seed: 2);
        TrainingResult result;
        using (RunWriter run = RunWriter.Create(folder["run"], snapshotBudget: 5))
            result = new Trainer(network, Loss.SoftmaxCrossEntropy, new Adam()).Fit(split, epochs: 30, sink: run);

        RunFolder read = RunFolder.Open(folder["run"]);

        read.Outcome.FinalMetrics.ShouldBe(result.Outcome.FinalMetrics);
        read.Metrics.Count.ShouldBe(30);
        for (int e = 0; e < 30; e++) SampleRun.ShouldBe(read.Metrics[e], result.Metrics[e]);
        read.SnapshotEpochs.ShouldBe([0, 1, 3, 10, 30]);
        read.WeightsHashes[^1].ShouldBe(network.WeightsHash());
        Network restored = read.ReadSnapshot(30).Restore(read.Info.Network);
        restored.WeightsHash().ShouldBe(network.WeightsHash());
        restored.Predict(read.Probe.Samples.Inputs).Span.ToArray().ShouldBe(read.ReadSnapshot(30).ProbeOutputs.Span.ToArray());
    }

    [Fact]
    public void A_training_that_stops_early_can_be_drawn_at_its_last_epoch()
    {
        using var folder = new TemporaryFolder();
        (Matrix inputs, int[] labels) = Clusters.Make(60, 6, 3);
        var data = new Dataset("clusters", inputs, Shape.Vector(6), labels, ["a", "b", "c"]);
        using (RunWriter run = RunWriter.Create(folder["run"], snapshotBudget: 3))
        {
            new Trainer(Network.Sequential(6).Dense(3).Build(), Loss.SoftmaxCrossEntropy, new GradientDescent(0))
            {
                EarlyStopping = new EarlyStopping(Measure.ValidationLoss, Patience: 6),
            }
                .Fit(new DataSplit(data, data), epochs: 1000, sink: run);
        }

        RunFolder read = RunFolder.Open(folder["run"]);

        read.Outcome.Status.ShouldBe(RunStatus.StoppedEarly);
        read.SnapshotEpochs.ShouldBe([0, 1, 7]);
        read.ReadSnapshot(7).Epoch.ShouldBe(read.Outcome.EpochsDone);
    }
}
