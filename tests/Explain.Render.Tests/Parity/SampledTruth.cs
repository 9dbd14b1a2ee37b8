using System.Numerics;

namespace Explain.Render.Tests;

/// <summary>
/// What pixels ought to be, by no rasteriser's method: whether each of some thousand points of a pixel lies in a shape is answered from the
/// shape's definition. A filled outline is asked for its winding number; a line is the union of a rectangle for each segment, a corner for
/// each join, and its caps, all in the coordinates in which the pen is round. A shape covers the share of the points that lie in it and in
/// all clips around it, and is laid over what is there already, as every canvas does; nothing is rounded in between.
/// </summary>
/// <remarks>
/// The points are a Fibonacci lattice: its rows and columns are as fine as it has points, so that an edge along an axis is measured to
/// within 1/1597, and one of any other slope to within about 1/300. Curves are flattened, and lines dashed, by the code under test, far
/// finer than for drawing; both have tests of their own.
/// </remarks>
internal sealed class SampledTruth
{
    private const int Count = 1597;
    private const int Step = 987;
    private const double Tolerance = 0.001;

    private static readonly Point[] Lattice =
        [.. Enumerable.Range(0, Count).Select(i => new Point((i + 0.5) / Count, ((long)i * Step % Count + 0.5) / Count))];

    private readonly Scene _scene;
    private readonly Item[] _items;

    /// <summary>Makes <paramref name="scene"/> ready at <paramref name="scale"/> device pixels a scene pixel.</summary>
    public SampledTruth(Scene scene, double scale)
    {
        _scene = scene;
        _items = Items(scene.Nodes, Transform.Scale(scale, scale));
    }

    /// <summary>The red, green, blue and alpha of a device pixel, straight, 0 … 255.</summary>
    public Vector4 At(int x, int y)
    {
        var everywhere = new bool[Count];
        Array.Fill(everywhere, true);
        var color = Paint(_items, Premultiplied(_scene.Background), x, y, everywhere);
        return color.W > 0 ? new Vector4(color.AsVector3() * (255 / color.W), color.W) : Vector4.Zero;
    }

    /// <summary>
    /// The largest difference of a channel between a pixel as a bitmap keeps it and <paramref name="truth"/>, in steps of 255.
    /// </summary>
    public static double Difference(uint pixel, Vector4 truth)
    {
        var d = Vector4.Abs(new Vector4(pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255, pixel >> 24) - truth);
        return Math.Max(Math.Max(d.X, d.Y), Math.Max(d.Z, d.W));
    }

    private static Vector4 Premultiplied(Color c) => new(c.R * c.A / 255f, c.G * c.A / 255f, c.B * c.A / 255f, c.A);

    private static Vector4 Paint(Item[] items, Vector4 under, int x, int y, bool[] visible)
    {
        foreach (var item in items)
            under = item.Paint(under, x, y, visible);
        return under;
    }

    private static Vector4 Over(Vector4 under, Vector4 color) => color + (under * (1 - (color.W / 255)));

    private static double Share(bool[] points) => points.Count(inside => inside) / (double)Count;

    private static Item[] Items(IEnumerable<Node> nodes, Transform t) => [.. nodes.SelectMany(node => Items(node, t))];

