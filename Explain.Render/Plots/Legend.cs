namespace Explain.Render;

/// <summary>Names beside their marks, in rows.</summary>
public static class Legend
{
    private const double LineLength = 20;
    private const double Between = 16;

    /// <summary>Distance from one row to the next.</summary>
    public const double RowHeight = Typography.Label * 1.6;

    /// <summary>Height of the rows that the entries need.</summary>
    public static double Height(IReadOnlyList<LegendEntry> entries, double width, ITypeface face) =>
        Rows(entries, width, face).Count * RowHeight;

    /// <summary>Width of one column of the entries.</summary>
    public static double ColumnWidth(IReadOnlyList<LegendEntry> entries, ITypeface face) =>
        entries.Select(e => Swatch(e) + face.Measure(e.Text, Typography.Label)).DefaultIfEmpty(0).Max();

    /// <summary>The rows from <paramref name="origin"/> on.</summary>
    /// <param name="entries">In order.</param>
    /// <param name="origin">Upper left corner.</param>
    /// <param name="width">Room; longer names are shortened.</param>
    /// <param name="theme">Colours.</param>
    /// <param name="oneColumn">One entry a row.</param>
    /// <param name="most">Rows drawn; what does not fit is counted in the last.</param>
    public static IEnumerable<Node> Draw(
        IReadOnlyList<LegendEntry> entries, Point origin, double width, Theme theme, bool oneColumn = false, int most = int.MaxValue)
    {
        double y = origin.Y + (RowHeight / 2);
        var rows = oneColumn ? [.. entries.Select(e => new List<LegendEntry> { e })] : Rows(entries, width, theme.Face);
        foreach (var row in rows.Take(rows.Count > most ? most - 1 : most))
        {
            double x = origin.X;
            foreach (var entry in row)
            {
                double swatch = Swatch(entry);
                foreach (var node in Sample(entry, x, y)) yield return node;
                string text = theme.Face.Ellipsize(entry.Text, width - swatch, Typography.Label);
                yield return new TextNode(
                    text, new Point(x + swatch, theme.Face.Centered(y, Typography.Label)), Typography.Label, theme.Foreground);
                x += swatch + theme.Face.Measure(text, Typography.Label) + Between;
            }
            y += RowHeight;
        }
        if (rows.Count > most)
            yield return new TextNode(
                $"and {rows.Skip(most - 1).Sum(row => row.Count)} more",
                new Point(origin.X, theme.Face.Centered(y, Typography.Label)),
                Typography.Label,
                theme.Muted);
    }

    private static IEnumerable<Node> Sample(LegendEntry entry, double x, double y)
    {
        if (entry.Patch is { } opacity)
            yield return new PathNode(
                PathData.Rectangle(new Rect(x, y - 4.5, 11, 9), opacity < 1 ? 0 : 1.5), entry.Color.WithAlpha(opacity));
        if (entry.Dashes is not null || (entry.Marker is null && entry.Patch is null))
            yield return new PathNode(
                PathData.Line(x, y, x + (entry.Dashes is { Count: > 0 } ? LineLength : 11), y),
                Stroke: new Stroke(entry.Color, 2, entry.Dashes));
        if (entry.Marker is { } marker)
            yield return new PathNode(Markers.Outline(marker, new Point(x + 5, y), 3.6), entry.Color, Rule: FillRule.EvenOdd);
    }

    // A pattern is recognised by a few of its strokes.
    private static double Swatch(LegendEntry entry) => entry.Dashes is { Count: > 0 } ? LineLength + 4 : 14;

    private static List<List<LegendEntry>> Rows(IReadOnlyList<LegendEntry> entries, double width, ITypeface face)
    {
        var rows = new List<List<LegendEntry>>();
        double x = double.PositiveInfinity;
        foreach (var entry in entries)
        {
            double needed = Swatch(entry) + Math.Min(width - Swatch(entry), face.Measure(entry.Text, Typography.Label));
            if (x + needed > width + 0.01)
            {
                rows.Add([]);
                x = 0;
            }
            rows[^1].Add(entry);
            x += needed + Between;
        }
        return rows;
    }
}
