namespace Explain.Tool;

/// <summary>
/// Progress where no terminal is watched: the first line at once, then at most one in <see cref="Interval"/>, so that a log shows that the
/// work goes on and does not fill with it. May be told from any thread.
/// </summary>
/// <param name="to">Where the lines go.</param>
/// <param name="title">What is done.</param>
/// <param name="time">The clock.</param>
internal sealed class ProgressLines(TextWriter to, string title, TimeProvider time)
{
    /// <summary>The least time between two lines of progress.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private long? _last;

    /// <summary>How far the work has come: so much of so much, and a few words.</summary>
    public void Report(double done, double total, string words)
    {
        lock (_lock)
        {
            if (_last is { } last && time.GetElapsedTime(last) < Interval) return;
            Write(
                $"{title}{(total > 0 && done > 0 ? $", {Math.Floor(100 * done / total):0} %" : "")}"
                    + $"{(words.Length > 0 ? $": {words}" : "")}");
        }
    }

    /// <summary>Something worth a line of its own whenever it comes.</summary>
    public void Tell(string line)
    {
        lock (_lock) Write(line);
    }

    private void Write(string line)
    {
        to.WriteLine(Numbers.Plain(line));
        to.Flush();
        _last = time.GetTimestamp();
    }
}
