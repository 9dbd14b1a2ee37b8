using Explain.Core;
using Explain.Render;

namespace Explain.Tool;

/// <summary>A scatter of 50,000 points.</summary>
internal static class DensityScatter
{
    public static ChartExample Example { get; } = new("density", "A scatter of 50,000 points",
        "For two values of very many things: where points crowd, the colour is their number, and those that stand alone stay points. "
            + "A scatter of opaque dots would be a blot that hides where most of them lie.",
        Draw);

    private static Scene Draw(Theme theme)
    {
        var random = new CounterRandom(seed: 11, "density");
        var (x, y) = (new float[50_000], new float[50_000]);
        for (int i = 0; i < x.Length; i++)
        {
            float a = random.NextNormal(), b = random.NextNormal();
            (x[i], y[i]) = (i % 4) switch
            {
                0 => (2 + (0.5f * a), 1.5f + (0.4f * b) + (0.3f * a)),
                1 => (1.4f * a, (0.35f * a * a) - 1.5f + (0.35f * b)),
                _ => ((0.9f * a) - 1, 0.7f * b),
            };
        }
        return new Chart
        {
            Title = "50,000 points",
            Subtitle = "three clouds: a disc, a bow and a tilted ellipse",
            Plot = new Plot
            {
                Marks = [new DensityMark { X = x, Y = y, Color = Categories.At(0, theme), Name = "points" }],
                X = new Axis { Label = "first value" },
                Y = new Axis { Label = "second value" },
            },
            Height = 420,
            ColorLabel = "points in a cell, logarithmic colours",
            Description = "Half of the points lie in a disc about (−1, 0), a quarter along a bow that opens upwards, "
                + "a quarter in an ellipse about (2, 1.5).",
        }.Draw(theme);
    }
}
