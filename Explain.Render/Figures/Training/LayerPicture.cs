using Explain.Core;

namespace Explain.Render;

/// <summary>A small picture of one quantity of a layer, with its name, words and colours.</summary>
internal sealed record LayerPicture(string Quantity, float[] Values, int Rows, int Columns, ColorScale Scale, string Words)
{
    /// <summary>The room of a picture.</summary>
    public const double Tile = 128;

    /// <summary>Between two pictures, where words may reach into.</summary>
    public const double Gap = 22;

    private const double ImageHeight = 124;
    private const double ThickRow = 22;
    private const double MostName = 44;
    private const double MostOfFew = 32;

    public IReadOnlyList<string> Below { get; init; } = [];

    /// <summary>Where each weight is shown: a row an input, a column a unit.</summary>
    public IReadOnlyList<string> RowNames { get; init; } = [];

    /// <summary>Of a picture whose channels stand beside each other; null for others.</summary>
    public Shape? Shape { get; init; }

    /// <summary>Positive and negative values add up to nothing at every epoch, so that there is no mean to show.</summary>
    public bool Cancels { get; init; }

    /// <summary>Why there is nothing to show; empty where there is.</summary>
    public string Blank { get; init; } = "";

    public bool IsBlank => Cancels || Blank.Length > 0;

    /// <summary>The picture with its name and words above, and its colours below.</summary>
    public IEnumerable<Node> Draw(string name, Point corner, Theme theme)
    {
        yield return new TextNode(
            theme.Face.Ellipsize($"{name} · {Size}", Tile + Gap - 6, Typography.Small),
            corner.Offset(0, Typography.Small),
            Typography.Small,
            theme.Foreground);
        yield return new TextNode(
            theme.Face.Ellipsize(Words, Tile + Gap - 6, Typography.Small),
            corner.Offset(0, Typography.Small + 13),
            Typography.Small,
            theme.Muted);
        const double Top = 29;
        double cell = Mosaic.CellSize(Columns, Tile, Rows == 1 ? MostOfFew : 64);
        cell = Math.Min(cell, Mosaic.CellSize(Rows, ImageHeight, 64));
        double height = Rows == 1 ? Math.Max(cell, 26) : cell * Rows;
        var box = new Rect(corner.X, corner.Y + Top, cell * Columns, height);
        if (RowNames.Count > 0)
        {
            // A row an input, its name before it.
            string[] rows = [.. RowNames.Select(n => theme.Face.Ellipsize(n, MostName, Typography.Small))];
            // Names that are cut to the same say less than numbers.
            if (rows.Distinct(StringComparer.Ordinal).Count() < rows.Length)
                rows = [.. Enumerable.Range(1, rows.Length).Select(i => $"x{i}")];
            double names = rows.Max(n => theme.Face.Measure(n, Typography.Small)) + 5;
            box = new Rect(corner.X + names, corner.Y + Top, Tile - names, ThickRow * Rows);
            for (int i = 0; i < rows.Length; i++)
                yield return new TextNode(
                    rows[i],
                    new Point(corner.X, theme.Face.Centered(box.Y + ((i + 0.5) * ThickRow), Typography.Small)),
                    Typography.Small,
                    theme.Muted);
        }
        yield return HeatMap.Draw(IsBlank ? new float[Values.Length] : Values, Rows, Columns, Scale, box);
        yield return new PathNode(PathData.Rectangle(box.Inset(-0.5)), Stroke: new Stroke(theme.Grid, 1));
        for (int i = 0; i < Below.Count; i++)
        {
            string text = theme.Face.Ellipsize(Below[i], cell, Typography.Small);
            yield return new TextNode(
                text,
                new Point(box.X + ((i + 0.5) * cell), box.Bottom + Typography.Small + 2),
                Typography.Small,
                theme.Muted,
                TextAnchor.Middle);
        }
        double bar = box.Bottom + (Below.Count > 0 ? Typography.Small + 10 : 5);
        if (IsBlank)
        {
            var note = theme.Face.Block(
                theme.Face.Wrap(Blank.Length > 0 ? Blank : "cancels out: sums to 0 over the units", Tile + Gap - 6, Typography.Small),
                Typography.Small);
            foreach (var line in note.Nodes(new Point(corner.X, bar - 3), theme.Muted)) yield return line;
            yield break;
        }
        foreach (var node in ColorBar.Draw(Scale, new Point(corner.X, bar), Tile, theme, label: null)) yield return node;
    }

    private string Size => RowNames.Count > 0
        ? $"{Columns} units of {Rows}"
        : Shape is { } shape ? shape.ToString() : Rows == 1 ? $"{Columns}" : $"{Rows}×{Columns}";
}
