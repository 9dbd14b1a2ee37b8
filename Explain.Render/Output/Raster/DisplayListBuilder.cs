namespace Explain.Render;

/// <summary>Scene → display list: walks the nodes, sets text, flattens, strokes, clips, and cuts everything to the picture.</summary>
internal sealed class DisplayListBuilder
{
    /// <summary>
    /// A thinner stroke is drawn this many device pixels wide: very pale, but there, and nowhere more than 22/255 from what it covers.
    /// </summary>
    private const double Hairline = 1.0 / 12;

    /// <summary>
    /// How many times finer a curve is flattened to be dashed: chords are shorter than their arcs, which adds up from dash to dash.
    /// </summary>
    private const double FinerDashes = 16;

    private List<Command> _commands = [];
    private readonly List<ClipShape> _clips = [];
    private readonly EdgeList _edges = new();
    private Contours _contours = new();
    private Contours _spare = new();
    private readonly Contours _dashes = new();
    private readonly ITypeface _face;
    private int _height;

    private DisplayListBuilder(ITypeface face) => _face = face;

    /// <summary>Makes <paramref name="scene"/> ready at <paramref name="scale"/> device pixels a scene pixel.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The picture would have no pixel or too many.</exception>
    public static DisplayList Build(Scene scene, double scale)
    {
        var (width, height) = PictureSize.Of(scene, scale);
        var builder = new DisplayListBuilder(scene.Face);
        builder._height = height;
        builder.Add(scene.Nodes, new State(Transform.Scale(scale, scale), new Bounds(0, 0, width, height), [], -1));
        return new DisplayList
        {
            Width = width,
            Height = height,
            Background = scene.Background,
            Commands = new BandIndex<Command>(builder._commands, height),
            Clips = builder._clips,
            Edges = builder._edges,
        };
    }

    private void Add(IReadOnlyList<Node> nodes, in State state)
    {
        if (state.Clip.IsEmpty)
            return;
        foreach (var node in nodes)
        {
            switch (node)
            {
                case PathNode path:
                    AddPath(path, state);
                    break;
                case TextNode text:
                    AddText(text, state);
                    break;
                case PixelsNode pixels:
                    AddPixels(pixels, state);
                    break;
                case GroupNode group:
                    AddGroup(group, state);
                    break;
                default:
                    throw new NotSupportedException($"A canvas does not know the node {node.GetType().Name}.");
            }
        }
    }

    private void AddGroup(GroupNode group, in State state)
    {
        if (!(group.Opacity > 0))
            return;
        var inner = state with { Transform = state.Transform.Then(group.Transform) };
        if (group.Clip is { } clip)
            inner = Clip(inner, clip);
        if (group.ClipPath is { } outline)
        {
            if (Clip(inner, outline) is not { } cut)
                return;
            inner = cut;
        }
        if (group.Opacity >= 1)
        {
            AddChildren(group, inner);
            return;
        }
        inner = ClipWhole(inner);
        // What is drawn apart is clipped as a whole when it is laid down, so that shapes in it that share a pixel of the clip's border do
        // not shine through each other there.
        int begin = _commands.Count;
        _commands.Add(new BeginLayerCommand(Bounds.Nothing));
        AddChildren(group, inner with { ClipShape = -1 });
        var bounds = Bounds.Nothing;
        for (int i = begin + 1; i < _commands.Count; i++)
            bounds = bounds.Union(_commands[i].Bounds);
        if (_commands.Count == begin + 1)
        {
            _commands.RemoveAt(begin);
            return;
        }
        _commands[begin] = new BeginLayerCommand(bounds);
        _commands.Add(new EndLayerCommand(bounds, inner.ClipShape, (byte)Math.Round(255 * group.Opacity)));
    }

