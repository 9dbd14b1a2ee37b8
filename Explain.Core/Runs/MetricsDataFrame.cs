#if DATA_ANALYSIS
using Microsoft.Data.Analysis;

namespace Explain.Core;

/// <summary>Metrics as a <see cref="DataFrame"/>, where the build has the package Microsoft.Data.Analysis. The columns are those of <see cref="MetricsTable"/>.</summary>
public static class MetricsDataFrame
{
    /// <summary>One row an epoch. The epoch is a column of integers, every other one of doubles, in which NaN stands for "not measured".</summary>
    public static DataFrame Of(IReadOnlyList<EpochMetrics> metrics)
    {
        MetricsTable table = MetricsTable.Of(metrics);
        var frame = new DataFrame();
        for (int c = 0; c < table.Columns.Count; c++)
        {
            string name = table.Columns[c];
            double[] values = table.Values[c];
            frame.Columns.Add(name == "epoch" ? new Int32DataFrameColumn(name, values.Select(value => (int)value)) : new DoubleDataFrameColumn(name, values));
        }
        return frame;
    }
}
#endif
