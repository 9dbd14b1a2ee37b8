namespace Explain.Render;

/// <summary>What lines are drawn over which: those of a later kind lie over those of an earlier.</summary>
internal enum LineOrder
{
    /// <summary>Wires of a surface.</summary>
    Wire,

    /// <summary>Contours.</summary>
    Contour,

    /// <summary>Edges of ribbons and panels.</summary>
    Edge,

    /// <summary>Lines that are data themselves.</summary>
    Data,
}

/// <summary>Lines of one pen, in the box; a point that is not finite leaves a gap.</summary>
internal sealed record StageLine(IReadOnlyList<Point3[]> Pieces, Color Color, double Width)
{
    public IReadOnlyList<double> Dashes { get; init; } = [];

    public HiddenLine Hidden { get; init; }

    public double DepthCue { get; init; }

    public string Name { get; init; } = "";

    public LineOrder Order { get; init; }
}

/// <summary>
/// Where the items of a space put what is to be painted: triangles and discs on the picture, lines and labels in the box.
/// </summary>
internal sealed class Stage(SpaceBox box, Projection view, Theme theme)
{
    private const double MarkerLift = 2;

    private readonly Light _light = new(view);
    private readonly List<Triangle> _cut = [];
    private readonly Dictionary<Marker, PathData> _markers = [];

    public Theme Theme => theme;

    public Projection View => view;

    /// <summary>Height of the floor in the box.</summary>
    public double Floor => -box.Half.Z;

    public List<Triangle> Triangles { get; } = [];

    public List<Disc> Discs { get; } = [];

    /// <summary>What is not opaque, to be laid over the rest from far to near.</summary>
    public List<(float Q, Triangle? Triangle, Disc? Disc)> Translucent { get; } = [];

    public List<StageLine> Lines { get; } = [];

    public List<(Point3 At, LabelItem Label)> Labels { get; } = [];

    public bool IsEmpty => Triangles.Count == 0 && Discs.Count == 0 && Translucent.Count == 0 && Labels.Count == 0
        && !Lines.Any(l => l.Pieces.Any(p => p.Any(q => q.IsFinite)));

    public Point3 Map(Point3 p) => box.Map(p);

    public double MapX(double x) => box.X.Map(x);

    public double MapY(double y) => box.Y.Map(y);

    public double MapZ(double z) => box.Z.Map(z);

    /// <summary>The values that the vertical axis shows.</summary>
    public Limits Heights => box.Z.Domain;

    public bool Holds(Point3 at) => at.IsFinite && BoxClip.Holds(box.Half, at);

    public double Nearness(Point3 at) => view.Nearness(at);

    /// <summary>A corner with the light that falls on it.</summary>
    public SpatialVertex Vertex(Point3 at, Point3 normal, Shading shading) => shading == Shading.Flat
        ? new SpatialVertex(at) { Front = Lit.Unlit, Back = Lit.Unlit }
        : new SpatialVertex(at) { Front = _light.On(normal), Back = _light.On(normal.Times(-1)) };

    /// <summary>A triangle, cut to the box. The front is the side from which the corners run anticlockwise.</summary>
    public void Add(in SpatialVertex a, in SpatialVertex b, in SpatialVertex c, Palette palette, double opacity = 1)
    {
        _cut.Clear();
        Cut(a, b, c, palette, opacity, _cut);
        Add(_cut);
    }

    /// <summary>Triangles that <see cref="Cut"/> made.</summary>
    public void Add(List<Triangle> triangles)
    {
        if (triangles.TrueForAll(t => t.Alpha >= 1))
        {
            Triangles.AddRange(triangles);
            return;
        }
        foreach (var triangle in triangles)
            Add(triangle);
    }

