using Explain.Core;

namespace Explain.Render;

/// <summary>A layer's matrix (weights or updates): one picture a unit where the inputs are pictures, the whole matrix as a heat map otherwise.</summary>
internal sealed record MatrixSheet
{
    /// <summary>How the matrix is laid out, see <see cref="As"/>.</summary>
    public static readonly FigureOption AsOption = new("as", "auto|images|matrix", "auto", "One picture a unit, or the whole matrix; auto takes pictures where the inputs are pictures.");

    private const double Width = 680;
    private const double LeastWidth = 420;
    private const double MostWidth = 760;
    private const double MostHeight = 560;
    private const int MostTiles = 400;

    // Cells of a matrix of few columns, and from where on they hold their number.
    private const double MostCell = 160;
    private const double LeastForNumber = 36;

    /// <summary>Tiles up to this number are large enough to be labelled.</summary>
    private const int MostLabelled = 30;

    public required Theme Theme { get; init; }

    public required FigureRequest Request { get; init; }

    /// <summary>Name of the figure for its command.</summary>
    public required string Figure { get; init; }

    public required string Title { get; init; }

    /// <summary>What a value is, e.g. "weight".</summary>
    public required string Value { get; init; }

    /// <summary>Index among the layers with weights.</summary>
    public required int Index { get; init; }

    public required LayerSnapshot Layer { get; init; }

    public required int Epoch { get; init; }

    /// <summary>Outputs × inputs.</summary>
    public required Matrix Matrix { get; init; }

    public required ColorScale Scale { get; init; }

    /// <summary>"auto", "images" or "matrix".</summary>
    public required string As { get; init; }

    /// <summary>Said after run and epoch in the subtitle.</summary>
    public required string Finding { get; init; }

    public string Note { get; init; } = "";

    public Scene Draw()
    {
        var run = Request.Run;
        var filters = As == "matrix" ? null : Layer.KernelShape;
        bool scales = Matrix is { Columns: 1, Rows: > 1 };
        bool images = !scales && (As == "images" || filters is not null || (As == "auto" && UnitImages.HasImageInputs(run, Index, Matrix.Columns)));
        var nodes = new List<Node>();
        var notes = new List<string>();
        var (width, height) = filters is { Channels: > 1 } kernel ? new FilterGrid(Matrix, kernel, Scale, Theme).Draw(nodes, notes) : images ? Tiles(nodes, notes) : Whole(nodes);
        double clipped = Scale.Clipped(Matrix.Span);
        nodes.AddRange(ColorBar.Draw(Scale, new Point(0, height + 14), 160, Theme, $"{Value}", clipped));
        if (Note.Length > 0) notes.Add(Note);
        int notFinite = 0;
        foreach (float v in Matrix.Span)
        {
            if (!float.IsFinite(v)) notFinite++;
        }
        if (notFinite > 0) notes.Add($"{NumberFormat.Count(notFinite)} value{(notFinite == 1 ? " is" : "s are")} not finite (bright pink).");
        string what = filters is { Channels: > 1 } of
            ? $"the filters of {Layer.Name}: a column for each of its {Matrix.Rows} filters, in it one picture for each of the {of.Channels} channels that it looks at"
            : scales
            ? $"the scale of each of the {Matrix.Rows} channels of {Layer.Name}"
            : filters is not null
            ? $"one picture for each filter of {Layer.Name}: how strongly it weighs what lies under it"
            : images
            ? $"one picture for each unit of {Layer.Name}: how strongly it weighs each input"
            : $"the whole matrix of {Layer.Name}: a row for each of its {Matrix.Rows} units, a column for each of its {NumberFormat.Count(Matrix.Columns)} inputs";
        var (mean, deviation) = Moments.Of(Matrix.Span);
        return new Page
        {
            Theme = Theme,
            Subtitle = $"{run.Title()} · {run.EpochWords(Epoch)} · {Layer.Name}, {Size()} · {Finding}",
            BodyWidth = Math.Max(images || filters is not null ? Width : LeastWidth, width),
            BodyHeight = height + 14 + ColorBar.Height,
            Body = nodes,
            Notes = notes,
            Width = Request.Width,
            Info = new SceneInfo
            {
                Title = Title,
                Caption = $"{char.ToUpperInvariant(what[0])}{what[1..]}. Colours from {NumberFormat.Value(Scale.Limits.Min)} to {NumberFormat.Value(Scale.Limits.Max)}{(Scale.Spread == Spread.Log ? ", logarithmic" : "")}; {NumberFormat.Percent(clipped)} of the values lie beyond.",
                AltText = $"{(images ? $"{Math.Min(Matrix.Rows, MostTiles)} small pictures" : "Heat map")} of the {Value}s of {Layer.Name} after epoch {Epoch}: mean {NumberFormat.Value(mean)}, standard deviation {NumberFormat.Value(deviation)}; {Finding}.",
                Description = Describe(),
                Table = Table(),
                Command = Request.Command(Figure),
            },
        }.ToScene();
    }

