using Explain.Core;
using Explain.Render;

namespace Explain.Tool;

/// <summary>Shares that add up to a whole, over time.</summary>
internal static class StackedAreas
{
    public static ChartExample Example { get; } = new("stacked-areas", "Areas on each other",
        "For parts of a whole that change. Only the lowest part and the whole stand on a level line; changes of those between are hard "
            + "to judge, so put the one that matters at the bottom. A single `AreaMark` fills down to zero.",
        Draw);

    private static Scene Draw(Theme theme)
    {
        double[] epochs = [.. Enumerable.Range(0, 41).Select(e => (double)e)];
        double[] dead = [.. epochs.Select(e => 4 + (26 * e / (e + 12)))];
        double[] saturated = [.. epochs.Select(e => 10 + (5 * e / (e + 6)))];
        double[] working = [.. dead.Zip(saturated, (d, s) => 128 - d - s)];
        return new Chart
        {
            Title = "What the 128 units of a layer do",
            Subtitle = "every fifth unit is dead after 40 epochs",
            Plot = new Plot
            {
                Marks = AreaMark.Stack(
                    epochs,
                    [
                        new("dead", dead, Categories.At(1, theme)),
                        new("saturated", saturated, Categories.At(3, theme)),
                        new("working", working, Categories.At(0, theme)),
                    ],
                    shares: true),
                X = new Axis { Label = "epoch", Whole = true },
                Y = new Axis { Label = "share of the units", Percent = true, Limits = new Limits(0, 1) },
                LabelEnds = true,
            },
            Description = "The share of dead units grows from 3 to 19 %, fast at first; that of saturated ones from 8 to 11 %.",
        }.Draw(theme);
    }
}
