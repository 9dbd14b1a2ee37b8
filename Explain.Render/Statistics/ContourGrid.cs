namespace Explain.Render;

/// <summary>A line of equal value through a grid.</summary>
/// <param name="Points">X in columns, y in rows of the grid.</param>
/// <param name="Closed">Whether it returns to its beginning.</param>
public sealed record Isoline(IReadOnlyList<Point> Points, bool Closed);

/// <summary>
/// Values at the corners of a grid's cells, cut at levels by marching squares (Lorensen and Cline, "Marching cubes", 1987, in the plane).
/// Where the corners of a cell alternate, the mean of the four, its centre, says which of them are joined. Cells with a corner that is not
/// finite are holes.
/// </summary>
/// <param name="Values">Row after row, Rows × Columns of them.</param>
/// <param name="Rows">At least 2 for anything to be found.</param>
/// <param name="Columns">At least 2 for anything to be found.</param>
/// <exception cref="ArgumentException">There are fewer values than places, or a side is negative.</exception>
public sealed record ContourGrid(IReadOnlyList<double> Values, int Rows, int Columns)
{
    private const int Vertex = 2;

    /// <summary>Row after row, Rows × Columns of them.</summary>
    public IReadOnlyList<double> Values { get; init; } = Checked(Values, Rows, Columns);

    /// <summary>Whole multiples of a nice step inside the limits, about <paramref name="count"/>; none where there is no range.</summary>
    public static IReadOnlyList<double> NiceLevels(Limits limits, int count)
    {
        if (limits.IsEmpty
            || !(limits.Span > 1e-12 * Math.Max(Math.Abs(limits.Min), Math.Abs(limits.Max)))
            || !double.IsFinite(limits.Span))
            return [];
        const double Apart = 10;
        double slack = 1e-9 * limits.Span;
        return [.. new LinearScale(limits, 0, Apart * Math.Max(1, count)).Ticks(Apart).Select(tick => tick.Value)
            .Where(v => v > limits.Min + slack && v < limits.Max - slack)];
    }

    /// <summary>
    /// The lines on which the value is <paramref name="level"/>, as long as they go; larger values lie on one side of each all along.
    /// </summary>
    public IReadOnlyList<Isoline> Lines(double level)
    {
        var next = new Dictionary<Node, Queue<Node>>();
        foreach (var (from, to) in Segments(level)) Add(next, from, to);
        var lines = new List<Isoline>();
        // Open lines begin where nothing leads to.
        var reached = next.Values.SelectMany(q => q).ToHashSet();
        foreach (var start in next.Keys.Where(n => !reached.Contains(n)).ToArray()) lines.Add(new Isoline(Follow(next, start), false));
        foreach (var start in next.Keys.ToArray())
        {
            if (next[start].Count > 0) lines.Add(new Isoline(Follow(next, start), true));
        }
        return [.. lines.Where(l => l.Points.Count > 1)];
    }

    /// <summary>
    /// The outlines of where <paramref name="low"/> ≤ value &lt; <paramref name="high"/>, closed along the border of the grid and of its
    /// holes; by the non-zero or the even-odd rule they enclose just that. Bands of neighbouring limits share their lines to the last bit.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<Point>> Band(double low, double high)
    {
        var next = new Dictionary<Node, Queue<Node>>();
        if (double.IsFinite(low))
        {
            foreach (var (from, to) in Segments(low)) Add(next, from, to);
        }
        if (double.IsFinite(high))
        {
            foreach (var (from, to) in Segments(high)) Add(next, from: to, to: from);
        }
        foreach (var (from, to) in Sides()) AddSide(next, from, to, low, high);
        var loops = new List<IReadOnlyList<Point>>();
        foreach (var start in next.Keys.ToArray())
        {
            while (next[start].Count > 0) loops.Add(Follow(next, start));
        }
        return loops;
    }

    private double this[int vertex] => Values[vertex];

