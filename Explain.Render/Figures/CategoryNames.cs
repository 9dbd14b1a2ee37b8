namespace Explain.Render;

/// <summary>Names under the categories of a plot whose horizontal axis has no ticks.</summary>
internal static class CategoryNames
{
    /// <summary>Height that the names need.</summary>
    public const double Height = (2 * Typography.Small * 1.25) + 6;

    private const double LeastWidth = 26;

    /// <summary>The names in up to two lines each, every n-th where they would stand too near each other.</summary>
    public static IEnumerable<Node> Draw(IReadOnlyList<string> names, double left, double right, double top, Theme theme)
    {
        double step = (right - left) / Math.Max(1, names.Count);
        int every = Math.Max(1, (int)Math.Ceiling(LeastWidth / step));
        for (int i = 0; i < names.Count; i += every)
        {
            var lines = Typography.Wrap(names[i], (step * every) - 6, Typography.Small, lines: 2);
            for (int k = 0; k < lines.Count; k++)
                yield return new TextNode(lines[k], new Point(left + (step * (i + 0.5)), top + 4 + (Typography.Small * (0.9 + (1.25 * k)))), Typography.Small, theme.Muted, TextAnchor.Middle);
        }
    }
}
