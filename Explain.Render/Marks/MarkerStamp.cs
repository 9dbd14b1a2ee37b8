namespace Explain.Render;

/// <summary>
/// One dot of a mark in the cells of an image, premultiplied, with its middle in the middle cell. The covered share of each cell is
/// found here, whatever canvas draws the rest: along many lines of each row of cells, on each of which it is exact.
/// </summary>
internal sealed class MarkerStamp
{
    // Lines a row of cells; fewer in dots of very many rows, which nobody sees cell by cell.
    private const int MostLines = 64;
    private const int LeastLines = 16;
    private const int LinesADot = 8192;

    // A corner that would reach farther than so many half widths of the rim is cut, as in every stroke.
    private const double LongestMitre = 4;

    private readonly int _side;
    private readonly (float Red, float Green, float Blue, float Alpha)[] _pixels;

    /// <summary>A dot with cells of 1 / <paramref name="density"/> pixels.</summary>
    /// <param name="mark">Its shape and colours.</param>
    /// <param name="density">Cells a pixel.</param>
    /// <param name="reach">How far it reaches from its middle, in pixels.</param>
    public MarkerStamp(DotMark mark, double density, double reach)
    {
        Reach = (int)Math.Ceiling(reach * density);
        _side = (2 * Reach) + 1;
        double middle = _side / density / 2;
        var dot = mark.Outline(new Point(middle, middle), mark.Color);
        var outline = new Contours();
        Flattener.Flatten(dot.Data, Transform.Scale(density, density), Flattener.Tolerance, outline);
        float[] fill = Covered(y => Inside(outline, y));
        float[]? rim = null;
        if (dot.Stroke is { } stroke)
        {
            var parts = Parts(outline, stroke.Width * density / 2);
            rim = Covered(y => Union(parts, y));
        }
        _pixels = new (float, float, float, float)[_side * _side];
        for (int i = 0; i < _pixels.Length; i++)
        {
            _pixels[i] = Share(mark.Color, fill[i]);
            if (rim is null || rim[i] == 0) continue;
            var over = Share(dot.Stroke!.Color, rim[i]);
            var (red, green, blue, alpha) = _pixels[i];
            float rest = 1 - over.Alpha;
            _pixels[i] = (over.Red + (rest * red), over.Green + (rest * green), over.Blue + (rest * blue), over.Alpha + (rest * alpha));
        }
    }

    private MarkerStamp(int reach, (float, float, float, float)[] pixels) => (Reach, _side, _pixels) = (reach, (2 * reach) + 1, pixels);

    /// <summary>Cells from the middle one to a side.</summary>
    public int Reach { get; }

    /// <summary>A row of cells: channels 0 … 255 times alpha, and alpha 0 … 1.</summary>
    public ReadOnlySpan<(float Red, float Green, float Blue, float Alpha)> Row(int row) => _pixels.AsSpan(row * _side, _side);

    /// <summary>So many of it over each other.</summary>
    public MarkerStamp Layered(int layers) => new(Reach, [.. _pixels.Select(p =>
    {
        if (p.Alpha == 0) return p;
        float through = (float)DotPicture.Through(p.Alpha, layers);
        float more = (1 - through) / p.Alpha;
        return (p.Red * more, p.Green * more, p.Blue * more, 1 - through);
    })]);

    private static (float Red, float Green, float Blue, float Alpha) Share(Color color, float share)
    {
        float alpha = color.A / 255f * share;
        return (color.R * alpha, color.G * alpha, color.B * alpha, alpha);
    }

    // The covered share of each cell, given the covered stretches of a line.
    private float[] Covered(Func<double, IEnumerable<(double From, double To)>> stretches)
    {
        var cells = new float[_side * _side];
        int lines = Math.Clamp(LinesADot / _side, LeastLines, MostLines);
        for (int line = 0; line < _side * lines; line++)
        {
            int row = line / lines * _side;
            foreach (var (from, to) in stretches((line + 0.5) / lines))
            {
                double right = Math.Min(to, _side);
                for (double x = Math.Max(0, from); x < right;)
                {
                    int cell = (int)x;
                    double end = Math.Min(cell + 1, right);
                    cells[row + cell] += (float)((end - x) / lines);
                    x = end;
                }
            }
        }
        // Sums of rounded numbers.
        for (int i = 0; i < cells.Length; i++) cells[i] = Math.Min(1, cells[i]);
        return cells;
    }

