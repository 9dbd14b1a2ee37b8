using Xunit;
namespace Explain.Render.Tests;
public class SpatialTry
{
    [Fact]
    public void Pictures()
    {
        Typeface.Current = Typeface.BuiltIn;
        int n = 200;
        double[] xs = [.. Enumerable.Range(0, n).Select(i => -3 + 6.0 * i / (n - 1))];
        var h = new double[n, n];
        for (int r = 0; r < n; r++) for (int c = 0; c < n; c++)
        {
            double x = xs[c], y = xs[r];
            h[r, c] = 3 * (1 - x) * (1 - x) * Math.Exp(-x * x - (y + 1) * (y + 1)) - 10 * (x / 5 - x * x * x - Math.Pow(y, 5)) * Math.Exp(-x * x - y * y) - Math.Exp(-(x + 1) * (x + 1) - y * y) / 3;
            if (r > 150 && r < 165 && c > 20 && c < 40) h[r, c] = double.NaN;
        }
        var rnd = new Random(1);
        SpaceItem[] items =
        [
            new SurfaceItem { Xs = xs, Ys = xs, Heights = h, LinesEvery = 10, Contours = [.. Contour.Every(new Limits(-6, 8), 8).Select(k => k with { OnFloor = true })] },
            new PointsItem { Points = [.. Enumerable.Range(0, 60).Select(_ => new Point3(rnd.NextDouble() * 6 - 3, rnd.NextDouble() * 6 - 3, rnd.NextDouble() * 14 - 6))], Color = Categories.At(1, Theme.Light), Marker = Marker.Star, Rim = Theme.Light.Background },
            new PointsItem { Points = [.. Enumerable.Range(0, 60).Select(_ => new Point3(rnd.NextDouble() * 6 - 3, rnd.NextDouble() * 6 - 3, rnd.NextDouble() * 14 - 6))], Color = Categories.At(0, Theme.Light), Rim = Theme.Light.Background },
            new LineItem { Points = [.. Enumerable.Range(0, 200).Select(i => new Point3(2.5 * Math.Cos(i * 0.1), 2.5 * Math.Sin(i * 0.1), -6 + i * 0.07))], Color = Categories.At(4, Theme.Light), Width = 2 },
            new LabelItem { At = new Point3(0, 1.6, 8), Text = "highest" },
        ];
        foreach (var theme in new[] { Theme.Light, Theme.Dark })
        foreach (var (az, el) in new[] { (-60.0, 26.0), (30, 40), (0, 20), (135, 5), (-45, 88), (200, -20), (90,0) })
        {
            if (theme == Theme.Dark && az != -60) continue;
            var space = new Space { Bounds = new Rect(10, 10, 700, 550), Items = items, Camera = new Camera(az, el), X = new Axis { Label = "first direction" }, Y = new Axis { Label = "second direction" }, Z = new Axis { Label = "loss" } };
            space.Draw(theme, 2);
            var sw = System.Diagnostics.Stopwatch.StartNew();
            var g = space.Draw(theme, 2);
            Console.WriteLine($"{az} {el} {sw.ElapsedMilliseconds} ms");
            var scene = new Scene(720, 570, theme.Background, [g], new SceneInfo { Title = "t", AltText = "a" });
            File.WriteAllBytes($"/tmp/space/{theme.Name}{az}_{el}.png", Canvases.ManagedPng.Encode(scene, 2));
        }
    }
}
