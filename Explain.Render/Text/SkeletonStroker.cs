namespace Explain.Render;

/// <summary>One piece of a skeleton: a straight line, or a cubic Bézier curve.</summary>
internal readonly record struct SkeletonPiece(Point P0, Point P1, Point P2, Point P3, bool IsLine)
{
    public static SkeletonPiece Line(Point a, Point b) => new(a, a, b, b, true);

    public static SkeletonPiece Curve(Point p0, Point p1, Point p2, Point p3) => new(p0, p1, p2, p3, false);

    /// <summary>The part from <paramref name="t0"/> to <paramref name="t1"/> (de Casteljau).</summary>
    public SkeletonPiece Part(double t0, double t1)
    {
        var right = t0 > 0 ? Split(t0).Right : this;
        return t1 < 1 ? right.Split((t1 - t0) / (1 - t0)).Left : right;
    }

    public (SkeletonPiece Left, SkeletonPiece Right) Split(double t)
    {
        Point a = Mix(P0, P1, t), b = Mix(P1, P2, t), c = Mix(P2, P3, t);
        Point ab = Mix(a, b, t), bc = Mix(b, c, t), m = Mix(ab, bc, t);
        return (new(P0, a, ab, m, IsLine), new(m, bc, c, P3, IsLine));
    }

    /// <summary>The same piece, drawn from its end.</summary>
    public SkeletonPiece Backwards()
    {
        var (begin, control) = (P3, P2);
        return new(begin, control, P1, P0, IsLine);
    }

    /// <summary>Unit tangent at the beginning.</summary>
    public Point StartTangent() => Unit(P0, P1) ?? Unit(P0, P2) ?? Unit(P0, P3) ?? new Point(1, 0);

    /// <summary>Unit tangent at the end.</summary>
    public Point EndTangent() => Unit(P2, P3) ?? Unit(P1, P3) ?? Unit(P0, P3) ?? new Point(1, 0);

    private static Point? Unit(Point a, Point b)
    {
        double dx = b.X - a.X, dy = b.Y - a.Y, length = Math.Sqrt((dx * dx) + (dy * dy));
        return length > 1e-6 ? new Point(dx / length, dy / length) : null;
    }

    private static Point Mix(Point a, Point b, double t) => new(a.X + ((b.X - a.X) * t), a.Y + ((b.Y - a.Y) * t));
}

/// <summary>How the pen lifts at an end of a stroke.</summary>
internal enum PenEnd
{
    /// <summary>At right angles to the stroke.</summary>
    Square,

    /// <summary>Along a horizontal line, as letters stand on the baseline.</summary>
    Level,
}

/// <summary>One stroke of a skeleton, y upwards; or, where it is filled, the outline of a shape.</summary>
internal sealed record SkeletonStroke(IReadOnlyList<SkeletonPiece> Pieces, bool Closed, PenEnd Start, PenEnd End, bool Filled = false);

/// <summary>
/// Draws skeletons with an elliptic pen: <c>halfStem</c> to either side of upright strokes, <c>halfBar</c> above and below level ones. Each
/// stroke becomes one contour, or two where it is closed (the outside and the hole). Outsides all turn the same way, so strokes that cross
/// add up under the non-zero rule. Only + − × ÷ and square roots: the same outline on every machine.
/// </summary>
internal static class SkeletonStroker
{
    // A mitre longer than this many half widths is cut to a bevel.
    private const double MiterLimit = 3;

    public static void Draw(PathBuilder path, SkeletonStroke stroke, double halfStem, double halfBar, Func<Point, Point> place)
    {
        if (stroke.Filled)
        {
            List<SkeletonPiece> shape = [.. stroke.Pieces];
            Emit(path, Area(shape) > 0 ? shape : Reversed(shape), place);
            return;
        }

        // Stretched so that the pen is a circle; `place` is told the true position again.
        double stretch = halfStem / halfBar;
        Point Up(Point p) => new(p.X, p.Y * stretch);
        Point Back(Point p) => place(new Point(p.X, p.Y / stretch));
        var pieces = new List<SkeletonPiece>();
        foreach (var piece in stroke.Pieces)
            pieces.Add(new(Up(piece.P0), Up(piece.P1), Up(piece.P2), Up(piece.P3), piece.IsLine));

        var left = Side(pieces, stroke, halfStem);
        var right = Side(pieces, stroke, -halfStem);
        if (stroke.Closed)
        {
            bool leftIsOutside = Math.Abs(Area(left)) > Math.Abs(Area(right));
            Emit(path, Area(left) > 0 == leftIsOutside ? left : Reversed(left), Back);
            Emit(path, Area(right) > 0 != leftIsOutside ? right : Reversed(right), Back);
            return;
        }
        right = Reversed(right);
        left.Add(SkeletonPiece.Line(left[^1].P3, right[0].P0));
        left.AddRange(right);
        Emit(path, Area(left) > 0 ? left : Reversed(left), Back);
    }

