using System.Runtime.InteropServices;

namespace Explain.Render;

/// <summary>
/// The union of outlines that may overlap, where adding up areas would count a part of a pixel twice. In each row, edges that share columns
/// are looked at together: the row is cut wherever one of them begins or ends, and in each strip the edges are walked from the left; only
/// those count at which the winding number comes to be inside or outside. So it is exact but for edges that cross: there the strip is cut
/// into thinner ones. Where edges are so many that this would take long, 4 … 32 strips of the same height are walked instead, the fewer the
/// more edges; an edge begins and ends at the nearest border of a strip then. Their order hardly changes from strip to strip, so it is
/// mended and not found anew. A row depends on its own edges only, not on how rows are cut into bands.
/// </summary>
internal sealed class UnionScan
{
    /// <summary>Most edges that share columns of a row for which it is cut exactly; the work grows with their square.</summary>
    private const int Most = 48;

    /// <summary>Most and fewest strips of a row with more, and edges times strips that it may have in between.</summary>
    private const int MostStrips = 32, FewestStrips = 4, Crowd = 1 << 13;

    /// <summary>Edges of a row for which memory is kept from picture to picture.</summary>
    private const int MostKept = 1 << 10;

    /// <summary>Strips a row's height is worth where edges cross.</summary>
    private const int Slices = 16;

    private readonly List<Piece>[] _rows;
    private readonly List<double> _cuts = [];
    private readonly List<Crossing> _crossings = [];
    private readonly List<int> _active = [];
    private readonly List<int> _order = [];
    private List<Strip> _winding = [];
    private List<Strip> _next = [];

    /// <summary>For bands of <paramref name="rows"/> rows.</summary>
    public UnionScan(int rows)
    {
        _rows = new List<Piece>[rows];
        for (int i = 0; i < rows; i++)
            _rows[i] = [];
    }

    /// <summary>
    /// Adds the union of <paramref name="edges"/> by <paramref name="rule"/> to the coverage of the rows from device row
    /// <paramref name="top"/> on.
    /// </summary>
    public void Add(ReadOnlySpan<Edge> edges, FillRule rule, int top, CoverageBuffer coverage)
    {
        foreach (ref readonly var e in edges)
        {
            if (e.Y1 > top && e.Y0 < top + _rows.Length)
                Collect(e, top);
        }
        for (int row = 0; row < _rows.Length; row++)
        {
            if (_rows[row].Count == 0)
                continue;
            Walk(_rows[row], rule, row, coverage);
            _rows[row].Clear();
        }
    }

    /// <summary>Lets go of the memory of a crowd.</summary>
    public void Trim()
    {
        for (int i = 0; i < _rows.Length; i++)
        {
            if (_rows[i].Capacity > MostKept)
                _rows[i] = [];
        }
        if (_crossings.Capacity > MostKept)
        {
            foreach (var list in new[] { _active, _order })
            {
                list.Clear();
                list.Capacity = 0;
            }
            _crossings.Clear();
            _crossings.Capacity = 0;
        }
    }

    private void Collect(in Edge e, int top)
    {
        double low = Math.Min(e.X0, e.X1), high = Math.Max(e.X0, e.X1), slope = (e.X1 - e.X0) / (e.Y1 - e.Y0);
        int first = Math.Max((int)Math.Floor(e.Y0), top), end = Math.Min((int)Math.Ceiling(e.Y1), top + _rows.Length);
        for (int row = first; row < end; row++)
        {
            // From the edge's own start each time, so that a row does not depend on the band it is in.
            double y0 = Math.Max(e.Y0, row), y1 = Math.Min(e.Y1, row + 1.0);
            double x0 = Math.Clamp(e.X0 + (slope * (y0 - e.Y0)), low, high), x1 = Math.Clamp(e.X0 + (slope * (y1 - e.Y0)), low, high);
            _rows[row - top].Add(new Piece(x0, y0 - row, x1, y1 - row, Math.Min(x0, x1), Math.Max(x0, x1), (int)e.Sign));
        }
    }