    private static IReadOnlyList<double> Checked(IReadOnlyList<double> values, int rows, int columns)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (rows < 0 || columns < 0)
            throw new ArgumentException(
                $"A contour grid cannot have {rows} rows of {columns} columns; neither may be negative.", nameof(rows));
        if (values.Count < (long)rows * columns)
            throw new ArgumentException(
                $"A contour grid of {rows} rows of {columns} needs {(long)rows * columns} values; it was given {values.Count}.",
                nameof(values));
        return values;
    }

    private static void Add(Dictionary<Node, Queue<Node>> next, Node from, Node to)
    {
        if (!next.TryGetValue(from, out var queue)) next[from] = queue = new Queue<Node>(1);
        queue.Enqueue(to);
    }

    private List<Point> Follow(Dictionary<Node, Queue<Node>> next, Node start)
    {
        var points = new List<Point> { Place(start) };
        for (var at = start; next.TryGetValue(at, out var queue) && queue.Count > 0;)
        {
            at = queue.Dequeue();
            var place = Place(at);
            if (place != points[^1]) points.Add(place);
            if (at == start) break;
        }
        return points;
    }

    private bool IsCell(int row, int column)
    {
        if (row < 0 || column < 0 || row + 1 >= Rows || column + 1 >= Columns) return false;
        int v = (row * Columns) + column;
        return double.IsFinite(this[v]) && double.IsFinite(this[v + 1]) && double.IsFinite(this[v + Columns])
            && double.IsFinite(this[v + Columns + 1]);
    }

    // Around a cell the corners are taken in turn; a segment leads from where the values fall below the level to where they rise again.
    private IEnumerable<(Node From, Node To)> Segments(double level)
    {
        for (int row = 0; row + 1 < Rows; row++)
        {
            for (int column = 0; column + 1 < Columns; column++)
            {
                if (!IsCell(row, column)) continue;
                int v = (row * Columns) + column;
                int c0 = v, c1 = v + 1, c2 = v + Columns + 1, c3 = v + Columns;
                int inside = (this[c0] >= level ? 1 : 0) | (this[c1] >= level ? 2 : 0) | (this[c2] >= level ? 4 : 0)
                    | (this[c3] >= level ? 8 : 0);
                if (inside is 0 or 15) continue;
                Node e0 = new(level, 2 * c0), e1 = new(level, (2 * c1) + 1), e2 = new(level, 2 * c3), e3 = new(level, (2 * c0) + 1);
                if (inside is 5 or 10)
                {
                    bool joined = ((this[c0] + this[c2]) / 4) + ((this[c1] + this[c3]) / 4) >= level;
                    // 5: corners 0 and 2 are inside; values fall on the sides 0 and 2 and rise on 1 and 3.
                    var (fall, rise, fall2, rise2) = inside == 5 ? (e0, e1, e2, e3) : (e1, e2, e3, e0);
                    yield return (fall, joined ? rise : rise2);
                    yield return (fall2, joined ? rise2 : rise);
                    continue;
                }
                yield return (Side(inside, fall: true, e0, e1, e2, e3), Side(inside, fall: false, e0, e1, e2, e3));
            }
        }
    }

    private static Node Side(int inside, bool fall, Node e0, Node e1, Node e2, Node e3)
    {
        for (int k = 0; k < 4; k++)
        {
            bool here = (inside >> k & 1) == 1, then = (inside >> ((k + 1) % 4) & 1) == 1;
            if (here == fall && then != fall) return k switch { 0 => e0, 1 => e1, 2 => e2, _ => e3 };
        }
        return e0;
    }

    // The sides of cells beyond which there is none, in the direction of the corners' turn.
    private IEnumerable<(int From, int To)> Sides()
    {
        for (int row = 0; row + 1 < Rows; row++)
        {
            for (int column = 0; column + 1 < Columns; column++)
            {
                if (!IsCell(row, column)) continue;
                int v = (row * Columns) + column;
                if (!IsCell(row - 1, column)) yield return (v, v + 1);
                if (!IsCell(row, column + 1)) yield return (v + 1, v + Columns + 1);
                if (!IsCell(row + 1, column)) yield return (v + Columns + 1, v + Columns);
                if (!IsCell(row, column - 1)) yield return (v + Columns, v);
            }
        }
    }

    private void AddSide(Dictionary<Node, Queue<Node>> next, int from, int to, double low, double high)
    {
        double a = this[from], b = this[to];
        int edge = Math.Abs(to - from) == 1 ? 2 * Math.Min(from, to) : (2 * Math.Min(from, to)) + 1;
        Node? start = a < low ? (b >= low ? new(low, edge) : null)
            : a >= high ? (b < high ? new(high, edge) : null)
            : new(double.NaN, from);
        Node? end = b < low ? (a >= low ? new(low, edge) : null) : b >= high ? (a < high ? new(high, edge) : null) : new(double.NaN, to);
        if (start is { } s && end is { } e) Add(next, s, e);
    }

    private Point Place(Node node)
    {
        if (double.IsNaN(node.Level)) return new Point(node.Id % Columns, node.Id / Columns);
        int v = node.Id / Vertex, other = node.Id % 2 == 0 ? v + 1 : v + Columns;
        double t = (node.Level - this[v]) / (this[other] - this[v]);
        t = double.IsFinite(t) ? Math.Clamp(t, 0, 1) : 0.5;
        return node.Id % 2 == 0 ? new Point((v % Columns) + t, v / Columns) : new Point(v % Columns, (v / Columns) + t);
    }

    /// <summary>
    /// A corner of the grid (level NaN), or where a level crosses the edge right of (even) or below (odd) the corner Id ÷ 2.
    /// </summary>
    private readonly record struct Node(double Level, int Id);
}
