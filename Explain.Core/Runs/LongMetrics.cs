using System.Globalization;

namespace Explain.Core;

/// <summary>
/// Metrics of many runs as one long table, a row for each value measured: run, the settings in which the runs differ, of runs of a
/// comparison its name (group) and which repeat they are, epoch, metric, layer, value. What was not measured (NaN) has no row.
/// Spreadsheets, data frames and R's and Python's plotting libraries want metrics like this.
/// </summary>
internal sealed class LongMetrics
{
    private static readonly string[] Fixed = ["run", "group", "repeat", "epoch", "metric", "layer", "value"];
    private readonly IReadOnlyList<RunFolder> _runs;

    /// <summary>Of these runs, in their order.</summary>
    public LongMetrics(IReadOnlyList<RunFolder> runs)
    {
        _runs = runs;
        string[] names = [.. runs.SelectMany(run => run.Info.Settings).Select(setting => setting.Key).Distinct()];
        List<(string Name, Func<RunFolder, string> Value)> columns =
        [
            .. names.Where(name => runs.Select(run => Setting(run, name)).Distinct().Skip(1).Any())
                .Select(name => (Fixed.Contains(name) ? $"setting {name}" : name, (Func<RunFolder, string>)(run => Setting(run, name)))),
        ];
        if (runs.Any(run => run.Info.Comparison is not null))
        {
            columns.Add(("group", run => run.Info.Comparison?.Group ?? ""));
            columns.Add(("repeat", run => run.Info.Comparison?.Repeat.ToString(CultureInfo.InvariantCulture) ?? ""));
        }
        Settings = [.. columns.Select(column => column.Name)];
        HashSet<string> shared = [.. runs.CountBy(run => run.Info.Name).Where(pair => pair.Value > 1).Select(pair => pair.Key)];
        Runs =
        [
            .. runs.Select(run => new LongMetricsRun(
                shared.Contains(run.Info.Name) ? run.Path : run.Info.Name,
                [.. columns.Select(column => column.Value(run))])),
        ];
    }

    /// <summary>
    /// The columns that tell the runs apart: settings, in order of appearance and under names that clash with no other column; then group
    /// and repeat.
    /// </summary>
    public IReadOnlyList<string> Settings { get; }

    /// <summary>The runs, in order.</summary>
    public IReadOnlyList<LongMetricsRun> Runs { get; }

    /// <summary>The rows: run by run, epoch by epoch, in the order of the columns of metrics.csv.</summary>
    public IEnumerable<LongMetricsRow> Rows =>
        from pair in _runs.Zip(Runs)
        from epoch in pair.First.Metrics
        from measured in MetricsTable.Measured(epoch)
        select new LongMetricsRow(pair.Second, epoch.Epoch, measured.Metric, measured.Layer, measured.Value);

    private static string Setting(RunFolder run, string name) =>
        run.Info.Settings.FirstOrDefault(setting => setting.Key == name).Value ?? "";
}

/// <summary>A run of a long table.</summary>
/// <param name="Label">Its name, or its folder where several runs have the name.</param>
/// <param name="Settings">Values of <see cref="LongMetrics.Settings"/>, in order; empty where the run has no such setting.</param>
internal sealed record LongMetricsRun(string Label, IReadOnlyList<string> Settings);

/// <summary>One value of a long table.</summary>
/// <param name="Run">Of which run.</param>
/// <param name="Epoch">After which epoch, from 1.</param>
/// <param name="Metric">What it is, as the column of metrics.csv is called, without the layer.</param>
/// <param name="Layer">Of which layer; empty where it is of the whole network.</param>
/// <param name="Value">The value; may be infinite.</param>
internal sealed record LongMetricsRow(LongMetricsRun Run, int Epoch, string Metric, string Layer, double Value);