    private void AddChildren(GroupNode group, in State state)
    {
        if (!group.Adjoining)
        {
            Add(group.Children, state);
            return;
        }
        // All fills are added up first; what a mosaic may carry besides (lines, texts, images, groups) is drawn over them in order.
        var (before, pieces) = (_commands, new List<Command>());
        _commands = pieces;
        Add([.. group.Children.OfType<PathNode>().Select(path => path with { Stroke = null })], state with { ClipShape = -1 });
        _commands = before;
        if (pieces.Count > 0)
        {
            var bounds = pieces.Aggregate(Bounds.Nothing, (all, piece) => all.Union(piece.Bounds));
            _commands.Add(new AdjoiningCommand(
                bounds, state.ClipShape, new BandIndex<FillCommand>([.. pieces.Cast<FillCommand>()], _height)));
        }
        Add([.. group.Children.Select(node => node is PathNode path ? path with { Fill = null } : node)], state);
    }

    /// <summary>Adds an outline to the clip; null where nothing is left.</summary>
    private State? Clip(in State state, PathData outline)
    {
        _contours.Clear();
        Flattener.Flatten(outline, state.Transform, Flattener.Tolerance, _contours);
        return Clip(state, _contours);
    }

    /// <summary>Adds outlines in device coordinates to the clip; null where nothing is left.</summary>
    private State? Clip(in State state, Contours outlines)
    {
        int first = _edges.Count;
        _edges.Add(outlines, state.Clip);
        var bounds = Bounds.Of(_edges.Span[first..]);
        if (bounds.IsEmpty)
            return null;
        _clips.Add(new ClipShape(bounds, first, _edges.Count - first, state.ClipShape, FillOverlap.IsThere(outlines)));
        // Outwards to whole pixels: the border itself is for the mask to cut.
        return state with { Clip = state.Clip.Intersect(bounds.Outwards), ClipShape = _clips.Count - 1 };
    }

    /// <summary>
    /// Turns the parts of the clip that cut shapes themselves into outlines that cut what has been drawn, unless they run between pixels
    /// anyway. An empty clip stays empty.
    /// </summary>
    private State ClipWhole(in State state)
    {
        var result = state with { Corners = [] };
        foreach (var corners in state.Corners)
            result = ClipPolygon(result, corners);
        if (result.Clip != result.Clip.Outwards)
        {
            var (left, top, right, bottom) = result.Clip;
            result = ClipPolygon(result, [new(left, top), new(right, top), new(right, bottom), new(left, bottom)]);
            result = result with { Clip = result.Clip.Outwards };
        }
        return result;
    }

    private State ClipPolygon(in State state, ReadOnlySpan<Point> corners)
    {
        _contours.Clear();
        foreach (var corner in corners)
            _contours.Add(corner);
        _contours.End(closed: true);
        return Clip(state, _contours) ?? state with { Clip = default };
    }

    private static State Clip(in State state, Rect clip)
    {
        var t = state.Transform;
        Point[] corners =
        [
            t.Apply(new(clip.X, clip.Y)),
            t.Apply(new(clip.Right, clip.Y)),
            t.Apply(new(clip.Right, clip.Bottom)),
            t.Apply(new(clip.X, clip.Bottom)),
        ];
        if (!IsUpright(t))
            return state with { Corners = [.. state.Corners, corners] };
        var (p, q) = (corners[0], corners[2]);
        return state with
        {
            Clip = state.Clip.Intersect(new Bounds(Math.Min(p.X, q.X), Math.Min(p.Y, q.Y), Math.Max(p.X, q.X), Math.Max(p.Y, q.Y))),
        };
    }

    /// <summary>Whether rectangles stay parallel to the axes.</summary>
    private static bool IsUpright(in Transform t) => (t.B == 0 && t.C == 0) || (t.A == 0 && t.D == 0);

    private void AddPath(PathNode path, in State state)
    {
        if (path.Fill is { IsVisible: true } fill)
        {
            _contours.Clear();
            Flattener.Flatten(path.Data, state.Transform, Flattener.Tolerance, _contours);
            Fill(path.Rule, fill, state, FillOverlap.IsThere(_contours));
        }
        if (path.Stroke is { Width: > 0, Color.A: > 0 } stroke)
            AddStroke(path.Data, stroke, state);
    }

