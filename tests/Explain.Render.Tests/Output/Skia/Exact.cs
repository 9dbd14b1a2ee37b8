namespace Explain.Render.Tests;

/// <summary>Pictures whose exact values are known, and coverage before it is rounded to 8 bits.</summary>
internal static class Exact
{
    public static readonly Color White = Color.FromRgb(0xFFFFFF);

    public static readonly Color Black = Color.FromRgb(0x000000);

    public static readonly Color Red = Color.FromRgb(0xFF0000);

    public static Scene Picture(double width, double height, params Node[] nodes) => On(Black, width, height, nodes);

    public static Scene On(Color background, double width, double height, params Node[] nodes) =>
        new(width, height, background, nodes, new SceneInfo { Title = "Test", AltText = "A test picture." }, TestFont.Face);

    /// <summary>White on black, so that each channel is the coverage × 255.</summary>
    public static double[,] Drawn(double width, double height, params Node[] nodes)
    {
        var bitmap = RasterCanvas.Render(Picture(width, height, nodes));
        var values = new double[bitmap.Width, bitmap.Height];
        for (int y = 0; y < bitmap.Height; y++)
        {
            for (int x = 0; x < bitmap.Width; x++)
                values[x, y] = bitmap[x, y].R / 255.0;
        }
        return values;
    }

    /// <summary>Coverage of each pixel as the buffer computes it, in bands of <paramref name="rows"/>.</summary>
    public static float[,] Coverage(PathData path, int width, int height, FillRule rule = FillRule.NonZero, int rows = 32)
    {
        var contours = new Contours();
        Flattener.Flatten(path, Transform.Identity, 0.001, contours);
        return Coverage(contours, width, height, rule, rows);
    }

    public static float[,] Coverage(Contours contours, int width, int height, FillRule rule = FillRule.NonZero, int rows = 32)
    {
        var edges = new EdgeList();
        edges.Add(contours, new Bounds(0, 0, width, height));
        var sink = new Sink(new float[width, height]);
        var buffer = new CoverageBuffer(width, rows);
        for (int top = 0; top < height; top += rows)
        {
            buffer.Begin(top, new Bounds(0, 0, width, height));
            buffer.Add(edges.Span);
            buffer.Sweep(rule, ref sink);
        }
        return sink.Values;
    }

    /// <summary>Covered area of a stroked path.</summary>
    public static double StrokedArea(PathData path, Stroke stroke, int size = 100, double tolerance = 0.0005)
    {
        var lines = new Contours();
        Flattener.Flatten(path, Transform.Identity, tolerance, lines);
        var outline = new Contours();
        var stroker = new Stroker(stroke, stroke.Width, tolerance, Transform.Identity, outline);
        for (int k = 0; k < lines.Count; k++)
            stroker.Add(lines.Points(k), lines.Smooth(k), lines.Closed(k));
        return Sum(Coverage(outline, size, size));
    }

    public static double Sum(float[,] values) => values.Cast<float>().Sum(v => (double)v);

    public static double Sum(double[,] values) => values.Cast<double>().Sum();

    public static PathData Polygon(params Point[] points)
    {
        var b = new PathBuilder().MoveTo(points[0].X, points[0].Y);
        foreach (var p in points.Skip(1))
            b.LineTo(p.X, p.Y);
        return b.Close().Build();
    }

    internal readonly struct Sink(float[,] values) : ISpanSink
    {
        public float[,] Values => values;

        public void Span(int x, int end, int y, float coverage)
        {
            for (; x < end && y < values.GetLength(1); x++)
                values[x, y] = coverage;
        }
    }
}
