namespace Explain.Core.Tests;

/// <summary>A small network of two inputs that was trained for some epochs.</summary>
internal static class TrainedPlane
{
    public static RunFolder Write(string path, int epochs = 4, RunStatus? status = null)
    {
        Network network = Network.Sequential(2).Dense(7, Activation.Relu).BatchNorm().Dense(5, Activation.Tanh).Dense(3).Build(seed: 3);
        using (var run = RunWriter.Create(path))
            new Trainer(network, Loss.SoftmaxCrossEntropy, new Adam(0.05f))
                .Fit(Datasets.Blobs(60, seed: 1).Split(validation: 0.3), epochs, sink: run);
        if (status is { } other)
        {
            string json = Path.Combine(path, "run.json");
            File.WriteAllText(json, File.ReadAllText(json).Replace("\"Finished\"", $"\"{other}\"", StringComparison.Ordinal));
        }
        return RunFolder.Open(path);
    }

    /// <summary>Asks twice: what was computed, and what another analyst reads of what the first has kept.</summary>
    public static (T Computed, T Read) Twice<T>(Analysis<T> analysis, RunFolder run)
        where T : class
    {
        Analyst first = new(), second = new();
        T computed = first.Get(analysis, run), read = second.Get(analysis, run);
        (first.Computed, first.Read, second.Computed, second.Read).ShouldBe((1, 0, 0, 1), analysis.ToString());
        return (computed, read);
    }
}