    // Tiles share the width; few tiles are large and labelled.
    private (double Width, double Height) Tiles(List<Node> nodes, List<string> notes)
    {
        var (rows, columns) = Layer.KernelShape is { } kernel ? (kernel.Height, kernel.Width) : UnitImages.InputGrid(Request.Run, Index, Matrix.Columns);
        int count = Math.Min(Matrix.Rows, MostTiles);
        if (count < Matrix.Rows) notes.Add($"The first {count} of {NumberFormat.Count(Matrix.Rows)} units.");
        if (rows * columns < Matrix.Columns) notes.Add("Each picture is the mean over the channels of its input.");
        var tiles = new List<ReadOnlyMemory<float>>();
        for (int u = 0; u < count; u++)
            tiles.Add(UnitImages.Flatten(Matrix.RowRange(u, 1).Memory, rows, columns));
        bool filters = Layer.KernelShape is not null;
        int across = filters && count > 8 ? 8 : Across(count, rows, columns);
        if (count > MostLabelled)
        {
            var mosaic = new Mosaic { Tiles = tiles, TileRows = rows, TileColumns = columns, Across = across };
            double cell = TileCell(mosaic.Columns);
            nodes.Add(new GroupNode([mosaic.Draw(Scale, default, cell)]) { Label = $"{count} units" });
            return (mosaic.Columns * cell, mosaic.Rows * cell);
        }
        const double Gap = 14;
        double side = Math.Min((Width - ((across - 1) * Gap)) / across, 150);
        double size = Mosaic.CellSize(Math.Max(rows, columns), side, filters ? 20 : 12);
        double tileWidth = size * columns, tileHeight = size * rows;
        for (int u = 0; u < count; u++)
        {
            double x = u % across * (tileWidth + Gap), y = u / across * (tileHeight + Gap + Typography.Label + 4);
            string name = UnitName(u);
            nodes.Add(new TextNode(Theme.Face.Ellipsize(name, tileWidth, Typography.Label), new Point(x, y + Typography.Label), Typography.Label, Theme.Muted));
            nodes.Add(new GroupNode([HeatMap.Draw(tiles[u].Span, rows, columns, Scale, new Rect(x, y + Typography.Label + 5, tileWidth, tileHeight))]) { Label = name, Tooltip = name });
        }
        int down = (count + across - 1) / across;
        return (Width, (down * (tileHeight + Gap + Typography.Label + 4)) - Gap + 1);
    }

    // Whole or half pixels a cell show every cell alike; the page grows or shrinks a little for it.
    private static double TileCell(int columns)
    {
        double even = Math.Round(2 * Width / columns) / 2;
        return even >= 1 && even * columns <= MostWidth ? even : Width / columns;
    }

    private static int Across(int count, int rows, int columns)
    {
        if (count is 10 or 5) return 5;
        if (count <= 4) return count;
        double aspect = (double)columns / rows;
        for (int across = (int)Math.Ceiling(Math.Sqrt(count / aspect)); across <= 2 * Math.Sqrt(count / aspect); across++)
        {
            if (count % across == 0) return across;
        }
        return Math.Clamp((int)Math.Ceiling(Math.Sqrt(count * 1.4 / aspect)), 1, count);
    }

