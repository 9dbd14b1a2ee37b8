using Explain.Core;
using Explain.Render;

namespace Explain.Tool;

/// <summary>Logarithmic, symmetric logarithmic and time axes.</summary>
internal static class SpecialAxes
{
    public static ChartExample Example { get; } = new("axes", "Axes of other kinds",
        "Logarithmic for ratios and powers, symmetric logarithmic for signed values of several orders, time for durations. Beware: "
            + "a straight line on two logarithmic axes is a power, not a proportion, and bars have no place there.",
        Draw);

    private static Scene Draw(Theme theme)
    {
        var random = new CounterRandom(seed: 23, "axes");
        var power = Enumerable.Range(0, 60).Select(i => 10 * PortableMath.Pow(10, i / 12.0))
            .Select(n => new Point(n, 3.2 / Math.Sqrt(n) * (1 + (0.12 * random.NextNormal()))));
        var signed = Enumerable.Range(0, 240).Select(i => new Point(i, random.NextNormal() * PortableMath.Pow(10, (i / 60.0) - 2)));
        var pace = Enumerable.Range(0, 90)
            .Select(i => new Point(100 * i, 5200 + (400 * random.NextNormal()) - (i is > 50 and < 60 ? 2500 : 0)));
        Plot[] plots =
        [
            new()
            {
                Title = "Log and log",
                Marks = [new DotMark { Points = [.. power], Color = Categories.At(0, theme), Radius = 2.2 }],
                X = new Axis { Log = true, Label = "samples" },
                Y = new Axis { Log = true, Label = "error" },
            },
            new()
            {
                Title = "Symmetric log",
                Marks = [new DotMark { Points = [.. signed], Color = Categories.At(1, theme), Radius = 2.2, Marker = Marker.Diamond }],
                X = new Axis { Label = "step" },
                Y = new Axis { LinearWithin = 0.1, Label = "update, linear within ±0.1" },
            },
            new()
            {
                Title = "Time",
                Marks = [new LineMark { Points = [.. pace], Color = Categories.At(2, theme) }],
                X = new Axis { Time = true, Label = "since the start" },
                Y = new Axis { Label = "samples a second", Include = [0] },
            },
        ];
        return new Chart
        {
            Title = "Three kinds of axes",
            Width = 780,
            Height = 270,
            Body = (t, bounds) => plots.Select((plot, i) => (plot with { Bounds = new Rect(i * 265, 0, 250, bounds.Height) }).Draw(t)),
            AltText = "Three plots: an error that falls with the square root of the samples, updates that grow over four orders, "
                + "and a pace that drops for a quarter of an hour.",
            Description = "The first has two logarithmic axes, the second an axis that is logarithmic to both sides of zero, "
                + "the third one of hours and minutes.",
        }.Draw(theme);
    }
}
