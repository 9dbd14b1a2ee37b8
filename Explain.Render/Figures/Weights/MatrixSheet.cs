using Explain.Core;

namespace Explain.Render;

/// <summary>
/// A layer's matrix (weights or updates): one picture a unit where the inputs are pictures, the whole matrix as a heat map otherwise.
/// </summary>
internal sealed record MatrixSheet
{
    /// <summary>How the matrix is laid out, see <see cref="As"/>.</summary>
    public static readonly FigureOption AsOption = new(
        "as", "auto|images|matrix", "auto", "One picture a unit, or the whole matrix; auto takes pictures where the inputs are pictures.");

    /// <summary>The narrowest body.</summary>
    public const double LeastWidth = 420;

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
        bool images = !scales
            && (As == "images" || filters is not null || (As == "auto" && UnitImages.HasImageInputs(run, Index, Matrix.Columns)));
        var nodes = new List<Node>();
        var notes = new List<string>();
        var (width, height) = filters is { Channels: > 1 } kernel ? new FilterGrid(Matrix, kernel, Scale, Theme).Draw(nodes, notes)
            : images ? new UnitTiles(this).Draw(nodes, notes)
            : new MatrixMap(this).Draw(nodes);
        double clipped = Scale.Clipped(Matrix.Span);
        nodes.AddRange(ColorBar.Draw(Scale, new Point(0, height + 14), 160, Theme, $"{Value}", clipped));
        if (Note.Length > 0) notes.Add(Note);
        int notFinite = 0;
        foreach (float v in Matrix.Span)
        {
            if (!float.IsFinite(v)) notFinite++;
        }
        if (notFinite > 0)
            notes.Add($"{NumberFormat.Count(notFinite)} value{(notFinite == 1 ? " is" : "s are")} not finite (bright pink).");
        string what = filters is { Channels: > 1 } of
            ? $"the filters of {Layer.Name}: a column for each of its {Matrix.Rows} filters, "
                + $"in it one picture for each of the {of.Channels} channels that it looks at"
            : scales
            ? $"the scale of each of the {Matrix.Rows} channels of {Layer.Name}"
            : filters is not null
            ? $"one picture for each filter of {Layer.Name}: how strongly it weighs what lies under it"
            : images
            ? $"one picture for each unit of {Layer.Name}: how strongly it weighs each input"
            : $"the whole matrix of {Layer.Name}: a row for each of its {Matrix.Rows} units, "
                + $"a column for each of its {NumberFormat.Count(Matrix.Columns)} inputs";
        var (mean, deviation) = Moments.Of(Matrix.Span);
        return new Page
        {
            Theme = Theme,
            Subtitle = $"{run.Title()} · {run.EpochWords(Epoch)} · {Layer.Name}, {Size()} · {Finding}",
            BodyWidth = Math.Max(images || filters is not null ? UnitTiles.Width : LeastWidth, width),
            BodyHeight = height + 14 + ColorBar.Height,
            Body = nodes,
            Notes = notes,
            Width = Request.Width,
            Info = new SceneInfo
            {
                Title = Title,
                Caption = $"{char.ToUpperInvariant(what[0])}{what[1..]}. Colours from {NumberFormat.Value(Scale.Limits.Min)} "
                    + $"to {NumberFormat.Value(Scale.Limits.Max)}{(Scale.Spread == Spread.Log ? ", logarithmic" : "")}; "
                    + $"{NumberFormat.Percent(clipped)} of the values lie beyond.",
                AltText = $"{(images ? $"{Math.Min(Matrix.Rows, UnitTiles.Most)} small pictures" : "Heat map")} of the {Value}s "
                    + $"of {Layer.Name} after epoch {Epoch}: mean {NumberFormat.Value(mean)}, "
                    + $"standard deviation {NumberFormat.Value(deviation)}; {Finding}.",
                Description = Describe(),
                Table = Table(),
                Command = Request.Command(Figure),
            },
        }.ToScene();
    }

    private string Size() => Layer.KernelShape is { } kernel ? $"{Matrix.Rows} filters of {kernel}"
        : Matrix.Columns == 1 && Matrix.Rows > 1 ? $"{Matrix.Rows} channels"
        : $"{Matrix.Rows} units of {NumberFormat.Count(Matrix.Columns)} inputs";

    /// <summary>A unit as one calls it: by its class in the last layer, by its number elsewhere.</summary>
    public string UnitName(int u)
    {
        var classes = Request.Run.Info.Data.ClassNames;
        return Index == Request.Run.SnapshotLayerCount() - 1 && classes.Count == Matrix.Rows
            ? classes[u]
            : Layer.KernelShape is not null ? $"filter {u}" : Matrix.Columns == 1 ? $"channel {u}" : $"unit {u}";
    }

    private string Describe()
    {
        if (Matrix.IsEmpty) return "";
        int strongest = Enumerable.Range(0, Matrix.Rows).MaxBy(u => Moments.MeanMagnitude(Matrix.Row(u)));
        int weakest = Enumerable.Range(0, Matrix.Rows).MinBy(u => Moments.MeanMagnitude(Matrix.Row(u)));
        return $"The largest mean |{Value}| is that of {UnitName(strongest)} "
            + $"({NumberFormat.Value(Moments.MeanMagnitude(Matrix.Row(strongest)))}), the smallest that of {UnitName(weakest)} "
            + $"({NumberFormat.Value(Moments.MeanMagnitude(Matrix.Row(weakest)))}).";
    }

    // The matrix itself may have a hundred thousand values: the table has a row a unit.
    private DataTable Table()
    {
        var rows = new List<IReadOnlyList<string>>();
        for (int u = 0; u < Matrix.Rows; u++)
        {
            var (mean, deviation) = Moments.Of(Matrix.Row(u));
            var limits = Limits.Of(Matrix.Row(u).ToArray().Select(v => (double)v));
            rows.Add(
            [
                UnitName(u),
                NumberFormat.Value(mean),
                NumberFormat.Value(deviation),
                NumberFormat.Value(limits.IsEmpty ? double.NaN : limits.Min),
                NumberFormat.Value(limits.IsEmpty ? double.NaN : limits.Max),
            ]);
        }
        return new DataTable(["unit", "mean", "standard deviation", "minimum", "maximum"], rows);
    }
}
