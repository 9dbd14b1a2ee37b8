using Explain.Core;

namespace Explain.Render;

/// <summary>A matrix as one heat map, a row a unit and a column an input.</summary>
internal sealed class MatrixMap(MatrixSheet sheet)
{
    private const double Width = UnitTiles.Width;
    private const double MostHeight = 560;

    // Cells of a matrix of few columns, and from where on they hold their number.
    private const double MostCell = 160;
    private const double LeastForNumber = 36;

    // One value a channel is a row of them.
    private (double Width, double Height) Channels(List<Node> nodes)
    {
        double cell = Math.Min(36, Width / sheet.Matrix.Rows);
        var box = new Rect(0, 16, cell * sheet.Matrix.Rows, Math.Clamp(cell, 24, 36));
        nodes.Add(new TextNode("channel →", new Point(0, 8), Typography.Small, sheet.Theme.Muted));
        nodes.Add(new GroupNode([HeatMap.Draw(sheet.Matrix.Span, 1, sheet.Matrix.Rows, sheet.Scale, box)])
        {
            Label = $"{sheet.Matrix.Rows} {sheet.Value}s",
        });
        nodes.Add(new PathNode(PathData.Rectangle(box.Inset(-0.5)), Stroke: new Stroke(sheet.Theme.Grid, 1)));
        foreach (var tick in new LinearScale(new Limits(0, sheet.Matrix.Rows), 0, box.Width) { Whole = true }.Ticks(40)
            .Where(t => t.Value < sheet.Matrix.Rows))
            nodes.Add(new TextNode(
                tick.Label,
                new Point(box.X + ((tick.Value + 0.5) * cell), box.Bottom + Typography.Small + 3),
                Typography.Small,
                sheet.Theme.Muted,
                TextAnchor.Middle));
        return (box.Right, box.Bottom + Typography.Small + 6);
    }

    /// <summary>
    /// Adds the map at the origin; returns its extents. Few inputs have wide cells with their numbers in them, so that a matrix of two
    /// columns is no thin strip on an empty page.
    /// </summary>
    public (double Width, double Height) Draw(List<Node> nodes)
    {
        if (sheet.Matrix is { Columns: 1, Rows: > 1 }) return Channels(nodes);
        bool isOutput = sheet.Matrix.Rows == sheet.Request.Run.Info.Data.ClassNames.Count
            && sheet.Index == sheet.Request.Run.SnapshotLayerCount() - 1;
        double labels = isOutput && sheet.Matrix.Rows <= 40
            ? Math.Min(110, Enumerable.Range(0, sheet.Matrix.Rows).Max(u => sheet.Theme.Face.Measure(sheet.UnitName(u), Typography.Small)))
                + 6
            : 22;
        double cellWidth = Math.Max(
            Math.Min(28, (Width - labels - 20) / sheet.Matrix.Columns),
            Math.Min(MostCell, (MatrixSheet.LeastWidth - labels - 20) / sheet.Matrix.Columns));
        double cellHeight = Math.Min(
            Math.Max(Math.Min(28, cellWidth), Math.Min(18, 200.0 / sheet.Matrix.Rows)), MostHeight / sheet.Matrix.Rows);
        var box = new Rect(20 + labels, 16, cellWidth * sheet.Matrix.Columns, cellHeight * sheet.Matrix.Rows);
        nodes.Add(new GroupNode([HeatMap.Draw(sheet.Matrix.Span, sheet.Matrix.Rows, sheet.Matrix.Columns, sheet.Scale, box)])
        {
            Label = $"{sheet.Matrix.Rows} × {sheet.Matrix.Columns} {sheet.Value}s",
        });
        nodes.Add(new PathNode(PathData.Rectangle(box.Inset(-0.5)), Stroke: new Stroke(sheet.Theme.Grid, 1)));
        nodes.Add(new TextNode(
            isOutput ? "class" : "unit", new Point(10, box.Center.Y), Typography.Small, sheet.Theme.Muted, TextAnchor.Middle,
            Rotation: -90));
        nodes.AddRange(InputLabels(box, cellWidth));
        if (isOutput && sheet.Matrix.Rows <= 40 && cellHeight >= Typography.Small)
        {
            for (int u = 0; u < sheet.Matrix.Rows; u++)
                nodes.Add(new TextNode(
                    sheet.Theme.Face.Ellipsize(sheet.UnitName(u), labels - 6, Typography.Small),
                    new Point(box.X - 5, sheet.Theme.Face.Centered(box.Y + ((u + 0.5) * cellHeight), Typography.Small)),
                    Typography.Small,
                    sheet.Theme.Muted,
                    TextAnchor.End));
        }
        else
        {
            foreach (var tick in new LinearScale(new Limits(0, sheet.Matrix.Rows), 0, box.Height) { Whole = true }.Ticks(30)
                .Where(t => t.Value < sheet.Matrix.Rows))
                nodes.Add(new TextNode(
                    tick.Label,
                    new Point(box.X - 5, sheet.Theme.Face.Centered(box.Y + ((tick.Value + 0.5) * cellHeight), Typography.Small)),
                    Typography.Small,
                    sheet.Theme.Muted,
                    TextAnchor.End));
        }
        if (cellWidth >= LeastForNumber && cellHeight >= Typography.Small * 1.4) nodes.Add(Numbers(box, cellWidth, cellHeight));
        return (box.Right, box.Bottom);
    }

