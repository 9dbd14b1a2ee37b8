using System.Globalization;
using System.Text;

namespace Explain.Core;

/// <summary>
/// Runs as two tables for spreadsheets: every value of every epoch in the long form (see <see cref="LongMetrics"/>), and one row a run.
/// UTF-8, comma, line feed, a header, cells quoted where they must be (RFC 4180), numbers as they read back to the same bits; an empty cell
/// is "not measured".
/// </summary>
internal static class CsvTables
{
    /// <summary>Writes the long table.</summary>
    public static void WriteMetrics(Stream stream, LongMetrics metrics)
    {
        using var to = Writer(stream);
        Row(to, ["run", .. metrics.Settings, "epoch", "metric", "layer", "value"]);
        foreach (LongMetricsRow row in metrics.Rows)
            Row(to, [row.Run.Label, .. row.Run.Settings, Number(row.Epoch), row.Metric, row.Layer, Number(row.Value)]);
    }

    /// <summary>Writes one row a run: what it is, its settings, how it ended, what it came to.</summary>
    public static void WriteRuns(Stream stream, IReadOnlyList<RunFolder> runs, LongMetrics metrics)
    {
        using var to = Writer(stream);
        (string Name, Func<RunFolder, string> Value)[] facts =
        [
            ("folder", run => run.Path),
            ("title", run => run.Info.Title),
            ("group", run => run.Info.Comparison?.Group ?? ""),
            ("variant", run => run.Info.Comparison?.Variant ?? ""),
            ("repeat", run => run.Info.Comparison is { } place ? Number(place.Repeat) : ""),
            ("seed", run => run.Info.Seed.ToString(CultureInfo.InvariantCulture)),
            ("data", run => run.Info.Data.Name),
            ("data_sha256", run => run.Info.Data.Fingerprint),
            ("train_samples", run => Number(run.Info.Data.Train)),
            ("validation_samples", run => Number(run.Info.Data.Validation)),
            ("test_samples", run => Number(run.Info.Data.Test)),
            ("parameters", run => Number(run.Info.Network.Layers.Sum(layer => (long)layer.Parameters))),
            ("status", run => run.Outcome.Status.ToString()),
            ("message", run => run.Outcome.Message),
            ("epochs", run => Number(run.Outcome.EpochsDone)),
            ("kept_epoch", run => Number(run.Outcome.KeptEpoch)),
            ("best_epoch", run => Number(run.Outcome.BestEpoch)),
            ("seconds", run => Number(run.Metrics.Where(row => !double.IsNaN(row.Seconds)).Sum(row => row.Seconds))),
            ("weights_sha256", run => run.WeightsHashes.Count == 0 ? "" : run.WeightsHashes[^1]),
            ("started", run => run.Started.ToString("O", CultureInfo.InvariantCulture)),
            ("finished", run => run.Finished?.ToString("O", CultureInfo.InvariantCulture) ?? ""),
        ];
        string[] finals = [.. runs.SelectMany(run => run.Outcome.FinalMetrics).Select(metric => metric.Key).Distinct()];
        // The seed is a fact of every run, whether a comparison varies it or not.
        string[] settings =
            [.. runs.SelectMany(run => run.Info.Settings).Select(setting => setting.Key).Where(name => name != "seed").Distinct()];
        HashSet<string> taken = ["run", .. facts.Select(fact => fact.Name), .. finals];
        Row(
            to,
            [
                "run",
                .. settings.Select(name => taken.Contains(name) ? $"setting {name}" : name),
                .. finals.Select(name => name.Replace(' ', '_')),
                .. facts.Select(fact => fact.Name),
            ]);
        foreach ((RunFolder run, LongMetricsRun named) in runs.Zip(metrics.Runs))
        {
            Row(
                to,
                [
                    named.Label,
                    .. settings.Select(name => run.Info.Settings.FirstOrDefault(setting => setting.Key == name).Value ?? ""),
                    .. finals.Select(name =>
                        Number(run.Outcome.FinalMetrics.Where(metric => metric.Key == name).Select(metric => metric.Value).FirstOrDefault(
                            double.NaN))),
                    .. facts.Select(fact => fact.Value(run)),
                ]);
        }
    }

    private static StreamWriter Writer(Stream stream) =>
        new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };

    private static void Row(TextWriter to, IEnumerable<string> cells) => to.WriteLine(string.Join(',', cells.Select(Cell)));

    private static string Cell(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") >= 0 || text != text.Trim() ? $"\"{text.Replace("\"", "\"\"")}\"" : text;

    private static string Number(double value) => double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);
}
