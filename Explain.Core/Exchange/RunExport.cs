namespace Explain.Core;

/// <summary>Runs as files that other programs read.</summary>
public static class RunExport
{
    /// <summary>
    /// The formats by name: <c>csv</c>, all metrics in one long table and one row a run in a second file; <c>npz</c> and
    /// <c>safetensors</c>, metrics and the parameters of every snapshot as arrays.
    /// </summary>
    public static IReadOnlyList<string> Formats { get; } = ["csv", "npz", "safetensors"];

    /// <summary>The second file of a CSV export: "metrics-runs.csv" beside "metrics.csv".</summary>
    public static string RunsFile(string path) =>
        Path.Combine(Path.GetDirectoryName(path) ?? "", $"{Path.GetFileNameWithoutExtension(path)}-runs{Path.GetExtension(path)}");

    /// <summary>Writes the files, each whole or not at all.</summary>
    /// <param name="runs">At least one.</param>
    /// <param name="format">One of <see cref="Formats"/>.</param>
    /// <param name="path">The file; missing folders above it are made. Of several runs, each array's name begins with its run's.</param>
    /// <param name="replace">Whether files that are there already are replaced.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="InputException">
    /// The format is none, a file is there, a snapshot cannot be read, or a file cannot be written.
    /// </exception>
    public static IReadOnlyList<string> Write(IReadOnlyList<RunFolder> runs, string format, string path, bool replace = false)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (runs.Count == 0) throw new ArgumentException("There is no run to export.", nameof(runs));
        if (!Formats.Contains(format)) throw new InputException($"There is no export format '{format}'{Names.Hint(format, Formats)}");
        string[] files = format == "csv" ? [path, RunsFile(path)] : [path];
        foreach (string file in files)
        {
            if (Directory.Exists(file)) throw new InputException($"{file}: a folder is there; name a file to write.");
            if (!replace && File.Exists(file))
                throw new InputException($"{file}: the file exists; choose another name, or replace it with --force.");
        }
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
        var metrics = new LongMetrics(runs);
        switch (format)
        {
            case "csv":
                // The smaller first: where the second cannot be written, the first goes again unless it replaced one.
                bool wasThere = File.Exists(files[1]);
                AtomicFile.Write(files[1], stream => CsvTables.WriteRuns(stream, runs, metrics));
                try
                {
                    AtomicFile.Write(files[0], stream => CsvTables.WriteMetrics(stream, metrics));
                }
                catch (InputException) when (!wasThere)
                {
                    File.Delete(files[1]);
                    throw;
                }
                break;
            case "npz":
                AtomicFile.Write(path, stream => WriteNpz(stream, Arrays(runs, metrics)));
                break;
            default:
                AtomicFile.Write(path, stream => WriteSafetensors(stream, Arrays(runs, metrics)));
                break;
        }
        return files;
    }

    private static IEnumerable<RunArray> Arrays(IReadOnlyList<RunFolder> runs, LongMetrics metrics) => runs.Count == 1
        ? RunArrays.Of(runs[0], "")
        : runs.Zip(metrics.Runs).SelectMany(pair => RunArrays.Of(pair.First, pair.Second.Label + "/"));

    private static void WriteNpz(Stream stream, IEnumerable<RunArray> arrays)
    {
        using var writer = new NpzWriter(stream);
        foreach (RunArray array in arrays)
        {
            switch (array)
            {
                case MetricArray metric: writer.Add(metric.Name, metric.Values, metric.Shape); break;
                case EpochArray epochs: writer.Add(epochs.Name, epochs.Values, epochs.Shape); break;
                case ParameterArray parameters: writer.Add(parameters.Name, parameters.Values().Span, parameters.Shape); break;
                default: throw new InvalidOperationException($"No array of that kind is known: {array.GetType().Name}.");
            }
        }
    }

    private static void WriteSafetensors(Stream stream, IEnumerable<RunArray> arrays)
    {
        var writer = new SafetensorsWriter();
        writer.AddMetadata("format", "explain-export 1");
        foreach (RunArray array in arrays)
        {
            switch (array)
            {
                case MetricArray metric: writer.Add(metric.Name, metric.Values, metric.Shape); break;
                case EpochArray epochs: writer.Add(epochs.Name, epochs.Values, epochs.Shape); break;
                case ParameterArray parameters: writer.Add(parameters.Name, parameters.Values, parameters.Shape); break;
                default: throw new InvalidOperationException($"No array of that kind is known: {array.GetType().Name}.");
            }
        }
        writer.Write(stream);
    }
}
