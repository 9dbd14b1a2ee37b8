namespace Explain.Render;

/// <summary>Which panels of <see cref="Facets"/> have the same limits.</summary>
public enum FacetShare
{
    /// <summary>Each has its own.</summary>
    None,

    /// <summary>Those of a row.</summary>
    Row,

    /// <summary>All.</summary>
    All,
}

/// <summary>
/// Small multiples: plots of the same kind in a grid, on the same scales, with ticks only at the left and at the bottom, so that the eye
/// compares shapes and not labels (Tufte, "The Visual Display of Quantitative Information", 1983; the panels of Cleveland's trellis
/// displays).
/// </summary>
public sealed record Facets
{
    private const double HeadHeight = 19;
    private const double RightRoom = 10;

    /// <summary>Everything, labels included, stays within it.</summary>
    public required Rect Bounds { get; init; }

    /// <summary>The plots, row after row. Their bounds, and the labels and limits of what they share, are set here.</summary>
    public required IReadOnlyList<Plot> Panels { get; init; }

    /// <summary>Panels side by side; as many as are at least <see cref="LeastWidth"/> wide where 0.</summary>
    public int Columns { get; init; }

    /// <summary>The least width of a panel in pixels where the number of columns is left open.</summary>
    public double LeastWidth { get; init; } = 150;

    /// <summary>Over the columns; none where empty.</summary>
    public IReadOnlyList<string> ColumnHeads { get; init; } = [];

    /// <summary>Over the rows, at their left; none where empty.</summary>
    public IReadOnlyList<string> RowHeads { get; init; } = [];

    /// <summary>Over each panel, where columns and rows have no heads of their own; none where empty.</summary>
    public IReadOnlyList<string> PanelHeads { get; init; } = [];

    /// <summary>Whose vertical limits are the same. Horizontal limits are the same everywhere.</summary>
    public FacetShare Share { get; init; } = FacetShare.All;

    /// <summary>Pixels between panels.</summary>
    public double Gap { get; init; } = 14;

    /// <summary>The nodes.</summary>
    public IEnumerable<Node> Draw(Theme theme)
    {
        if (Panels.Count == 0) yield break;
        int columns = Columns > 0 ? Columns : Math.Max(1, (int)((Bounds.Width + Gap) / (LeastWidth + Gap))),
            rows = (Panels.Count + columns - 1) / columns;
        var x = Common(Panels.Select(p => p.X.Of(p.Marks.SelectMany(m => m.Xs))));
        var y = Panels.Select(p => p.Y.Of(p.Marks.SelectMany(m => m.Ys))).ToArray();
        double columnHead = ColumnHeads.Count > 0 ? HeadHeight : 0, rowHead = RowHeads.Count > 0 || PanelHeads.Count > 0 ? HeadHeight : 5;
        // A factor that all labels of an axis share stands over it.
        if (Panels.Any(p => Ticks(p, 60).Common.Length > 0)) rowHead += Typography.Small + 4;
        var shown = Panels.Select((p, i) => Shared(p, x, y, i, columns)).ToArray();
        double bottomRoom = AxisMarks.Below(Panels[^1].X, TickSet.None, null), height = Height();
        double left = shown.Where((_, i) => Share == FacetShare.None || i % columns == 0).Max(p => Room(p, height, theme.Face));
        double width = Math.Max(
            12, (Bounds.Width - RightRoom - (Share == FacetShare.None ? left * columns : left) - ((columns - 1) * Gap)) / columns);
        // Names of categories wrap to the width of a panel, so the room that they need under the lowest is known only now.
        bottomRoom = Panels.TakeLast(columns).Max(p => AxisMarks.Below(
            p.X,
            TickSet.None,
            p.X.Categories is { } names ? CategoryLabels.Fit(names, width / Math.Max(1, names.Count), theme.Face) : null));
        height = Height();
        for (int c = 0; c < Math.Min(columns, ColumnHeads.Count); c++)
            yield return Head(ColumnHeads[c], new Point(Left(c), Bounds.Y + Typography.Label), width, theme);
        for (int i = 0; i < shown.Length; i++)
        {
            int row = i / columns, column = i % columns;
            double top = Bounds.Y + columnHead + (row * (height + rowHead + Gap));
            string head = PanelHeads.Count > i ? PanelHeads[i] : column == 0 && row < RowHeads.Count ? RowHeads[row] : "";
            if (head.Length > 0)
                yield return Head(
                    head,
                    new Point(PanelHeads.Count > i ? Left(column) : Bounds.X, top + Typography.Label),
                    PanelHeads.Count > i ? width : Bounds.Width,
                    theme);
            bool lowest = i + columns >= shown.Length, outer = Share == FacetShare.None || column == 0;
            var area = new Rect(Left(column), top + rowHead, width, height);
            yield return (shown[i] with
            {
                Area = area,
                Bounds = new Rect(area.X - left, top, width + left + RightRoom, rowHead + height + bottomRoom),
                Title = "",
                X = shown[i].X with
                {
                    ShowLabels = lowest,
                    Label = lowest && (column == columns - 1 || i == shown.Length - 1) ? shown[i].X.Label : "",
                },
                Y = shown[i].Y with { ShowLabels = outer, Label = "" },
            }).Draw(theme);
        }

        double Height() => Math.Max(12, (Bounds.Height - columnHead - bottomRoom - (rows * rowHead) - ((rows - 1) * Gap)) / rows);

        double Left(int column) => Bounds.X + left + (column * (width + Gap + (Share == FacetShare.None ? left : 0)));
    }

    private Plot Shared(Plot plot, Limits x, Limits[] y, int index, int columns)
    {
        var limits = Share switch
        {
            FacetShare.All => Common(y),
            FacetShare.Row => Common(y.Where((_, i) => i / columns == index / columns)),
            _ => y[index],
        };
        return plot with { X = plot.X with { Limits = Padded(plot.X, x) }, Y = plot.Y with { Limits = Padded(plot.Y, limits) } };
    }

    // Limits that are given are taken as they are, so what an axis would add to those of its data is added here.
    private static Limits? Padded(Axis axis, Limits limits) =>
        limits.IsEmpty ? axis.Limits : axis.Log && limits.Min > 0 ? Axis.LogPadded(limits) : limits;

    private static Limits Common(IEnumerable<Limits> limits) => limits.Aggregate(default(Limits), (a, b) => a.Union(b));

    private double Room(Plot plot, double height, ITypeface face) =>
        AxisMarks.Beside(plot.Y, Ticks(plot, height), 0.3 * Bounds.Width, face);

    private static TickSet Ticks(Plot plot, double height) =>
        plot.Y.Build(plot.Y.Of(plot.Marks.SelectMany(m => m.Ys)), height, 0, TickRoom.Beside.Spacing).Ticks(TickRoom.Beside);

    private static TextNode Head(string text, Point at, double width, Theme theme) =>
        new(
            theme.Face.Ellipsize(text, width, Typography.Label, FontWeight.Bold),
            at,
            Typography.Label,
            theme.Foreground,
            Weight: FontWeight.Bold);
}