    private static IEnumerable<Item> Items(Node node, Transform t)
    {
        switch (node)
        {
            case PathNode path:
                if (path.Fill is { IsVisible: true } fill)
                    yield return new Shape(Area.Of(path.Data, t, path.Rule), Shade(fill, t));
                if (path.Stroke is { Width: > 0, Color.A: > 0 } stroke && t.Inverse() is { } back)
                    yield return new Shape(new Line(path.Data, stroke, t, back), Shade(new SolidPaint(stroke.Color), t));
                break;
            case TextNode text:
                yield return new Shape(
                    Area.Of(
                        TestFont.Face.Outline(text.Text, text.Size, text.Weight),
                        t.Then(TextPlacement.Of(text, TestFont.Face)),
                        FillRule.NonZero),
                    Shade(new SolidPaint(text.Color), t));
                break;
            case PixelsNode pixels:
                yield return new Shape(Area.Of(PathData.Rectangle(pixels.Bounds), t, FillRule.NonZero), Shade(pixels, t));
                break;
            case GroupNode { Opacity: > 0 } group:
                var inner = t.Then(group.Transform);
                var clips = new List<Region>();
                if (group.Clip is { } clip)
                    clips.Add(Area.Of(PathData.Rectangle(clip), inner, FillRule.NonZero));
                if (group.ClipPath is { } outline)
                    clips.Add(Area.Of(outline, inner, FillRule.NonZero));
                yield return new Group([.. clips], group.Opacity < 1 ? group.Opacity : 1, Children(group, inner));
                break;
        }
    }

    private static Item[] Children(GroupNode group, Transform t)
    {
        if (!group.Adjoining)
            return Items(group.Children, t);
        return
        [
            new Mosaic(Items(group.Children.OfType<PathNode>().Select(path => path with { Stroke = null }), t)),
            .. Items(group.Children.Select(node => node is PathNode path ? path with { Fill = null } : node), t),
        ];
    }

    /// <summary>Premultiplied colour at a device point.</summary>
    private static Func<Point, Vector4> Shade(Paint paint, Transform t)
    {
        if (paint is SolidPaint solid)
        {
            var color = Premultiplied(solid.Color);
            return _ => color;
        }
        var stops = ((GradientPaint)paint).Stops;
        var back = t.Inverse() ?? Transform.Identity;
        return paint switch
        {
            LinearGradient { From: var p, To: var q } when p != q => at =>
            {
                var l = back.Apply(at);
                return Along(
                    stops,
                    (((l.X - p.X) * (q.X - p.X)) + ((l.Y - p.Y) * (q.Y - p.Y)))
                        / (((q.X - p.X) * (q.X - p.X)) + ((q.Y - p.Y) * (q.Y - p.Y))));
            },
            RadialGradient { Radius: > 0 } radial => at =>
            {
                var l = back.Apply(at);
                return Along(
                    stops,
                    Math.Sqrt(((l.X - radial.Center.X) * (l.X - radial.Center.X)) + ((l.Y - radial.Center.Y) * (l.Y - radial.Center.Y)))
                        / radial.Radius);
            },
            _ => _ => Premultiplied(stops[^1].Color),
        };
    }

    private static Vector4 Along(IReadOnlyList<GradientStop> stops, double offset)
    {
        int next = 0;
        while (next < stops.Count && stops[next].Offset <= offset)
            next++;
        if (next == 0 || next == stops.Count)
            return Premultiplied(stops[next == 0 ? 0 : ^1].Color);
        var (a, b) = (stops[next - 1], stops[next]);
        var straight = Vector4.Lerp(
            new(a.Color.R, a.Color.G, a.Color.B, a.Color.A),
            new(b.Color.R, b.Color.G, b.Color.B, b.Color.A),
            (float)((offset - a.Offset) / (b.Offset - a.Offset)));
        return new Vector4(straight.AsVector3() * (straight.W / 255), straight.W);
    }