    // One value a channel is a row of them.
    private (double Width, double Height) Channels(List<Node> nodes)
    {
        double cell = Math.Min(36, Width / Matrix.Rows);
        var box = new Rect(0, 16, cell * Matrix.Rows, Math.Clamp(cell, 24, 36));
        nodes.Add(new TextNode("channel →", new Point(0, 8), Typography.Small, Theme.Muted));
        nodes.Add(new GroupNode([HeatMap.Draw(Matrix.Span, 1, Matrix.Rows, Scale, box)]) { Label = $"{Matrix.Rows} {Value}s" });
        nodes.Add(new PathNode(PathData.Rectangle(box.Inset(-0.5)), Stroke: new Stroke(Theme.Grid, 1)));
        foreach (var tick in new LinearScale(new Limits(0, Matrix.Rows), 0, box.Width) { Whole = true }.Ticks(40).Where(t => t.Value < Matrix.Rows))
            nodes.Add(new TextNode(tick.Label, new Point(box.X + ((tick.Value + 0.5) * cell), box.Bottom + Typography.Small + 3), Typography.Small, Theme.Muted, TextAnchor.Middle));
        return (box.Right, box.Bottom + Typography.Small + 6);
    }

    // Few inputs have wide cells with their numbers in them, so that a matrix of two columns is no thin strip on an empty page.
    private (double Width, double Height) Whole(List<Node> nodes)
    {
        if (Matrix is { Columns: 1, Rows: > 1 }) return Channels(nodes);
        bool isOutput = Matrix.Rows == Request.Run.Info.Data.ClassNames.Count && Index == Request.Run.SnapshotLayerCount() - 1;
        double labels = isOutput && Matrix.Rows <= 40 ? Math.Min(110, Enumerable.Range(0, Matrix.Rows).Max(u => Theme.Face.Measure(UnitName(u), Typography.Small))) + 6 : 22;
        double cellWidth = Math.Max(Math.Min(28, (Width - labels - 20) / Matrix.Columns), Math.Min(MostCell, (LeastWidth - labels - 20) / Matrix.Columns));
        double cellHeight = Math.Min(Math.Max(Math.Min(28, cellWidth), Math.Min(18, 200.0 / Matrix.Rows)), MostHeight / Matrix.Rows);
        var box = new Rect(20 + labels, 16, cellWidth * Matrix.Columns, cellHeight * Matrix.Rows);
        nodes.Add(new GroupNode([HeatMap.Draw(Matrix.Span, Matrix.Rows, Matrix.Columns, Scale, box)]) { Label = $"{Matrix.Rows} × {Matrix.Columns} {Value}s" });
        nodes.Add(new PathNode(PathData.Rectangle(box.Inset(-0.5)), Stroke: new Stroke(Theme.Grid, 1)));
        nodes.Add(new TextNode(isOutput ? "class" : "unit", new Point(10, box.Center.Y), Typography.Small, Theme.Muted, TextAnchor.Middle, Rotation: -90));
        nodes.AddRange(InputLabels(box, cellWidth));
        if (isOutput && Matrix.Rows <= 40 && cellHeight >= Typography.Small)
        {
            for (int u = 0; u < Matrix.Rows; u++)
                nodes.Add(new TextNode(Theme.Face.Ellipsize(UnitName(u), labels - 6, Typography.Small), new Point(box.X - 5, Theme.Face.Centered(box.Y + ((u + 0.5) * cellHeight), Typography.Small)), Typography.Small, Theme.Muted, TextAnchor.End));
        }
        else
        {
            foreach (var tick in new LinearScale(new Limits(0, Matrix.Rows), 0, box.Height) { Whole = true }.Ticks(30).Where(t => t.Value < Matrix.Rows))
                nodes.Add(new TextNode(tick.Label, new Point(box.X - 5, Theme.Face.Centered(box.Y + ((tick.Value + 0.5) * cellHeight), Typography.Small)), Typography.Small, Theme.Muted, TextAnchor.End));
        }
        if (cellWidth >= LeastForNumber && cellHeight >= Typography.Small * 1.4) nodes.Add(Numbers(box, cellWidth, cellHeight));
        return (box.Right, box.Bottom);
    }

