using System.Runtime.InteropServices;

namespace Explain.Render;

/// <summary>
/// Polylines: what curves are flattened into, what strokes expand to, what edges are made of. Points of all contours lie one after the
/// other. A point is <em>smooth</em> where it lies inside a curve, so that a stroke rounds it whatever its corners look like.
/// </summary>
internal sealed class Contours
{
    private readonly List<Point> _points = [];
    private readonly List<bool> _smooth = [];
    private readonly List<(int Start, int Count, bool Closed)> _contours = [];
    private int _start;

    public int Count => _contours.Count;

    public void Clear()
    {
        _points.Clear();
        _smooth.Clear();
        _contours.Clear();
        _start = 0;
    }

    /// <summary>Appends a point to the contour under construction.</summary>
    public void Add(Point p, bool smooth = false)
    {
        _points.Add(p);
        _smooth.Add(smooth);
    }

    /// <summary>Number of points of the contour under construction.</summary>
    public int Pending => _points.Count - _start;

    /// <summary>Ends the contour under construction.</summary>
    public void End(bool closed)
    {
        if (Pending > 0)
            _contours.Add((_start, Pending, closed));
        _start = _points.Count;
    }

    public ReadOnlySpan<Point> Points(int contour) =>
        CollectionsMarshal.AsSpan(_points).Slice(_contours[contour].Start, _contours[contour].Count);

    public ReadOnlySpan<bool> Smooth(int contour) =>
        CollectionsMarshal.AsSpan(_smooth).Slice(_contours[contour].Start, _contours[contour].Count);

    public bool Closed(int contour) => _contours[contour].Closed;
}