    private static Func<Point, Vector4> Shade(PixelsNode image, Transform t)
    {
        var back = t.Inverse() ?? Transform.Identity;
        double across = Math.Sqrt((t.A * t.A) + (t.B * t.B)) * Math.Abs(image.Bounds.Width) / image.Columns,
            down = Math.Sqrt((t.C * t.C) + (t.D * t.D)) * Math.Abs(image.Bounds.Height) / image.Rows;
        Vector4 Cell(double column, double row) => Premultiplied(
            image.Pixels[((int)Math.Clamp(row, 0, image.Rows - 1) * image.Columns) + (int)Math.Clamp(column, 0, image.Columns - 1)]);
        return at =>
        {
            var local = back.Apply(at);
            double x = (local.X - image.Bounds.X) / image.Bounds.Width * image.Columns,
                y = (local.Y - image.Bounds.Y) / image.Bounds.Height * image.Rows;
            // Cells smaller than a pixel are averaged as they are, larger ones are blended from middle to middle.
            bool blendX = image.Sampling == Sampling.Bilinear && across > 1, blendY = image.Sampling == Sampling.Bilinear && down > 1;
            double left = blendX ? Math.Floor(x - 0.5) : x, top = blendY ? Math.Floor(y - 0.5) : y;
            float u = blendX ? (float)(x - 0.5 - left) : 0, v = blendY ? (float)(y - 0.5 - top) : 0;
            return Vector4.Lerp(
                Vector4.Lerp(Cell(left, top), Cell(left + 1, top), u), Vector4.Lerp(Cell(left, top + 1), Cell(left + 1, top + 1), u), v);
        };
    }

    private abstract class Item
    {
        /// <summary>
        /// Lays itself over <paramref name="under"/>, the premultiplied colour of a pixel; <paramref name="visible"/> says which of its
        /// points the clips leave.
        /// </summary>
        public abstract Vector4 Paint(Vector4 under, int x, int y, bool[] visible);
    }

    private sealed class Shape(Region region, Func<Point, Vector4> shade) : Item
    {
        public override Vector4 Paint(Vector4 under, int x, int y, bool[] visible) => Over(under, Mean(x, y, visible));

        /// <summary>Mean premultiplied colour of the pixel's points, those outside being transparent.</summary>
        public Vector4 Mean(int x, int y, bool[] visible)
        {
            if (region.Near(x, y) is not { } inside)
                return Vector4.Zero;
            var sum = Vector4.Zero;
            for (int i = 0; i < Count; i++)
            {
                var at = Lattice[i].Offset(x, y);
                if (visible[i] && inside(at))
                    sum += shade(at);
            }
            return sum / Count;
        }
    }

    private sealed class Mosaic(Item[] pieces) : Item
    {
        public override Vector4 Paint(Vector4 under, int x, int y, bool[] visible)
        {
            var everywhere = new bool[Count];
            Array.Fill(everywhere, true);
            var sum = Vector4.Zero;
            foreach (var piece in pieces)
                sum += ((Shape)piece).Mean(x, y, everywhere);
            return Over(under, sum / Math.Max(1, sum.W / 255) * (float)Share(visible));
        }
    }

    private sealed class Group(Region[] clips, double opacity, Item[] children) : Item
    {
        public override Vector4 Paint(Vector4 under, int x, int y, bool[] visible)
        {
            foreach (var clip in clips)
            {
                if (clip.Near(x, y) is not { } inside)
                    return under;
                var outer = visible;
                visible = [.. Enumerable.Range(0, Count).Select(i => outer[i] && inside(Lattice[i].Offset(x, y)))];
            }
            if (opacity >= 1)
                return SampledTruth.Paint(children, under, x, y, visible);
            // What is faded is drawn whole and clipped once, when it is laid down.
            var everywhere = new bool[Count];
            Array.Fill(everywhere, true);
            return Over(under, SampledTruth.Paint(children, Vector4.Zero, x, y, everywhere) * (float)(opacity * Share(visible)));
        }
    }

    private abstract class Region
    {
        /// <summary>Whether a device point of pixel (x, y) lies inside; null where none does.</summary>
        public abstract Func<Point, bool>? Near(int x, int y);
    }

    /// <summary>The inside of outlines in device coordinates.</summary>
    private sealed class Area(List<(Point From, Point To)> edges, FillRule rule) : Region
    {
        public static Area Of(PathData data, Transform t, FillRule rule)
        {
            var contours = new Contours();
            Flattener.Flatten(data, t, Tolerance, contours);
            var edges = new List<(Point, Point)>();
            for (int k = 0; k < contours.Count; k++)
            {
                var points = contours.Points(k);
                for (int i = 0; i < points.Length; i++)
                    edges.Add((points[i], points[(i + 1) % points.Length]));
            }
            return new Area(edges, rule);
        }

