namespace Explain.Render;

/// <summary>
/// A solid line with round ends and corners that goes back and forth. What its stroke covers is the union of what its segments cover, and
/// is kept as samples, six a pixel either way. A segment that inks no new sample is left out; where what remains is still more ink than
/// could lie side by side in the plot, or very many pieces, the samples become an image.
/// </summary>
internal sealed class LinePicture
{
    /// <summary>The most points of an outline.</summary>
    public const int MostPoints = 50_000;

    // The stroke of an outline covers at most this share of the plot, were nothing covered twice.
    private const double MostInk = 0.5;
    private const int PerPixel = 2;
    private const int Samples = 3;
    private const double MostSamples = 1 << 25;
    private const double Passed = 0.1;
    // Thinner strokes would fall between samples; they are drawn so wide, and paler by as much.
    private const double Thinnest = 0.5;
    private const int Tile = 32;
    private readonly Stroke _stroke;
    private readonly double _left;
    private readonly double _top;
    private readonly double _density;
    private readonly double _half;
    private readonly int _columns;
    private readonly int _rows;
    private readonly int _tiles;
    private readonly byte[] _inked;
    private readonly short[] _tileCounts;

    private LinePicture(Rect seen, Stroke stroke)
    {
        _stroke = stroke;
        double most = Math.Sqrt(MostSamples / (seen.Width * seen.Height)) / Samples;
        // Of the image; whole cells from the origin, so that cells are device pixels where the picture is drawn at twice its size.
        double cells = most >= PerPixel ? PerPixel : most;
        _left = Math.Floor(seen.X * cells) / cells;
        _top = Math.Floor(seen.Y * cells) / cells;
        _density = cells * Samples;
        _half = Math.Max(Thinnest, stroke.Width) / 2 * _density;
        // Whole tiles and whole cells; those at the right and lower border reach beyond what is seen.
        _columns = Whole((seen.Right - _left) * _density);
        _rows = Whole((seen.Bottom - _top) * _density);
        _tiles = _columns / Tile;
        _inked = new byte[_columns * _rows];
        _tileCounts = new short[_tiles * (_rows / Tile)];
    }

    /// <summary>
    /// The lines through the points of each piece, all finite, as one outline or an image; null where nothing of it is seen.
    /// </summary>
    /// <param name="pieces">In pixels; pieces of one point have no line.</param>
    /// <param name="seen">What the plot shows.</param>
    /// <param name="stroke">Without dashes.</param>
    public static Node? Draw(IEnumerable<IReadOnlyList<Point>> pieces, Rect seen, Stroke stroke) =>
        seen is { Width: > 0, Height: > 0 } && stroke.Width > 0
            ? new LinePicture(seen, stroke).Trace(pieces, MostInk * seen.Width * seen.Height / stroke.Width)
            : null;

    private static int Whole(double samples) => (int)Math.Ceiling(Math.Max(1, samples) / (Tile * Samples)) * Tile * Samples;

    private Node? Trace(IEnumerable<IReadOnlyList<Point>> pieces, double longest)
    {
        var path = new PathBuilder();
        int count = 0;
        double length = 0;
        foreach (var points in pieces)
        {
            var at = points[0];
            bool connected = false;
            for (int i = 1; i < points.Count; i++)
            {
                var to = points[i];
                if (i < points.Count - 1 && Math.Abs(to.X - at.X) < Passed && Math.Abs(to.Y - at.Y) < Passed) continue;
                bool adds = Adds(at, to, out double seen);
                if (adds && count <= MostPoints && length <= longest)
                {
                    if (!connected) path.MoveTo(at.X, at.Y);
                    path.LineTo(to.X, to.Y);
                    count += connected ? 1 : 2;
                    length += seen;
                }
                connected = adds;
                at = to;
            }
        }
        if (count == 0) return null;
        return count <= MostPoints && length <= longest ? new PathNode(path.Build(), Stroke: _stroke) : Paint();
    }

    // Whether the segment inks a new sample. How much of it is seen is in pixels.
    private bool Adds(Point a, Point b, out double seen)
    {
        var (ax, ay, bx, by) = ((a.X - _left) * _density, (a.Y - _top) * _density, (b.X - _left) * _density, (b.Y - _top) * _density);
        seen = 0;
        if (!Cut(ref ax, ref ay, ref bx, ref by) || IsCovered(ax, ay, bx, by)) return false;
        seen = Math.Sqrt(((bx - ax) * (bx - ax)) + ((by - ay) * (by - ay))) / _density;
        int first = Math.Max(0, (int)Math.Ceiling(Math.Min(ay, by) - _half - 0.5)),
            last = Math.Min(_rows - 1, (int)Math.Floor(Math.Max(ay, by) + _half - 0.5));
        for (int row = first; row <= last; row++)
        {
            var (from, to) = Reached(ax, ay, bx, by, row);
            if (from <= to) Fill(row, from, to);
        }
        return true;
    }

    // The part within the samples and half a width around them (Liang and Barsky, "A new concept and method for line clipping", 1984).
    private bool Cut(ref double ax, ref double ay, ref double bx, ref double by)
    {
        double from = 0, to = 1, dx = bx - ax, dy = by - ay;
        if (!Side(-dx, ax + _half, ref from, ref to) || !Side(dx, _columns + _half - ax, ref from, ref to)
            || !Side(-dy, ay + _half, ref from, ref to) || !Side(dy, _rows + _half - ay, ref from, ref to))
            return false;
        (bx, by) = (ax + (to * dx), ay + (to * dy));
        (ax, ay) = (ax + (from * dx), ay + (from * dy));
        return true;

        static bool Side(double p, double q, ref double from, ref double to)
        {
            if (p == 0) return q >= 0;
            if (p < 0) from = Math.Max(from, q / p);
            else to = Math.Min(to, q / p);
            return from <= to;
        }
    }

