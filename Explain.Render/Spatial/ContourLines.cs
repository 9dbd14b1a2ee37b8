namespace Explain.Render;

/// <summary>
/// The lines along which triangles of a grid cross a height: straight within each triangle, so that they lie exactly on the surface as it
/// is painted, and joined from triangle to triangle.
/// </summary>
internal sealed class ContourLines(Point3[,] at, double level, CellHalves halves)
{
    private readonly int _columns = at.GetLength(1);
    private readonly Dictionary<(int, int), List<(int, int)>> _next = [];
    private readonly Dictionary<(int, int), Point3> _place = [];
    private readonly List<(int, int)> _order = [];

    /// <summary>Polylines; a closed one ends where it begins.</summary>
    public List<Point3[]> Trace()
    {
        Span<Half> cell = stackalloc Half[2];
        for (int r = 0; r + 1 < at.GetLength(0); r++)
        {
            for (int c = 0; c + 1 < _columns; c++)
            {
                if (!Crosses(r, c)) continue;
                int count = halves(r, c, cell);
                for (int h = 0; h < count; h++)
                    Segment(cell[h].A, cell[h].B, cell[h].C);
            }
        }
        var lines = new List<Point3[]>();
        // Open lines from their ends first, then the closed ones.
        foreach (var start in _order.Where(e => _next[e].Count == 1))
            Follow(start, lines);
        foreach (var start in _order)
            Follow(start, lines);
        return lines;
    }

    private bool Crosses(int r, int c)
    {
        bool above = false, below = false;
        foreach (double z in (ReadOnlySpan<double>)[at[r, c].Z, at[r, c + 1].Z, at[r + 1, c].Z, at[r + 1, c + 1].Z])
        {
            above |= z >= level;
            below |= z < level;
        }
        return above && below;
    }

    private void Segment(GridPlace a, GridPlace b, GridPlace c)
    {
        (int, int)? first = null, second = null;
        foreach (var (u, v) in (ReadOnlySpan<(GridPlace, GridPlace)>)[(a, b), (b, c), (c, a)])
        {
            if (Edge(u, v) is not { } edge) continue;
            if (first is null) first = edge;
            else second = edge;
        }
        if (first is not { } from || second is not { } to) return;
        _next[from].Add(to);
        _next[to].Add(from);
    }

    // The crossing on an edge, the same for both of its triangles; a corner exactly at the level counts as above it.
    private (int, int)? Edge(GridPlace u, GridPlace v)
    {
        int i = (u.Row * _columns) + u.Column, j = (v.Row * _columns) + v.Column;
        if (i > j) (i, j, u, v) = (j, i, v, u);
        Point3 p = at[u.Row, u.Column], q = at[v.Row, v.Column];
        if (p.Z >= level == q.Z >= level) return null;
        if (_next.TryAdd((i, j), []))
        {
            _place[(i, j)] = p.Toward(q, (level - p.Z) / (q.Z - p.Z)) with { Z = level };
            _order.Add((i, j));
        }
        return (i, j);
    }

    private void Follow((int, int) start, List<Point3[]> lines)
    {
        if (_next[start].Count == 0) return;
        var line = new List<Point3> { _place[start] };
        var current = start;
        while (_next[current].Count > 0)
        {
            var next = _next[current][0];
            _next[current].RemoveAt(0);
            _next[next].Remove(current);
            line.Add(_place[next]);
            current = next;
        }
        lines.Add([.. line]);
    }
}
