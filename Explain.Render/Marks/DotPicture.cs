namespace Explain.Render;

/// <summary>
/// Dots of one mark by the half pixels in which their middles lie: what is left of millions that stand on top of each other. A dot and
/// those hidden exactly behind it become one; where there are still too many for outlines, all of them become one image in which the dots
/// are laid over each other in their order, as a canvas would lay outlines.
/// </summary>
internal sealed class DotPicture
{
    private const double PerPixel = 2;
    private const int MostCells = 4000;
    private const int Block = 1 << 16;
    private const int BandRows = 64;
    // Less than this of what is behind shines through: it could not change a channel of 8 bits.
    private const float Opaque = 1f / 1024;
    // Up to so many are counted one by one, also of opaque dots, whose rims are translucent; of more, the rounded count is less than a step
    // of 8 bits away.
    private const int LayersOneByOne = 64;
    private readonly DotMark _mark;
    private readonly double _left;
    private readonly double _top;
    private readonly double _density;
    private readonly int _columns;
    private readonly int _rows;
    private readonly int _mostLayers;
    private readonly int[] _counts;
    private readonly List<(int Cell, int Point)> _order = [];

    /// <summary>Sorts the dots of <paramref name="mark"/> into the cells of <paramref name="seen"/>.</summary>
    /// <param name="mark">The dots.</param>
    /// <param name="area">Places them.</param>
    /// <param name="seen">What the plot shows, in pixels; dots whose middles lie outside by more than their reach are left out.</param>
    public DotPicture(DotMark mark, PlotArea area, Rect seen)
    {
        _mark = mark;
        double reach = Reach(mark);
        _density = Math.Min(PerPixel, MostCells / Math.Max(1, Math.Max(seen.Width, seen.Height) + (2 * reach)));
        // On whole cells from the origin, so that cells are device pixels where the picture is drawn at twice its size.
        _left = Math.Floor((seen.X - reach) * _density) / _density;
        _top = Math.Floor((seen.Y - reach) * _density) / _density;
        _columns = (int)Math.Ceiling((seen.Right + reach - _left) * _density);
        _rows = (int)Math.Ceiling((seen.Bottom + reach - _top) * _density);
        _counts = new int[_columns * _rows];
        _mostLayers = MostLayers(mark);
        int[] cells = Cells(area);
        // From the last, which lies on top.
        for (int i = cells.Length - 1; i >= 0; i--)
        {
            if (cells[i] >= 0 && _counts[cells[i]]++ == 0) _order.Add((cells[i], i));
        }
    }

    /// <summary>Cells with a dot.</summary>
    public int Distinct => _order.Count;

    /// <summary>How far a dot reaches from its middle, in pixels.</summary>
    public static double Reach(DotMark mark) => Math.Min(200, (1.5 * mark.Radius) + 1);

    /// <summary>How much of what is behind shines through so many layers of an opacity, 0 … 1.</summary>
    public static double Through(double alpha, int layers)
    {
        double through = 1;
        for (double own = 1 - alpha; layers > 0; layers >>= 1, own *= own)
        {
            if ((layers & 1) != 0) through *= own;
        }
        return through;
    }

    /// <summary>The topmost dot of each cell, in the order in which they are painted, and how many lie there.</summary>
    public IEnumerable<(int Point, int Count)> Topmost() => _order.AsEnumerable().Reverse().Select(o => (o.Point, _counts[o.Cell]));

    /// <summary>All dots as an image.</summary>
    public PixelsNode Paint()
    {
        var stamps = new MarkerStamp?[_mostLayers + 1];
        stamps[1] = new MarkerStamp(_mark, _density, Reach(_mark));
        foreach (var (cell, _) in _order)
        {
            int layers = Layers(cell);
            stamps[layers] ??= stamps[1]!.Layered(layers);
        }
        var pixels = new Color[_columns * _rows];
        Pieces.For((_rows + BandRows - 1) / BandRows, () => new Band(_columns, BandRows), (index, band) =>
        {
            int from = index * BandRows, to = Math.Min(_rows, from + BandRows);
            band.Clear();
            foreach (var (cell, _) in _order)
            {
                int row = cell / _columns, column = cell % _columns;
                var stamp = stamps[Layers(cell)]!;
                if (row + stamp.Reach >= from && row - stamp.Reach < to) band.Lay(stamp, row - from, column, to - from);
            }
            band.Write(pixels.AsSpan(from * _columns, (to - from) * _columns));
        });
        return new PixelsNode(_columns, _rows, pixels, new Rect(_left, _top, _columns / _density, _rows / _density), Sampling.Bilinear);
    }

