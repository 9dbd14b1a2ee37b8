namespace Explain.Core.Tests;

/// <summary>
/// A small network that was trained for some epochs, with few samples and four or so kept epochs: enough for every analysis.
/// </summary>
internal static class TrainedSample
{
    public static RunFolder Write(string path, ulong seed = 2, int epochs = 4)
    {
        var data = EasyClusters.Make(40);
        using (var run = RunWriter.Create(path))
            new Trainer(
                Network.Sequential(19).Dense(6, Activation.Tanh).Dense(3).Build(seed), Loss.SoftmaxCrossEntropy, new GradientDescent(0.1f))
                .Fit(new DataSplit(data, data), epochs, sink: run);
        return RunFolder.Open(path);
    }

    public static IReadOnlyList<string> Files(RunFolder run)
    {
        string folder = Path.Combine(run.Path, "analysis");
        return Directory.Exists(folder) ? [.. Directory.EnumerateFileSystemEntries(folder).Order(StringComparer.Ordinal)] : [];
    }
}
