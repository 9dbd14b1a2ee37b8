namespace Explain.Render;

/// <summary>
/// An outline that cuts what is drawn: edges First … First + Count − 1 by the non-zero rule, inside the clip of number Parent (−1: none).
/// </summary>
internal sealed record ClipShape(Bounds Bounds, int First, int Count, int Parent, bool Overlaps);

/// <summary>
/// How much of each pixel of a band lies inside a clip, as runs: the share of the outline times that of the clips around it.
/// </summary>
internal sealed class ClipMask
{
    private readonly List<Run> _runs = [];
    private readonly int[] _starts;
    private int _top;
    private int _row;

    public ClipMask(int rows) => _starts = new int[rows + 1];

    /// <summary>Empties the mask for the band at device row <paramref name="top"/>.</summary>
    public void Begin(int top)
    {
        _runs.Clear();
        _top = top;
        _row = 0;
        _starts[0] = 0;
    }

    /// <summary>Adds a run; rows come from the top, runs of a row from the left.</summary>
    public void Add(int x, int end, int y, float coverage)
    {
        while (_row < y - _top)
            _starts[++_row] = _runs.Count;
        _runs.Add(new Run(x, end, coverage));
    }

    /// <summary>Nothing more comes.</summary>
    public void End()
    {
        while (_row < _starts.Length - 1)
            _starts[++_row] = _runs.Count;
    }

    /// <summary>The runs of device row <paramref name="y"/> that end right of <paramref name="x"/>.</summary>
    public ReadOnlySpan<Run> From(int x, int y)
    {
        int low = _starts[y - _top], last = _starts[y - _top + 1], high = last;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (_runs[middle].End <= x)
                low = middle + 1;
            else
                high = middle;
        }
        return System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_runs)[low..last];
    }

    /// <summary>Pixels X … End − 1, all covered alike.</summary>
    public readonly record struct Run(int X, int End, float Coverage);

    /// <summary>Takes the runs of the outline itself.</summary>
    public readonly struct Builder(ClipMask mask) : ISpanSink
    {
        public void Span(int x, int end, int y, float coverage) => mask.Add(x, end, y, coverage);
    }
}

/// <summary>Hands on what a mask lets through.</summary>
internal struct ClippedSpans<TSink>(ClipMask mask, TSink sink) : ISpanSink
    where TSink : struct, ISpanSink
{
    private TSink _sink = sink;

    public void Span(int x, int end, int y, float coverage)
    {
        foreach (ref readonly var run in mask.From(x, y))
        {
            if (run.X >= end)
                return;
            _sink.Span(Math.Max(x, run.X), Math.Min(end, run.End), y, coverage * run.Coverage);
        }
    }
}
