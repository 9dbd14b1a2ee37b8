using Explain.Core;
using Explain.Render;

namespace Explain.Tool;

/// <summary>A cloud of points whose depth can be seen.</summary>
internal static class PointCloud
{
    public static ChartExample Example { get; } = new("point-cloud", "A cloud of points in space",
        "For three values of some thousand things. Nearer points are larger and stronger, which a still picture needs; "
            + "beware of judging distances along the line of sight: turn the camera.",
        Draw);

    private static Scene Draw(Theme theme)
    {
        var random = new CounterRandom(seed: 29, "cloud");
        string[] names = ["helix", "sphere", "plane"];
        Point3[] Cloud(int kind) => [.. Enumerable.Range(0, 500).Select(i =>
        {
            double t = i / 500.0, a = random.NextNormal(), b = random.NextNormal(), c = random.NextNormal(),
                length = Math.Sqrt((a * a) + (b * b) + (c * c)) + 1e-9;
            var (sin, cos) = PortableMath.SinCos(6 * Math.PI * t);
            return kind switch
            {
                0 => new Point3((2.4 * cos) + (0.06 * a), (2.4 * sin) + (0.06 * b), (4 * t) - 2),
                1 => new Point3(a / length, b / length, c / length),
                _ => new Point3(1.1 * a, 1.1 * b, -2.3 + (0.03 * c)),
            };
        })];
        return new Chart
        {
            Title = "1,500 points in space",
            Width = 460,
            Height = 400,
            Body = (t, bounds) =>
            [
                .. Legend.Draw(
                    [.. names.Select((name, i) => new LegendEntry(name, Categories.At(i, t), Categories.MarkerAt(i)))],
                    new Point(bounds.X, bounds.Y),
                    bounds.Width,
                    t),
                new Space
                {
                    Bounds = new Rect(bounds.X, bounds.Y + 20, bounds.Width, bounds.Height - 20),
                    Items = [.. names.Select((_, i) => new PointsItem
                    {
                        Points = Cloud(i),
                        Color = Categories.At(i, t),
                        Marker = Categories.MarkerAt(i),
                        Radius = 2.6,
                        Rim = t.Background,
                    })],
                    X = new Axis { Label = "first" },
                    Y = new Axis { Label = "second" },
                    Z = new Axis { Label = "third" },
                    Camera = new Camera(-52, 24),
                }.Draw(t, density: 2),
            ],
            AltText = "Three clouds of points in space: a helix around a sphere, and a plane below both.",
            Description = "500 points each. The helix has three turns of radius 2.4, the sphere radius 1.",
        }.Draw(theme);
    }
}
