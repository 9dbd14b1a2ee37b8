using Explain.Render;

namespace Explain.Tool;

/// <summary>Lines with a legend in the corner that they leave free.</summary>
internal static class CornerLegend
{
    public static ChartExample Example { get; } = new("legend", "A legend where nothing is hidden",
        "For lines that cross or end in one place, where names at their ends would pile up. The legend looks for a free corner, "
            + "and stands beside the data where there is none; beware of relying on colour alone: the dashes say the same.",
        Draw);

    private static Scene Draw(Theme theme)
    {
        (string Name, Func<double, double> Of)[] functions =
        [
            ("relu", x => Math.Max(0, x)),
            ("leaky relu", x => x > 0 ? x : 0.1 * x),
            ("hard tanh", x => Math.Clamp(x, -1, 1)),
            ("softsign", x => x / (1 + Math.Abs(x))),
        ];
        var marks = functions.Select((function, i) => new LineMark
        {
            Name = function.Name,
            Color = Categories.At(i, theme),
            Dashes = i == 0 ? [] : new double[][] { [6, 3], [2, 2], [8, 3, 2, 3] }[i - 1],
            Points = [.. Enumerable.Range(-60, 121).Select(k => new Point(k / 20.0, function.Of(k / 20.0)))],
        });
        return new Chart
        {
            Title = "Four activation functions",
            Plot = new Plot
            {
                Marks = [new RuleMark { X = 0 }, new RuleMark { Y = 0 }, .. marks],
                X = new Axis { Label = "input" },
                Y = new Axis { Label = "output" },
                Legend = LegendPlace.Corner,
            },
            AltText =
                "Four activation functions from −3 to 3: relu and leaky relu rise without end, hard tanh and softsign level off at ±1.",
            Description = "All four pass through zero. Hard tanh is straight between −1 and 1.",
        }.Draw(theme);
    }
}
