namespace Explain.Core.Tests;

/// <summary>Files that tests read.</summary>
internal static class TestData
{
    /// <summary>The folder Reference of this project.</summary>
    public static string Reference => Path.Combine(AppContext.BaseDirectory, "Reference");

    /// <summary>
    /// The folder with the four files of MNIST, or null: $EXPLAIN_MNIST, or shared/data/mnist beside a folder above the tests.
    /// </summary>
    public static string? MnistFolder { get; } = FindMnist();

    /// <summary>Skips the test where MNIST is not found.</summary>
    public static void NeedsMnist() => Assert.SkipWhen(
        MnistFolder is null, "DID NOT RUN: MNIST is not here. Set EXPLAIN_MNIST to the folder that has the four IDX files.");

    private static string? FindMnist()
    {
        var folders = new List<string>();
        if (Environment.GetEnvironmentVariable("EXPLAIN_MNIST") is { Length: > 0 } given) folders.Add(given);
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            folders.Add(Path.Combine(folder.FullName, "shared", "data", "mnist"));
        return folders.FirstOrDefault(Mnist.IsIn);
    }
}
