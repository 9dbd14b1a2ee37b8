namespace Explain.Render;

/// <summary>
/// A solid line with round ends and corners that crosses itself, without the segments that cannot be seen: those that lie wholly outside of the plot, and those wholly on what other segments have
/// inked. What a stroke covers is the union of what its segments cover, so leaving these out changes no pixel, at any size. Points less than a tenth of a pixel from the one before are passed over.
/// </summary>
internal sealed class InkedLine
{
    private const double Passed = 0.1;
    private const double CellsAWidth = 3;
    private const int MostCells = 1 << 24;
    private const int Tile = 8;
    private const double HalfDiagonal = 0.70711;
    private readonly double _left;
    private readonly double _top;
    private readonly double _cell;
    private readonly double _half;
    private readonly int _columns;
    private readonly int _rows;
    private readonly int _tiles;
    private readonly byte[] _inked;
    private readonly byte[] _tileCounts;

    private InkedLine(Rect seen, double width, double cell)
    {
        (_left, _top, _cell, _half) = (seen.X, seen.Y, cell, width / 2);
        _tiles = (int)Math.Ceiling(seen.Width / cell / Tile);
        // Whole tiles; those at the right and lower border reach beyond what is seen.
        _columns = _tiles * Tile;
        int tileRows = (int)Math.Ceiling(seen.Height / cell / Tile);
        _rows = tileRows * Tile;
        _inked = new byte[_columns * _rows];
        _tileCounts = new byte[_tiles * tileRows];
    }

    /// <summary>The outline of the line through the points, in pixels.</summary>
    /// <param name="points">All finite.</param>
    /// <param name="seen">What the plot shows.</param>
    /// <param name="width">Of the stroke.</param>
    public static PathData Of(IReadOnlyList<Point> points, Rect seen, double width)
    {
        double cell = width / CellsAWidth;
        if (!(seen.Width > 0 && seen.Height > 0 && cell > 0) || seen.Width / cell * (seen.Height / cell) > MostCells) return PathData.Polyline(points);
        return new InkedLine(seen, width, cell).Trace(points);
    }

    private PathData Trace(IReadOnlyList<Point> points)
    {
        var path = new PathBuilder();
        var at = points[0];
        bool drawn = false;
        for (int i = 1; i < points.Count; i++)
        {
            var to = points[i];
            if (i < points.Count - 1 && Math.Abs(to.X - at.X) < Passed && Math.Abs(to.Y - at.Y) < Passed) continue;
            if (Adds(at, to))
            {
                if (!drawn) path.MoveTo(at.X, at.Y);
                path.LineTo(to.X, to.Y);
                drawn = true;
            }
            else
            {
                drawn = false;
            }
            at = to;
        }
        return path.Build();
    }

    // Whether anything of the segment can be seen that is not inked yet; what it covers is inked then.
    private bool Adds(Point a, Point b)
    {
        var (ax, ay, bx, by) = ((a.X - _left) / _cell, (a.Y - _top) / _cell, (b.X - _left) / _cell, (b.Y - _top) / _cell);
        if (!Cut(ref ax, ref ay, ref bx, ref by, _half / _cell)) return false;
        if (IsCovered(ax, ay, bx, by)) return false;
        Ink(ax, ay, bx, by);
        return true;
    }

    // The part within the grid and half a width around it (Liang and Barsky, 1984); in cells.
    private bool Cut(ref double ax, ref double ay, ref double bx, ref double by, double around)
    {
        double from = 0, to = 1, dx = bx - ax, dy = by - ay;
        if (!Side(-dx, ax + around, ref from, ref to) || !Side(dx, _columns + around - ax, ref from, ref to) || !Side(-dy, ay + around, ref from, ref to) || !Side(dy, _rows + around - ay, ref from, ref to)) return false;
        (bx, by) = (ax + (to * dx), ay + (to * dy));
        (ax, ay) = (ax + (from * dx), ay + (from * dy));
        return true;

        static bool Side(double p, double q, ref double from, ref double to)
        {
            if (p == 0) return q >= 0;
            double t = q / p;
            if (p < 0) from = Math.Max(from, t);
            else to = Math.Min(to, t);
            return from <= to;
        }
    }

