namespace Explain.Render.Tests;

/// <summary>A figure is one picture at any size: scaled as a whole, never laid out anew, and all of it within the page.</summary>
public sealed class ProportionsTests : IDisposable
{
    private const double Rounding = 1e-6;

    private readonly FigureGoldenTests _figures = new();

    public static TheoryData<string> Names => [.. FigureCatalog.All.Select(kind => kind.Name)];

    public void Dispose() => _figures.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Figure_has_its_proportions_at_every_size_and_nothing_leaves_it(string name)
    {
        var request = _figures.Asked(name);
        var own = FigureCatalog.Find(name).Create(request with { Width = 1000 }).Draw(Theme.Light);
        foreach (int width in new[] { 200, 420, 2000, 8000 })
        {
            var scene = FigureCatalog.Find(name).Create(request with { Width = width }).Draw(Theme.Light);
            scene.Width.ShouldBe(width, 1e-6);
            // Heights are whole pixels, rounded up here and in the picture compared with.
            scene.Height.ShouldBe(own.Height * width / own.Width, 1.001 + (1.0 * width / own.Width), $"{width}");
            var ink = Ink(scene.Nodes, Transform.Identity).ToArray();
            ink.ShouldNotBeEmpty();
            ink.ShouldAllBe(
                p => p.X >= -Rounding && p.Y >= -Rounding && p.X <= scene.Width + Rounding && p.Y <= scene.Height + Rounding, $"{width}");
        }
    }

    // Corners of what is drawn, clipped to the boxes that clip it.
    private static IEnumerable<Point> Ink(IReadOnlyList<Node> nodes, Transform transform)
    {
        foreach (var node in nodes)
        {
            switch (node)
            {
                case GroupNode group:
                    var inner = transform.Then(group.Transform);
                    foreach (var p in Ink(group.Children, inner))
                    {
                        if (group.Clip is not { } c) yield return p;
                        else yield return Clamped(p, inner.Apply(new Point(c.X, c.Y)), inner.Apply(new Point(c.Right, c.Bottom)));
                    }
                    break;
                case PathNode path:
                    foreach (var p in path.Data.Points) yield return transform.Apply(p);
                    break;
                case PixelsNode pixels:
                    yield return transform.Apply(new Point(pixels.Bounds.X, pixels.Bounds.Y));
                    yield return transform.Apply(new Point(pixels.Bounds.Right, pixels.Bounds.Bottom));
                    break;
                case TextNode text:
                    double width = TestFont.Face.Measure(text.Text, text.Size, text.Weight);
                    double left = text.Anchor switch { TextAnchor.Start => 0, TextAnchor.Middle => -width / 2, _ => -width };
                    var local = transform.Then(Transform.Translate(text.Origin.X, text.Origin.Y)).Then(Transform.Rotate(text.Rotation));
                    yield return local.Apply(new Point(left, -TestFont.Face.CapHeight * text.Size));
                    yield return local.Apply(new Point(left + width, 0));
                    break;
            }
        }
    }

    private static Point Clamped(Point p, Point a, Point b) =>
        new(Math.Clamp(p.X, Math.Min(a.X, b.X), Math.Max(a.X, b.X)), Math.Clamp(p.Y, Math.Min(a.Y, b.Y), Math.Max(a.Y, b.Y)));
}
