namespace Explain.Render;

/// <summary>A line of text with its place.</summary>
internal sealed record AxisText(string Text, Rect Place, bool IsTitle, double Size);

/// <summary>One axis on the picture: the edge of the box along which its labels stand.</summary>
/// <param name="Index">0 … 2 for x, y, z.</param>
/// <param name="From">Low end of the edge, in the box.</param>
/// <param name="To">High end of the edge, in the box.</param>
/// <param name="Outward">Unit vector on the picture that points away from the box.</param>
/// <param name="Ticks">All ticks of the axis.</param>
internal sealed record AxisEdge(int Index, Point3 From, Point3 To, Point Outward, IReadOnlyList<Tick> Ticks);

/// <summary>
/// Where the box stands on the picture, and its labels. Labels stand along edges that are on the outline of the box as the camera sees it,
/// outside of it, so that they never cross the data; those that would touch another are left out.
/// </summary>
internal sealed record AxisLayout(Projection Projection, IReadOnlyList<AxisEdge> Edges, IReadOnlyList<AxisText> Texts, Rect Extent)
{
    private const int Azimuths = 36;
    private const double TickGap = 7;
    private const double TitleGap = 5;
    private const double MostTitle = 130;
    private const double Apart = 3;
    // Numbers of two axes side by side would read as one.
    private const double AxesApart = 9;
    // Markers reach beyond their middles.
    private const double BareMargin = 6;

    /// <summary>The largest that fits into the bounds of the space.</summary>
    public static AxisLayout Fit(Space space, SpaceBox box, ITypeface face)
    {
        for (int effort = 0; effort < 3; effort++)
        {
            if (Fit(space, box, titles: effort == 0, labels: effort < 2, face) is { } layout) return layout;
        }
        return FitBare(space, box, face);
    }

    /// <summary>Without axes: the items and their labels fill the room, however empty the corners of the box are.</summary>
    public static AxisLayout FitBare(Space space, SpaceBox box, ITypeface face)
    {
        var views = Views(space, box);
        var (scale, extent) = Largest(space, s => views.Select(v => BareExtent(space, box, v.Placed(s, default), face)).Aggregate(Union));
        var center = new Point(space.Bounds.Center.X - extent.Center.X, space.Bounds.Center.Y - extent.Center.Y);
        var own = new Projection(space.Camera, box.Half).Placed(scale, center);
        return new AxisLayout(own, [], [], BareExtent(space, box, own, face));
    }

    private static AxisLayout? Fit(Space space, SpaceBox box, bool titles, bool labels, ITypeface face)
    {
        var views = Views(space, box);
        var (low, best) = Largest(
            space,
            scale => views.Select(v => At(space, box, v.Placed(scale, default), scale, titles, labels, face).Extent).Aggregate(Union));
        // A box that its own labels leave less than a fifth of the room shows nothing.
        if (low * box.Half.Length * 2 < Math.Min(space.Bounds.Width, space.Bounds.Height) * 0.3) return null;
        var center = new Point(space.Bounds.Center.X - best.Center.X, space.Bounds.Center.Y - best.Center.Y);
        return At(space, box, new Projection(space.Camera, box.Half).Placed(low, center), low, titles, labels, face);
    }

    // The largest scale whose extent fits, by halving.
    private static (double Scale, Rect Extent) Largest(Space space, Func<double, Rect> extentAt)
    {
        double low = 0, high = Math.Max(space.Bounds.Width, space.Bounds.Height) * 3;
        Rect best = default;
        for (int i = 0; i < 15; i++)
        {
            double scale = (low + high) / 2;
            var extent = extentAt(scale);
            if (extent.Width <= space.Bounds.Width && extent.Height <= space.Bounds.Height) (low, best) = (scale, extent);
            else high = scale;
        }
        return (low, best);
    }

    private static Rect BareExtent(Space space, SpaceBox box, Projection view, ITypeface face)
    {
        var places = new List<Rect>();
        foreach (var item in space.Items)
        {
            if (item is LabelItem label)
            {
                var p = view.Apply(Inside(box.Half, box.Map(label.At))).Point;
                double width = face.Measure(label.Text, label.Size, label.Weight) + 4, height = label.Size * 1.25;
                if (p.X + p.Y is not double.NaN)
                    places.Add(new Rect(
                        label.Centered ? p.X - (width / 2) : p.X, p.Y - (height / 2), label.Centered ? width : width + label.Gap, height));
                continue;
            }
            var (x, y, z) = item.Extent;
            if (x.IsEmpty || y.IsEmpty || z.IsEmpty) continue;
            Point3 low = Inside(box.Half, box.Map(new Point3(x.Min, y.Min, z.Min))),
                high = Inside(box.Half, box.Map(new Point3(x.Max, y.Max, z.Max)));
            if (!low.IsFinite || !high.IsFinite) continue;
            for (int i = 0; i < 8; i++)
            {
                var p = view.Apply(new Point3(
                    (i & 1) == 0 ? low.X : high.X, (i & 2) == 0 ? low.Y : high.Y, (i & 4) == 0 ? low.Z : high.Z)).Point;
                places.Add(new Rect(p.X - BareMargin, p.Y - BareMargin, 2 * BareMargin, 2 * BareMargin));
            }
        }
        return places.Count == 0 ? Outline(view) : places.Aggregate(Union);
    }