    // By name where they are the network's own inputs and have room, by number otherwise.
    private IEnumerable<Node> InputLabels(Rect box, double cellWidth)
    {
        if (Index == 0 && cellWidth >= 28)
        {
            for (int i = 0; i < Matrix.Columns; i++)
                yield return new TextNode(Theme.Face.Ellipsize(Request.Run.FeatureName(i), cellWidth - 4, Typography.Small), new Point(box.X + ((i + 0.5) * cellWidth), 8), Typography.Small, Theme.Muted, TextAnchor.Middle);
            yield break;
        }
        yield return new TextNode("input →", new Point(box.X, 8), Typography.Small, Theme.Muted);
        double lastRight = box.X + Theme.Face.Measure("input →", Typography.Small) + 10;
        foreach (var tick in new LinearScale(new Limits(0, Matrix.Columns), 0, box.Width) { Whole = true }.Ticks(60).Where(t => t.Value < Matrix.Columns))
        {
            double half = Theme.Face.Measure(tick.Label, Typography.Small) / 2;
            double x = box.X + ((tick.Value + 0.5) * cellWidth);
            if (x - half < lastRight) continue;
            yield return new TextNode(tick.Label, new Point(x, 8), Typography.Small, Theme.Muted, TextAnchor.Middle);
        }
    }

    private GroupNode Numbers(Rect box, double cellWidth, double cellHeight)
    {
        var texts = new List<Node>();
        for (int u = 0; u < Matrix.Rows; u++)
        {
            for (int i = 0; i < Matrix.Columns; i++)
            {
                if (!float.IsFinite(Matrix[u, i])) continue;
                string text = NumberFormat.Value(Matrix[u, i], 2);
                if (Theme.Face.Measure(text, Typography.Small) > cellWidth - 4) continue;
                texts.Add(new TextNode(text, new Point(box.X + ((i + 0.5) * cellWidth), Theme.Face.Centered(box.Y + ((u + 0.5) * cellHeight), Typography.Small)), Typography.Small, Contrast.On(Scale.At(Matrix[u, i]), Theme), TextAnchor.Middle));
            }
        }
        return new GroupNode(texts);
    }

    private string Size() => Layer.KernelShape is { } kernel ? $"{Matrix.Rows} filters of {kernel}"
        : Matrix.Columns == 1 && Matrix.Rows > 1 ? $"{Matrix.Rows} channels"
        : $"{Matrix.Rows} units of {NumberFormat.Count(Matrix.Columns)} inputs";

    private string UnitName(int u)
    {
        var classes = Request.Run.Info.Data.ClassNames;
        return Index == Request.Run.SnapshotLayerCount() - 1 && classes.Count == Matrix.Rows ? classes[u] : Layer.KernelShape is not null ? $"filter {u}" : Matrix.Columns == 1 ? $"channel {u}" : $"unit {u}";
    }

    private string Describe()
    {
        if (Matrix.IsEmpty) return "";
        int strongest = Enumerable.Range(0, Matrix.Rows).MaxBy(u => Moments.MeanMagnitude(Matrix.Row(u)));
        int weakest = Enumerable.Range(0, Matrix.Rows).MinBy(u => Moments.MeanMagnitude(Matrix.Row(u)));
        return $"The largest mean |{Value}| is that of {UnitName(strongest)} ({NumberFormat.Value(Moments.MeanMagnitude(Matrix.Row(strongest)))}), the smallest that of {UnitName(weakest)} ({NumberFormat.Value(Moments.MeanMagnitude(Matrix.Row(weakest)))}).";
    }

    // The matrix itself may have a hundred thousand values: the table has a row a unit.
    private DataTable Table()
    {
        var rows = new List<IReadOnlyList<string>>();
        for (int u = 0; u < Matrix.Rows; u++)
        {
            var (mean, deviation) = Moments.Of(Matrix.Row(u));
            var limits = Limits.Of(Matrix.Row(u).ToArray().Select(v => (double)v));
            rows.Add([UnitName(u), NumberFormat.Value(mean), NumberFormat.Value(deviation), NumberFormat.Value(limits.IsEmpty ? double.NaN : limits.Min), NumberFormat.Value(limits.IsEmpty ? double.NaN : limits.Max)]);
        }
        return new DataTable(["unit", "mean", "standard deviation", "minimum", "maximum"], rows);
    }
}
