namespace Explain.Render;

/// <summary>
/// The key of colours that stand for numbers of points, as <see cref="DensityMark"/> and <see cref="HexbinMark"/> shade them.
/// </summary>
public static class CountBar
{
    /// <summary>A horizontal bar from 1 to <paramref name="most"/> with what it counts right of it.</summary>
    public static IEnumerable<Node> Draw(int most, Point origin, double width, Theme theme, string label)
    {
        if (most <= 0) return [];
        const int Steps = 64;
        var pixels = new Color[Steps];
        for (int i = 0; i < Steps; i++) pixels[i] = ColorMap.Sequential(theme).At(0.14 + (0.86 * i / (Steps - 1)));
        double baseline = origin.Y + 8 + 3 + (Typography.Small * 0.8);
        var nodes = new List<Node>
        {
            new PixelsNode(Steps, 1, pixels, new Rect(origin.X, origin.Y, width, 8), Sampling.Bilinear),
            new TextNode("1", new Point(origin.X, baseline), Typography.Small, theme.Muted),
            new TextNode(
                label,
                new Point(origin.X + width + 10, origin.Y + 4 + (theme.Face.CapHeight * Typography.Small / 2)),
                Typography.Small,
                theme.Muted),
        };
        if (most > 1)
            nodes.Add(new TextNode(
                NumberFormat.Count(most), new Point(origin.X + width, baseline), Typography.Small, theme.Muted, TextAnchor.End));
        // Powers of ten between, where they have room.
        double room = 12, last = origin.X + room;
        for (long power = 10; power < most; power *= 10)
        {
            double x = origin.X + (width * PortableMath.Log(power) / PortableMath.Log(most)),
                half = theme.Face.Measure(NumberFormat.Count(power), Typography.Small) / 2;
            if (x - half < last || x + half > origin.X + width - theme.Face.Measure(NumberFormat.Count(most), Typography.Small) - 6)
                continue;
            nodes.Add(new TextNode(NumberFormat.Count(power), new Point(x, baseline), Typography.Small, theme.Muted, TextAnchor.Middle));
            last = x + half + 6;
        }
        return nodes;
    }
}
