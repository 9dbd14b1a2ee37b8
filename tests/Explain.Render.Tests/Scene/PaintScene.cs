namespace Explain.Render.Tests;

/// <summary>
/// Gradients, clips by outline, adjoining shapes, nested groups, pictures and writing of every kind: what vector formats have to say in
/// their own words.
/// </summary>
internal static class PaintScene
{
    private static readonly Color Ink = Color.FromRgb(0x1B1F24), Blue = Color.FromRgb(0x0072B2), Orange = Color.FromRgb(0xD55E00),
        Green = Color.FromRgb(0x009E73), Sky = Color.FromRgb(0x56B4E9);

    public static Scene Make() => new(
        480,
        360,
        Color.FromRgb(0xFFFFFF),
        [.. Gradients(), .. Clips(), Surface(), .. Pictures(), .. Writing()],
        new SceneInfo
        {
            Title = "Paints & clips",
            AltText = "Gradients, clips, adjoining shapes and writing.",
            Description = "Everything that vector formats say in their own words.",
        },
        TestFont.Face);

    private static IEnumerable<Node> Gradients()
    {
        GradientStop[] three = [new(0, Blue), new(0.5, Color.FromRgb(0xFFFFFF)), new(1, Orange)];
        yield return new PathNode(
            PathData.Rectangle(new Rect(10, 10, 100, 40), 8), new LinearGradient(new(10, 10), new(110, 10), three), new Stroke(Ink));
        yield return new PathNode(
            PathData.Rectangle(new Rect(120, 10, 100, 40)),
            new LinearGradient(new(140, 15), new(190, 45), [new(0.2, Green), new(0.5, Sky), new(0.5, Orange), new(0.9, Blue)]));
        yield return new PathNode(
            PathData.Circle(new Point(260, 30), 22),
            new RadialGradient(new(252, 22), 30, [new(0, Color.FromRgb(0xFFFFFF)), new(1, Green)]));
        for (int i = 0; i < 8; i++)
            yield return new PathNode(PathData.Rectangle(new Rect(300 + (i * 20), 10, 10, 40)), Ink);
        yield return new PathNode(
            PathData.Rectangle(new Rect(300, 14, 160, 32)),
            new LinearGradient(new(300, 0), new(460, 0), [new(0, Orange), new(1, Orange.WithAlpha(0))]));
        yield return new PathNode(PathData.Circle(new Point(30, 80), 18), new LinearGradient(new(5, 5), new(5, 5), three));
    }

    private static IEnumerable<Node> Clips()
    {
        var star = Exact.Polygon(
            new(0, -40), new(10, -12), new(38, -12), new(15, 5), new(24, 33), new(0, 16), new(-24, 33), new(-15, 5), new(-38, -12),
            new(-10, -12));
        Node[] stripes = [.. Enumerable.Range(0, 10)
            .Select(i => new PathNode(PathData.Rectangle(new Rect(-40, -40 + (i * 8), 80, 4)), i % 2 == 0 ? Blue : Orange))];
        yield return new GroupNode(stripes) { Transform = Transform.Translate(110, 110), ClipPath = star };
        var inner = new GroupNode(stripes) { Transform = Transform.Rotate(45), ClipPath = star };
        yield return new GroupNode([inner])
        {
            Transform = Transform.Translate(200, 110),
            ClipPath = PathData.Circle(new Point(8, 0), 28),
            Clip = new Rect(-30, -30, 50, 60),
        };
        yield return new GroupNode([new GroupNode(stripes) { ClipPath = star, Opacity = 0.5 }, new PathNode(star, null, new Stroke(Ink))])
        {
            Transform = Transform.Translate(290, 110).Then(Transform.Scale(0.9, 0.6)),
            Opacity = 0.8,
        };
    }

    /// <summary>Triangles of one tint over a dark ground, where every seam would show.</summary>
    private static GroupNode Surface()
    {
        var triangles = new List<Node>();
        for (int i = 0; i < 8; i++)
        {
            for (int k = 0; k < 5; k++)
            {
                Point P(int x, int y) => new(350 + (x * 13.7) + (y * 1.3), 75 + (y * 13.3) - (x * 0.9));
                triangles.Add(new PathNode(Exact.Polygon(P(i, k), P(i + 1, k), P(i, k + 1)), Color.FromRgb(0xF0E0C0)));
                triangles.Add(new PathNode(Exact.Polygon(P(i + 1, k), P(i + 1, k + 1), P(i, k + 1)), Color.FromRgb(0xEFDFBE)));
            }
        }
        return new GroupNode(
            [new PathNode(PathData.Rectangle(new Rect(345, 62, 130, 85)), Ink), new GroupNode(triangles) { Adjoining = true }]);
    }

    private static IEnumerable<Node> Pictures()
    {
        Color[] few = [Blue, Orange, Green, Ink.WithAlpha(0.3), Sky, Ink];
        yield return new PixelsNode(3, 2, few, new Rect(20, 165, 90, 60));
        yield return new PixelsNode(3, 2, few, new Rect(120, 165, 90, 60), Sampling.Bilinear);
        var dense = new Color[300 * 300];
        for (int i = 0; i < dense.Length; i++)
            dense[i] = ((i % 300) + (i / 300)) % 2 == 0 ? Color.FromRgb(0x000000) : Color.FromRgb(0xFFFFFF);
        yield return new PixelsNode(300, 300, dense, new Rect(220, 165, 20, 60));
    }

    private static IEnumerable<Node> Writing()
    {
        string[] lines =
        [
            "ΔW = −η ∂L/∂W, 3 × 10⁻⁵ ± σ",
            "naïve Ångström: façade, größer ≤ ½ x₀²",
            "עברית (123) abc, שלום",
            "missing \u4E2D\u6587, e\u0301, \U0001D400, a\tb\nc",
            "AVATAR To Type 1,234.50%",
        ];
        for (int i = 0; i < lines.Length; i++)
        {
            yield return new TextNode(lines[i], new Point(20, 252 + (i * 18)), 13, Ink);
            yield return new TextNode(lines[i], new Point(460, 252 + (i * 18)), 11, Blue, TextAnchor.End, FontWeight.Bold);
        }
        yield return new TextNode("faded and turned", new Point(300, 232), 14, Ink.WithAlpha(0.5), TextAnchor.Middle, Rotation: -12);
        yield return new TextNode(string.Concat(Enumerable.Repeat("a long label ", 20)), new Point(20, 345), 2.5, Ink);
    }
}