    /// <summary>A pen is round and stretched with its coordinates, so the line is expanded before it is transformed.</summary>
    private void AddStroke(PathData data, Stroke stroke, in State state)
    {
        var t = state.Transform;
        double scale = Math.Sqrt(Math.Abs((t.A * t.D) - (t.B * t.C)));
        if (!(scale > 0 && double.IsFinite(scale)) || !double.IsFinite(stroke.Width))
            return;
        double tolerance = Flattener.Tolerance / Math.Sqrt(Math.Max((t.A * t.A) + (t.B * t.B), (t.C * t.C) + (t.D * t.D)));
        double width = Math.Max(stroke.Width, Hairline / scale);
        var lines = _spare;
        lines.Clear();
        bool dashed = Dasher.IsPattern(stroke.Dashes);
        Flattener.Flatten(data, Transform.Identity, dashed ? tolerance / FinerDashes : tolerance, lines);
        if (dashed)
        {
            _dashes.Clear();
            Dasher.Dash(lines, stroke.Dashes!, _dashes);
            lines = _dashes;
        }
        _contours.Clear();
        var stroker = new Stroker(stroke, width, tolerance, t, _contours);
        for (int k = 0; k < lines.Count; k++)
            stroker.Add(lines.Points(k), lines.Smooth(k), lines.Closed(k));
        Fill(FillRule.NonZero, new SolidPaint(stroke.Color), state, StrokeOverlap.IsPossible(lines, width / 2));
    }

    private void AddText(TextNode text, in State state)
    {
        if (text.Text.Length == 0 || text.Color.A == 0)
            return;
        var t = state.Transform.Then(TextPlacement.Of(text, _face));
        var map = t.Then(Transform.Scale(text.Size, text.Size));
        if (_face is GlyphTypeface face && state.Corners.Length == 0 && double.IsFinite(map.A + map.B + map.C + map.D + map.E + map.F))
        {
            AddGlyphs(face.Set(text.Text, text.Weight), map, text.Color, state);
            return;
        }
        _contours.Clear();
        Flattener.Flatten(_face.Outline(text.Text, text.Size, text.Weight), t, Flattener.Tolerance, _contours);
        Fill(FillRule.NonZero, new SolidPaint(text.Color), state);
    }

    /// <summary>
    /// A line of text from the edges of its glyphs, those apart whose parts overlap; <paramref name="map"/> is from ems to the device.
    /// </summary>
    private void AddGlyphs(ReadOnlySpan<PlacedGlyph> line, in Transform map, Color color, in State state)
    {
        if (AddGlyphs(line, map, color, state, overlaps: false))
            AddGlyphs(line, map, color, state, overlaps: true);
    }

    // Whether glyphs of the other kind were passed over.
    private bool AddGlyphs(ReadOnlySpan<PlacedGlyph> line, in Transform map, Color color, in State state, bool overlaps)
    {
        int first = _edges.Count;
        var bounds = Bounds.Nothing;
        bool others = false;
        foreach (ref readonly var placed in line)
        {
            var edges = GlyphEdges.Of(placed.Glyph, map);
            if (edges.Span.IsEmpty)
                continue;
            if (edges.Overlaps != overlaps)
            {
                others = true;
                continue;
            }
            var origin = map.Apply(new Point(placed.X, 0));
            var around = edges.Bounds.Moved(origin.X, origin.Y);
            if (around.Right <= state.Clip.Left || around.Left >= state.Clip.Right || around.Bottom <= state.Clip.Top
                || around.Top >= state.Clip.Bottom)
                continue;
            bool inside = around.Left >= state.Clip.Left && around.Right <= state.Clip.Right && around.Top >= state.Clip.Top
                && around.Bottom <= state.Clip.Bottom;
            _edges.Add(edges.Span, origin.X, origin.Y, state.Clip, inside);
            bounds = bounds.Union(around);
        }
        bounds = bounds.Intersect(state.Clip);
        if (_edges.Count > first && !bounds.IsEmpty)
            _commands.Add(new FillCommand(bounds, state.ClipShape, first, _edges.Count - first, FillRule.NonZero, color, null)
            {
                Overlaps = overlaps,
            });
        return others;
    }

