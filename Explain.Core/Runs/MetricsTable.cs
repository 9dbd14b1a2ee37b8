namespace Explain.Core;

/// <summary>
/// Metrics by column: the same names and order as in metrics.csv, one value an epoch. It is the one place that maps the properties of
/// <see cref="EpochMetrics"/> and <see cref="LayerMetrics"/> to column names.
/// </summary>
public sealed class MetricsTable
{
    internal const string HashColumn = "weights_sha256";

    private static readonly (string Name, Func<EpochMetrics, double> Value)[] EpochColumns =
    [
        ("epoch", m => m.Epoch),
        ("loss", m => m.Loss),
        ("accuracy", m => m.Accuracy),
        ("validation_loss", m => m.ValidationLoss),
        ("validation_accuracy", m => m.ValidationAccuracy),
        ("rate", m => m.Rate),
        ("seconds", m => m.Seconds),
    ];

    private static readonly (string Name, Func<LayerMetrics, double> Value)[] LayerColumns =
    [
        ("weight_mean", l => l.WeightMean),
        ("weight_std", l => l.WeightStd),
        ("update_mean", l => l.UpdateMean),
        ("gradient_mean", l => l.GradientMean),
        ("update_ratio", l => l.UpdateRatio),
        ("activation_mean", l => l.ActivationMean),
        ("activation_std", l => l.ActivationStd),
        ("dead_share", l => l.DeadShare),
        ("saturated_share", l => l.SaturatedShare),
    ];

    private MetricsTable(IReadOnlyList<string> columns, double[][] values)
    {
        Columns = columns;
        Values = values;
    }

    /// <summary>Column names: "epoch", "loss", …, then "dense1.weight_mean", … for each layer.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>One array a column, one value an epoch.</summary>
    public IReadOnlyList<double[]> Values { get; }

    /// <summary>The column called <paramref name="name"/>.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public double[] this[string name]
    {
        get
        {
            for (int c = 0; c < Columns.Count; c++)
            {
                if (Columns[c] == name) return Values[c];
            }
            throw new ArgumentException($"There is no column '{name}'; there are {string.Join(", ", Columns)}.", nameof(name));
        }
    }

    /// <summary>
    /// The table of the given epochs, e.g. <see cref="RunFolder.Metrics"/>. Without epochs it has the epoch columns only.
    /// </summary>
    public static MetricsTable Of(IReadOnlyList<EpochMetrics> metrics)
    {
        string[] columns = Names(metrics.Count == 0 ? [] : [.. metrics[0].Layers.Select(layer => layer.Name)]);
        double[][] values = [.. columns.Select(_ => new double[metrics.Count])];
        for (int r = 0; r < metrics.Count; r++)
        {
            double[] row = Row(metrics[r]);
            for (int c = 0; c < row.Length; c++) values[c][r] = row[c];
        }
        return new MetricsTable(columns, values);
    }

    internal static string[] Names(IReadOnlyList<string> layers) =>
        [
            .. EpochColumns.Select(column => column.Name),
            .. layers.SelectMany(layer => LayerColumns.Select(column => $"{layer}.{column.Name}")),
        ];

    /// <summary>The layers' names that a header of such columns speaks of, or null where the header is none of ours.</summary>
    internal static IReadOnlyList<string>? LayersOf(IReadOnlyList<string> columns)
    {
        string first = "." + LayerColumns[0].Name;
        string[] layers = [.. columns.Where(name => name.EndsWith(first)).Select(name => name[..^first.Length])];
        return columns.SequenceEqual(Names(layers)) ? layers : null;
    }

    internal static double[] Row(EpochMetrics metrics) =>
        [
            .. EpochColumns.Select(column => column.Value(metrics)),
            .. metrics.Layers.SelectMany(layer => LayerColumns.Select(column => column.Value(layer))),
        ];

    /// <summary>What was measured in an epoch, one by one: the name without the layer's, the layer or nothing, the value.</summary>
    internal static IEnumerable<(string Metric, string Layer, double Value)> Measured(EpochMetrics metrics)
    {
        var ofEpoch = EpochColumns.Skip(1).Select(column => (column.Name, "", column.Value(metrics)));
        var ofLayers = metrics.Layers.SelectMany(layer => LayerColumns.Select(column => (column.Name, layer.Name, column.Value(layer))));
        return ofEpoch.Concat(ofLayers).Where(measured => !double.IsNaN(measured.Item3));
    }

    /// <summary>The inverse of <see cref="Row(EpochMetrics)"/>.</summary>
    internal static EpochMetrics Metrics(ReadOnlySpan<double> row, IReadOnlyList<string> layers)
    {
        var read = new LayerMetrics[layers.Count];
        for (int l = 0; l < read.Length; l++)
        {
            ReadOnlySpan<double> v = row.Slice(EpochColumns.Length + (l * LayerColumns.Length), LayerColumns.Length);
            read[l] = new LayerMetrics
            {
                Name = layers[l],
                WeightMean = v[0],
                WeightStd = v[1],
                UpdateMean = v[2],
                GradientMean = v[3],
                UpdateRatio = v[4],
                ActivationMean = v[5],
                ActivationStd = v[6],
                DeadShare = v[7],
                SaturatedShare = v[8],
            };
        }
        return new EpochMetrics
        {
            Epoch = (int)row[0],
            Loss = row[1],
            Accuracy = row[2],
            ValidationLoss = row[3],
            ValidationAccuracy = row[4],
            Rate = row[5],
            Seconds = row[6],
            Layers = read,
        };
    }
}