    // The line at distance d to the left of the stroke (to the right where d is negative).
    private static List<SkeletonPiece> Side(List<SkeletonPiece> pieces, SkeletonStroke stroke, double d)
    {
        var side = new List<SkeletonPiece>();
        for (int i = 0; i < pieces.Count; i++)
        {
            int first = side.Count;
            Offset(side, pieces[i], d);
            if (i > 0)
                Join(side, first, pieces[i - 1], pieces[i], d);
        }
        if (stroke.Closed)
        {
            // The seam is one more join, between the last piece and the first.
            int seam = side.Count;
            side.Add(side[0]);
            Join(side, seam, pieces[^1], pieces[0], d);
            side[0] = side[^1];
            side.RemoveAt(side.Count - 1);
            return side;
        }
        if (stroke.Start == PenEnd.Level)
            side[0] = MoveStart(side[0], Level(side[0].P0, pieces[0].P0, pieces[0].StartTangent()));
        if (stroke.End == PenEnd.Level)
            side[^1] = MoveEnd(side[^1], Level(side[^1].P3, pieces[^1].P3, pieces[^1].EndTangent()));
        return side;
    }

    private static void Offset(List<SkeletonPiece> side, SkeletonPiece piece, double d)
    {
        if (piece.IsLine)
        {
            var n = Normal(piece.StartTangent(), d);
            side.Add(SkeletonPiece.Line(piece.P0.Offset(n.X, n.Y), piece.P3.Offset(n.X, n.Y)));
            return;
        }
        const int Parts = 4;
        for (int k = 0; k < Parts; k++)
            side.Add(OffsetCurve(piece.Part((double)k / Parts, (k + 1.0) / Parts), d));
    }

    // A cubic with the tangents of the original whose middle lies at the true distance from the original's middle.
    private static SkeletonPiece OffsetCurve(SkeletonPiece c, double d)
    {
        Point t0 = c.StartTangent(), t1 = c.EndTangent();
        Point n0 = Normal(t0, d), n1 = Normal(t1, d);
        Point q0 = c.P0.Offset(n0.X, n0.Y), q3 = c.P3.Offset(n1.X, n1.Y);
        var half = c.Split(0.5).Left;
        var nm = Normal(half.EndTangent(), d);
        var middle = half.P3.Offset(nm.X, nm.Y);
        double a = Distance(c.P0, c.P1), b = Distance(c.P2, c.P3);
        double vx = (a * t0.X) - (b * t1.X), vy = (a * t0.Y) - (b * t1.Y), vv = (vx * vx) + (vy * vy);
        double chord = Distance(c.P0, c.P3);
        double ratio = chord > 1e-9 ? Distance(q0, q3) / chord : 1;
        if (vv > 1e-4 * chord * chord)
            ratio = 8.0 / 3 * (((middle.X - ((q0.X + q3.X) / 2)) * vx) + ((middle.Y - ((q0.Y + q3.Y) / 2)) * vy)) / vv;
        // Inside a bend tighter than the pen the line would run backwards: cut straight across.
        ratio = Math.Max(0, ratio);
        return SkeletonPiece.Curve(q0, q0.Offset(a * ratio * t0.X, a * ratio * t0.Y), q3.Offset(-b * ratio * t1.X, -b * ratio * t1.Y), q3);
    }