    // Whole tiles first: a segment over a plot that is full of ink is known after a few of them.
    private bool IsCovered(double ax, double ay, double bx, double by)
    {
        int first = Math.Max(0, (int)Math.Floor((Math.Min(ay, by) - _half) / Tile)),
            last = Math.Min((_rows / Tile) - 1, (int)Math.Floor((Math.Max(ay, by) + _half) / Tile));
        for (int row = first; row <= last; row++)
        {
            double from = 0, to = 1, dy = by - ay;
            if (dy != 0)
            {
                double t0 = ((row * Tile) - _half - ay) / dy, t1 = (((row + 1) * Tile) + _half - ay) / dy;
                (from, to) = (Math.Clamp(Math.Min(t0, t1), 0, 1), Math.Clamp(Math.Max(t0, t1), 0, 1));
            }
            double x0 = ax + (from * (bx - ax)), x1 = ax + (to * (bx - ax));
            int left = Math.Max(0, (int)Math.Floor((Math.Min(x0, x1) - _half) / Tile)),
                right = Math.Min(_tiles - 1, (int)Math.Floor((Math.Max(x0, x1) + _half) / Tile));
            for (int column = left; column <= right; column++)
            {
                if (_tileCounts[(row * _tiles) + column] < Tile * Tile && !IsCoveredIn(row, column, ax, ay, bx, by)) return false;
            }
        }
        return true;
    }

    private bool IsCoveredIn(int tileRow, int tileColumn, double ax, double ay, double bx, double by)
    {
        int left = tileColumn * Tile, right = left + Tile - 1;
        for (int row = tileRow * Tile; row < (tileRow + 1) * Tile; row++)
        {
            var (from, to) = Reached(ax, ay, bx, by, row);
            (from, to) = (Math.Max(from, left), Math.Min(to, right));
            if (from <= to && _inked.AsSpan((row * _columns) + from, to - from + 1).Contains((byte)0)) return false;
        }
        return true;
    }

    // The samples of a row within half a width of the segment: its rectangle and the discs about its ends are one convex shape.
    private (int From, int To) Reached(double ax, double ay, double bx, double by, int row)
    {
        double y = row + 0.5, low = double.PositiveInfinity, high = double.NegativeInfinity;
        Disc(ax, ay);
        Disc(bx, by);
        double dx = bx - ax, dy = by - ay, length = Math.Sqrt((dx * dx) + (dy * dy));
        if (length > 0)
        {
            var (ux, uy) = (dx / length, dy / length);
            double least = double.NegativeInfinity, most = double.PositiveInfinity;
            Between(-uy, -_half - (ux * (y - ay)), _half - (ux * (y - ay)));
            Between(ux, -(uy * (y - ay)), length - (uy * (y - ay)));
            if (least <= most) (low, high) = (Math.Min(low, ax + least), Math.Max(high, ax + most));

            // Where factor · (x − ax) lies between the two values.
            void Between(double factor, double a, double b)
            {
                if (Math.Abs(factor) < 1e-9)
                {
                    if (a > 0 || b < 0) most = double.NegativeInfinity;
                    return;
                }
                least = Math.Max(least, (factor > 0 ? a : b) / factor);
                most = Math.Min(most, (factor > 0 ? b : a) / factor);
            }
        }
        return high < low ? (0, -1)
            : (
                Math.Max(0, (int)Math.Ceiling(Math.Max(low, -1) - 0.5)),
                Math.Min(_columns - 1, (int)Math.Floor(Math.Min(high, _columns + 1) - 0.5)));

        void Disc(double x, double middle)
        {
            double square = (_half * _half) - ((y - middle) * (y - middle));
            if (square < 0) return;
            double reach = Math.Sqrt(square);
            (low, high) = (Math.Min(low, x - reach), Math.Max(high, x + reach));
        }
    }

    private void Fill(int row, int from, int to)
    {
        var samples = _inked.AsSpan((row * _columns) + from, to - from + 1);
        int tiles = row / Tile * _tiles;
        for (int i = samples.IndexOf((byte)0); i >= 0;)
        {
            samples[i] = 1;
            _tileCounts[tiles + ((from + i) / Tile)]++;
            int next = samples[i..].IndexOf((byte)0);
            i = next < 0 ? -1 : i + next;
        }
    }

    private PixelsNode Paint()
    {
        int columns = _columns / Samples, rows = _rows / Samples;
        double alpha = _stroke.Color.A * Math.Min(1, _stroke.Width / Thinnest) / (Samples * Samples);
        var pixels = new Color[columns * rows];
        Pieces.For(rows, y =>
        {
            for (int x = 0; x < columns; x++)
            {
                int inked = 0;
                for (int r = y * Samples; r < (y + 1) * Samples; r++)
                {
                    foreach (byte sample in _inked.AsSpan((r * _columns) + (x * Samples), Samples)) inked += sample;
                }
                if (inked > 0) pixels[(y * columns) + x] = _stroke.Color with { A = (byte)Math.Round(alpha * inked) };
            }
        });
        return new PixelsNode(columns, rows, pixels, new Rect(_left, _top, _columns / _density, _rows / _density), Sampling.Bilinear);
    }
}