    // By the even-odd rule, as markers are filled.
    private static IEnumerable<(double From, double To)> Inside(Contours outline, double y)
    {
        var crossings = new List<double>();
        for (int k = 0; k < outline.Count; k++) Cross(outline.Points(k), y, crossings);
        crossings.Sort();
        for (int i = 0; i + 1 < crossings.Count; i += 2) yield return (crossings[i], crossings[i + 1]);
    }

    private static void Cross(ReadOnlySpan<Point> points, double y, List<double> crossings)
    {
        for (int i = 0; i < points.Length; i++)
        {
            var (a, b) = (points[i], points[(i + 1) % points.Length]);
            if (a.Y <= y != b.Y <= y) crossings.Add(a.X + ((y - a.Y) / (b.Y - a.Y) * (b.X - a.X)));
        }
    }

    private static IEnumerable<(double From, double To)> Union(List<Point[]> parts, double y)
    {
        var stretches = new List<(double From, double To)>();
        var crossings = new List<double>();
        foreach (var part in parts)
        {
            crossings.Clear();
            Cross(part, y, crossings);
            if (crossings.Count > 1) stretches.Add((crossings.Min(), crossings.Max()));
        }
        stretches.Sort();
        for (int i = 0; i < stretches.Count;)
        {
            var (from, to) = stretches[i];
            for (i++; i < stretches.Count && stretches[i].From <= to; i++) to = Math.Max(to, stretches[i].To);
            yield return (from, to);
        }
    }

    // What the stroke of closed contours is made of: a rectangle along each side, and what lies at the outside of each corner.
    // All are convex.
    private static List<Point[]> Parts(Contours outline, double half)
    {
        var parts = new List<Point[]>();
        for (int k = 0; k < outline.Count; k++)
        {
            Point[] points = Distinct(outline.Points(k));
            for (int i = 0; i < points.Length && points.Length > 1; i++)
            {
                var (a, b, c) = (points[i], points[(i + 1) % points.Length], points[(i + 2) % points.Length]);
                var (before, after) = (Across(a, b, half), Across(b, c, half));
                parts.Add([Moved(a, before, 1), Moved(b, before, 1), Moved(b, before, -1), Moved(a, before, -1)]);
                double side = (before.X * after.Y) - (before.Y * after.X) > 0 ? -1 : 1;
                // The half angle between both sides decides how far the corner reaches.
                double straight = 1 + (((before.X * after.X) + (before.Y * after.Y)) / (half * half));
                bool pointed = straight * LongestMitre * LongestMitre >= 2;
                var tip = new Point((before.X + after.X) / straight, (before.Y + after.Y) / straight);
                Point from = Moved(b, before, side), to = Moved(b, after, side);
                parts.Add(pointed ? [b, from, Moved(b, tip, side), to] : [b, from, to]);
            }
        }
        return parts;
    }

    private static Point Across(Point a, Point b, double half)
    {
        double dx = b.X - a.X, dy = b.Y - a.Y, length = Math.Sqrt((dx * dx) + (dy * dy));
        return new Point(-dy * half / length, dx * half / length);
    }

    private static Point Moved(Point p, Point by, double times) => p.Offset(times * by.X, times * by.Y);

    // Without points that repeat the one before them but for rounding, the first after the last included: the side between has no
    // direction.
    private static Point[] Distinct(ReadOnlySpan<Point> points)
    {
        var distinct = new List<Point>();
        foreach (var p in points)
        {
            if (distinct.Count == 0 || !IsNear(p, distinct[^1])) distinct.Add(p);
        }
        while (distinct.Count > 1 && IsNear(distinct[^1], distinct[0])) distinct.RemoveAt(distinct.Count - 1);
        return [.. distinct];
    }

    private static bool IsNear(Point a, Point b) => Math.Abs(a.X - b.X) + Math.Abs(a.Y - b.Y) < 1e-6;
}
