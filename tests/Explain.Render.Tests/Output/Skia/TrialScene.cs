namespace Explain.Render.Tests;

/// <summary>One scene with every kind of node, pen, join, clip and sampling, for goldens and comparisons between canvases.</summary>
internal static class TrialScene
{
    private static readonly Color Ink = Color.FromRgb(0x1B1F24);
    private static readonly Color Blue = Color.FromRgb(0x0072B2);
    private static readonly Color Orange = Color.FromRgb(0xD55E00);
    private static readonly Color Green = Color.FromRgb(0x009E73);

    public static Scene Make() => new(
        500,
        500,
        Color.FromRgb(0xFFFFFF),
        [.. Shapes(), .. Joins(), .. Images(), .. Groups(), .. Lines(), .. Texts()],
        new SceneInfo
        {
            Title = "Trial of <all> nodes",
            AltText = "Shapes, lines, images & text.",
            Description = "Every kind of node once.",
        },
        TestFont.Face);

    /// <summary>The second half: gradients, clips by outlines, adjoining shapes, alone and together.</summary>
    public static Scene Paints() => new(500, 400, Color.FromRgb(0xFFFFFF), [.. Gradients(), .. Clips(), .. Mosaics()], new SceneInfo
    {
        Title = "Trial of paints, clips and mosaics",
        AltText = "Gradients, clipped groups, and shapes that meet edge to edge.",
    }, TestFont.Face);

    private static IEnumerable<Node> Gradients()
    {
        GradientStop[] three = [new(0, Blue), new(0.5, Color.FromRgb(0xF0E442)), new(1, Orange)];
        yield return new PathNode(
            PathData.Rectangle(new Rect(10, 10, 110, 80), 10), new LinearGradient(new(20, 20), new(110, 80), three), new Stroke(Ink, 1.5));
        yield return new PathNode(
            Star(180, 55),
            new LinearGradient(
                new(180, 10),
                new(180, 95),
                [new(0, Green), new(0.4, Green), new(0.4, Orange), new(0.7, Orange.WithAlpha(0.2)), new(1, Ink.WithAlpha(0.8))]),
            null,
            FillRule.EvenOdd);
        yield return new PathNode(
            PathData.Circle(new(280, 50), 40),
            new RadialGradient(new(268, 38), 55, [new(0, Color.FromRgb(0xFFFFFF)), new(0.3, Blue.WithAlpha(0.9)), new(1, Ink)]));
        yield return new GroupNode([new PathNode(PathData.Circle(new(0, 0), 40), new RadialGradient(new(0, 0), 20, three))])
        {
            Transform = Transform.Translate(380, 50).Then(Transform.Rotate(30)).Then(new Transform(1.3, 0, 0.4, 0.6, 0, 0)),
            Opacity = 0.7,
        };
        yield return new PathNode(
            PathData.Rectangle(new Rect(445, 10.4, 45, 80)),
            new LinearGradient(new(0, 30), new(0, 60), [new(0, Ink.WithAlpha(0)), new(1, Ink)]));
    }

    private static IEnumerable<Node> Clips()
    {
        var stripes = Enumerable.Range(0, 12)
            .Select(i =>
                (Node)new PathNode(PathData.Line(-50, -50 + (i * 9), 50, -60 + (i * 9)), null, new Stroke(i % 2 == 0 ? Blue : Orange, 4)))
            .ToArray();
        yield return new GroupNode(stripes) { Transform = Transform.Translate(60, 160), ClipPath = Star(0, 0) };
        yield return new GroupNode([new GroupNode(stripes) { ClipPath = PathData.Circle(new(12, 0), 30), Opacity = 0.5 }])
        {
            Transform = Transform.Translate(160, 160).Then(Transform.Rotate(15)),
            ClipPath = Star(0, 0),
            Clip = new Rect(-45, -30, 90, 60),
        };
        var cells = Enumerable.Range(0, 64).Select(i => new Color((byte)(i * 4), (byte)(255 - (i * 4)), (byte)(i % 8 * 32))).ToArray();
        yield return new GroupNode(
        [
            new PixelsNode(8, 8, cells, new Rect(220, 120, 80, 80)),
            new TextNode("Text", new(222, 172), 36, Color.FromRgb(0xFFFFFF), Weight: FontWeight.Bold),
        ]) { ClipPath = PathData.Circle(new(260, 160), 38) };
        yield return new GroupNode([new PixelsNode(8, 8, cells, new Rect(-40, -40, 80, 80), Sampling.Bilinear)])
        {
            Transform = Transform.Translate(360, 160).Then(Transform.Rotate(-20)),
            ClipPath = Star(0, 0),
            Opacity = 0.8,
        };
        var letters = new PathBuilder().MoveTo(420, 120).CubicTo(520, 110, 400, 180, 490, 200).LineTo(430, 195).QuadTo(400, 160, 420, 120)
            .Close().Build();
        yield return new GroupNode([new PathNode(
            PathData.Rectangle(new Rect(410, 110, 90, 100)),
            new LinearGradient(new(420, 120), new(490, 200), [new(0, Green), new(1, Blue)]))]) { ClipPath = letters };
    }

