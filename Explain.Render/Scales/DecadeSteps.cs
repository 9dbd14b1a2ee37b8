namespace Explain.Render;

/// <summary>How many decades may lie between two labelled powers of ten.</summary>
internal static class DecadeSteps
{
    /// <summary>Rising.</summary>
    public static IReadOnlyList<int> All { get; } = [1, 2, 3, 5, 10, 20, 50, 100, 200];
}
