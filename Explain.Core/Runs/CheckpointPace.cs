using System.Diagnostics;

namespace Explain.Core;

/// <summary>
/// When the next checkpoint is due: a second after the last one, or fifty times as long as that one took to write where this is more, so
/// that checkpoints take at most 2 % of the time. A kill thus costs the epoch under way, or about a second of epochs where they are
/// shorter.
/// </summary>
internal sealed class CheckpointPace
{
    private const int CostFactor = 50;
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private long _since = Stopwatch.GetTimestamp();
    private TimeSpan _wait = Shortest;

    /// <summary>Whether it is time.</summary>
    public bool IsDue => Stopwatch.GetElapsedTime(_since) >= _wait;

    /// <summary>Time counts from now.</summary>
    public void Start() => _since = Stopwatch.GetTimestamp();

    /// <summary>Writes one.</summary>
    public void Time(Action write)
    {
        Start();
        write();
        var cost = Stopwatch.GetElapsedTime(_since) * CostFactor;
        _wait = cost > Shortest ? cost : Shortest;
        Start();
    }
}
