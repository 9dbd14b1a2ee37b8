namespace Explain.Render;

/// <summary>
/// Which coarse cells of an area the drawn marks touch, to find room for a legend. Found from the nodes, so that it holds for every mark.
/// </summary>
internal sealed class InkGrid
{
    private const int Columns = 60;
    private const int Rows = 40;
    private readonly Rect _area;
    private readonly ITypeface _face;
    private readonly bool[] _inked = new bool[Columns * Rows];

    /// <summary>The cells of <paramref name="area"/> that <paramref name="nodes"/> touch.</summary>
    public InkGrid(Rect area, IEnumerable<Node> nodes, ITypeface face)
    {
        _area = area;
        _face = face;
        foreach (var node in nodes) Visit(node, Transform.Identity);
    }

    /// <summary>The share of the rectangle's cells with ink, 0 … 1.</summary>
    public double Share(Rect part)
    {
        int x0 = Column(part.X), x1 = Column(part.Right), y0 = Row(part.Y), y1 = Row(part.Bottom), inked = 0, all = 0;
        for (int y = Math.Max(0, y0); y <= Math.Min(Rows - 1, y1); y++)
        {
            for (int x = Math.Max(0, x0); x <= Math.Min(Columns - 1, x1); x++, all++)
            {
                if (_inked[(y * Columns) + x]) inked++;
            }
        }
        return all == 0 ? 0 : (double)inked / all;
    }

    private int Column(double x) => (int)Math.Floor(Math.Clamp((x - _area.X) / Math.Max(1e-9, _area.Width), -1, 2) * Columns);

    private int Row(double y) => (int)Math.Floor(Math.Clamp((y - _area.Y) / Math.Max(1e-9, _area.Height), -1, 2) * Rows);

    private void Visit(Node node, Transform transform)
    {
        switch (node)
        {
            case GroupNode group:
                foreach (var child in group.Children) Visit(child, transform.Then(group.Transform));
                break;
            case PathNode path:
                Outline(path, transform);
                break;
            case PixelsNode pixels:
                Box(
                    transform.Apply(new Point(pixels.Bounds.X, pixels.Bounds.Y)),
                    transform.Apply(new Point(pixels.Bounds.Right, pixels.Bounds.Bottom)));
                break;
            case TextNode text:
                double width = _face.Measure(text.Text, text.Size, text.Weight),
                    left = text.Anchor == TextAnchor.Start ? 0 : text.Anchor == TextAnchor.Middle ? -width / 2 : -width;
                Box(transform.Apply(text.Origin.Offset(left, -text.Size)), transform.Apply(text.Origin.Offset(left + width, 0)));
                break;
        }
    }

    private void Box(Point a, Point b)
    {
        for (int y = Math.Max(0, Row(Math.Min(a.Y, b.Y))); y <= Math.Min(Rows - 1, Row(Math.Max(a.Y, b.Y))); y++)
        {
            for (int x = Math.Max(0, Column(Math.Min(a.X, b.X))); x <= Math.Min(Columns - 1, Column(Math.Max(a.X, b.X))); x++)
                _inked[(y * Columns) + x] = true;
        }
    }

    private void Outline(PathNode path, Transform transform)
    {
        Point[] points = [.. path.Data.Points.Select(transform.Apply).Where(p => double.IsFinite(p.X) && double.IsFinite(p.Y))];
        for (int i = 1; i < points.Length; i++) Edge(points[i - 1], points[i]);
        if (points.Length == 1) Edge(points[0], points[0]);
        if (path.Fill is not null && points.Length > 2) Inside(points);
    }

    private void Edge(Point a, Point b)
    {
        double across = Math.Abs(b.X - a.X) / Math.Max(1e-9, _area.Width) * Columns,
            down = Math.Abs(b.Y - a.Y) / Math.Max(1e-9, _area.Height) * Rows;
        int steps = (int)Math.Min(4.0 * (Columns + Rows), (2 * Math.Max(across, down)) + 1);
        for (int i = 0; i <= steps; i++)
        {
            int x = Column(a.X + ((b.X - a.X) * i / steps)), y = Row(a.Y + ((b.Y - a.Y) * i / steps));
            if (x >= 0 && x < Columns && y >= 0 && y < Rows) _inked[(y * Columns) + x] = true;
        }
    }

    // Cells whose middle lies inside the outline, taken as one closed polygon of its points.
    private void Inside(Point[] points)
    {
        for (int row = 0; row < Rows; row++)
        {
            double y = _area.Y + ((row + 0.5) / Rows * _area.Height);
            var crossings = new List<double>();
            for (int i = 0; i < points.Length; i++)
            {
                var (a, b) = (points[i], points[(i + 1) % points.Length]);
                if (a.Y <= y != b.Y <= y) crossings.Add(a.X + ((y - a.Y) / (b.Y - a.Y) * (b.X - a.X)));
            }
            crossings.Sort();
            for (int i = 0; i + 1 < crossings.Count; i += 2)
            {
                for (int x = Math.Max(0, Column(crossings[i])); x <= Math.Min(Columns - 1, Column(crossings[i + 1])); x++)
                    _inked[(row * Columns) + x] = true;
            }
        }
    }
}
