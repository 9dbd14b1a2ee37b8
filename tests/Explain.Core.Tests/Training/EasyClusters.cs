namespace Explain.Core.Tests;

/// <summary>Three easy clusters in 19 dimensions.</summary>
internal static class EasyClusters
{
    public static Dataset Make(int count, int classes = 3)
    {
        var inputs = new Matrix(count, 19);
        var labels = new int[count];
        var random = new CounterRandom(9, $"clusters/{count}");
        for (int n = 0; n < count; n++)
        {
            labels[n] = random.NextInt32(classes);
            for (int i = 0; i < 19; i++) inputs[n, i] = random.NextSingle() - 0.5f + (i % classes == labels[n] ? 0.6f : 0);
        }
        return new Dataset("clusters", inputs, Shape.Vector(19), labels, [.. Enumerable.Range(0, classes).Select(c => $"{c}")]);
    }
}