    private static IEnumerable<Node> Mosaics()
    {
        yield return new GroupNode(Fan(true).ToArray()) { Transform = Transform.Translate(70, 300), Adjoining = true };
        yield return new GroupNode(Fan(false).ToArray()) { Transform = Transform.Translate(190, 300), Adjoining = true, Opacity = 0.5 };
        yield return new GroupNode(
        [
            .. Fan(true),
            new TextNode("over", new(-30, 6), 24, Ink),
            new PathNode(PathData.Circle(new(0, 0), 42), null, new Stroke(Ink, 3, [6, 3])),
        ])
        {
            Transform = Transform.Translate(310, 300),
            Adjoining = true,
            ClipPath = PathData.Circle(new(0, 0), 46),
        };
        yield return new GroupNode(
            Fan(true).Select(n => ((PathNode)n) with { Fill = new RadialGradient(new(0, 0), 50, [new(0, Orange), new(1, Blue)]) })
                .ToArray()) { Transform = Transform.Translate(430, 300), Adjoining = true };
    }

    /// <summary>Forty triangles about the origin, in two colours by turns or in one.</summary>
    private static IEnumerable<Node> Fan(bool colours)
    {
        for (int i = 0; i < 40; i++)
        {
            var (a, b) = (Transform.Rotate(i * 9).Apply(new(50, 0)), Transform.Rotate((i + 1) * 9).Apply(new(50, 0)));
            yield return new PathNode(Exact.Polygon(new(0, 0), a, b), colours && i % 3 == 0 ? Orange : Blue);
        }
    }

    private static IEnumerable<Node> Shapes()
    {
        yield return new PathNode(PathData.Rectangle(new Rect(10, 10, 120, 80), 12), Color.FromRgb(0xDDEEFF), new Stroke(Blue, 2));
        yield return new PathNode(
            PathData.Circle(new Point(200, 50), 40), Orange.WithAlpha(0.5), new Stroke(Ink, 6, [10, 6], LineCap.Round));
        yield return new PathNode(Star(300, 55), Green, new Stroke(Ink, 1.5), FillRule.EvenOdd);
        yield return new PathNode(Star(400, 55), Green, new Stroke(Ink, 4, Join: LineJoin.Round));
    }

    /// <summary>A pentagram of radius 45.</summary>
    private static PathData Star(double x, double y) =>
        Exact.Polygon(
            new(x, y - 45), new(x + 26.45, y + 36.41), new(x - 42.8, y - 13.91), new(x + 42.8, y - 13.91), new(x - 26.45, y + 36.41));

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
        yield return new GroupNode([new PixelsNode(8, 8, cells, new Rect(-30, -30, 60, 60))])
        {
            Transform = Transform.Translate(350, 250).Then(Transform.Rotate(30)),
        };
    }

    private static IEnumerable<Node> Groups()
    {
        yield return new GroupNode(
            [new PathNode(PathData.Circle(new Point(0, 0), 40), Blue), new PathNode(PathData.Circle(new Point(25, 0), 40), Orange)])
        {
            Transform = Transform.Translate(440, 260).Then(Transform.Rotate(20)),
            Clip = new Rect(-40, -25, 100, 50),
            Opacity = 0.6,
            Label = "Two discs",
            Tooltip = "Cut & \"faded\"",
        };
        yield return new GroupNode([new PathNode(PathData.Circle(new Point(0, 0), 8), Green)])
        {
            Transform = Transform.Translate(20, 470),
            Clip = new Rect(-8, -8, 8.5, 16),
        };
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
        yield return new PathNode(
            new PathBuilder().MoveTo(330, 440).CubicTo(480, 400, 330, 400, 470, 450).Build(), null, new Stroke(Blue, 10));
    }

    private static IEnumerable<Node> Texts()
    {
        yield return new TextNode("Accuracy 0.95", new Point(250, 490), 16, Ink, TextAnchor.Middle);
        yield return new TextNode("turned", new Point(495, 400), 14, Ink, TextAnchor.Start, FontWeight.Bold, -90);
        yield return new TextNode("a < b & c", new Point(480, 485), 12, Blue, TextAnchor.End);
    }
}
