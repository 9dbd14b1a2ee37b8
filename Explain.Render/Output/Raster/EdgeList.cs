namespace Explain.Render;

/// <summary>
/// A piece of an outline from (X0, Y0) down to (X1, Y1), Y0 &lt; Y1. Sign is +1 where the outline runs down, −1 where it runs up.
/// </summary>
internal readonly record struct Edge(double X0, double Y0, double X1, double Y1, float Sign);

/// <summary>
/// Contours → edges, cut to a rectangle without changing the winding number inside it: what lies above or below is dropped, what lies to
/// the left or right is moved sideways onto the border. So a clip is exact to the sub-pixel and costs nothing later.
/// </summary>
internal sealed class EdgeList
{
    /// <summary>Edges lower than this cover nothing, and their slope might not be a number.</summary>
    private const double Flat = 1e-9;

    // 10 MB; the edges of most charts are a tenth of that.
    private const int MostKept = 1 << 18;
    private static readonly Pool<Edge[]> Kept = new(2);

    private Edge[] _edges = Kept.Rent() ?? new Edge[1 << 12];

    public int Count { get; private set; }

    public ReadOnlySpan<Edge> Span => _edges.AsSpan(0, Count);

    /// <summary>Leaves the memory to another list; this one is empty and must not be used any more.</summary>
    public void End()
    {
        if (_edges.Length is > 0 and <= MostKept)
            Kept.Return(_edges);
        (Count, _edges) = (0, []);
    }

    /// <summary>Appends the edges of all contours, each closed, cut to <paramref name="clip"/>.</summary>
    public void Add(Contours contours, in Bounds clip)
    {
        for (int k = 0; k < contours.Count; k++)
        {
            var points = contours.Points(k);
            var from = points[^1];
            foreach (var to in points)
            {
                if (from.Y < to.Y)
                    CutY(from, to, 1, clip);
                else if (from.Y > to.Y)
                    CutY(to, from, -1, clip);
                from = to;
            }
        }
    }

    /// <summary>
    /// Appends edges that are there already, moved by (<paramref name="x"/>, <paramref name="y"/>), cut to <paramref name="clip"/> unless
    /// they lie <paramref name="inside"/> it.
    /// </summary>
    public void Add(ReadOnlySpan<Edge> edges, double x, double y, in Bounds clip, bool inside)
    {
        if (!inside)
        {
            foreach (ref readonly var e in edges)
                CutY(new Point(e.X0 + x, e.Y0 + y), new Point(e.X1 + x, e.Y1 + y), e.Sign, clip);
            return;
        }
        if (Count + edges.Length > _edges.Length)
            Array.Resize(ref _edges, Math.Max(Count + edges.Length, 2 * _edges.Length));
        foreach (ref readonly var e in edges)
        {
            var moved = new Edge(e.X0 + x, e.Y0 + y, e.X1 + x, e.Y1 + y, e.Sign);
            // A low edge far from the origin may become flat.
            if (moved.Y1 > moved.Y0)
                _edges[Count++] = moved;
        }
    }

    private void CutY(Point top, Point bottom, float sign, in Bounds clip)
    {
        if (bottom.Y <= clip.Top || top.Y >= clip.Bottom || bottom.Y - top.Y < Flat)
            return;
        double slope = (bottom.X - top.X) / (bottom.Y - top.Y);
        if (top.Y < clip.Top)
            top = new Point(top.X + (slope * (clip.Top - top.Y)), clip.Top);
        if (bottom.Y > clip.Bottom)
            bottom = new Point(top.X + (slope * (clip.Bottom - top.Y)), clip.Bottom);
        CutX(top, bottom, sign, clip);
    }

    private void CutX(Point top, Point bottom, float sign, in Bounds clip)
    {
        double least = Math.Min(top.X, bottom.X), most = Math.Max(top.X, bottom.X);
        if (!double.IsFinite(least) || !double.IsFinite(most) || !(bottom.Y > top.Y))
            return;
        if (least >= clip.Left && most <= clip.Right)
        {
            Push(top, bottom, sign);
            return;
        }
        if (most <= clip.Left || least >= clip.Right)
        {
            double x = most <= clip.Left ? clip.Left : clip.Right;
            Push(new Point(x, top.Y), new Point(x, bottom.Y), sign);
            return;
        }
        // It crosses a border: cut there; each part then lies on one side of it.
        double border = least < clip.Left ? clip.Left : clip.Right;
        double y = Math.Clamp(top.Y + ((bottom.Y - top.Y) * ((border - top.X) / (bottom.X - top.X))), top.Y, bottom.Y);
        var cut = new Point(border, y);
        CutX(top, cut, sign, clip);
        CutX(cut, bottom, sign, clip);
    }

    private void Push(Point top, Point bottom, float sign)
    {
        if (bottom.Y - top.Y < Flat)
            return;
        if (Count == _edges.Length)
            Array.Resize(ref _edges, Count * 2);
        _edges[Count++] = new Edge(top.X, top.Y, bottom.X, bottom.Y, sign);
    }
}
