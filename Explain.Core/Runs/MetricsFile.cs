using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Explain.Core;

/// <summary>
/// metrics.csv: a header and one row an epoch, appended by whole lines. A line without its line feed is the trace of a kill and is not
/// read. Each line goes to the operating system at once, which a kill of the process cannot undo; to the disk, against a loss of power, at
/// most once a second, because a flush may take longer than a short epoch.
/// </summary>
internal sealed class MetricsFile(string path) : IDisposable
{
    private static readonly TimeSpan FlushInterval = TimeSpan.FromSeconds(1);
    private FileStream? _stream;
    private long _flushed;

    public void Append(EpochMetrics metrics, string weightsHash)
    {
        string row = string.Join(',', MetricsTable.Row(metrics).Select(value => value.ToString("R", CultureInfo.InvariantCulture))) + ","
            + weightsHash + "\n";
        if (_stream is null)
        {
            string header = string.Join(',', MetricsTable.Names([.. metrics.Layers.Select(layer => layer.Name)])) + ","
                + MetricsTable.HashColumn + "\n";
            AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(header + row)));
            _stream = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            _flushed = Stopwatch.GetTimestamp();
            return;
        }
        _stream.Write(Encoding.UTF8.GetBytes(row));
        if (Stopwatch.GetElapsedTime(_flushed) >= FlushInterval) Flush();
    }

    /// <summary>Everything appended so far to the disk.</summary>
    public void Flush()
    {
        _stream?.Flush(flushToDisk: true);
        _flushed = Stopwatch.GetTimestamp();
    }

    public void Dispose()
    {
        Flush();
        _stream?.Dispose();
        _stream = null;
    }

    /// <summary>
    /// Cuts the file back to its first <paramref name="epochs"/> rows and goes on behind them. The file has at least as many whole rows.
    /// </summary>
    public void Continue(int epochs)
    {
        if (epochs == 0)
        {
            File.Delete(path); // It begins again with the first finished epoch.
            return;
        }
        byte[] bytes = AtomicFile.ReadAllBytes(path);
        int length = 0;
        for (int line = 0; line <= epochs; line++) length += bytes.AsSpan(length).IndexOf((byte)'\n') + 1;
        _stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        _stream.SetLength(length);
        _stream.Seek(0, SeekOrigin.End);
        Flush();
    }

    /// <summary>The whole lines of a file; nothing where there is no file, because it begins with the first finished epoch.</summary>
    public static (List<EpochMetrics> Metrics, List<string> Hashes) Read(string path)
    {
        var metrics = new List<EpochMetrics>();
        var hashes = new List<string>();
        if (!File.Exists(path)) return (metrics, hashes);

        string text = Encoding.UTF8.GetString(AtomicFile.ReadAllBytes(path));
        string[] lines = text.Split('\n'); // What follows the last line feed is empty, or torn: either way no line.
        if (lines.Length < 2) throw new InputException($"{path}: the header is missing.");
        string[] header = lines[0].Split(',');
        if (header[^1] != MetricsTable.HashColumn || MetricsTable.LayersOf(header[..^1]) is not { } layers)
            throw new InputException($"{path}, line 1: the header is not that of a run's metrics; it begins '{Shorten(lines[0])}'.");

        double[] row = new double[header.Length - 1];
        for (int i = 1; i < lines.Length - 1; i++)
        {
            string[] cells = lines[i].Split(',');
            if (cells.Length != header.Length)
                throw new InputException($"{path}, line {i + 1}: {cells.Length} values; the header has {header.Length} columns.");
            for (int c = 0; c < row.Length; c++)
            {
                if (!double.TryParse(cells[c], NumberStyles.Float, CultureInfo.InvariantCulture, out row[c]))
                    throw new InputException($"{path}, line {i + 1}: '{cells[c]}' in column '{header[c]}' is not a number.");
            }
            if (row[0] != i)
                throw new InputException($"{path}, line {i + 1}: epoch {cells[0]}; expected {i}, because every epoch has one row.");
            metrics.Add(MetricsTable.Metrics(row, layers));
            hashes.Add(cells[^1]);
        }
        return (metrics, hashes);
    }

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
