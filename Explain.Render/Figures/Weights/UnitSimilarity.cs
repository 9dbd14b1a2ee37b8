using Explain.Core;

namespace Explain.Render;

/// <summary>How alike the units of a layer are: cosine similarity of their weights or of their activations, with the tree of their clusters.</summary>
public sealed class UnitSimilarity : IFigure
{
    private const double Side = 440;
    private static readonly FigureOption Of = new("of", "weights|activations", "weights", "What of two units is compared: the weights from their inputs, or their activations on the probe samples.");
    private readonly FigureRequest _request;
    private readonly bool _activations;

    /// <summary>As the request says.</summary>
    public UnitSimilarity(FigureRequest request)
    {
        _request = request;
        _activations = request.Option(Of) == "activations";
        request.SnapshotEpoch();
        request.LayerIndex(request.Run.SnapshotLayerCount(), 0);
    }

    /// <summary>Of a layer (the first where null) at an epoch (the last kept where null).</summary>
    public UnitSimilarity(RunFolder run, int? layer = null, int? epoch = null)
        : this(new FigureRequest { Runs = [run], Layer = layer, Epoch = epoch })
    {
    }

    /// <summary>Its entry in the catalogue.</summary>
    public static FigureKind Kind { get; } = new(
        "unit-similarity", "How alike units are", "Cosine similarity of a layer's units, ordered by a tree of clusters.",
        "Each row and each column is a unit; a cell is the cosine of the angle between the two: 1 means the same direction, 0 nothing in common, −1 the opposite. Units that are alike stand side by side; the tree says at which dissimilarity (1 − cosine, to scale) groups join. Dark squares on the diagonal are units that do the same work: the layer could be smaller.",
        FigureScope.Epoch, PerLayer: true, [Of], _ => true, request => new UnitSimilarity(request))
    {
        Beware = "With few inputs, high similarities are common by chance. A tree is drawn for any numbers: look whether the squares on the diagonal are there before you believe in groups.",
        Program = """
        var figure = new UnitSimilarity(run, layer: 0);
        figure.Draw(Theme.Light).SavePng("unit-similarity.png");
        """,
    };

    /// <inheritdoc/>
    public Scene Draw(Theme theme)
    {
        var run = _request.Run;
        int index = _request.LayerIndex(run.SnapshotLayerCount(), 0);
        if (_request.ReadSnapshot() is not { } snapshot || index >= snapshot.Layers.Count)
            return Page.Missing(theme, _request, Kind.Name, Kind.Title, "This run kept no snapshot, so there are no units to compare.");
        var layer = snapshot.Layers[index];
        string what = _activations ? "activations on the probe samples" : "weights";
        var (vectors, n, length) = _activations ? Columns(layer.ProbeActivations) : (layer.Weights.Span.ToArray(), layer.Weights.Rows, layer.Weights.Columns);
        if (n < 2 || length == 0)
            return Page.Missing(theme, _request, Kind.Name, Kind.Title, n < 2 ? $"{layer.Name} has {n} unit{(n == 1 ? "" : "s")}; at least 2 are needed to compare." : "The run has no probe samples, so there are no activations to compare.");
        if (n > 4000)
            return Page.Missing(theme, _request, Kind.Name, Kind.Title, $"{layer.Name} has {NumberFormat.Count(n)} outputs; at most 4,000 are compared.");
        float[] cosines = Cosines(vectors, n, length);
        int silent = Enumerable.Range(0, n).Count(i => !float.IsFinite(cosines[(i * n) + i]));
        ClusterTree? tree = n <= ClusterTree.MostLeaves ? ClusterTree.Of([.. cosines.Select(c => float.IsFinite(c) ? Math.Max(0, 1.0 - c) : 1)], n) : null;
        string[] names = [.. Enumerable.Range(0, n).Select(i => $"{i}")];
        var scale = ColorScale.Diverging(theme, 1, Spread.Root);
        var map = new ClusteredHeatMap { Values = cosines, Rows = n, Columns = n, Scale = scale with { NotFinite = theme.Grid }, Bounds = new Rect(0, 0, Side, Side), RowTree = tree, ColumnTree = tree, RowNames = names, ColumnNames = names };
        var best = Most(cosines, n);
        string finding = best.I < 0 ? "no two units can be compared" : $"most alike are {best.I} and {best.J} ({NumberFormat.Fixed(best.Value, 2)}); mean |cosine| {NumberFormat.Fixed(best.Mean, 2)}";
        string[] notes = [.. new[] { ClusteredHeatMap.Refusal(n, "units"), silent > 0 ? $"{silent} of {n} units are zero throughout and have no direction; their cells are grey." : "" }.Where(t => t.Length > 0)];
        return new Page
        {
            Theme = theme,
            Subtitle = $"{run.Title()} · {run.EpochWords(snapshot.Epoch)} · {finding}",
            BodyWidth = Side,
            BodyHeight = Side + 10 + ColorBar.Height,
            Body = [new GroupNode([.. map.Draw(theme)]) { Label = Kind.Title }, .. ColorBar.Draw(scale, new Point(0, Side + 10), 160, theme, $"cosine similarity of {(_activations ? "activations" : "weights")}")],
            Notes = notes,
            Width = _request.Width,
            Info = new SceneInfo
            {
                Title = $"How alike the units of {layer.Name} are",
                Caption = $"Cosine similarity of the {what} of {n} units, −1 to 1. {(tree is null ? "Units in their own order." : "Order and tree by average linkage of 1 − cosine.")}",
                AltText = $"Heat map of the cosine similarity of the {what} of {n} units of {layer.Name} after epoch {snapshot.Epoch}: {finding}.",
                Description = tree is null ? "" : $"Order of the units: {string.Join(", ", tree.Order.Take(500))}.",
                Table = new DataTable(["unit", "most alike", "cosine"], [.. Enumerable.Range(0, Math.Min(500, n)).Select(i => Nearest(cosines, n, i))]),
                Command = _request.Command(Kind.Name),
            },
        }.ToScene();
    }