    // By name where they are the network's own inputs and have room, by number otherwise.
    private IEnumerable<Node> InputLabels(Rect box, double cellWidth)
    {
        if (sheet.Index == 0 && cellWidth >= 28)
        {
            for (int i = 0; i < sheet.Matrix.Columns; i++)
                yield return new TextNode(
                    sheet.Theme.Face.Ellipsize(sheet.Request.Run.FeatureName(i), cellWidth - 4, Typography.Small),
                    new Point(box.X + ((i + 0.5) * cellWidth), 8),
                    Typography.Small,
                    sheet.Theme.Muted,
                    TextAnchor.Middle);
            yield break;
        }
        yield return new TextNode("input →", new Point(box.X, 8), Typography.Small, sheet.Theme.Muted);
        double lastRight = box.X + sheet.Theme.Face.Measure("input →", Typography.Small) + 10;
        foreach (var tick in new LinearScale(new Limits(0, sheet.Matrix.Columns), 0, box.Width) { Whole = true }.Ticks(60)
            .Where(t => t.Value < sheet.Matrix.Columns))
        {
            double half = sheet.Theme.Face.Measure(tick.Label, Typography.Small) / 2;
            double x = box.X + ((tick.Value + 0.5) * cellWidth);
            if (x - half < lastRight) continue;
            yield return new TextNode(tick.Label, new Point(x, 8), Typography.Small, sheet.Theme.Muted, TextAnchor.Middle);
        }
    }

    private GroupNode Numbers(Rect box, double cellWidth, double cellHeight)
    {
        var texts = new List<Node>();
        for (int u = 0; u < sheet.Matrix.Rows; u++)
        {
            for (int i = 0; i < sheet.Matrix.Columns; i++)
            {
                if (!float.IsFinite(sheet.Matrix[u, i])) continue;
                string text = NumberFormat.Value(sheet.Matrix[u, i], 2);
                if (sheet.Theme.Face.Measure(text, Typography.Small) > cellWidth - 4) continue;
                texts.Add(new TextNode(
                    text,
                    new Point(
                        box.X + ((i + 0.5) * cellWidth), sheet.Theme.Face.Centered(box.Y + ((u + 0.5) * cellHeight), Typography.Small)),
                    Typography.Small,
                    Contrast.On(sheet.Scale.At(sheet.Matrix[u, i]), sheet.Theme),
                    TextAnchor.Middle));
            }
        }
        return new GroupNode(texts);
    }
}