    // Connects side[next - 1] to side[next] around the corner between two pieces.
    private static void Join(List<SkeletonPiece> side, int next, SkeletonPiece before, SkeletonPiece after, double d)
    {
        Point t0 = before.EndTangent(), t1 = after.StartTangent();
        double cross = (t0.X * t1.Y) - (t0.Y * t1.X), dot = (t0.X * t1.X) + (t0.Y * t1.Y);
        if (dot > 0 && Math.Abs(cross) < 1e-3)
            return;
        var corner = before.P3;
        Point from = side[next - 1].P3, to = side[next].P0;
        // The offset lines meet at corner + reach · (n0 + n1); 1 + dot is twice the squared cosine of half the turn.
        double reach = 1 / (1 + dot);
        Point n0 = Normal(t0, d), n1 = Normal(t1, d);
        var meet = corner.Offset((n0.X + n1.X) * reach, (n0.Y + n1.Y) * reach);
        bool outside = cross * d < 0;
        bool mayMeet = 1 + dot > 2 / (MiterLimit * MiterLimit);
        if (outside && mayMeet)
            side.InsertRange(next, [SkeletonPiece.Line(from, meet), SkeletonPiece.Line(meet, to)]);
        else if (outside)
            side.Insert(next, SkeletonPiece.Line(from, to));
        else if (mayMeet && side[next - 1].IsLine && side[next].IsLine && Within(side[next - 1], meet) && Within(side[next], meet))
        {
            side[next - 1] = MoveEnd(side[next - 1], meet);
            side[next] = MoveStart(side[next], meet);
        }
        else
        {
            // Through the corner itself: whatever loops is then inside the stroke.
            side.InsertRange(next, [SkeletonPiece.Line(from, corner), SkeletonPiece.Line(corner, to)]);
        }
    }

    private static bool Within(SkeletonPiece line, Point p)
    {
        double dx = line.P3.X - line.P0.X, dy = line.P3.Y - line.P0.Y;
        double t = ((p.X - line.P0.X) * dx) + ((p.Y - line.P0.Y) * dy);
        return t >= 0 && t <= (dx * dx) + (dy * dy);
    }

    // Slides the corner of an end along the stroke until it is level with the end; nearly level strokes keep their square end.
    private static Point Level(Point p, Point end, Point tangent)
    {
        if (Math.Abs(tangent.Y) < 0.25)
            return p;
        double t = (end.Y - p.Y) / tangent.Y;
        return p.Offset(tangent.X * t, tangent.Y * t);
    }

    private static SkeletonPiece MoveStart(SkeletonPiece s, Point p) =>
        s.IsLine ? SkeletonPiece.Line(p, s.P3) : s with { P0 = p, P1 = s.P1.Offset(p.X - s.P0.X, p.Y - s.P0.Y) };

    private static SkeletonPiece MoveEnd(SkeletonPiece s, Point p) =>
        s.IsLine ? SkeletonPiece.Line(s.P0, p) : s with { P3 = p, P2 = s.P2.Offset(p.X - s.P3.X, p.Y - s.P3.Y) };

    private static Point Normal(Point t, double d) => new(-t.Y * d, t.X * d);

    private static double Distance(Point a, Point b) => Math.Sqrt(((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y)));

    private static List<SkeletonPiece> Reversed(List<SkeletonPiece> side)
    {
        var reversed = new List<SkeletonPiece>(side.Count);
        for (int i = side.Count - 1; i >= 0; i--)
            reversed.Add(side[i].Backwards());
        return reversed;
    }

    // Twice the signed area of the control polygon: its sign is that of the contour.
    private static double Area(List<SkeletonPiece> side)
    {
        double sum = 0;
        var last = side[^1].P3;
        foreach (var s in side)
        {
            sum += Cross(last, s.P0) + Cross(s.P0, s.P1) + Cross(s.P1, s.P2) + Cross(s.P2, s.P3);
            last = s.P3;
        }
        return sum;
    }

    private static double Cross(Point a, Point b) => (a.X * b.Y) - (a.Y * b.X);

    private static void Emit(PathBuilder path, List<SkeletonPiece> contour, Func<Point, Point> place)
    {
        var p = place(contour[0].P0);
        path.MoveTo(p.X, p.Y);
        foreach (var s in contour)
        {
            Point c1 = place(s.P1), c2 = place(s.P2), end = place(s.P3);
            if (!s.IsLine)
                path.CubicTo(c1.X, c1.Y, c2.X, c2.Y, end.X, end.Y);
            else if (s.P0 != s.P3)
                path.LineTo(end.X, end.Y);
        }
        path.Close();
    }
}