    // Rows of the result are units.
    private static (float[] Values, int Rows, int Columns) Columns(Matrix m)
    {
        var values = new float[m.Length];
        for (int r = 0; r < m.Rows; r++)
        {
            for (int c = 0; c < m.Columns; c++) values[(c * m.Rows) + r] = m[r, c];
        }
        return (values, m.Columns, m.Rows);
    }

    // NaN where one of the two has no length.
    private static float[] Cosines(float[] vectors, int n, int length)
    {
        double[] norms = [.. Enumerable.Range(0, n).Select(i => Math.Sqrt(Dot(vectors, i, i, length)))];
        var cosines = new float[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double cosine = Dot(vectors, i, j, length) / norms[i] / norms[j];
                cosines[(i * n) + j] = cosines[(j * n) + i] = double.IsFinite(cosine) ? (float)Math.Clamp(cosine, -1, 1) : float.NaN;
            }
        }
        return cosines;
    }

    private static double Dot(float[] v, int i, int j, int length)
    {
        double sum = 0;
        for (int k = 0; k < length; k++) sum += (double)v[(i * length) + k] * v[(j * length) + k];
        return sum;
    }

    private static (int I, int J, double Value, double Mean) Most(float[] cosines, int n)
    {
        (int I, int J, double Value) best = (-1, -1, double.NegativeInfinity);
        double sum = 0, count = 0;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double c = cosines[(i * n) + j];
                if (!double.IsFinite(c)) continue;
                sum += Math.Abs(c);
                count++;
                if (c > best.Value) best = (j, i, c);
            }
        }
        return (best.I, best.J, best.Value, count == 0 ? double.NaN : sum / count);
    }

    private static string[] Nearest(float[] cosines, int n, int i)
    {
        int best = Enumerable.Range(0, n).Where(j => j != i && float.IsFinite(cosines[(i * n) + j])).DefaultIfEmpty(-1).MaxBy(j => j < 0 ? -2 : cosines[(i * n) + j]);
        return [$"{i}", best < 0 ? "none" : $"{best}", best < 0 ? "n/a" : NumberFormat.Fixed(cosines[(i * n) + best], 3)];
    }
}
