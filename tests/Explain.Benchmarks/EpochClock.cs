using System.Diagnostics;
using Explain.Core;

namespace Explain.Benchmarks;

/// <summary>
/// Times epochs as someone who waits for them sees them: from the end of one to the end of the next, with the metrics, evaluations and
/// snapshots in between. The first epoch counts without what was prepared before it.
/// </summary>
internal sealed class EpochClock : IProgress<EpochMetrics>
{
    private readonly List<double> _seconds = [];
    private long _last;

    /// <summary>One entry an epoch.</summary>
    public IReadOnlyList<double> Seconds => _seconds;

    /// <inheritdoc/>
    public void Report(EpochMetrics value)
    {
        long now = Stopwatch.GetTimestamp();
        _seconds.Add(_last == 0 ? value.Seconds : Stopwatch.GetElapsedTime(_last, now).TotalSeconds);
        _last = now;
    }
}
