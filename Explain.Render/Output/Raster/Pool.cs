using System.Collections.Concurrent;

namespace Explain.Render;

/// <summary>
/// Workspaces that one picture leaves for the next: to get fresh memory from the system costs about as much as the work that is done in it.
/// A few of each kind are kept.
/// </summary>
/// <param name="most">The most that are kept; what more is returned is left to the garbage collector.</param>
internal sealed class Pool<T>(int most)
    where T : class
{
    private readonly ConcurrentQueue<T> _kept = new();

    /// <summary>One that was returned, or null where there is none.</summary>
    public T? Rent() => _kept.TryDequeue(out var spare) ? spare : null;

    /// <summary>For the next picture. It must be as good as new, and nobody may use it any more.</summary>
    public void Return(T spare)
    {
        if (_kept.Count < most)
            _kept.Enqueue(spare);
    }
}
