namespace Explain.Render;

/// <summary>A grid of heights as triangles, wires and contours.</summary>
internal sealed class SurfaceBuilder
{
    private const int MostCells = 700;
    private const int RowsABlock = 8;
    private readonly SurfaceItem _item;
    private readonly Stage _stage;
    private readonly double[] _xs;
    private readonly double[] _ys;
    private readonly double[,] _heights;
    private readonly double[,]? _values;
    private readonly Point3[,] _at;
    // In the box.
    private readonly double _least;

    public SurfaceBuilder(SurfaceItem item, Stage stage)
    {
        (_item, _stage) = (item, stage);
        int rows = Math.Min(item.Ys.Count, item.Heights.GetLength(0)), columns = Math.Min(item.Xs.Count, item.Heights.GetLength(1));
        int down = Math.Max(1, (rows + MostCells - 1) / MostCells), along = Math.Max(1, (columns + MostCells - 1) / MostCells);
        _xs = Averaged([.. item.Xs.Take(columns)], along);
        _ys = Averaged([.. item.Ys.Take(rows)], down);
        _heights = Averaged(item.Heights, rows, columns, down, along);
        _values = item.Values is { } values && values.GetLength(0) >= rows && values.GetLength(1) >= columns
            ? Averaged(values, rows, columns, down, along)
            : null;
        _at = new Point3[_ys.Length, _xs.Length];
        _least = item.Least is { } least && stage.MapZ(least) is { } z && double.IsFinite(z) ? z : double.NegativeInfinity;
    }

    private int Rows => _ys.Length;

    private int Columns => _xs.Length;

    public void Build()
    {
        double[] bx = [.. _xs.Select(_stage.MapX)], by = [.. _ys.Select(_stage.MapY)];
        for (int r = 0; r < Rows; r++)
        {
            for (int c = 0; c < Columns; c++)
                _at[r, c] = new Point3(bx[c], by[r], double.IsFinite(_heights[r, c]) ? _stage.MapZ(_heights[r, c]) : double.NaN);
        }
        if (_item.Filled) Skin();
        Wires();
        var contours = new List<Point3[]>[_item.Contours.Count];
        Pieces.For(contours.Length, i => contours[i] = Trace(_item.Contours[i]));
        for (int i = 0; i < contours.Length; i++)
            Lines(_item.Contours[i], contours[i]);
    }

    private void Skin()
    {
        var (palette, corners) = Corners();
        var blocks = new List<Triangle>[(Math.Max(0, Rows - 1) + RowsABlock - 1) / RowsABlock];
        Pieces.For(blocks.Length, block =>
        {
            var triangles = new List<Triangle>(2 * RowsABlock * Math.Max(0, Columns - 1));
            Span<Half> halves = stackalloc Half[2];
            for (int r = block * RowsABlock; r < Math.Min(Rows - 1, (block + 1) * RowsABlock); r++)
            {
                for (int c = 0; c + 1 < Columns; c++)
                {
                    int count = Halves(r, c, halves);
                    for (int h = 0; h < count; h++)
                        Face(corners, halves[h], palette, triangles);
                }
            }
            blocks[block] = triangles;
        });
        _stage.Triangles.EnsureCapacity(_stage.Triangles.Count + blocks.Sum(b => b.Count));
        foreach (var triangles in blocks)
            _stage.Add(triangles);
    }

    private void Face(SpatialVertex[,] corners, Half half, Palette palette, List<Triangle> triangles)
    {
        ref readonly var a = ref corners[half.A.Row, half.A.Column];
        ref readonly var b = ref corners[half.B.Row, half.B.Column];
        ref readonly var c = ref corners[half.C.Row, half.C.Column];
        if (!(a.At.Z < _least || b.At.Z < _least || c.At.Z < _least))
        {
            _stage.Cut(a, b, c, palette, _item.Opacity, triangles);
            return;
        }
        SpatialVertex[] cut = [a, b, c, default];
        int count = BoxClip.Above(_least, cut, 3);
        for (int i = 2; i < count; i++)
            _stage.Cut(cut[0], cut[i - 1], cut[i], palette, _item.Opacity, triangles);
    }

    // What rises above the least height.
    private IEnumerable<Point3[]> Cut(IReadOnlyList<Point3[]> lines)
    {
        if (!double.IsFinite(_least)) return lines;
        var gap = new Point3(double.NaN, double.NaN, double.NaN);
        return lines.Select(line =>
        {
            var cut = new List<Point3>();
            for (int i = 0; i < line.Length; i++)
            {
                if (i > 0 && line[i].Z < _least != line[i - 1].Z < _least && line[i].IsFinite && line[i - 1].IsFinite)
                    cut.Add(line[i - 1].Toward(line[i], (_least - line[i - 1].Z) / (line[i].Z - line[i - 1].Z)));
                cut.Add(line[i].Z < _least ? gap : line[i]);
            }
            return cut.ToArray();
        });
    }

    private (Palette Palette, SpatialVertex[,] Corners) Corners()
    {
        var scale = _item.Colors ?? OwnScale();
        var palette = _item.Color is null ? Palette.Of(scale.Map, scale.NotFinite) : Palette.None;
        var corners = new SpatialVertex[Rows, Columns];
        // Rows and columns may run either way: the normal points up.
        double hand = Rows > 1 && Columns > 1 && (_at[0, Columns - 1].X - _at[0, 0].X) * (_at[Rows - 1, 0].Y - _at[0, 0].Y) < 0 ? -1 : 1;
        Pieces.For(Rows, r =>
        {
            for (int c = 0; c < Columns; c++)
            {
                var own = _item.Color ?? default;
                double value = (_values ?? _heights)[r, c];
                var across = Slope(r, Math.Max(0, c - 1), r, Math.Min(Columns - 1, c + 1), r, c);
                var up = Slope(Math.Max(0, r - 1), c, Math.Min(Rows - 1, r + 1), c, r, c);
                corners[r, c] = _stage.Vertex(_at[r, c], across.Cross(up).Times(hand), _item.Shading) with
                {
                    Tone = double.IsFinite(value) ? (float)Math.Clamp(scale.Position(value), -1, 2) : float.NaN,
                    Red = own.R,
                    Green = own.G,
                    Blue = own.B,
                };
            }
        });
        return (palette, corners);
    }

