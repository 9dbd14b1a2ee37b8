using Explain.Core;

namespace Explain.Render;

/// <summary>
/// How alike the units of a layer are: cosine similarity of their weights or of their activations, with the tree of their clusters.
/// </summary>
public sealed class UnitSimilarity : Figure
{
    private const double Side = 440;
    private static readonly FigureOption Of = new(
        "of", "weights|activations", "weights",
        "What of two units is compared: the weights from their inputs, or their activations on the probe samples.");
    private readonly bool _activations;
    private readonly UnitSimilarities? _found;
    private readonly string _why = "";

    /// <summary>Of a layer (the first where null) at an epoch (the last kept where null).</summary>
    public UnitSimilarity(FigureRequest request, int? layer = null, int? epoch = null)
        : base(Kind, request, layer, epoch)
    {
        _activations = Request.Option(Of) == "activations";
        if (Asked(Request) is { } asked) _found = Request.Result(asked, out _why);
    }

    /// <summary>Its entry in the catalogue.</summary>
    public static FigureKind Kind { get; } = new(
        "unit-similarity", "How alike units are", "Cosine similarity of a layer's units, ordered by a tree of clusters.",
        "Each row and each column is a unit; a cell is the cosine of the angle between the two: 1 means the same direction, 0 nothing "
            + "in common, −1 the opposite. Units that are alike stand side by side; the tree says at which dissimilarity (1 − cosine, "
            + "to scale) groups join. Dark squares on the diagonal are units that do the same work: the layer could be smaller.",
        FigureScope.Epoch, PerLayer: true, [Of], _ => true, request => new UnitSimilarity(request))
    {
        Needs = request => Asked(request) is { } asked ? [request.Needs(asked)] : [],
        Beware = "With few inputs, high similarities are common by chance. A tree is drawn for any numbers: "
            + "look whether the squares on the diagonal are there before you believe in groups.",
        Program = """
        var figure = new UnitSimilarity(run, layer: 0);
        figure.Draw(Theme.Light).SavePng("unit-similarity.png");
        """,
    };

    /// <inheritdoc/>
    public override Scene Draw(Theme theme)
    {
        if (Epoch is not { } epoch) return Missing(theme, "This run kept no snapshot, so there are no units to compare.");
        if (_found is null) return Missing(theme, _why);
        string what = _activations ? "activations on the probe samples" : "weights";
        var (cosines, n, tree) = (_found.Cosines, _found.Cosines.Rows, _found.Tree);
        int silent = Enumerable.Range(0, n).Count(i => !float.IsFinite(cosines[i, i]));
        string[] names = [.. Enumerable.Range(0, n).Select(i => $"{i}")];
        var scale = ColorScale.Diverging(theme, 1, Spread.Root);
        var map = new ClusteredHeatMap
        {
            Values = cosines.Memory,
            Rows = n,
            Columns = n,
            Scale = scale with { NotFinite = theme.Grid },
            Bounds = new Rect(0, 0, Side, Side),
            RowTree = tree,
            ColumnTree = tree,
            RowNames = names,
            ColumnNames = names,
        };
        var best = Most(cosines);
        string finding = best.I < 0 ? "no two units can be compared"
            : $"most alike are {best.I} and {best.J} ({NumberFormat.Fixed(best.Value, 2)}); "
                + $"mean |cosine| {NumberFormat.Fixed(best.Mean, 2)}";
        string[] notes = [.. new[]
        {
            ClusteredHeatMap.Refusal(n, "units"),
            silent > 0 ? $"{silent} of {n} units are zero throughout and have no direction; their cells are grey." : "",
        }
            .Where(t => t.Length > 0)];
        return new Page
        {
            Theme = theme,
            Subtitle = $"{Run.Title()} · {Run.EpochWords(epoch)} · {finding}",
            BodyWidth = Side,
            BodyHeight = Side + 10 + ColorBar.Height,
            Body = [new GroupNode([.. map.Draw(theme)]) { Label = Kind.Title }, .. ColorBar.Draw(
                scale, new Point(0, Side + 10), 160, theme, $"cosine similarity of {(_activations ? "activations" : "weights")}")],
            Notes = notes,
            Width = Request.Width,
            Info = new SceneInfo
            {
                Title = $"How alike the units of {_found.Layer} are",
                Caption = $"Cosine similarity of the {what} of {n} units, −1 to 1. "
                    + $"{(tree is null ? "Units in their own order." : "Order and tree by average linkage of 1 − cosine.")}",
                AltText = $"Heat map of the cosine similarity of the {what} of {n} units of {_found.Layer} after epoch {epoch}: {finding}.",
                Description = tree is null ? "" : $"Order of the units: {string.Join(", ", tree.Order.Take(500))}.",
                Table = new DataTable(
                    ["unit", "most alike", "cosine"], [.. Enumerable.Range(0, Math.Min(500, n)).Select(i => Nearest(cosines, i))]),
                Command = Command,
            },
        }.ToScene();
    }

    private static SimilarityAnalysis? Asked(FigureRequest request) => request.SnapshotEpoch() is not { } epoch ? null
        : new SimilarityAnalysis
        {
            Layer = request.LayerIndex(request.Run.SnapshotLayerCount(), 0),
            Epoch = epoch,
            Of = request.Option(Of) == "activations" ? UnitVectors.Activations : UnitVectors.Weights,
        };

    private static (int I, int J, double Value, double Mean) Most(Matrix cosines)
    {
        (int I, int J, double Value) best = (-1, -1, double.NegativeInfinity);
        double sum = 0, count = 0;
        for (int i = 0; i < cosines.Rows; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double c = cosines[i, j];
                if (!double.IsFinite(c)) continue;
                sum += Math.Abs(c);
                count++;
                if (c > best.Value) best = (j, i, c);
            }
        }
        return (best.I, best.J, best.Value, count == 0 ? double.NaN : sum / count);
    }

    private static string[] Nearest(Matrix cosines, int i)
    {
        int best = Enumerable.Range(0, cosines.Rows).Where(j => j != i && float.IsFinite(cosines[i, j])).DefaultIfEmpty(-1)
            .MaxBy(j => j < 0 ? -2 : cosines[i, j]);
        return [$"{i}", best < 0 ? "none" : $"{best}", best < 0 ? "n/a" : NumberFormat.Fixed(cosines[i, best], 3)];
    }
}
