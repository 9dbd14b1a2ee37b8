using Microsoft.Data.Analysis;

namespace Explain.Core;

/// <summary>Metrics as a <see cref="DataFrame"/>.</summary>
public static class MetricsDataFrame
{
    /// <summary>
    /// Of one run in the wide form, the columns being those of <see cref="MetricsTable"/>: one row an epoch. The epoch is a column of
    /// integers, every other one of doubles, in which NaN stands for "not measured".
    /// </summary>
    public static DataFrame Of(IReadOnlyList<EpochMetrics> metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        MetricsTable table = MetricsTable.Of(metrics);
        var frame = new DataFrame();
        for (int c = 0; c < table.Columns.Count; c++)
        {
            string name = table.Columns[c];
            double[] values = table.Values[c];
            frame.Columns.Add(name == "epoch"
                ? new Int32DataFrameColumn(name, values.Select(value => (int)value))
                : new DoubleDataFrameColumn(name, values));
        }
        return frame;
    }

    /// <summary>
    /// Of many runs in the long form, see <see cref="LongMetrics"/>: a column of integers, epoch, one of doubles, value, and texts.
    /// </summary>
    internal static DataFrame Of(LongMetrics metrics)
    {
        long count = metrics.Rows.LongCount();
        var run = new StringDataFrameColumn("run", count);
        StringDataFrameColumn[] settings = [.. metrics.Settings.Select(name => new StringDataFrameColumn(name, count))];
        var epoch = new Int32DataFrameColumn("epoch", count);
        var metric = new StringDataFrameColumn("metric", count);
        var layer = new StringDataFrameColumn("layer", count);
        var value = new DoubleDataFrameColumn("value", count);
        long r = 0;
        foreach (LongMetricsRow row in metrics.Rows)
        {
            run[r] = row.Run.Label;
            for (int s = 0; s < settings.Length; s++) settings[s][r] = row.Run.Settings[s];
            epoch[r] = row.Epoch;
            metric[r] = row.Metric;
            layer[r] = row.Layer;
            value[r++] = row.Value;
        }
        IEnumerable<DataFrameColumn> columns = [run, .. settings, epoch, metric, layer, value];
        return new DataFrame(columns);
    }
}
