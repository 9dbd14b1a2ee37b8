using Explain.Core;
using Explain.Render;

namespace Explain.Tool;

/// <summary>Distributions one below the other.</summary>
internal static class Ridgelines
{
    public static ChartExample Example { get; } = new("ridgeline", "Ridgelines",
        "For how a distribution moves over many ordered steps. Ridges hide each other where they overlap; "
            + "beware of reading heights across far rows, and keep the order meaningful.",
        Draw);

    private static Scene Draw(Theme theme)
    {
        const int Steps = 14;
        var random = new CounterRandom(seed: 7, "ridges");
        string[] names = [.. Enumerable.Range(0, Steps).Select(i => $"epoch {i * 5}")];
        var ridges = names.Select((name, i) =>
        {
            double apart = 2.6 * i / (Steps - 1), width = 1.1 - (0.045 * i);
            float[] sample =
                [.. Enumerable.Range(0, 4000).Select(k => (float)((k % 5 < 3 ? -apart / 2 : apart) + (width * random.NextNormal())))];
            return Ridge.Of(name, sample, Oklab.Mix(Categories.At(0, theme), Categories.At(2, theme), (double)i / (Steps - 1)));
        });
        return new Chart
        {
            Title = "Two hills part",
            Subtitle = "one distribution for each fifth epoch, all to one scale",
            Height = 420,
            Plot = new Plot
            {
                Marks = [new RidgeMark { Ridges = [.. ridges] }],
                X = new Axis { Label = "activation", Limits = new Limits(-5, 6) },
                Y = new Axis { Categories = names, Reversed = true },
            },
            Description = "A single hill at epoch 0 becomes two of different height by epoch 65.",
        }.Draw(theme);
    }
}