    private void Walk(List<Piece> list, FillRule rule, int row, CoverageBuffer coverage)
    {
        var pieces = CollectionsMarshal.AsSpan(list);
        Sort(pieces);
        _winding.Clear();
        int most = 0;
        for (int first = 0, end; first < pieces.Length; first = end)
        {
            end = Together(pieces, first);
            most = Math.Max(most, end - first);
        }
        if (most > Most)
        {
            ResolveCrowd(pieces, rule, row, coverage);
            return;
        }
        for (int first = 0, end; first < pieces.Length; first = end)
        {
            end = Together(pieces, first);
            if (end == first + 1 && _winding.Count == 0)
            {
                ref readonly var only = ref pieces[first];
                coverage.AddPiece(row, only.X0, only.X1, only.Y1 - only.Y0);
                _winding.Add(new Strip(only.Y0, only.Y1, only.Sign));
                continue;
            }
            if (end == first + 2 && _winding.Count == 0 && IsLine(pieces[first], pieces[first + 1]))
            {
                // A piece of a thin line, the most frequent case: left side and right side.
                int left = pieces[first].X0 + pieces[first].X1 <= pieces[first + 1].X0 + pieces[first + 1].X1 ? first : first + 1,
                    right = first + end - 1 - left;
                coverage.AddPiece(row, pieces[left].X0, pieces[left].X1, pieces[left].Y1 - pieces[left].Y0);
                coverage.AddPiece(row, pieces[right].X0, pieces[right].X1, pieces[right].Y0 - pieces[right].Y1);
                continue;
            }
            Cut(pieces[first..end]);
            Resolve(pieces[first..end], rule, row, coverage);
        }
    }

    private static bool IsLine(in Piece a, in Piece b) =>
        a.Sign == -b.Sign && a.Y0 == b.Y0 && a.Y1 == b.Y1 && (a.X0 <= b.X0 ? a.X1 <= b.X1 : a.X1 >= b.X1);

    /// <summary>By their left ends; few by insertion.</summary>
    private static void Sort(Span<Piece> pieces)
    {
        const int Few = 24;
        if (pieces.Length > Few)
        {
            pieces.Sort(static (a, b) => a.Left.CompareTo(b.Left));
            return;
        }
        for (int i = 1; i < pieces.Length; i++)
        {
            var moved = pieces[i];
            int to = i;
            for (; to > 0 && pieces[to - 1].Left > moved.Left; to--)
                pieces[to] = pieces[to - 1];
            pieces[to] = moved;
        }
    }

    /// <summary>One past the last of the pieces from <paramref name="first"/> on that share columns.</summary>
    private static int Together(ReadOnlySpan<Piece> pieces, int first)
    {
        int end = first + 1;
        for (double right = pieces[first].Right; end < pieces.Length && pieces[end].Left < right; end++)
            right = Math.Max(right, pieces[end].Right);
        return end;
    }

    /// <summary>Adds pieces, strip by strip, given the winding numbers left of them, and works out those right of them.</summary>
    private void Resolve(ReadOnlySpan<Piece> pieces, FillRule rule, int row, CoverageBuffer coverage)
    {
        _next.Clear();
        int known = 0;
        for (int i = 1; i < _cuts.Count; i++)
        {
            double top = _cuts[i - 1], bottom = _cuts[i], middle = (top + bottom) / 2;
            while (known < _winding.Count && _winding[known].Bottom <= middle)
                known++;
            int winding = known < _winding.Count && _winding[known].Top < middle ? _winding[known].Winding : 0;
            int after = winding;
            if (Cross(pieces, top, bottom))
            {
                coverage.AddUnion(row, CollectionsMarshal.AsSpan(_crossings), rule, winding, bottom - top);
            }
            else
            {
                int slices = (int)Math.Ceiling((bottom - top) * Slices) + 1;
                for (int k = 0; k < slices; k++)
                {
                    double height = (bottom - top) / slices, above = top + (k * height);
                    Cross(pieces, above, above + height);
                    coverage.AddUnion(row, CollectionsMarshal.AsSpan(_crossings), rule, winding, height);
                }
            }
            foreach (ref readonly var crossing in CollectionsMarshal.AsSpan(_crossings))
                after += crossing.Sign;
            if (after == 0)
                continue;
            if (_next.Count > 0 && _next[^1].Bottom == top && _next[^1].Winding == after)
                _next[^1] = _next[^1] with { Bottom = bottom };
            else
                _next.Add(new Strip(top, bottom, after));
        }
        (_winding, _next) = (_next, _winding);
    }

