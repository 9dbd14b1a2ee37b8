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

    private static string? FindMnist()
    {
        var folders = new List<string>();
        if (Environment.GetEnvironmentVariable("EXPLAIN_MNIST") is { Length: > 0 } given) folders.Add(given);
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            folders.Add(Path.Combine(folder.FullName, "shared", "data", "mnist"));
        return folders.FirstOrDefault(Mnist.IsIn);
    }
}

/// <summary>A fact that needs MNIST. Where it is not found, the test is reported as skipped, with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MnistFactAttribute : FactAttribute
{
    public MnistFactAttribute()
    {
        if (TestData.MnistFolder is null) Skip = MnistTheoryAttribute.Reason;
    }
}

/// <summary>A theory that needs MNIST; see <see cref="MnistFactAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MnistTheoryAttribute : TheoryAttribute
{
    public const string Reason = "DID NOT RUN: MNIST is not here. Set EXPLAIN_MNIST to the folder that has the four IDX files.";

    public MnistTheoryAttribute()
    {
        if (TestData.MnistFolder is null) Skip = Reason;
    }
}