    private static Point3 Inside(Point3 half, Point3 p) =>
        new(Math.Clamp(p.X, -half.X, half.X), Math.Clamp(p.Y, -half.Y, half.Y), Math.Clamp(p.Z, -half.Z, half.Z));

    private static Projection[] Views(Space space, SpaceBox box) => space.Turning
        ? [
            .. Enumerable.Range(0, Azimuths).Select(i => new Projection(space.Camera with { Azimuth = 360.0 * i / Azimuths }, box.Half)),
            new Projection(space.Camera, box.Half),
        ]
        : [new Projection(space.Camera, box.Half)];

    private static AxisLayout At(Space space, SpaceBox box, Projection view, double scale, bool titles, bool labels, ITypeface face)
    {
        var outline = Outline(view);
        var taken = new List<AxisText>();
        var edges = new List<AxisEdge>();
        Axis[] axes = [space.X, space.Y, space.Z];
        Scale[] scales = [box.X, box.Y, box.Z];
        for (int axis = 0; axis < 3; axis++)
        {
            if (Find(view, axis) is not var (from, to)) continue;
            var ticks = axes[axis].ShowTicks ? box.Ticks(axis, scale) : [];
            var edge = new AxisEdge(axis, from, to, Outward(view, from, to), ticks);
            edges.Add(edge);
            if (labels) TickLabels(view, edge, scales[axis], taken, face);
        }
        if (titles)
        {
            foreach (var edge in edges)
                Title(view, edge, axes[edge.Index].Label, outline, taken, face);
        }
        return new AxisLayout(view, edges, taken, taken.Select(t => t.Place).Aggregate(outline.Inset(-2), Union));
    }

    // An edge on the outline, where one of its faces is turned to the reader and the other away: best at the end of the floor's or of a
    // wall's grid lines. The vertical axis stands at the left.
    private static (Point3 From, Point3 To)? Find(Projection view, int axis)
    {
        int first = axis == 0 ? 1 : 0, second = axis == 2 ? 1 : 2;
        int near1 = Sign(Projection.Along(view.Toward, first)), near2 = Sign(Projection.Along(view.Toward, second));
        (int A, int B)[] sides = [(near1, -near2), (-near1, near2)];
        var found = sides.Where(s => view.Faces(first, s.A) != view.Faces(second, s.B))
            .Select(s => (From: Corner(axis, -1, first, s.A, second, s.B), To: Corner(axis, 1, first, s.A, second, s.B)))
            .ToArray();
        if (found.Length == 0) return null;
        return axis == 2 ? found.MinBy(e => view.Apply(e.From).X + view.Apply(e.To).X) : found[0];

        Point3 Corner(int a, int sa, int b, int sb, int c, int sc) => new(
            Pick(0, a, sa, b, sb, c, sc) * view.Half.X, Pick(1, a, sa, b, sb, c, sc) * view.Half.Y,
            Pick(2, a, sa, b, sb, c, sc) * view.Half.Z);

        static int Pick(int axis, int a, int sa, int b, int sb, int c, int sc) => axis == a ? sa : axis == b ? sb : axis == c ? sc : 0;
    }

    private static int Sign(double value) => value >= 0 ? 1 : -1;

    private static Point Outward(Projection view, Point3 from, Point3 to)
    {
        Point a = view.Apply(from).Point, b = view.Apply(to).Point, middle = view.Apply(default).Point;
        double x = -(b.Y - a.Y), y = b.X - a.X, length = Math.Sqrt((x * x) + (y * y));
        if (length < 1e-9) return new Point(0, 1);
        double side = ((a.X - middle.X) * x) + ((a.Y - middle.Y) * y) >= 0 ? 1 : -1;
        return new Point(side * x / length, side * y / length);
    }

    private static void TickLabels(Projection view, AxisEdge edge, Scale scale, List<AxisText> taken, ITypeface face)
    {
        var labelled = edge.Ticks.Where(t => !t.IsMinor).ToArray();
        int before = taken.Count;
        // Every label, else every second, third … until they stand apart.
        foreach (int every in (ReadOnlySpan<int>)[1, 2, 5, 10, 20])
        {
            AxisText[] own = [.. labelled.Where((_, i) => i % every == 0).Select(Label)];
            bool crowded = false;
            for (int i = 0; i + 1 < own.Length && !crowded; i++)
                crowded = Touch(own[i].Place, own[i + 1].Place);
            if (crowded) continue;
            taken.AddRange(own.Where(label => !taken.Take(before).Any(other => Touch(other.Place, label.Place, AxesApart))));
            return;
        }

        AxisText Label(Tick tick)
        {
            var p = view.Apply(On(edge, scale, tick.Value)).Point;
            return new AxisText(
                tick.Label,
                Beside(p, edge.Outward, TickGap, face.Measure(tick.Label, Typography.Small), Typography.Small),
                false,
                Typography.Small);
        }
    }

