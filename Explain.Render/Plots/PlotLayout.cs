namespace Explain.Render;

/// <summary>
/// Where the data of a plot lies and which ticks its axes have: what labels need depends on ticks, ticks on the room that labels leave, so
/// it is found in two rounds.
/// </summary>
/// <param name="Area">The data.</param>
/// <param name="XTicks">Of the horizontal axis.</param>
/// <param name="YTicks">Of the vertical axis.</param>
/// <param name="Names">Under the horizontal axis where it has categories.</param>
internal sealed record PlotLayout(PlotArea Area, TickSet XTicks, TickSet YTicks, CategoryLabels? Names)
{
    // Labels beside a vertical axis may take this share of the width; the data want the rest.
    private const double MostLabels = 0.4;

    /// <summary>Lays out a plot within <paramref name="bounds"/>, whose heading and end labels are already cut off.</summary>
    public static PlotLayout Of(Plot plot, Rect bounds, Theme theme)
    {
        var yLimits = plot.Y.Of(plot.Marks.SelectMany(m => m.Ys));
        var xLimits = plot.X.Of(plot.Marks.SelectMany(m => m.Xs));
        TickSet xTicks = TickSet.None, yTicks = TickSet.None;
        CategoryLabels? names = null;
        var along = TickRoom.Along(theme.Face);
        PlotArea? area = null;
        for (int round = 0; round < 3; round++)
        {
            var data = plot.Area ?? Data(plot, bounds, xTicks, yTicks, names, theme.Face);
            var y = plot.Y.Build(yLimits, data.Bottom, data.Y, TickRoom.Beside.Spacing);
            var x = plot.X.Build(xLimits, data.X, data.Right, along.Spacing);
            area = new PlotArea(data, x, y, theme);
            yTicks = y.Ticks(TickRoom.Beside);
            names = plot.X.Categories is { } categories ? CategoryLabels.Fit(categories, ((CategoryScale)x).Step, theme.Face) : null;
            xTicks = names is null ? x.Ticks(along) : new TickSet([.. names.Lines.Select((_, i) => new Tick(i, ""))]);
        }
        return new PlotLayout(area!, xTicks, yTicks, names);
    }

    private static Rect Data(Plot plot, Rect bounds, TickSet xTicks, TickSet yTicks, CategoryLabels? names, ITypeface face)
    {
        double top = bounds.Y + AxisMarks.Above(plot.Y, yTicks), bottom = bounds.Bottom - AxisMarks.Below(plot.X, xTicks, names);
        double left = bounds.X + (plot.LeftWidth ?? AxisMarks.Beside(plot.Y, yTicks, MostLabels * bounds.Width, face));
        // Half of the last tick label reaches beyond the axis.
        double right = Math.Max(
            left + 8, bounds.Right - (plot.X.ShowTicks && plot.X.Categories is null ? Overhang(plot, xTicks, face) : 0));
        return new Rect(left, top, right - left, Math.Max(8, bottom - top));
    }

    private static double Overhang(Plot plot, TickSet ticks, ITypeface face)
    {
        double end = plot.EndWidthTaken(face),
            half = plot.X.ShowLabels && ticks.Ticks.Count > 0 ? face.Measure(ticks.Ticks[^1].Label, Typography.Small) / 2 : 0;
        return Math.Max(0, Math.Max(8, half) - end);
    }
}
