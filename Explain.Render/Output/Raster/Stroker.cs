namespace Explain.Render;

/// <summary>
/// Strokes → outlines to be filled by the non-zero rule. A contour's two sides are walked one after the other, so that its outline winds
/// the same way everywhere: an outer corner gets its join; an inner corner the point where the two sides cross, or, where the segments are
/// too short for that, a detour through the vertex, which only adds winding and never opens a hole. Arcs are bisected by adding unit
/// vectors, so that nothing but + − × ÷ and the square root is needed and the result is the same on every machine.
/// </summary>
internal ref struct Stroker
{
    /// <summary>Mitres longer than this many widths are cut.</summary>
    private const double MiterLimit = 4;

    private readonly Contours _output;
    private readonly Transform _transform;
    private readonly double _half;
    private readonly double _minimumCosine;
    private readonly LineCap _cap;
    private readonly LineJoin _join;

    /// <summary>A pen over an output.</summary>
    /// <param name="stroke">The pen, in local coordinates.</param>
    /// <param name="width">Its width, in local coordinates; not below what the device can show.</param>
    /// <param name="tolerance">Farthest an arc's chord may lie from the arc, in local coordinates.</param>
    /// <param name="transform">Local to device coordinates.</param>
    /// <param name="output">Where the outlines go.</param>
    public Stroker(Stroke stroke, double width, double tolerance, in Transform transform, Contours output)
    {
        _half = width / 2;
        _minimumCosine = 1 - (tolerance / _half);
        _transform = transform;
        _output = output;
        _cap = stroke.Cap;
        _join = stroke.Join;
    }

    /// <summary>Appends the outline of one polyline.</summary>
    public readonly void Add(ReadOnlySpan<Point> points, ReadOnlySpan<bool> smooth, bool closed)
    {
        var vertices = new List<Vertex>(points.Length);
        Collect(points, smooth, closed, vertices);
        if (vertices.Count == 0)
            return;
        if (vertices.Count == 1)
        {
            if (points.Length > 1 || closed)
                Dot(vertices[0].Position);
            return;
        }
        // A closed contour of two points goes there and back: its ends are corners of half a turn, round where joins are round, else flat.
        var ends = !closed ? _cap : _join == LineJoin.Round ? LineCap.Round : LineCap.Butt;
        closed &= vertices.Count > 2;
        Side(vertices, closed, ends);
        if (closed)
            _output.End(closed: true);
        Reverse(vertices, closed);
        Side(vertices, closed, ends);
        _output.End(closed: true);
    }

    /// <summary>
    /// Drops repeated points and works out each segment's direction; the last vertex of an open line has the direction of the one before.
    /// </summary>
    private static void Collect(ReadOnlySpan<Point> points, ReadOnlySpan<bool> smooth, bool closed, List<Vertex> vertices)
    {
        for (int i = 0; i < points.Length; i++)
        {
            if (vertices.Count == 0 || Distance(vertices[^1].Position, points[i]) > 1e-9)
                vertices.Add(new Vertex(points[i], default, 0, smooth[i]));
        }
        if (closed && vertices.Count > 1 && Distance(vertices[^1].Position, vertices[0].Position) <= 1e-9)
            vertices.RemoveAt(vertices.Count - 1);
        Direct(vertices, closed);
    }

    private static void Reverse(List<Vertex> vertices, bool closed)
    {
        vertices.Reverse();
        Direct(vertices, closed);
    }

    private static void Direct(List<Vertex> vertices, bool closed)
    {
        for (int i = 0; i < vertices.Count; i++)
        {
            var v = vertices[i];
            if (i == vertices.Count - 1 && (!closed || vertices.Count < 3))
            {
                if (i > 0)
                    vertices[i] = v with { Direction = vertices[i - 1].Direction, Length = vertices[i - 1].Length };
                continue;
            }
            var to = vertices[(i + 1) % vertices.Count].Position;
            double length = Distance(v.Position, to);
            vertices[i] = v with { Direction = new Point((to.X - v.Position.X) / length, (to.Y - v.Position.Y) / length), Length = length };
        }
    }

    private readonly void Side(List<Vertex> vertices, bool closed, LineCap ends)
    {
        if (closed)
        {
            for (int i = 0; i < vertices.Count; i++)
                Join(vertices[(i + vertices.Count - 1) % vertices.Count], vertices[i]);
            return;
        }
        Emit(vertices[0].Position, Normal(vertices[0].Direction));
        for (int i = 1; i < vertices.Count - 1; i++)
            Join(vertices[i - 1], vertices[i]);
        Cap(vertices[^1].Position, vertices[^1].Direction, ends);
    }

    private readonly void Join(in Vertex before, in Vertex at)
    {
        var (p, d0, d1) = (at.Position, before.Direction, at.Direction);
        var (n0, n1) = (Normal(d0), Normal(d1));
        double cross = (d0.X * d1.Y) - (d0.Y * d1.X), dot = (d0.X * d1.X) + (d0.Y * d1.Y);
        // Where both sides meet, in half widths from the vertex; parallel to n0 + n1.
        var miter = new Point((n0.X + n1.X) / (1 + dot), (n0.Y + n1.Y) / (1 + dot));
        if (cross > 0)
        {
            bool crossing = dot > -0.99 && _half * cross / (1 + dot) < Math.Min(before.Length, at.Length);
            if (crossing)
            {
                Emit(p, miter);
                return;
            }
            Emit(p, n0);
            Emit(p, default);
            Emit(p, n1);
            return;
        }
        var join = at.Smooth ? LineJoin.Round : _join;
        if (join == LineJoin.Miter && 1 + dot >= 2 / (MiterLimit * MiterLimit))
        {
            Emit(p, miter);
            return;
        }
        Emit(p, n0);
        if (join == LineJoin.Round)
            Arc(p, n0, n1);
        Emit(p, n1);
    }

    private readonly void Cap(Point p, Point direction, LineCap cap)
    {
        var n = Normal(direction);
        var back = new Point(-n.X, -n.Y);
        if (cap == LineCap.Square)
        {
            Emit(p, new Point(n.X + direction.X, n.Y + direction.Y));
            Emit(p, new Point(back.X + direction.X, back.Y + direction.Y));
            return;
        }
        Emit(p, n);
        if (cap == LineCap.Round)
            Arc(p, n, back);
        Emit(p, back);
    }

    private readonly void Dot(Point p)
    {
        if (_cap == LineCap.Butt)
            return;
        var right = new Point(1, 0);
        Cap(p, right, _cap);
        Cap(p, new Point(-1, 0), _cap);
        _output.End(closed: true);
    }

    /// <summary>
    /// The points strictly between two unit normals on the arc around <paramref name="p"/>; a half circle goes ahead of the line.
    /// </summary>
    private readonly void Arc(Point p, Point from, Point to)
    {
        double x = from.X + to.X, y = from.Y + to.Y, length = Math.Sqrt((x * x) + (y * y));
        var middle = length < 1e-6 ? Ahead(from) : new Point(x / length, y / length);
        // The other way round, so that it ends for what is not a number, too.
        if (!((from.X * middle.X) + (from.Y * middle.Y) <= _minimumCosine))
            return;
        Arc(p, from, middle);
        Emit(p, middle);
        Arc(p, middle, to);
    }

    private readonly void Emit(Point p, Point offset) =>
        _output.Add(_transform.Apply(new Point(p.X + (_half * offset.X), p.Y + (_half * offset.Y))));

    /// <summary>A quarter turn one way: from the direction of travel to the side that is being walked.</summary>
    private static Point Normal(Point direction)
    {
        var (x, y) = direction;
        return new Point(-y, x);
    }

    /// <summary>A quarter turn back: from the side to the direction of travel.</summary>
    private static Point Ahead(Point normal)
    {
        var (x, y) = normal;
        return new Point(y, -x);
    }

    private static double Distance(Point a, Point b) => Math.Sqrt(((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y)));

    /// <summary>A corner: where, and the direction and length of the segment that leaves it.</summary>
    private readonly record struct Vertex(Point Position, Point Direction, double Length, bool Smooth);
}