    private static void Title(Projection view, AxisEdge edge, string text, Rect outline, List<AxisText> taken, ITypeface face)
    {
        if (text.Length == 0) return;
        Point a = view.Apply(edge.From).Point, b = view.Apply(edge.To).Point;
        var lines = face.Wrap(text, MostTitle, Typography.Small, most: 2);
        double width = lines.Max(line => face.Measure(line, Typography.Small)), height = lines.Count * LineHeight;
        // The vertical axis has its title over its upper end, out of the way to the left; the others beside their middle.
        var middle = new Point((a.X + b.X) / 2, (a.Y + b.Y) / 2);
        for (double gap = TickGap + TitleGap; gap < 400; gap += 3)
        {
            var place = edge.Index == 2
                ? OverEnd(a.Y < b.Y ? a : b, gap)
                : Beside(middle, edge.Outward, gap, width, height);
            if (taken.Any(t => Touch(t.Place, place)) || Crosses(view, place)) continue;
            for (int i = 0; i < lines.Count; i++)
            {
                double own = face.Measure(lines[i], Typography.Small);
                double x = edge.Index == 2 ? place.Right - own : place.Center.X - (own / 2);
                taken.Add(new AxisText(lines[i], new Rect(x, place.Y + (i * LineHeight), own, LineHeight), true, Typography.Small));
            }
            return;
        }

        Rect OverEnd(Point end, double gap) =>
            new(Math.Max(end.X - TickGap - width, outline.X - width), end.Y - gap - height, width, height);
    }

    private const double LineHeight = Typography.Small * 1.25;

    // Whether a piece of text would lie over the box: over one of the lines of its outline or inside it.
    private static bool Crosses(Projection view, Rect place)
    {
        var hull = Hull([.. Corners(view.Half).Select(c => view.Apply(c).Point)]);
        Point[] corners = [new(place.X, place.Y), new(place.Right, place.Y), new(place.Right, place.Bottom), new(place.X, place.Bottom)];
        // Two convex shapes are apart where a line along a side of one of them parts them.
        return !Parted(hull, corners) && !Parted(corners, hull);
    }

    private static bool Parted(Point[] sides, Point[] others)
    {
        for (int i = 0; i < sides.Length; i++)
        {
            Point a = sides[i], b = sides[(i + 1) % sides.Length];
            if (others.All(p => ((b.X - a.X) * (p.Y - a.Y)) - ((b.Y - a.Y) * (p.X - a.X)) <= 0)) return true;
        }
        return false;
    }

    // Andrew, "Another efficient algorithm for convex hulls in two dimensions", 1979; the inside lies to the right of each side as y points
    // down, where the cross product is positive.
    private static Point[] Hull(Point[] points)
    {
        Point[] sorted = [.. points.OrderBy(p => p.X).ThenBy(p => p.Y)];
        var hull = new List<Point>();
        foreach (var pass in new[] { sorted, [.. sorted.Reverse()] })
        {
            int start = hull.Count;
            foreach (var p in pass)
            {
                while (hull.Count - start >= 2 && Cross(hull[^2], hull[^1], p) <= 0)
                    hull.RemoveAt(hull.Count - 1);
                hull.Add(p);
            }
            hull.RemoveAt(hull.Count - 1);
        }
        return [.. hull];

        static double Cross(Point a, Point b, Point c) => ((b.X - a.X) * (c.Y - a.Y)) - ((b.Y - a.Y) * (c.X - a.X));
    }

    /// <summary>The place of a value on an edge.</summary>
    public static Point3 On(AxisEdge edge, Scale scale, double value) => edge.Index switch
    {
        0 => edge.From with { X = scale.Map(value) },
        1 => edge.From with { Y = scale.Map(value) },
        _ => edge.From with { Z = scale.Map(value) },
    };

    // Wholly beyond the line through the point at right angles to the direction.
    private static Rect Beside(Point p, Point outward, double gap, double width, double height)
    {
        double reach = gap + (Math.Abs(outward.X) * width / 2) + (Math.Abs(outward.Y) * height / 2);
        return new Rect(p.X + (outward.X * reach) - (width / 2), p.Y + (outward.Y * reach) - (height / 2), width, height);
    }

    private static bool Touch(Rect a, Rect b, double apart = Apart) =>
        a.X < b.Right + apart && b.X < a.Right + apart && a.Y < b.Bottom && b.Y < a.Bottom;

    private static Rect Union(Rect a, Rect b)
    {
        double x = Math.Min(a.X, b.X), y = Math.Min(a.Y, b.Y);
        return new Rect(x, y, Math.Max(a.Right, b.Right) - x, Math.Max(a.Bottom, b.Bottom) - y);
    }

    private static Rect Outline(Projection view) =>
        Corners(view.Half).Select(c => view.Apply(c)).Select(p => new Rect(p.X, p.Y, 0, 0)).Aggregate(Union);

    private static IEnumerable<Point3> Corners(Point3 half)
    {
        for (int i = 0; i < 8; i++)
            yield return new Point3((i & 1) == 0 ? -half.X : half.X, (i & 2) == 0 ? -half.Y : half.Y, (i & 4) == 0 ? -half.Z : half.Z);
    }
}
