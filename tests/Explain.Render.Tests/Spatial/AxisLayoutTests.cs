namespace Explain.Render.Tests;

/// <summary>From wherever a space is seen, its labels can be read.</summary>
public sealed class AxisLayoutTests
{
    private static readonly Rect Bounds = new(7, 11, 520, 400);

    [Theory]
    [InlineData(0)]
    [InlineData(24)]
    [InlineData(60)]
    public void Labels_stay_inside_the_bounds_apart_from_each_other_and_off_the_box(double field)
    {
        int labels = 0;
        for (double azimuth = -180; azimuth < 180; azimuth += 22.5)
        {
            for (double elevation = -90; elevation <= 90; elevation += 11.25)
            {
                var space = Space(new Camera(azimuth, elevation) { FieldOfView = field });
                var layout = AxisLayout.Fit(space, SpaceBox.Of(space), TestFont.Face);
                string at = $"azimuth {azimuth}, elevation {elevation}";
                labels += layout.Texts.Count;
                foreach (var text in layout.Texts)
                {
                    IsInside(text.Place, at + ": " + text.Text);
                    Overlaps(text.Place, Outline(layout)).ShouldBeFalse($"{at}: '{text.Text}' lies over the box");
                }
                for (int i = 0; i < layout.Texts.Count; i++)
                {
                    for (int j = 0; j < i; j++)
                        Overlap(layout.Texts[i].Place, layout.Texts[j].Place)
                            .ShouldBeFalse($"{at}: '{layout.Texts[i].Text}' and '{layout.Texts[j].Text}'");
                }
                layout.Texts.Count(t => !t.IsTitle).ShouldBeGreaterThanOrEqualTo(4, at);
            }
        }
        labels.ShouldBeGreaterThan(2000);
    }

    [Fact]
    public void A_turning_space_keeps_its_size_and_place_and_fits_all_the_way_round()
    {
        double? scale = null;
        for (double azimuth = 0; azimuth < 360; azimuth += 10)
        {
            var space = Space(new Camera(azimuth, 30)) with { Turning = true };
            var layout = AxisLayout.Fit(space, SpaceBox.Of(space), TestFont.Face);
            scale ??= layout.Projection.Scale;
            layout.Projection.Scale.ShouldBe(scale.Value, 0.02 * scale.Value);
            foreach (var text in layout.Texts)
                IsInside(text.Place, $"azimuth {azimuth}: {text.Text}");
        }
    }

    [Theory]
    [InlineData(60, 40)]
    [InlineData(200, 30)]
    [InlineData(1, 1)]
    [InlineData(4000, 3000)]
    public void Any_bounds_draw(double width, double height)
    {
        var scene = Space(new Camera()) with { Bounds = new Rect(0, 0, width, height) };
        Canvases.Png.Encode(new Scene(
            width, height, Theme.Light.Background, [scene.Draw(Theme.Light, 0.5)], new SceneInfo { Title = "t", AltText = "a" },
            TestFont.Face))
            .Length.ShouldBeGreaterThan(0);
    }

    private static Space Space(Camera camera) => new()
    {
        Bounds = Bounds,
        Camera = camera,
        X = new Axis { Limits = new Limits(-3000, 3000), Label = "first of the directions" },
        Y = new Axis { Limits = new Limits(0, 1), Label = "second of the directions, with a title that is rather long", Percent = true },
        Z = new Axis { Limits = new Limits(1e-5, 10), Log = true, Label = "loss" },
        Items = [],
    };

    private static void IsInside(Rect r, string what) =>
        (r.X >= Bounds.X - 0.5 && r.Y >= Bounds.Y - 0.5 && r.Right <= Bounds.Right + 0.5 && r.Bottom <= Bounds.Bottom + 0.5)
            .ShouldBeTrue($"{what} at {r} leaves {Bounds}");

    private static bool Overlap(Rect a, Rect b) => a.X < b.Right && b.X < a.Right && a.Y < b.Bottom && b.Y < a.Bottom;

    private static Point[] Outline(AxisLayout layout) =>
        [.. from x in new[] { -1, 1 } from y in new[] { -1, 1 } from z in new[] { -1, 1 } select layout.Projection.Apply(new Point3(
            x * layout.Projection.Half.X, y * layout.Projection.Half.Y, z * layout.Projection.Half.Z)).Point];

    // By brute force: a rectangle lies over a convex hull where one of a grid of its points is inside, that is where no direction parts the
    // point from the corners.
    private static bool Overlaps(Rect r, Point[] corners)
    {
        for (int i = 1; i < 8; i++)
        {
            for (int j = 1; j < 4; j++)
            {
                double px = r.X + (r.Width * i / 8), py = r.Y + (r.Height * j / 4);
                bool parted = false;
                for (int k = 0; k < 720 && !parted; k++)
                {
                    var (sin, cos) = Angle.SinCos(k / 2.0);
                    parted = corners.All(c => ((c.X - px) * cos) + ((c.Y - py) * sin) <= 1e-9);
                }
                if (!parted) return true;
            }
        }
        return false;
    }
}