        public override Func<Point, bool>? Near(int x, int y)
        {
            var near =
                edges.Where(e => Math.Min(e.From.Y, e.To.Y) < y + 1 && Math.Max(e.From.Y, e.To.Y) > y && Math.Min(e.From.X, e.To.X) < x + 1)
                    .ToArray();
            if (near.Length == 0)
                return null;
            return at =>
            {
                int winding = 0;
                foreach (var (p, q) in near)
                {
                    if (p.Y <= at.Y == q.Y <= at.Y)
                        continue;
                    if (p.X + ((at.Y - p.Y) / (q.Y - p.Y) * (q.X - p.X)) < at.X)
                        winding += p.Y < q.Y ? 1 : -1;
                }
                return rule == FillRule.NonZero ? winding != 0 : (winding & 1) != 0;
            };
        }
    }

    /// <summary>What a pen covers: convex pieces and discs in the pen's own coordinates.</summary>
    private sealed class Line : Region
    {
        private readonly List<Point[]> _pieces = [];
        private readonly List<Point> _discs = [];
        private readonly Transform _back;
        private readonly double _half;

        public Line(PathData data, Stroke stroke, Transform t, Transform back)
        {
            _back = back;
            _half = stroke.Width / 2;
            double tolerance = Tolerance / Math.Sqrt(Math.Max((t.A * t.A) + (t.B * t.B), (t.C * t.C) + (t.D * t.D)));
            var lines = new Contours();
            Flattener.Flatten(data, Transform.Identity, tolerance, lines);
            if (Dasher.IsPattern(stroke.Dashes))
            {
                var dashes = new Contours();
                Dasher.Dash(lines, stroke.Dashes!, dashes);
                lines = dashes;
            }
            for (int k = 0; k < lines.Count; k++)
                Add(lines.Points(k), lines.Smooth(k), lines.Closed(k), stroke);
        }

        public override Func<Point, bool>? Near(int x, int y)
        {
            Point[] corners =
                [_back.Apply(new(x, y)), _back.Apply(new(x + 1, y)), _back.Apply(new(x, y + 1)), _back.Apply(new(x + 1, y + 1))];
            double left = corners.Min(p => p.X), right = corners.Max(p => p.X), top = corners.Min(p => p.Y), bottom = corners.Max(p => p.Y);
            var pieces = _pieces.Where(piece =>
                piece.Min(p => p.X) < right && piece.Max(p => p.X) > left && piece.Min(p => p.Y) < bottom && piece.Max(p => p.Y) > top)
                .ToArray();
            var discs = _discs.Where(d => d.X - _half < right && d.X + _half > left && d.Y - _half < bottom && d.Y + _half > top).ToArray();
            if (pieces.Length + discs.Length == 0)
                return null;
            return device =>
            {
                var at = _back.Apply(device);
                return Array.Exists(discs, d => ((at.X - d.X) * (at.X - d.X)) + ((at.Y - d.Y) * (at.Y - d.Y)) <= _half * _half)
                    || Array.Exists(pieces, piece => Holds(piece, at));
            };
        }

        private static bool Holds(Point[] piece, Point at)
        {
            bool left = false, right = false;
            for (int i = 0; i < piece.Length; i++)
            {
                var (p, q) = (piece[i], piece[(i + 1) % piece.Length]);
                double side = ((q.X - p.X) * (at.Y - p.Y)) - ((q.Y - p.Y) * (at.X - p.X));
                left |= side < 0;
                right |= side > 0;
            }
            return !(left && right);
        }