    /// <summary>What of a triangle lies in the box, as triangles on the picture. May run on several threads at once.</summary>
    public void Cut(in SpatialVertex a, in SpatialVertex b, in SpatialVertex c, Palette palette, double opacity, List<Triangle> into)
    {
        if (!a.At.IsFinite || !b.At.IsFinite || !c.At.IsFinite) return;
        if (Holds(a.At) && Holds(b.At) && Holds(c.At))
        {
            into.Add(Project(a, b, c, palette, opacity));
            return;
        }
        var corners = new SpatialVertex[BoxClip.MostCorners];
        (corners[0], corners[1], corners[2]) = (a, b, c);
        int count = BoxClip.Polygon(box.Half, corners, 3);
        for (int i = 2; i < count; i++)
            into.Add(Project(corners[0], corners[i - 1], corners[i], palette, opacity));
    }

    /// <summary>A marker that faces the reader, its middle at a place in the box.</summary>
    public void Add(Point3 at, Marker marker, double radius, Color color, Color? rim)
    {
        if (color.A == 0 || !(radius > 0)) return;
        // A surface on which a marker stands, and which falls towards the reader, would cut off its lower half.
        var p = view.Nearer(view.Apply(at), MarkerLift * radius);
        double line = rim is null ? 0 : Math.Max(0.5, radius / 4.5);
        if (marker == Marker.Circle)
        {
            var disc = new Disc((float)p.X, (float)p.Y, (float)(radius + line), (float)radius, (float)p.Q, color, rim ?? color);
            if (color.A == 255) Discs.Add(disc);
            else Translucent.Add((disc.Q, null, disc));
            return;
        }
        // The marker lies a hair before its rim.
        if (rim is { } edge) Flat(marker, p, radius + (1.3 * line), edge with { A = color.A });
        Flat(marker, p with { Q = p.Q * (1 + 1e-6) }, radius, color);
    }

    public void Add(StageLine line) => Lines.Add(line);

    public void Add(Point3 at, LabelItem label) => Labels.Add((at, label));

    private Triangle Project(in SpatialVertex a, in SpatialVertex b, in SpatialVertex c, Palette palette, double opacity) =>
        Triangle.Of(
            view.Apply(a.At), view.Apply(b.At), view.Apply(c.At), a, b, c, palette, view.IsPerspective,
            (float)Math.Clamp(double.IsNaN(opacity) ? 1 : opacity, 0, 1));

    private void Add(in Triangle triangle)
    {
        if (triangle.Alpha >= 1) Triangles.Add(triangle);
        else if (triangle.Alpha > 0) Translucent.Add(((triangle.Q0 + triangle.Q1 + triangle.Q2) / 3, triangle, null));
    }

    // Markers are star-shaped about their middle, but for the ring: triangles from there to their outline cover them.
    private void Flat(Marker marker, Projected p, double radius, Color color)
    {
        if (!_markers.TryGetValue(marker, out var outline))
        {
            outline = marker == Marker.Ring ? PathData.Circle(default, 1) : Markers.Outline(marker, default, 1);
            if (marker == Marker.Ring)
                outline =
                    PathData.Polyline(Enumerable.Range(0, 24).Select(i => new Point(Angle.SinCos(15 * i).Cos, Angle.SinCos(15 * i).Sin)));
            _markers.Add(marker, outline);
        }
        var rim = outline.Points;
        for (int i = 0; i < rim.Count; i++)
        {
            var (u, v) = (rim[i], rim[(i + 1) % rim.Count]);
            if (marker == Marker.Ring)
            {
                Face(Corner(u, 1.15), Corner(v, 1.15), Corner(v, 0.6));
                Face(Corner(u, 1.15), Corner(v, 0.6), Corner(u, 0.6));
            }
            else
            {
                Face(p, Corner(u, 1), Corner(v, 1));
            }
        }

        Projected Corner(Point q, double share) => p with { X = p.X + (q.X * radius * share), Y = p.Y + (q.Y * radius * share) };

        void Face(Projected a, Projected b, Projected c)
        {
            var vertex = new SpatialVertex { Red = color.R, Green = color.G, Blue = color.B, Front = Lit.Unlit, Back = Lit.Unlit };
            Add(Triangle.Of(a, b, c, vertex, vertex, vertex, Palette.None, perspective: false, color.A / 255f));
        }
    }
}
