using Explain.Core;

namespace Explain.Render;

/// <summary>The kept epochs along an axis: one step each, as they thin out while training goes on.</summary>
internal static class KeptEpochs
{
    /// <summary>How far apart the drawn epochs are, in sentences.</summary>
    public static string Words(RunFolder run, IReadOnlyList<int> drawn)
    {
        int[] steps = [.. drawn.Zip(drawn.Skip(1), (a, b) => b - a)];
        string part = drawn.Count < run.SnapshotEpochs.Count ? $"{drawn.Count} of the {run.SnapshotEpochs.Count} kept epochs are drawn. "
            : "";
        if (steps.Length == 0) return part + "One epoch was kept.";
        if (steps.Min() == steps.Max()) return part + $"Epochs stand evenly, {Count(steps[0])} apart.";
        return part + $"Epochs stand one step apart, whether {NumberFormat.Count(steps.Min())} or {Count(steps.Max())} lie between them.";

        static string Count(int epochs) => $"{NumberFormat.Count(epochs)} epoch{(epochs == 1 ? "" : "s")}";
    }

    /// <summary>A tick for each, at its place in the order.</summary>
    public static IReadOnlyList<Tick> Ticks(IReadOnlyList<int> epochs) =>
        [.. epochs.Select((epoch, i) => new Tick(i, NumberFormat.Count(epoch)))];

    /// <summary>Their axis.</summary>
    public static Axis Axis(IReadOnlyList<int> epochs, double margin = 0) =>
        new() { Label = "epoch", Limits = new Limits(-margin, Math.Max(epochs.Count - 1, 0.5) + margin) };
}