        private void Add(ReadOnlySpan<Point> points, ReadOnlySpan<bool> smooth, bool closed, Stroke stroke)
        {
            var line = new List<(Point At, bool Smooth)>();
            for (int i = 0; i < points.Length; i++)
            {
                if (line.Count == 0 || line[^1].At != points[i])
                    line.Add((points[i], smooth[i]));
            }
            if (closed && line.Count > 1 && line[^1].At == line[0].At)
                line.RemoveAt(line.Count - 1);
            if (line.Count == 1)
            {
                if (points.Length > 1 || closed)
                    Dot(line[0].At, stroke.Cap);
                return;
            }
            int segments = closed ? line.Count : line.Count - 1;
            for (int i = 0; i < segments; i++)
            {
                var (p, q) = (line[i].At, line[(i + 1) % line.Count].At);
                var n = Normal(p, q);
                _pieces.Add([p.Offset(n.X, n.Y), q.Offset(n.X, n.Y), q.Offset(-n.X, -n.Y), p.Offset(-n.X, -n.Y)]);
                if (closed || i + 1 < segments)
                    Join(p, q, line[(i + 2) % line.Count].At, line[(i + 1) % line.Count].Smooth ? LineJoin.Round : stroke.Join);
            }
            if (closed)
                return;
            Cap(line[1].At, line[0].At, stroke.Cap);
            Cap(line[^2].At, line[^1].At, stroke.Cap);
        }

        private void Join(Point before, Point at, Point after, LineJoin join)
        {
            var (m, n) = (Normal(before, at), Normal(at, after));
            // The side away from the turn.
            double side = (m.X * n.Y) - (m.Y * n.X) > 0 ? -1 : 1;
            var (p, q) = (at.Offset(m.X * side, m.Y * side), at.Offset(n.X * side, n.Y * side));
            double dot = ((m.X * n.X) + (m.Y * n.Y)) / (_half * _half);
            if (join == LineJoin.Round)
            {
                // A sector, not a disc, which would stick out of the end of a line near by.
                double turn = Math.Acos(Math.Clamp(dot, -1, 1)), start = Math.Atan2(m.Y * side, m.X * side), sense = -side;
                int steps = 1 + (int)(turn / 0.05);
                _pieces.Add([at, .. Enumerable.Range(0, steps + 1).Select(k => start + (sense * turn * k / steps))
                    .Select(angle => at.Offset(_half * Math.Cos(angle), _half * Math.Sin(angle)))]);
                return;
            }
            // A mitre is 1 / cos(half the turn) widths long.
            if (join == LineJoin.Miter && Math.Sqrt(2 / (1 + dot)) <= 4)
                _pieces.Add([at, p, at.Offset((m.X + n.X) * side / (1 + dot), (m.Y + n.Y) * side / (1 + dot)), q]);
            else
                _pieces.Add([at, p, q]);
        }

        private void Cap(Point before, Point end, LineCap cap)
        {
            if (cap == LineCap.Round)
                _discs.Add(end);
            if (cap != LineCap.Square)
                return;
            var n = Normal(before, end);
            _pieces.Add(
                [end.Offset(n.X, n.Y), end.Offset(n.X + n.Y, n.Y - n.X), end.Offset(n.Y - n.X, -n.X - n.Y), end.Offset(-n.X, -n.Y)]);
        }

        private void Dot(Point at, LineCap cap)
        {
            if (cap == LineCap.Round)
                _discs.Add(at);
            if (cap == LineCap.Square)
                _pieces.Add([at.Offset(-_half, -_half), at.Offset(_half, -_half), at.Offset(_half, _half), at.Offset(-_half, _half)]);
        }

        /// <summary>Half a pen's width across the way from <paramref name="p"/> to <paramref name="q"/>.</summary>
        private Point Normal(Point p, Point q)
        {
            double dx = q.X - p.X, dy = q.Y - p.Y, length = Math.Sqrt((dx * dx) + (dy * dy));
            return new Point(-dy / length * _half, dx / length * _half);
        }
    }
}
