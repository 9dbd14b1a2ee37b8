namespace Explain.Render;

/// <summary>
/// A matrix as coloured cells, its rows and columns in the order of cluster trees that stand above and left of it; names at the right and
/// below where there is room.
/// </summary>
public sealed record ClusteredHeatMap
{
    private const double Tree = 54;
    private const double Gap = 3;
    private const double LeastName = 10.5;

    /// <summary>Row after row, in the order given, not in that of the trees.</summary>
    public required ReadOnlyMemory<float> Values { get; init; }

    /// <summary>Rows of the matrix.</summary>
    public required int Rows { get; init; }

    /// <summary>Columns of the matrix.</summary>
    public required int Columns { get; init; }

    /// <summary>Colours.</summary>
    public required ColorScale Scale { get; init; }

    /// <summary>Trees, cells and names stay within it.</summary>
    public required Rect Bounds { get; init; }

    /// <summary>Clusters of the rows; their order is kept where null.</summary>
    public ClusterTree? RowTree { get; init; }

    /// <summary>Clusters of the columns; their order is kept where null.</summary>
    public ClusterTree? ColumnTree { get; init; }

    /// <summary>One name a row; none where empty.</summary>
    public IReadOnlyList<string> RowNames { get; init; } = [];

    /// <summary>One name a column; none where empty.</summary>
    public IReadOnlyList<string> ColumnNames { get; init; } = [];

    /// <summary>What was not clustered for want of room, in a sentence; empty where all was.</summary>
    public static string Refusal(int count, string things) =>
        count > ClusterTree.MostLeaves
            ? $"{NumberFormat.Count(count)} {things} stand in their own order: "
                + $"at most {NumberFormat.Count(ClusterTree.MostLeaves)} are clustered."
            : "";

    /// <summary>The nodes.</summary>
    public IEnumerable<Node> Draw(Theme theme)
    {
        if (Rows < 1 || Columns < 1 || Values.Length < (long)Rows * Columns) yield break;
        double left = Bounds.X + (RowTree is null ? 0 : Tree), top = Bounds.Y + (ColumnTree is null ? 0 : Tree);
        double names = RowNames.Count == 0 ? 0 : Math.Min(0.3 * Bounds.Width, Widest(RowNames, theme.Face) + 6),
            below = ColumnNames.Count == 0 ? 0 : Math.Min(0.3 * Bounds.Height, Widest(ColumnNames, theme.Face) + 6);
        var cells = new Rect(left, top, Math.Max(8, Bounds.Right - names - left), Math.Max(8, Bounds.Bottom - below - top));
        IReadOnlyList<int> rows = RowTree?.Order ?? [.. Enumerable.Range(0, Rows)],
            columns = ColumnTree?.Order ?? [.. Enumerable.Range(0, Columns)];
        yield return HeatMap.Draw(Ordered(rows, columns), Rows, Columns, Scale, cells);
        if (RowTree is { } rowTree
            && Dendrogram.Draw(rowTree, new Rect(Bounds.X, cells.Y, Tree - Gap, cells.Height), upright: false, theme) is { } beside)
            yield return beside;
        if (ColumnTree is { } columnTree
            && Dendrogram.Draw(columnTree, new Rect(cells.X, Bounds.Y, cells.Width, Tree - Gap), upright: true, theme) is { } above)
            yield return above;
        // Every n-th name where they would stand too near each other.
        int down = Every(cells.Height / Rows), across = Every(cells.Width / Columns);
        for (int i = 0; i < Rows && names > 0; i += down)
            yield return new TextNode(
                theme.Face.Ellipsize(RowNames[rows[i]], names - 6, Typography.Small),
                new Point(cells.Right + 5, theme.Face.Centered(cells.Y + ((i + 0.5) * cells.Height / Rows), Typography.Small)),
                Typography.Small,
                theme.Muted);
        for (int i = 0; i < Columns && below > 0; i += across)
        {
            double x = cells.X + ((i + 0.5) * cells.Width / Columns);
            yield return new TextNode(
                theme.Face.Ellipsize(ColumnNames[columns[i]], below - 6, Typography.Small),
                new Point(x + (theme.Face.CapHeight * Typography.Small / 2), cells.Bottom + 5),
                Typography.Small,
                theme.Muted,
                TextAnchor.End,
                Rotation: -90);
        }
    }

    private static int Every(double step) => Math.Max(1, (int)Math.Ceiling(LeastName / Math.Max(1e-3, step)));

    private static double Widest(IReadOnlyList<string> names, ITypeface face) =>
        names.Select(t => face.Measure(t, Typography.Small)).DefaultIfEmpty(0).Max();

    private float[] Ordered(IReadOnlyList<int> rows, IReadOnlyList<int> columns)
    {
        var ordered = new float[Rows * Columns];
        var values = Values.Span;
        for (int r = 0; r < Rows; r++)
        {
            for (int c = 0; c < Columns; c++) ordered[(r * Columns) + c] = values[(rows[r] * Columns) + columns[c]];
        }
        return ordered;
    }
}
