using Explain.Core;
using Explain.Render;

namespace Explain.Tool;

/// <summary>A lit surface with contours on it and on the floor.</summary>
internal static class LitSurface
{
    public static ChartExample Example { get; } = new("surface", "A lit surface with contours",
        "For the shape of a value over a plane. Heights are hard to read in perspective and the front hides the back: "
            + "the contours on the floor say the rest, and colour repeats the height.",
        Draw);

    private static Scene Draw(Theme theme)
    {
        const int N = 81;
        double[] at = [.. Enumerable.Range(0, N).Select(i => (i - 40) / 40.0 * 3)];
        var heights = new double[N, N];
        for (int r = 0; r < N; r++)
        {
            for (int c = 0; c < N; c++)
            {
                double x = at[c], y = at[r], bell = 1 / (1 + ((x - 1) * (x - 1)) + ((y - 0.6) * (y - 0.6))),
                    second = 1 / (1 + (2 * (x + 1.4) * (x + 1.4)) + (2 * (y + 1) * (y + 1)));
                heights[r, c] = (1.4 * bell) + second - (0.8 / (1 + (3 * (x - 0.4) * (x - 0.4)) + (3 * (y + 1.8) * (y + 1.8))));
            }
        }
        var limits = Limits.Of(heights.Cast<double>());
        var colors = new ColorScale(ColorMap.Sequential(theme), limits, theme.Grid);
        return new Chart
        {
            Title = "Two hills and a hollow",
            Width = 520,
            Height = 400,
            Body = (t, bounds) =>
            [
                new Space
                {
                    Bounds = bounds,
                    Items = [new SurfaceItem
                    {
                        Xs = at,
                        Ys = at,
                        Heights = heights,
                        Colors = colors,
                        Contours = [.. Contour.Every(limits, 9).Select(line => line with { OnFloor = true })],
                    }],
                    X = new Axis { Label = "x" },
                    Y = new Axis { Label = "y" },
                    Z = new Axis { Label = "height", Limits = new Limits(limits.Min - (0.5 * limits.Span), limits.Max) },
                    Camera = new Camera(-58, 30),
                }.Draw(t, density: 2),
            ],
            Colors = colors,
            ColorLabel = "height",
            AltText = "A surface with two hills, the higher one at (1, 0.6), and a hollow in front of them.",
            Description = "Contours run over the surface and on the floor below it.",
        }.Draw(theme);
    }
}
