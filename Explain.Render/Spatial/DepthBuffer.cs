namespace Explain.Render;

/// <summary>
/// What was painted, and how near it is. Opaque shapes hide each other exactly, sample by sample. Translucent ones come after them, from
/// far to near by their middles: right where they do not pass through each other.
/// </summary>
internal sealed class DepthBuffer
{
    // Lines lie on surfaces whose nearness was rounded to single precision.
    private const float Bias = 2e-4f;

    private readonly float[] _far;
    private readonly Rect _bounds;
    private readonly double _density;
    private readonly int _columns;
    private readonly int _rows;

    private DepthBuffer(Rect bounds, double density, int columns, int rows)
    {
        (_bounds, _density, _columns, _rows) = (bounds, density, columns, rows);
        _far = columns * rows == 0 ? [] : new float[columns * rows];
    }

    /// <summary>The image; null where nothing was painted.</summary>
    public PixelsNode? Image { get; private set; }

    /// <summary>Scene pixels from one device pixel to the next.</summary>
    public double Step => 1 / _density;

    /// <summary>Paints what stands on the stage.</summary>
    public static DepthBuffer Paint(Stage stage, Rect bounds, double density)
    {
        if (stage.Triangles.Count + stage.Discs.Count + stage.Translucent.Count == 0) return new DepthBuffer(bounds, density, 0, 0);
        int columns = Math.Max(1, (int)Math.Ceiling((bounds.Width * density) - 1e-6)),
            rows = Math.Max(1, (int)Math.Ceiling((bounds.Height * density) - 1e-6));
        var buffer = new DepthBuffer(bounds, density, columns, rows);
        var pixels = new Color[columns * rows];
        var origin = new Point(bounds.X, bounds.Y);
        int across = (columns + DepthTile.Side - 1) / DepthTile.Side, down = (rows + DepthTile.Side - 1) / DepthTile.Side;
        var triangles = new TileLists(across, down);
        var discs = new TileLists(across, down);
        var veils = new TileLists(across, down);
        triangles.Fill(
            stage.Triangles.Count, i => Box(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(stage.Triangles)[i], origin, density));
        discs.Fill(stage.Discs.Count, i => Box(stage.Discs[i], origin, density));
        (float Q, Triangle? Triangle, Disc? Disc)[] translucent = [.. stage.Translucent.OrderBy(s => s.Q)];
        veils.Fill(
            translucent.Length,
            i => translucent[i].Triangle is { } t ? Box(t, origin, density) : Box(translucent[i].Disc!.Value, origin, density));

        Pieces.For(across * down, static () => new DepthTile(), (index, tile) =>
        {
            if (triangles[index].Length + discs[index].Length + veils[index].Length == 0) return;
            int left = index % across * DepthTile.Side, top = index / across * DepthTile.Side;
            tile.Clear();
            foreach (int i in triangles[index])
                TriangleFiller.Fill(
                    System.Runtime.InteropServices.CollectionsMarshal.AsSpan(stage.Triangles)[i], origin, density, tile, left, top);
            foreach (int i in discs[index])
                DiscFiller.Fill(stage.Discs[i], origin, density, tile, left, top);
            foreach (int i in veils[index])
            {
                if (translucent[i].Triangle is { } t) TriangleFiller.Fill(t, origin, density, tile, left, top);
                else DiscFiller.Fill(translucent[i].Disc!.Value, origin, density, tile, left, top);
            }
            for (int y = 0; y < Math.Min(DepthTile.Side, rows - top); y++)
            {
                for (int x = 0; x < Math.Min(DepthTile.Side, columns - left); x++)
                {
                    int at = ((top + y) * columns) + left + x, pixel = (y * DepthTile.Side) + x;
                    pixels[at] = tile.Resolve(pixel);
                    buffer._far[at] = tile.Farthest(pixel);
                }
            }
        });
        buffer.Image = new PixelsNode(
            columns, rows, pixels, new Rect(bounds.X, bounds.Y, columns / density, rows / density), Sampling.Bilinear);
        return buffer;
    }

