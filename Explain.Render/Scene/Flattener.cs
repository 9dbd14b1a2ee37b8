using System.Runtime.InteropServices;

namespace Explain.Render;

/// <summary>
/// Path → polylines. A curve is cut into equal steps of its parameter; Wang's bound on the second differences of the control points says
/// how many keep every chord within the tolerance (Wang 1984; see Goldman, "Pyramid Algorithms", 2003, ch. 5). Points that are not finite
/// are left out, and points that are too far away for the square of a distance to be a number are moved towards the origin, which no pixel
/// shows.
/// </summary>
internal static class Flattener
{
    /// <summary>Farthest a chord may lie from its curve, in device pixels.</summary>
    public const double Tolerance = 0.02;

    private const int MaxSteps = 512;

    // Pixels; a line to there and one to the point beyond lie on the same pixels of any picture.
    private const double Farthest = 1e12;

    /// <summary>Appends <paramref name="path"/> under <paramref name="transform"/> to <paramref name="output"/>.</summary>
    public static void Flatten(PathData path, in Transform transform, double tolerance, Contours output)
    {
        var points = AsSpan(path.Points);
        int next = 0;
        Point start = default, current = default;
        foreach (var verb in AsSpan(path.Verbs))
        {
            switch (verb)
            {
                case PathVerb.Move:
                    output.End(closed: false);
                    current = start = transform.Apply(points[next++]);
                    AddFinite(output, current, smooth: false);
                    break;
                case PathVerb.Line:
                    Continue(output, start);
                    current = transform.Apply(points[next++]);
                    AddFinite(output, current, smooth: false);
                    break;
                case PathVerb.Quad:
                    Continue(output, start);
                    var q = transform.Apply(points[next + 1]);
                    Quad(current, transform.Apply(points[next]), q, tolerance, output);
                    current = q;
                    next += 2;
                    break;
                case PathVerb.Cubic:
                    Continue(output, start);
                    var c = transform.Apply(points[next + 2]);
                    Cubic(current, transform.Apply(points[next]), transform.Apply(points[next + 1]), c, tolerance, output);
                    current = c;
                    next += 3;
                    break;
                default:
                    output.End(closed: true);
                    current = start;
                    break;
            }
        }
        output.End(closed: false);
    }

    internal static ReadOnlySpan<T> AsSpan<T>(IReadOnlyList<T> list) => list switch
    {
        T[] array => array,
        List<T> l => CollectionsMarshal.AsSpan(l),
        _ => list.ToArray(),
    };

    /// <summary>After a close, drawing goes on from the start of the closed contour.</summary>
    private static void Continue(Contours output, Point start)
    {
        if (output.Pending == 0)
            AddFinite(output, start, smooth: false);
    }

    private static void AddFinite(Contours output, Point p, bool smooth)
    {
        double far = Math.Max(Math.Abs(p.X), Math.Abs(p.Y));
        if (!double.IsFinite(far))
            return;
        output.Add(far > Farthest ? new Point(p.X * (Farthest / far), p.Y * (Farthest / far)) : p, smooth);
    }

    private static void Quad(Point a, Point b, Point c, double tolerance, Contours output)
    {
        double x = a.X - (2 * b.X) + c.X, y = a.Y - (2 * b.Y) + c.Y;
        int steps = Steps(0.25 * Math.Sqrt((x * x) + (y * y)) / tolerance);
        for (int i = 1; i < steps; i++)
        {
            double t = (double)i / steps, s = 1 - t, w0 = s * s, w1 = 2 * s * t, w2 = t * t;
            AddFinite(output, new Point((w0 * a.X) + (w1 * b.X) + (w2 * c.X), (w0 * a.Y) + (w1 * b.Y) + (w2 * c.Y)), smooth: true);
        }
        AddFinite(output, c, smooth: false);
    }

    private static void Cubic(Point a, Point b, Point c, Point d, double tolerance, Contours output)
    {
        double x0 = a.X - (2 * b.X) + c.X, y0 = a.Y - (2 * b.Y) + c.Y, x1 = b.X - (2 * c.X) + d.X, y1 = b.Y - (2 * c.Y) + d.Y;
        double second = Math.Max((x0 * x0) + (y0 * y0), (x1 * x1) + (y1 * y1));
        int steps = Steps(0.75 * Math.Sqrt(second) / tolerance);
        for (int i = 1; i < steps; i++)
        {
            double t = (double)i / steps, s = 1 - t, w0 = s * s * s, w1 = 3 * s * s * t, w2 = 3 * s * t * t, w3 = t * t * t;
            AddFinite(
                output,
                new Point((w0 * a.X) + (w1 * b.X) + (w2 * c.X) + (w3 * d.X), (w0 * a.Y) + (w1 * b.Y) + (w2 * c.Y) + (w3 * d.Y)),
                smooth: true);
        }
        AddFinite(output, d, smooth: false);
    }

    private static int Steps(double squared) =>
        squared < MaxSteps * MaxSteps ? Math.Max(1, (int)Math.Ceiling(Math.Sqrt(squared))) : double.IsFinite(squared) ? MaxSteps : 1;
}