    /// <summary>
    /// Adds all pieces of a row in strips of the same height. All of the row, so that what is left of winding is exactly what is taken away
    /// again.
    /// </summary>
    private void ResolveCrowd(ReadOnlySpan<Piece> pieces, FillRule rule, int row, CoverageBuffer coverage)
    {
        int strips = Math.Clamp(Crowd / pieces.Length, FewestStrips, MostStrips);
        // Pieces in the order of the strips in whose middle they begin.
        _order.Clear();
        for (int i = 0; i < pieces.Length; i++)
            _order.Add(i);
        var order = CollectionsMarshal.AsSpan(_order);
        Span<double> begins = pieces.Length <= MostKept ? stackalloc double[pieces.Length] : new double[pieces.Length];
        for (int i = 0; i < pieces.Length; i++)
            begins[i] = pieces[i].Y0;
        begins.Sort(order);
        _active.Clear();
        int next = 0;
        for (int k = 0; k < strips; k++)
        {
            double top = (double)k / strips, bottom = (k + 1.0) / strips, middle = (k + 0.5) / strips;
            int kept = 0;
            foreach (int i in CollectionsMarshal.AsSpan(_active))
            {
                if (pieces[i].Y1 > middle)
                    _active[kept++] = i;
            }
            _active.RemoveRange(kept, _active.Count - kept);
            for (; next < order.Length && pieces[order[next]].Y0 <= middle; next++)
            {
                if (pieces[order[next]].Y1 > middle)
                    _active.Add(order[next]);
            }
            _crossings.Clear();
            foreach (int i in CollectionsMarshal.AsSpan(_active))
                _crossings.Add(new Crossing(pieces[i].At(top), pieces[i].At(bottom), pieces[i].Sign));
            SortCrossings(CollectionsMarshal.AsSpan(_crossings), CollectionsMarshal.AsSpan(_active));
            coverage.AddUnion(row, CollectionsMarshal.AsSpan(_crossings), rule, 0, bottom - top);
        }
    }

    /// <summary>From the left by their middles, the pieces with them. By insertion as long as few are out of order.</summary>
    private static void SortCrossings(Span<Crossing> crossings, Span<int> pieces)
    {
        int moves = 8 * crossings.Length;
        for (int i = 1; i < crossings.Length; i++)
        {
            var (moved, piece) = (crossings[i], pieces[i]);
            double at = moved.Above + moved.Below;
            int to = i;
            for (; to > 0 && crossings[to - 1].Above + crossings[to - 1].Below > at; to--)
                (crossings[to], pieces[to]) = (crossings[to - 1], pieces[to - 1]);
            (crossings[to], pieces[to]) = (moved, piece);
            moves -= i - to;
            if (moves < 0)
            {
                crossings.Sort(pieces, static (a, b) => (a.Above + a.Below).CompareTo(b.Above + b.Below));
                return;
            }
        }
    }

    /// <summary>Finds the heights between which nothing begins or ends.</summary>
    private void Cut(ReadOnlySpan<Piece> pieces)
    {
        _cuts.Clear();
        foreach (ref readonly var piece in pieces)
        {
            _cuts.Add(piece.Y0);
            _cuts.Add(piece.Y1);
        }
        foreach (var strip in _winding)
        {
            _cuts.Add(strip.Top);
            _cuts.Add(strip.Bottom);
        }
        _cuts.Sort();
        int kept = 1;
        for (int i = 1; i < _cuts.Count; i++)
        {
            if (_cuts[i] > _cuts[kept - 1])
                _cuts[kept++] = _cuts[i];
        }
        _cuts.RemoveRange(kept, _cuts.Count - kept);
    }

    /// <summary>Lists where pieces meet the two borders of a strip, from the left; false where two of them cross within it.</summary>
    private bool Cross(ReadOnlySpan<Piece> pieces, double top, double bottom)
    {
        _crossings.Clear();
        double middle = (top + bottom) / 2;
        foreach (ref readonly var piece in pieces)
        {
            if (piece.Y0 <= middle && piece.Y1 > middle)
                _crossings.Add(new Crossing(piece.At(top), piece.At(bottom), piece.Sign));
        }
        var crossings = CollectionsMarshal.AsSpan(_crossings);
        // Few, and those of one side of a line mostly in order already.
        for (int i = 1; i < crossings.Length; i++)
        {
            var moved = crossings[i];
            int to = i;
            for (; to > 0 && crossings[to - 1].Above + crossings[to - 1].Below > moved.Above + moved.Below; to--)
                crossings[to] = crossings[to - 1];
            crossings[to] = moved;
        }
        const double Touching = 1e-6;
        for (int i = 1; i < crossings.Length; i++)
        {
            if (crossings[i - 1].Above > crossings[i].Above + Touching || crossings[i - 1].Below > crossings[i].Below + Touching)
                return false;
        }
        return true;
    }

    /// <summary>An edge's part in a row, from (X0, Y0) down to (X1, Y1), Y counted from the row's top.</summary>
    private readonly record struct Piece(double X0, double Y0, double X1, double Y1, double Left, double Right, int Sign)
    {
        public double At(double y) => y <= Y0 ? X0 : y >= Y1 ? X1 : X0 + ((X1 - X0) * ((y - Y0) / (Y1 - Y0)));
    }

    /// <summary>The winding number between two heights of a row; it is 0 where there is none.</summary>
    private readonly record struct Strip(double Top, double Bottom, int Winding);
}

/// <summary>Where an edge meets the upper and the lower border of a strip.</summary>
internal readonly record struct Crossing(double Above, double Below, int Sign);