    // Values of their own have a range of their own; heights share that of the axis, so that surfaces beside each other have the same
    // colours.
    private ColorScale OwnScale()
    {
        var limits = _values is null ? _stage.Heights : Limits.Of(_values.Cast<double>()).OrWidened();
        return ColorScale.Sequential(_stage.Theme, limits.Max, limits.Min);
    }

    // Between the neighbours on either side; where one is a hole, from the place itself.
    private Point3 Slope(int r0, int c0, int r1, int c1, int r, int c)
    {
        var from = _at[r0, c0].IsFinite ? _at[r0, c0] : _at[r, c];
        var to = _at[r1, c1].IsFinite ? _at[r1, c1] : _at[r, c];
        return to.Minus(from);
    }

    /// <summary>
    /// The two triangles of a cell, parted along the diagonal whose ends differ less in height; where a corner is a hole, the one triangle
    /// that is left. Returns how many there are.
    /// </summary>
    private int Halves(int r, int c, Span<Half> halves)
    {
        GridPlace a = new(r, c), b = new(r, c + 1), d = new(r + 1, c + 1), e = new(r + 1, c);
        bool ha = Has(a), hb = Has(b), hd = Has(d), he = Has(e);
        bool rising = ha && hd && (!hb || !he || Math.Abs(Z(a) - Z(d)) <= Math.Abs(Z(b) - Z(e)));
        int count = 0;
        if (rising)
        {
            if (hb) halves[count++] = new Half(a, b, d);
            if (he) halves[count++] = new Half(a, d, e);
        }
        else if (hb && he)
        {
            if (ha) halves[count++] = new Half(a, b, e);
            if (hd) halves[count++] = new Half(b, d, e);
        }
        return count;

        bool Has(GridPlace p) => _at[p.Row, p.Column].IsFinite;

        double Z(GridPlace p) => _at[p.Row, p.Column].Z;
    }

    private void Wires()
    {
        if (_item.LinesEvery <= 0) return;
        var pieces = new List<Point3[]>();
        for (int r = 0; r < Rows; r++)
        {
            if (r % _item.LinesEvery == 0 || r == Rows - 1) pieces.Add([.. Enumerable.Range(0, Columns).Select(c => _at[r, c])]);
        }
        for (int c = 0; c < Columns; c++)
        {
            if (c % _item.LinesEvery == 0 || c == Columns - 1) pieces.Add([.. Enumerable.Range(0, Rows).Select(r => _at[r, c])]);
        }
        _stage.Add(new StageLine([.. Cut(pieces)], _item.LineColor ?? _stage.Theme.Foreground.WithAlpha(_item.Filled ? 0.28 : 0.8), 0.6)
        {
            Order = LineOrder.Wire,
        });
    }

    private List<Point3[]> Trace(Contour contour)
    {
        double level = _stage.MapZ(contour.Height);
        return double.IsFinite(contour.Height) && double.IsFinite(level) ? new ContourLines(_at, level, Halves).Trace() : [];
    }

    private void Lines(Contour contour, List<Point3[]> pieces)
    {
        if (pieces.Count == 0) return;
        var color = contour.Color ?? _stage.Theme.Foreground.WithAlpha(0.55);
        if (contour.OnFloor)
            _stage.Add(new StageLine([.. pieces.Select(p => p.Select(q => q with { Z = _stage.Floor }).ToArray())], color, contour.Width)
            {
                Order = LineOrder.Contour,
                Name = _item.Name,
            });
        if (contour.OnSurface)
            _stage.Add(new StageLine(pieces, color, contour.Width) { Order = LineOrder.Contour, Name = _item.Name });
    }

    private static double[] Averaged(double[] values, int by) => by == 1 ? values : [.. values.Chunk(by).Select(part => part.Average())];

    // The mean of the finite values of each block: one hole does not make a hole of a hundred places. A block without any is a hole.
    private static double[,] Averaged(double[,] values, int rows, int columns, int down, int along)
    {
        if (down == 1 && along == 1) return values;
        var mean = new double[(rows + down - 1) / down, (columns + along - 1) / along];
        var count = new int[mean.GetLength(0), mean.GetLength(1)];
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
            {
                if (!double.IsFinite(values[r, c])) continue;
                mean[r / down, c / along] += values[r, c];
                count[r / down, c / along]++;
            }
        }
        for (int r = 0; r < mean.GetLength(0); r++)
        {
            for (int c = 0; c < mean.GetLength(1); c++)
                mean[r, c] /= count[r, c];
        }
        return mean;
    }
}

/// <summary>A place of a grid.</summary>
internal readonly record struct GridPlace(int Row, int Column);

/// <summary>A triangle of a grid, half a cell.</summary>
internal readonly record struct Half(GridPlace A, GridPlace B, GridPlace C);

/// <summary>Writes the triangles of a cell of a grid; returns how many there are, at most 2.</summary>
internal delegate int CellHalves(int row, int column, Span<Half> halves);
