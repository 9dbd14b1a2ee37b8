namespace Explain.Render.Tests;

/// <summary>One scene with every kind of node, pen, join, clip and sampling, for goldens and comparisons between canvases.</summary>
internal static class TrialScene
{
    private static readonly Color Ink = Color.FromRgb(0x1B1F24);
    private static readonly Color Blue = Color.FromRgb(0x0072B2);
    private static readonly Color Orange = Color.FromRgb(0xD55E00);
    private static readonly Color Green = Color.FromRgb(0x009E73);

    public static Scene Make() => new(500, 500, Color.FromRgb(0xFFFFFF), [.. Shapes(), .. Joins(), .. Images(), .. Groups(), .. Lines(), .. Texts()], new SceneInfo
    {
        Title = "Trial of <all> nodes",
        AltText = "Shapes, lines, images & text.",
        Description = "Every kind of node once.",
    });

    private static IEnumerable<Node> Shapes()
    {
        yield return new PathNode(PathData.Rectangle(new Rect(10, 10, 120, 80), 12), Color.FromRgb(0xDDEEFF), new Stroke(Blue, 2));
        yield return new PathNode(PathData.Circle(new Point(200, 50), 40), Orange.WithAlpha(0.5), new Stroke(Ink, 6, [10, 6], LineCap.Round));
        yield return new PathNode(Star(300, 55), Green, new Stroke(Ink, 1.5), FillRule.EvenOdd);
        yield return new PathNode(Star(400, 55), Green, new Stroke(Ink, 4, Join: LineJoin.Round));
    }

    /// <summary>A pentagram of radius 45.</summary>
    private static PathData Star(double x, double y) =>
        Exact.Polygon(new(x, y - 45), new(x + 26.45, y + 36.41), new(x - 42.8, y - 13.91), new(x + 42.8, y - 13.91), new(x - 26.45, y + 36.41));

    private static IEnumerable<Node> Joins()
    {
        int k = 0;
        foreach (var join in Enum.GetValues<LineJoin>())
        {
            foreach (var cap in Enum.GetValues<LineCap>())
            {
                double x = 20 + (k % 3 * 95), y = 120 + (k / 3 * 60);
                k++;
                var zigzag = PathData.Polyline([new(x, y + 40), new(x + 25, y), new(x + 40, y + 40), new(x + 70, y + 20)]);
                yield return new PathNode(zigzag, null, new Stroke(Blue.WithAlpha(0.6), 12, null, cap, join));
                yield return new PathNode(zigzag, null, new Stroke(Ink, 0.5));
            }
        }
    }

    private static IEnumerable<Node> Images()
    {
        var cells = Enumerable.Range(0, 64).Select(i => new Color((byte)(i * 4), (byte)(255 - (i * 4)), (byte)(i % 8 * 32))).ToArray();
        yield return new PixelsNode(8, 8, cells, new Rect(310.3, 120.6, 80, 80));
        yield return new PixelsNode(8, 8, cells, new Rect(400, 120, 80, 80), Sampling.Bilinear);
        yield return new PixelsNode(8, 8, cells, new Rect(400, 210, 5.5, 5.5));
        yield return new GroupNode([new PixelsNode(8, 8, cells, new Rect(-30, -30, 60, 60))]) { Transform = Transform.Translate(350, 250).Then(Transform.Rotate(30)) };
    }

    private static IEnumerable<Node> Groups()
    {
        yield return new GroupNode([new PathNode(PathData.Circle(new Point(0, 0), 40), Blue), new PathNode(PathData.Circle(new Point(25, 0), 40), Orange)])
        {
            Transform = Transform.Translate(440, 260).Then(Transform.Rotate(20)),
            Clip = new Rect(-40, -25, 100, 50),
            Opacity = 0.6,
            Label = "Two discs",
            Tooltip = "Cut & \"faded\"",
        };
        yield return new GroupNode([new PathNode(PathData.Circle(new Point(0, 0), 8), Green)]) { Transform = Transform.Translate(20, 470), Clip = new Rect(-8, -8, 8.5, 16) };
    }

    private static IEnumerable<Node> Lines()
    {
        double phase = 0;
        var wave = new Point[400];
        for (int i = 0; i < wave.Length; i++)
        {
            // A triangle wave that dies away, with no library function in it.
            phase = (phase + 0.29) % 2;
            wave[i] = new Point(20 + (i * 0.7), 350 + ((Math.Abs(phase - 1) - 0.5) * 80 * 60 / (60 + i)) + (i % 7 * 1.5));
        }
        yield return new PathNode(PathData.Polyline(wave), null, new Stroke(Orange, 1.5));
        for (int i = 0; i < 10; i++)
            yield return new PathNode(PathData.Line(320, 320 + (i * 8), 480, 326 + (i * 8)), null, new Stroke(Ink, 0.1 + (i * 0.2)));
        yield return new PathNode(PathData.Line(20, 410, 300, 410), null, new Stroke(Ink, 1, [4, 3]));
        var curve = new PathBuilder().MoveTo(20, 440).CubicTo(100, 380, 150, 500, 230, 430).QuadTo(260, 410, 300, 450).Build();
        yield return new PathNode(curve, null, new Stroke(Green, 8, Cap: LineCap.Round));
        yield return new PathNode(new PathBuilder().MoveTo(330, 440).CubicTo(480, 400, 330, 400, 470, 450).Build(), null, new Stroke(Blue, 10));
    }

    private static IEnumerable<Node> Texts()
    {
        yield return new TextNode("Accuracy 0.95", new Point(250, 490), 16, Ink, TextAnchor.Middle);
        yield return new TextNode("turned", new Point(495, 400), 14, Ink, TextAnchor.Start, FontWeight.Bold, -90);
        yield return new TextNode("a < b & c", new Point(480, 485), 12, Blue, TextAnchor.End);
    }
}