    private void AddPixels(PixelsNode node, in State state)
    {
        if (node.Columns < 1 || node.Rows < 1)
            return;
        if (node.Pixels.Count < (long)node.Columns * node.Rows)
            throw new ArgumentException(
                $"An image of {node.Columns} × {node.Rows} cells has only {node.Pixels.Count} colours.", nameof(node));
        var t = state.Transform;
        var (p, q) = (t.Apply(new(node.Bounds.X, node.Bounds.Y)), t.Apply(new(node.Bounds.Right, node.Bounds.Bottom)));
        if (t.B == 0 && t.C == 0 && state.Corners.Length == 0)
        {
            var bounds = state.Clip.Intersect(new Bounds(Math.Min(p.X, q.X), Math.Min(p.Y, q.Y), Math.Max(p.X, q.X), Math.Max(p.Y, q.Y)));
            if (bounds.IsEmpty)
                return;
            var x = new Resampling(node.Columns, p.X, q.X, bounds.Left, bounds.Right, node.Sampling);
            var y = new Resampling(node.Rows, p.Y, q.Y, bounds.Top, bounds.Bottom, node.Sampling);
            _commands.Add(new ImageCommand(bounds, state.ClipShape, Source(node), x, y));
            return;
        }
        var toDevice = t.Then(new Transform(
            node.Bounds.Width / node.Columns, 0, 0, node.Bounds.Height / node.Rows, node.Bounds.X, node.Bounds.Y));
        if (toDevice.Inverse() is not { } toCells)
            return;
        _contours.Clear();
        Flattener.Flatten(PathData.Rectangle(node.Bounds), t, Flattener.Tolerance, _contours);
        if (Edges(state) is var (first, count, area))
        {
            var (image, map) = Source(node).Reduced(toCells);
            _commands.Add(new TurnedImageCommand(area, state.ClipShape, first, count, image, map, node.Sampling));
        }
    }

    private static ImageSource Source(PixelsNode node)
    {
        var cells = Flattener.AsSpan(node.Pixels);
        var pixels = new uint[node.Columns * node.Rows];
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = Blend.Premultiply(Bitmap.Pack(cells[i]));
        return new ImageSource(node.Columns, node.Rows, pixels);
    }

    private void Fill(FillRule rule, Paint paint, in State state, bool overlaps = false)
    {
        if (Edges(state) is not var (first, count, bounds))
            return;
        var gradient = paint is GradientPaint shades ? Gradient.Of(shades, state.Transform) : null;
        var color = paint switch { SolidPaint solid => solid.Color, GradientPaint { Stops: [.., var last] } => last.Color, _ => default };
        if (gradient is not null || color.A > 0)
            _commands.Add(new FillCommand(bounds, state.ClipShape, first, count, rule, color, gradient) { Overlaps = overlaps });
    }

    /// <summary>Adds the edges of the current contours, clipped; null where nothing is visible.</summary>
    private (int First, int Count, Bounds Bounds)? Edges(in State state)
    {
        foreach (var corners in state.Corners)
        {
            _spare.Clear();
            ConvexClip.Clip(_contours, corners, _spare);
            (_contours, _spare) = (_spare, _contours);
        }
        int first = _edges.Count;
        _edges.Add(_contours, state.Clip);
        int count = _edges.Count - first;
        if (count == 0)
            return null;
        var bounds = Bounds.Of(_edges.Span.Slice(first, count));
        return bounds.IsEmpty ? null : (first, count, bounds);
    }

    /// <summary>
    /// What groups above have set: the map to the device, the upright part of the clip, each turned clip's corners, and the number of the
    /// clip by outline (−1: none).
    /// </summary>
    private readonly record struct State(Transform Transform, Bounds Clip, Point[][] Corners, int ClipShape);
}
