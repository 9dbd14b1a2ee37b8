using Explain.Core;
using Explain.Render;

namespace Explain.Tool;

/// <summary>Contour lines over filled bands.</summary>
internal static class FilledContours
{
    public static ChartExample Example { get; } = new("contours", "Contours over filled bands",
        "For a value over a plane. Bands say which side is higher, the numbers on the lines how much. Beware of a coarse grid: "
            + "between its points the value is taken to be straight.",
        Draw);

    private static Scene Draw(Theme theme)
    {
        const int N = 121;
        var (x, y) = (new Limits(-3, 3), new Limits(-2, 2));
        var values = new double[N * N];
        for (int i = 0; i < values.Length; i++)
        {
            double a = x.Min + (x.Span * (i % N) / (N - 1)), b = y.Min + (y.Span * (i / N) / (N - 1));
            values[i] = ((4 - (2.1 * a * a) + (a * a * a * a / 3)) * a * a) + (a * b) + (4 * ((b * b) - 1) * b * b);
            values[i] = values[i] < 0 ? values[i] : Math.Sqrt(values[i]);
        }
        var grid = new ContourGrid(values, N, N);
        double[] levels = [-1, -0.75, -0.5, -0.25, 0, 0.5, 1, 1.5, 2, 3, 4, 6, 8, 10, 12];
        var colors = new ColorScale(ColorMap.Sequential(theme), new Limits(-1, 12), theme.Grid);
        return new Chart
        {
            Title = "The six-hump camel",
            Subtitle = "two lowest places, at (±0.09, ∓0.71); above zero the square root is drawn",
            Width = 520,
            Plot = new Plot
            {
                Marks =
                [
                    new FilledContourMark { Grid = grid, X = x, Y = y, Levels = levels, Scale = colors },
                    new ContourMark
                    {
                        Grid = grid,
                        X = x,
                        Y = y,
                        Levels = levels,
                        Ground = colors,
                        Color = theme.Foreground.WithAlpha(0.8),
                        Width = 0.7,
                        Label = NumberFormat.Short,
                    },
                    new DotMark
                    {
                        Points = [new(0.0898, -0.7126), new(-0.0898, 0.7126)],
                        Color = theme.Foreground,
                        Rim = theme.Background,
                        Marker = Marker.Star,
                        Radius = 4.5,
                    },
                ],
                X = new Axis { Label = "x" },
                Y = new Axis { Label = "y" },
            },
            ColorLabel = "value",
            Description = "Six hollows; the two deepest lie near the middle, −1.03 each.",
        }.Draw(theme);
    }
}
