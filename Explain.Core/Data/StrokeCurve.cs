namespace Explain.Core;

/// <summary>A smooth curve through given points, as a line of short pieces.</summary>
internal static class StrokeCurve
{
    private const double PieceLength = 6; // Units of the glyph, a little over a pixel.

    /// <summary>
    /// Appends the centripetal Catmull–Rom spline (Barry and Goldman, 1988; Yuksel, Schaefer and Keyser, 2011: no cusps, no loops) through
    /// <paramref name="points"/> to <paramref name="line"/>, without its first point where the line has one already.
    /// </summary>
    public static void Flatten(ReadOnlySpan<(double X, double Y)> points, List<(double X, double Y)> line)
    {
        if (line.Count == 0) line.Add(points[0]);
        for (int i = 0; i + 1 < points.Length; i++)
        {
            var b = points[i];
            var c = points[i + 1];
            var a = i > 0 ? points[i - 1] : Mirror(b, c);
            var d = i + 2 < points.Length ? points[i + 2] : Mirror(c, b);
            Segment(a, b, c, d, line);
        }
    }

    /// <summary>The cubic from b to c in Hermite form.</summary>
    private static void Segment(
        (double X, double Y) a, (double X, double Y) b, (double X, double Y) c, (double X, double Y) d, List<(double X, double Y)> line)
    {
        double ta = Knot(a, b), tb = Knot(b, c), tc = Knot(c, d);
        double mbx = Tangent(a.X, b.X, c.X, ta, tb), mby = Tangent(a.Y, b.Y, c.Y, ta, tb);
        double mcx = -Tangent(d.X, c.X, b.X, tc, tb), mcy = -Tangent(d.Y, c.Y, b.Y, tc, tb);
        int pieces = (int)Math.Clamp(Math.Ceiling(tb * tb / PieceLength), 1, 32);
        for (int p = 1; p <= pieces; p++)
        {
            double u = (double)p / pieces, v = 1 - u;
            double hb = v * v * (1 + (2 * u)), hc = u * u * (3 - (2 * u)), hmb = u * v * v, hmc = -u * u * v;
            line.Add(((hb * b.X) + (hc * c.X) + (hmb * mbx) + (hmc * mcx), (hb * b.Y) + (hc * c.Y) + (hmb * mby) + (hmc * mcy)));
        }
    }

    /// <summary>The derivative at q, times the length tb of the interval that follows, for points p, q, r at knots −ta, 0, tb.</summary>
    private static double Tangent(double p, double q, double r, double ta, double tb) =>
        tb * (((q - p) / ta) - ((r - p) / (ta + tb)) + ((r - q) / tb));

    /// <summary>The square root of the distance, kept from 0 for points that coincide.</summary>
    private static double Knot((double X, double Y) p, (double X, double Y) q) =>
        Math.Sqrt(Math.Max(1e-3, Math.Sqrt(((q.X - p.X) * (q.X - p.X)) + ((q.Y - p.Y) * (q.Y - p.Y)))));

    private static (double X, double Y) Mirror((double X, double Y) centre, (double X, double Y) point) =>
        ((2 * centre.X) - point.X, (2 * centre.Y) - point.Y);
}