    // So many dots of the mark in one half pixel hide what is behind them like any number.
    private static int MostLayers(DotMark mark)
    {
        int alpha = mark.Rim is { A: > 0 } rim && (rim.A < mark.Color.A || mark.Color.A == 0) ? rim.A : mark.Color.A;
        return alpha is 0 or 255 ? LayersOneByOne
            : Math.Max(LayersOneByOne, (int)Math.Ceiling(PortableMath.Log(Opaque) / PortableMath.Log(1 - (alpha / 255.0))));
    }

    // Seven binary digits of the count: few stamps, however many counts there are.
    private int Layers(int cell)
    {
        int count = Math.Min(_mostLayers, _counts[cell]), step = 1;
        while (count / step > 2 * LayersOneByOne) step *= 2;
        return Math.Min(_mostLayers, (count + (step / 2)) / step * step);
    }

    private int[] Cells(PlotArea area)
    {
        var points = _mark.Points;
        var cells = new int[points.Count];
        Pieces.For((cells.Length + Block - 1) / Block, block =>
        {
            for (int i = block * Block; i < Math.Min(cells.Length, (block + 1) * Block); i++)
            {
                var (px, py) = points[i];
                double x = (area.X.Map(px) - _left) * _density, y = (area.Y.Map(py) - _top) * _density;
                cells[i] = x >= 0 && x < _columns && y >= 0 && y < _rows ? ((int)y * _columns) + (int)x : -1;
            }
        });
        return cells;
    }

    /// <summary>
    /// Rows of the image, filled from the front to the back: each cell takes what still shines through, and full ones are passed over.
    /// </summary>
    private sealed class Band(int columns, int rows)
    {
        private readonly float[] _red = new float[columns * rows];
        private readonly float[] _green = new float[columns * rows];
        private readonly float[] _blue = new float[columns * rows];
        private readonly float[] _through = new float[columns * rows];
        // The next cell of the row, from this one on, that is not full; one more than the columns of a row as its end.
        private readonly int[] _next = new int[(columns + 1) * rows];

        public void Clear()
        {
            Array.Clear(_red);
            Array.Clear(_green);
            Array.Clear(_blue);
            Array.Fill(_through, 1f);
            for (int i = 0; i < _next.Length; i++) _next[i] = i % (columns + 1);
        }

        public void Lay(MarkerStamp stamp, int row, int column, int height)
        {
            int left = column - stamp.Reach, first = Math.Max(0, left), last = Math.Min(columns - 1, column + stamp.Reach);
            for (int y = Math.Max(0, row - stamp.Reach); y <= Math.Min(height - 1, row + stamp.Reach); y++)
            {
                var source = stamp.Row(y - row + stamp.Reach);
                var next = _next.AsSpan(y * (columns + 1), columns + 1);
                for (int x = Find(next, first); x <= last; x = Find(next, x + 1))
                {
                    var (red, green, blue, alpha) = source[x - left];
                    if (alpha == 0) continue;
                    int at = (y * columns) + x;
                    float through = _through[at];
                    _red[at] += through * red;
                    _green[at] += through * green;
                    _blue[at] += through * blue;
                    through *= 1 - alpha;
                    _through[at] = through;
                    if (through < Opaque) next[x] = x + 1;
                }
            }
        }

        public void Write(Span<Color> pixels)
        {
            for (int i = 0; i < pixels.Length; i++)
            {
                float alpha = 1 - _through[i];
                if (alpha > 0)
                    pixels[i] = new Color(Byte(_red[i] / alpha), Byte(_green[i] / alpha), Byte(_blue[i] / alpha), Byte(255 * alpha));
            }
        }

        private static byte Byte(float v) => (byte)Math.Clamp(v + 0.5f, 0, 255);

        private static int Find(Span<int> next, int x)
        {
            while (next[x] != x)
            {
                next[x] = next[next[x]];
                x = next[x];
            }
            return x;
        }
    }
}
