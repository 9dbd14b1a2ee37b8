namespace Explain.Core.Tests;

/// <summary>Files of two runs in one folder, as two writers at once would leave them.</summary>
public class ContradictionTests
{
    [Fact]
    public void Metrics_of_one_run_and_weights_of_another_are_noticed()
    {
        using var folder = new TemporaryFolder();
        Write(folder["one"], seed: 1);
        Write(folder["two"], seed: 2);
        File.Copy(folder["two/snapshots/00002.safetensors"], folder["one/snapshots/00002.safetensors"], overwrite: true);
        RunFolder run = RunFolder.Open(folder["one"]);

        run.ReadSnapshot(1).Epoch.ShouldBe(1);
        Should.Throw<InputException>(() => run.ReadSnapshot(2))
            .Message.ShouldContain("the snapshot is of another run: its weights have the hash");
    }

    [Fact]
    public void A_description_of_one_run_and_metrics_of_another_are_noticed()
    {
        using var folder = new TemporaryFolder();
        Write(folder["one"], seed: 1);
        Write(folder["two"], seed: 2);
        File.Copy(folder["two/metrics.csv"], folder["one/metrics.csv"], overwrite: true);

        Should.Throw<InputException>(() => RunFolder.Open(folder["one"]))
            .Message.ShouldContain("the files of this run contradict each other: after the last epoch the weights have the hash");
    }

    [Fact]
    public void A_row_too_few_a_snapshot_too_many_and_layers_of_another_network_are_noticed()
    {
        using var folder = new TemporaryFolder();
        Write(folder["run"], seed: 1);
        string metrics = folder["run/metrics.csv"], whole = File.ReadAllText(metrics);

        File.WriteAllText(metrics, whole[..(whole.TrimEnd('\n').LastIndexOf('\n') + 1)]);
        Should.Throw<InputException>(() => RunFolder.Open(folder["run"]))
            .Message.ShouldContain("run.json tells of 3 epochs, metrics.csv has 2 whole rows");

        File.WriteAllText(metrics, whole.Replace("dense2.", "dense9.", StringComparison.Ordinal));
        Should.Throw<InputException>(() => RunFolder.Open(folder["run"]))
            .Message.ShouldContain("metrics.csv has columns of a layer 'dense9'");

        File.WriteAllText(metrics, whole);
        File.Copy(folder["run/snapshots/00003.safetensors"], folder["run/snapshots/00009.safetensors"]);
        Should.Throw<InputException>(() => RunFolder.Open(folder["run"]))
            .Message.ShouldContain("there is a snapshot of epoch 9, but metrics.csv has 3 whole rows");
    }

    private static void Write(string path, ulong seed)
    {
        (Matrix inputs, int[] labels) = Clusters.Make(60, 6, 3);
        var data = new Dataset("clusters", inputs, Shape.Vector(6), labels, ["a", "b", "c"]);
        using RunWriter run = RunWriter.Create(path);
        new Trainer(Network.Sequential(6).Dense(4, Activation.Relu).Dense(3).Build(seed), Loss.SoftmaxCrossEntropy, new Adam())
        {
            Seed = seed,
        }.Fit(new DataSplit(data), epochs: 3, sink: run);
    }
}
