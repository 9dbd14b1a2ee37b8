namespace Explain.Core.Tests;

public class RunIndexTests
{
    [Fact]
    public void Of_a_run_only_run_json_is_read()
    {
        using var folder = new TemporaryFolder();
        Write(folder["runs/b"], SampleRun.Info(2));
        Write(folder["runs/a"], SampleRun.Info(2) with { Settings = [new("activation", "tanh"), new("a rate", "0.1")] });
        foreach (string name in new[] { "a", "b" })
        {
            File.Delete(folder[$"runs/{name}/metrics.csv"]);
            File.Delete(folder[$"runs/{name}/probe.safetensors"]);
        }

        RunIndex index = RunIndex.Of(folder["runs"], folder["runs/a"]);

        index.Runs.Select(run => run.Path).ShouldBe([folder["runs/a"], folder["runs/b"]], "each once, in order of path");
        index.Runs[0].Outcome.Status.ShouldBe(RunStatus.Finished);
        index.Runs[0].Final("test accuracy").ShouldBe(1.0 / 3);
        index.Runs[0].Final("gold").ShouldBe(double.NaN);
        index.Varying.ShouldBe(["activation", "initialiser"]);
        Should.Throw<InputException>(() => index.Runs[0].Open());
    }

    [Fact]
    public void A_thousand_runs_are_listed_and_one_that_cannot_be_read_is_told_beside_them()
    {
        using var folder = new TemporaryFolder();
        Write(folder["first"], SampleRun.Info(2));
        for (int i = 0; i < 1000; i++)
        {
            Directory.CreateDirectory(folder[$"runs/{i:D4}"]);
            File.Copy(folder["first/run.json"], folder[$"runs/{i:D4}/run.json"]);
        }
        File.WriteAllText(folder["runs/0500/run.json"], "{");

        RunIndex index = RunIndex.Of(folder["runs"]);

        index.Runs.Count.ShouldBe(999);
        index.Unreadable.Single().Path.ShouldBe(folder["runs/0500"]);
        index.Unreadable[0].Problem.ShouldContain("not a run's description");
    }

    [Fact]
    public void Runs_that_differ_in_seed_and_words_alone_have_the_same_conditions()
    {
        RunInfo info = SampleRun.Info(2);

        RunConditions.Of(info with { Seed = 7, Name = "other", Title = "", Notes = "x", Recipe = "seed: 7" })
            .ShouldBe(RunConditions.Of(info));
        RunConditions.Of(info with { Comparison = null, Settings = [] }).ShouldBe(RunConditions.Of(info));

        RunInfo[] others =
        [
            info with { Data = info.Data with { Seed = 6 } },
            info with { Data = info.Data with { Fingerprint = new string('b', 64) } },
            info with { Epochs = 3 },
            info with { BatchSize = null },
            info with { Objective = info.Objective with { LabelSmoothing = 0.2 } },
            info with { Optimizer = info.Optimizer! with { Settings = new Dictionary<string, double> { ["rate"] = 2e-3 } } },
            info with { Augmentation = null },
            info with { KeepBest = null },
            info with
            {
                Network = info.Network with
                {
                    Layers = [info.Network.Layers[0] with { Activation = Activation.Relu }, .. info.Network.Layers.Skip(1)],
                },
            },
        ];
        others.Select(RunConditions.Of).Append(RunConditions.Of(info)).Distinct().Count().ShouldBe(others.Length + 1);
    }

    private static void Write(string path, RunInfo info)
    {
        using RunWriter run = RunWriter.Create(path);
        run.Begin(info, SampleRun.Probe());
        for (int epoch = 1; epoch <= 2; epoch++) run.Record(SampleRun.Metrics(epoch), SampleRun.Hash(epoch));
        run.End(SampleRun.Outcome(2));
    }
}
