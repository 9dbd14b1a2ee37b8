using Explain.Core;

namespace Explain.Render;

/// <summary>A loss landscape as items of a space: the surface with its contours, the paths and their labels.</summary>
internal static class LandscapeItems
{
    private const int Contours = 10;
    private const int MostNamed = 6;

    /// <summary>The items.</summary>
    /// <param name="view">The landscape.</param>
    /// <param name="scale">Colours of its heights.</param>
    /// <param name="theme">Colours.</param>
    public static IReadOnlyList<SpaceItem> Of(LandscapeView view, ColorScale scale, Theme theme) =>
        [Surface(view, scale), .. view.HasPath ? Paths(view, theme) : End(view, theme)];

    public static Limits Ends(IReadOnlyList<double> steps) => new(steps[0], steps[^1]);

    private static SurfaceItem Surface(LandscapeView view, ColorScale scale) => new()
    {
        Name = "loss",
        Xs = view.Landscape.Surface.First,
        Ys = view.Landscape.Surface.Second,
        Heights = view.Surface(view.Within),
        Values = view.Surface(view.Height),
        Colors = scale,
        Shading = Shading.Lit,
        Contours = [.. view.Levels(Contours).Select(level => new Contour(level))],
    };

    private static IEnumerable<SpaceItem> Paths(LandscapeView view, Theme theme)
    {
        var surface = view.Landscape.Surface;
        double apart = (Ends(surface.First).Span + Ends(surface.Second).Span) / 12;
        var labels = RunLabels.Of(view.Runs);
        for (int r = 0; r < view.Landscape.Paths.Count; r++)
        {
            var path = view.Landscape.Paths[r];
            var color = LandscapeSettings.PathColor(r, view.Runs.Count, theme);
            Point3[] points = [.. path.Points.Select(At)];
            // What runs under the surface is thin and dashed, yet to be seen.
            yield return new LineItem { Points = points, Color = color, Width = 1.2, Dashes = [3, 3], Hidden = HiddenLine.Shown };
            yield return new LineItem
            {
                Points = points,
                Color = theme.Background.WithAlpha(0.85),
                Width = 4.2,
                Hidden = HiddenLine.Omitted,
            };
            yield return new LineItem
            {
                Name = $"path of {labels[r]}",
                Points = points,
                Color = color,
                Width = 2.2,
                Dashes = Categories.DashesAt(r),
                Hidden = HiddenLine.Omitted,
            };
            yield return new PointsItem
            {
                Points = points,
                Color = color,
                Marker = view.Runs.Count > 1 ? Categories.MarkerAt(r) : Marker.Circle,
                Radius = view.Runs.Count > 1 ? 3 : 3.4,
                Rim = view.Runs.Count > 1 ? theme.Background : null,
                DepthCue = 0,
            };
            if (view.Runs.Count > 1)
            {
                if (points.Length > 0)
                    yield return new LabelItem
                    {
                        At = points[^1],
                        Text = theme.Face.Ellipsize(labels[r], 120, Typography.Label, FontWeight.Bold),
                        Color = color,
                        Weight = FontWeight.Bold,
                    };
                continue;
            }
            foreach (var named in LandscapeView.Named(path, apart, MostNamed))
                yield return new LabelItem
                {
                    At = At(named),
                    Text = named.Epoch == 0 ? "start" : $"epoch {named.Epoch}",
                    Weight = named == path.Points[^1] ? FontWeight.Bold : FontWeight.Regular,
                };
        }

        Point3 At(PathPoint p) => new(p.A, p.B, view.Within(p.Loss));
    }

    private static IEnumerable<SpaceItem> End(LandscapeView view, Theme theme)
    {
        var end = view.Landscape.Paths[0].Points[^1];
        var at = new Point3(0, 0, view.Within(end.Loss));
        yield return new PointsItem
        {
            Points = [at],
            Color = LandscapeSettings.PathColor(0, 1, theme),
            Radius = 4.5,
            Rim = theme.Background,
            DepthCue = 0,
        };
        yield return new LabelItem { At = at, Text = $"epoch {end.Epoch}", Weight = FontWeight.Bold };
    }
}
