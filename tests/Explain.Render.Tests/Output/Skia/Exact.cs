namespace Explain.Render.Tests;

/// <summary>Pictures whose exact values are known.</summary>
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
        var bitmap = BitmapCanvas.Render(Picture(width, height, nodes));
        var values = new double[bitmap.Width, bitmap.Height];
        for (int y = 0; y < bitmap.Height; y++)
        {
            for (int x = 0; x < bitmap.Width; x++)
                values[x, y] = bitmap[x, y].R / 255.0;
        }
        return values;
    }

    /// <summary>Covered area of a stroked path in a picture of 100 × 100, drawn finely enough for a share of a percent.</summary>
    public static double StrokedArea(PathData path, Stroke stroke)
    {
        const int Fine = 8;
        var bitmap = BitmapCanvas.Render(Picture(100, 100, new PathNode(path, null, stroke)), Fine);
        return bitmap.Pixels.Sum(p => p & 255) / (255.0 * Fine * Fine);
    }

    public static double Sum(double[,] values) => values.Cast<double>().Sum();

    public static PathData Polygon(params Point[] points)
    {
        var b = new PathBuilder().MoveTo(points[0].X, points[0].Y);
        foreach (var p in points.Skip(1))
            b.LineTo(p.X, p.Y);
        return b.Close().Build();
    }
}
