namespace Explain.Render;

/// <summary>Where the legend of a plot stands.</summary>
public enum LegendPlace
{
    /// <summary>Nowhere: names stand at the lines, or none are needed.</summary>
    None,

    /// <summary>
    /// In the corner of the data that marks leave free; right of the data where none is free, and above them where that would leave little
    /// of the width.
    /// </summary>
    Corner,

    /// <summary>In a column right of the data.</summary>
    Right,

    /// <summary>In rows above the data.</summary>
    Above,

    /// <summary>
    /// As <see cref="Corner"/> where at least two marks have names that do not stand at their ends, nowhere where not, and nowhere in a
    /// plot whose rectangle is decided outside.
    /// </summary>
    Auto,
}

/// <summary>Puts the legend of a plot where it hides nothing.</summary>
internal sealed record PlotLegend(IReadOnlyList<LegendEntry> Entries, LegendPlace Wanted)
{
    private const double Inset = 7;
    private const double Padding = 5;
    private const double MostCorner = 0.55;
    private const double MostRight = 0.34;
    private const double MostInk = 0.02;

    /// <summary>The layout that leaves room for the legend, what each mark draws in it, and the legend.</summary>
    public (PlotLayout Layout, IReadOnlyList<IReadOnlyList<Node>> Drawn, IEnumerable<Node> Legend) Place(
        Plot plot, Rect bounds, Theme theme)
    {
        var (layout, drawn) = Drawn(plot, bounds, theme);
        if (Entries.Count == 0 || Wanted == LegendPlace.None) return (layout, drawn, []);
        if (Wanted == LegendPlace.Corner && Free(layout.Area.Bounds, drawn, theme.Face) is { } free)
        {
            var plate = new PathNode(PathData.Rectangle(free, 3), theme.Background.WithAlpha(0.85));
            return (
                layout,
                drawn,
                [plate, .. Legend.Draw(Entries, new Point(free.X + Padding, free.Y + Padding), free.Width - (2 * Padding), theme)]);
        }
        double column = Math.Min(Legend.ColumnWidth(Entries, theme.Face), MostRight * bounds.Width),
            rows = Entries.Count * Legend.RowHeight;
        if (Wanted != LegendPlace.Above
            && plot.Area is null
            && (Wanted == LegendPlace.Right || (column < MostRight * bounds.Width && rows < 0.9 * bounds.Height)))
        {
            (layout, drawn) = Drawn(plot, bounds with { Width = bounds.Width - column - 12 }, theme);
            int most = Math.Max(1, (int)(layout.Area.Bounds.Height / Legend.RowHeight));
            var shown = Entries.Count <= most ? Entries
                : [.. Entries.Take(most - 1), new LegendEntry($"and {Entries.Count - most + 1} more", Color.FromRgb(0) with { A = 0 })];
            return (
                layout, drawn, Legend.Draw(shown, new Point(bounds.Right - column, layout.Area.Bounds.Y), column, theme, oneColumn: true));
        }
        double height = Math.Min(Legend.Height(Entries, bounds.Width, theme.Face), 0.4 * bounds.Height);
        var legend = Legend.Draw(
            Entries, new Point(bounds.X, bounds.Y), bounds.Width, theme, most: Math.Max(1, (int)(height / Legend.RowHeight)));
        if (plot.Area is null)
            (layout, drawn) = Drawn(plot, new Rect(bounds.X, bounds.Y + height + 4, bounds.Width, bounds.Height - height - 4), theme);
        return (layout, drawn, legend);
    }

    private static (PlotLayout Layout, IReadOnlyList<IReadOnlyList<Node>> Drawn) Drawn(Plot plot, Rect bounds, Theme theme)
    {
        var layout = PlotLayout.Of(plot, bounds, theme);
        return (layout, [.. plot.Marks.Select(m => m.Draw(layout.Area).ToArray())]);
    }

    // One column first, then as many as the width takes; the freest corner of the first form that is free enough.
    private Rect? Free(Rect area, IReadOnlyList<IReadOnlyList<Node>> drawn, ITypeface face)
    {
        var ink = new InkGrid(area, drawn.SelectMany(nodes => nodes), face);
        double one = Legend.ColumnWidth(Entries, face), most = MostCorner * area.Width;
        foreach (double width in new[] { Math.Min(one, most), Math.Min((2 * one) + 16, most), most })
        {
            double w = width + (2 * Padding), h = Legend.Height(Entries, width, face) + (2 * Padding);
            if (h > MostCorner * area.Height || width < Math.Min(one, most)) continue;
            Rect[] corners =
            [
                new(area.Right - w - Inset, area.Y + Inset, w, h), new(area.X + Inset, area.Y + Inset, w, h),
                new(area.Right - w - Inset, area.Bottom - h - Inset, w, h), new(area.X + Inset, area.Bottom - h - Inset, w, h),
            ];
            var best = corners.MinBy(ink.Share);
            if (ink.Share(best) <= MostInk) return best;
        }
        return null;
    }
}