    private bool IsCovered(double ax, double ay, double bx, double by)
    {
        double half = _half / _cell;
        int first = Math.Max(0, (int)Math.Floor((Math.Min(ay, by) - half) / Tile)), last = Math.Min((_rows / Tile) - 1, (int)Math.Floor((Math.Max(ay, by) + half) / Tile));
        for (int row = first; row <= last; row++)
        {
            var (low, high) = Reached(ax, ay, bx, by, row * Tile, (row + 1) * Tile, half);
            for (int column = Math.Max(0, (int)Math.Floor(low / Tile)); column <= Math.Min(_tiles - 1, (int)Math.Floor(high / Tile)); column++)
            {
                if (_tileCounts[(row * _tiles) + column] == Tile * Tile) continue;
                if (!IsCoveredIn(row, column, ax, ay, bx, by)) return false;
            }
        }
        return true;
    }

    private bool IsCoveredIn(int tileRow, int tileColumn, double ax, double ay, double bx, double by)
    {
        double half = _half / _cell, dx = bx - ax, dy = by - ay, square = (dx * dx) + (dy * dy), touch = (half + HalfDiagonal) * (half + HalfDiagonal);
        for (int row = tileRow * Tile; row < (tileRow + 1) * Tile; row++)
        {
            for (int column = tileColumn * Tile; column < (tileColumn + 1) * Tile; column++)
            {
                if (_inked[(row * _columns) + column] != 0) continue;
                double px = column + 0.5 - ax, py = row + 0.5 - ay, t = square > 0 ? Math.Clamp(((px * dx) + (py * dy)) / square, 0, 1) : 0;
                double qx = px - (t * dx), qy = py - (t * dy);
                if ((qx * qx) + (qy * qy) <= touch) return false;
            }
        }
        return true;
    }

    // The columns that a segment and half a width about it may reach between two heights.
    private static (double Low, double High) Reached(double ax, double ay, double bx, double by, double top, double bottom, double half)
    {
        double from = 0, to = 1, dy = by - ay;
        if (dy != 0)
        {
            double t0 = (top - half - ay) / dy, t1 = (bottom + half - ay) / dy;
            (from, to) = (Math.Clamp(Math.Min(t0, t1), 0, 1), Math.Clamp(Math.Max(t0, t1), 0, 1));
        }
        double x0 = ax + (from * (bx - ax)), x1 = ax + (to * (bx - ax));
        return (Math.Min(x0, x1) - half, Math.Max(x0, x1) + half);
    }

    // Cells that lie wholly within the segment's rectangle, row by row: their middles are further inside than half a diagonal.
    private void Ink(double ax, double ay, double bx, double by)
    {
        double dx = bx - ax, dy = by - ay, length = Math.Sqrt((dx * dx) + (dy * dy)), inner = (_half / _cell) - HalfDiagonal;
        if (!(length > 2 * HalfDiagonal) || !(inner > 0)) return;
        var (ux, uy) = (dx / length, dy / length);
        int first = Math.Max(0, (int)Math.Floor(Math.Min(ay, by) - inner)), last = Math.Min(_rows - 1, (int)Math.Ceiling(Math.Max(ay, by) + inner));
        for (int row = first; row <= last; row++)
        {
            double y = row + 0.5 - ay, low = double.NegativeInfinity, high = double.PositiveInfinity;
            Between(-uy, (ux * y) + inner, (ux * y) - inner, ref low, ref high);
            Between(ux, HalfDiagonal - (uy * y), length - HalfDiagonal - (uy * y), ref low, ref high);
            if (!(high >= low)) continue;
            int from = Math.Max(0, (int)Math.Ceiling(Math.Max(-1, low + ax - 0.5))), to = Math.Min(_columns - 1, (int)Math.Floor(Math.Min(_columns, high + ax - 0.5)));
            if (to >= from) Fill(row, from, to);
        }

        // Keeps the x for which factor · x lies between the two values.
        static void Between(double factor, double a, double b, ref double low, ref double high)
        {
            (a, b) = (Math.Min(a, b), Math.Max(a, b));
            if (Math.Abs(factor) < 1e-9)
            {
                if (a > 0 || b < 0) high = double.NegativeInfinity;
                return;
            }
            low = Math.Max(low, factor > 0 ? a / factor : b / factor);
            high = Math.Min(high, factor > 0 ? b / factor : a / factor);
        }
    }

    private void Fill(int row, int from, int to)
    {
        var cells = _inked.AsSpan((row * _columns) + from, to - from + 1);
        for (int i = cells.IndexOf((byte)0); i >= 0 && i < cells.Length;)
        {
            cells[i] = 1;
            _tileCounts[(row / Tile * _tiles) + ((from + i) / Tile)]++;
            int next = cells[i..].IndexOf((byte)0);
            i = next < 0 ? -1 : i + next;
        }
    }
}
