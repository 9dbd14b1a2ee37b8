namespace Explain.Render;

/// <summary>An entry of a legend.</summary>
/// <param name="Text">Name.</param>
/// <param name="Color">Colour.</param>
/// <param name="Marker">Shape; a short line where null.</param>
/// <param name="Dashes">Pattern of the line.</param>
public sealed record LegendEntry(string Text, Color Color, Marker? Marker = null, IReadOnlyList<double>? Dashes = null);

/// <summary>Names beside their marks, in rows.</summary>
public static class Legend
{
    private const double Swatch = 14;
    private const double Between = 16;

    /// <summary>Distance from one row to the next.</summary>
    public const double RowHeight = Typography.Label * 1.6;

    /// <summary>Height of the rows that the entries need.</summary>
    public static double Height(IReadOnlyList<LegendEntry> entries, double width) => Rows(entries, width).Count * RowHeight;

    /// <summary>The rows from <paramref name="origin"/> on.</summary>
    public static IEnumerable<Node> Draw(IReadOnlyList<LegendEntry> entries, Point origin, double width, Theme theme)
    {
        double y = origin.Y + (RowHeight / 2);
        foreach (var row in Rows(entries, width))
        {
            double x = origin.X;
            foreach (var entry in row)
            {
                if (entry.Marker is { } marker)
                    yield return new PathNode(Markers.Outline(marker, new Point(x + 5, y), 3.6), entry.Color, Rule: FillRule.EvenOdd);
                else
                    yield return new PathNode(PathData.Line(x, y, x + 11, y), Stroke: new Stroke(entry.Color, 2, entry.Dashes));
                string text = Typography.Ellipsis(entry.Text, width - Swatch, Typography.Label);
                yield return new TextNode(text, new Point(x + Swatch, Typography.Centered(y, Typography.Label)), Typography.Label, theme.Foreground);
                x += Swatch + Typeface.Current.Measure(text, Typography.Label) + Between;
            }
            y += RowHeight;
        }
    }

    private static List<List<LegendEntry>> Rows(IReadOnlyList<LegendEntry> entries, double width)
    {
        var rows = new List<List<LegendEntry>>();
        double x = double.PositiveInfinity;
        foreach (var entry in entries)
        {
            double needed = Swatch + Math.Min(width - Swatch, Typeface.Current.Measure(entry.Text, Typography.Label));
            if (x + needed > width)
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
