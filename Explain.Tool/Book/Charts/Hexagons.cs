using Explain.Core;
using Explain.Render;

namespace Explain.Tool;

/// <summary>Points counted into hexagons.</summary>
internal static class Hexagons
{
    public static ChartExample Example { get; } = new("hexbin", "Points in hexagons",
        "For the same kind of data where numbers should be read off, or where a third value is to be averaged. Beware of the size: "
            + "hexagons as large as what you look for hide it.",
        Draw);

    private static Scene Draw(Theme theme)
    {
        var random = new CounterRandom(seed: 13, "hexagons");
        var points = new List<Point>();
        var values = new List<float>();
        for (int i = 0; i < 30_000; i++)
        {
            double x = random.NextNormal(), y = (0.75 * x) + (0.6 * random.NextNormal());
            points.Add(new Point(x, y));
            values.Add((float)((x * y) + (0.5 * random.NextNormal())));
        }
        var product = ColorScale.Diverging(theme, 9);
        return new Chart
        {
            Title = "30,000 pairs by a third value",
            Subtitle = "their product is large in two corners, as it should be",
            Width = 460,
            Height = 400,
            Plot = new Plot
            {
                Marks = [new HexbinMark { Points = points, Values = values, Scale = product, Width = 11, Name = "mean product" }],
                X = new Axis { Label = "first value" },
                Y = new Axis { Label = "second value" },
            },
            ColorLabel = "mean of the product in a hexagon",
            Description =
                "A tilted cloud; hexagons at its upper right and lower left end have means up to 9, those across it are below zero.",
        }.Draw(theme);
    }
}