    /// <summary>
    /// Whether a place on the picture can be seen: it is not farther than everything painted in the 3 × 3 pixels about it. The steeper a
    /// surface, the more its nearness changes there, so that lines on it are not swallowed by it.
    /// </summary>
    public bool Sees(Projected p)
    {
        if (_far.Length == 0) return true;
        double x = Math.Floor((p.X - _bounds.X) * _density), y = Math.Floor((p.Y - _bounds.Y) * _density);
        if (!(x >= 1 && y >= 1 && x < _columns - 1 && y < _rows - 1)) return true;
        int at = ((int)y * _columns) + (int)x;
        float q = (float)p.Q + Bias;
        for (int dy = -_columns; dy <= _columns; dy += _columns)
        {
            if (q >= _far[at + dy - 1] || q >= _far[at + dy] || q >= _far[at + dy + 1]) return true;
        }
        return false;
    }

    private static (double Left, double Top, double Right, double Bottom) Box(in Triangle t, Point origin, double density) => (
        (Math.Min(t.X0, Math.Min(t.X1, t.X2)) - origin.X) * density, (Math.Min(t.Y0, Math.Min(t.Y1, t.Y2)) - origin.Y) * density,
        (Math.Max(t.X0, Math.Max(t.X1, t.X2)) - origin.X) * density, (Math.Max(t.Y0, Math.Max(t.Y1, t.Y2)) - origin.Y) * density);

    private static (double Left, double Top, double Right, double Bottom) Box(in Disc d, Point origin, double density)
    {
        double x = (d.X - origin.X) * density, y = (d.Y - origin.Y) * density, radius = Math.Max(1, d.Radius * density);
        return (x - radius, y - radius, x + radius, y + radius);
    }

    /// <summary>Which shapes touch which tile, in their order.</summary>
    private sealed class TileLists(int across, int down)
    {
        private const int ShapesABlock = 4096;
        private readonly int[] _start = new int[(across * down) + 1];
        private int[] _shapes = [];

        public ReadOnlySpan<int> this[int tile] => _shapes.AsSpan(_start[tile].._start[tile + 1]);

        public void Fill(int count, Func<int, (double Left, double Top, double Right, double Bottom)> box)
        {
            var spans = new (short Left, short Top, short Right, short Bottom)[count];
            Pieces.For((count + ShapesABlock - 1) / ShapesABlock, block =>
            {
                for (int i = block * ShapesABlock; i < Math.Min(count, (block + 1) * ShapesABlock); i++)
                {
                    // A step to either side for the rounding of corners.
                    var (left, top, right, bottom) = box(i);
                    spans[i] = (Tile(left - 0.01, across), Tile(top - 0.01, down), Tile(right + 0.01, across), Tile(bottom + 0.01, down));
                    if (!(right >= 0 && bottom >= 0 && left < across * DepthTile.Side && top < down * DepthTile.Side))
                        spans[i] = (0, 0, -1, -1);
                }
            });
            for (int i = 0; i < count; i++)
            {
                for (int y = spans[i].Top; y <= spans[i].Bottom; y++)
                {
                    for (int x = spans[i].Left; x <= spans[i].Right; x++)
                        _start[(y * across) + x + 1]++;
                }
            }
            for (int t = 0; t < across * down; t++)
                _start[t + 1] += _start[t];
            _shapes = new int[_start[^1]];
            int[] next = [.. _start];
            for (int i = 0; i < count; i++)
            {
                for (int y = spans[i].Top; y <= spans[i].Bottom; y++)
                {
                    for (int x = spans[i].Left; x <= spans[i].Right; x++)
                        _shapes[next[(y * across) + x]++] = i;
                }
            }
        }

        private static short Tile(double position, int tiles) => (short)Math.Clamp(Math.Floor(position / DepthTile.Side), 0, tiles - 1);
    }
}
