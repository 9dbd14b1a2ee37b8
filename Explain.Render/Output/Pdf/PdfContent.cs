using System.Globalization;
using System.Text;

namespace Explain.Render;

/// <summary>
/// Nodes as the operators of a content stream (ISO 32000-1:2008, 8 and 9), in the coordinates of the scene: the page turns them upright.
/// </summary>
internal sealed class PdfContent
{
    // A picture is embedded with at most so many cells a pixel of the scene in each direction: 288 to the inch.
    private const double CellsPerPixel = 3;

    // Half of it lies under the neighbour: enough that no reader shows a seam, too little to be seen at the outer border.
    private const double SeamWidth = 0.9;

    private readonly ITypeface _face;
    private readonly PdfFile _file;
    private readonly PdfResources _resources;
    private readonly StringBuilder _text = new();
    private readonly Stack<State> _saved = new();
    private readonly Rect _page;
    private State _state = State.Unknown;
    private Transform _toPage;

    private PdfContent(ITypeface face, PdfFile file, PdfResources resources, Rect page, Transform toPage)
    {
        _face = face;
        _file = file;
        _resources = resources;
        _page = page;
        _toPage = toPage;
    }

    /// <summary>The operators that draw the nodes of a scene.</summary>
    public static string Of(Scene scene, PdfFile file, PdfResources resources)
    {
        var content = new PdfContent(scene.Face, file, resources, new Rect(0, 0, scene.Width, scene.Height), Transform.Identity);
        content._text.Append("4 M\n");
        if (scene.Background.A > 0)
            content.Path(new PathNode(PathData.Rectangle(content._page), scene.Background), adjoining: false);
        content.Nodes(scene.Nodes, adjoining: false);
        return content._text.ToString();
    }

    private void Nodes(IReadOnlyList<Node> nodes, bool adjoining)
    {
        foreach (var node in nodes)
        {
            switch (node)
            {
                case PathNode path:
                    Path(path, adjoining);
                    break;
                case TextNode text:
                    Text(text);
                    break;
                case PixelsNode pixels:
                    Image(pixels);
                    break;
                case GroupNode group:
                    Group(group);
                    break;
                default:
                    throw new NotSupportedException($"A canvas does not know the node {node.GetType().Name}.");
            }
        }
    }

    private void Group(GroupNode group)
    {
        if (!(group.Opacity > 0) || group.Transform.Inverse() is null)
            return;
        var outer = _toPage;
        Save();
        if (group.Transform != Transform.Identity)
        {
            _text.Matrix(group.Transform).Append("cm\n");
            _toPage = _toPage.Then(group.Transform);
        }
        if (group.Clip is { } r)
            _text.Real(r.X).Real(r.Y).Real(Math.Max(0, r.Width)).Real(Math.Max(0, r.Height)).Append("re W n\n");
        if (group.ClipPath is { } clip)
        {
            // An empty clip shows nothing.
            if (!Outline(clip))
                _text.Append("0 0 m ");
            _text.Append("W n\n");
        }
        if (group.Opacity < 1)
            Faded(group);
        else
            Nodes(group.Children, group.Adjoining);
        _toPage = outer;
        Restore();
    }

    /// <summary>Drawn by themselves first, then laid over the picture as one.</summary>
    private void Faded(GroupNode group)
    {
        var inner = new PdfContent(_face, _file, _resources, _page, _toPage);
        inner.Nodes(group.Children, group.Adjoining);
        if (inner._text.Length == 0)
            return;
        string box = new StringBuilder().Box(Visible()).ToString();
        int form = _file.AddStream(
            $"/Type /XObject /Subtype /Form /BBox {box} /Group << /S /Transparency /CS /DeviceRGB /I true >> /Resources "
                + $"{_resources.Number} 0 R", Encoding.ASCII.GetBytes(inner._text.ToString()));
        Alpha(group.Opacity, group.Opacity);
        _text.Append(_resources.Object(form)).Append(" Do\n");
    }

    private void Path(PathNode path, bool adjoining)
    {
        if (path.Fill is { IsVisible: true } fill)
        {
            if (fill is GradientPaint gradient && gradient.HasExtent())
                Gradient(path, gradient, adjoining);
            else
                Solid(path, fill is SolidPaint solid ? solid.Color : ((GradientPaint)fill).Stops[^1].Color, adjoining);
        }
        if (path.Stroke is { Width: > 0, Color.A: > 0 } stroke && double.IsFinite(stroke.Width))
        {
            Pen(stroke);
            if (Outline(path.Data))
                _text.Append("S\n");
        }
    }

    private void Solid(PathNode path, Color color, bool adjoining)
    {
        if (color.A == 0)
            return;
        Fill(color);
        // A translucent border would be darker where it lies on its neighbour.
        bool bordered = adjoining && color.A == 255;
        if (bordered)
            Pen(new Stroke(
                color,
                SeamWidth / Math.Max(1e-3, Math.Sqrt(Math.Abs((_toPage.A * _toPage.D) - (_toPage.B * _toPage.C)))),
                Join: LineJoin.Round));
        if (Outline(path.Data))
            _text.Append(bordered ? 'B' : 'f').Append(path.Rule == FillRule.EvenOdd ? "*\n" : "\n");
    }

    private void Gradient(PathNode path, GradientPaint gradient, bool adjoining)
    {
        if (adjoining && gradient.Stops.All(stop => stop.Color.A == 255))
            Solid(path, Middle(gradient), adjoining);
        Save();
        if (Outline(path.Data))
        {
            _text.Append(path.Rule == FillRule.EvenOdd ? "W* n\n" : "W n\n");
            byte first = gradient.Stops[0].Color.A;
            if (gradient.Stops.All(stop => stop.Color.A == first))
                Alpha(first / 255.0, first / 255.0);
            else
            {
                // The mask multiplies whatever alpha the last fill has left.
                Alpha(1, 1);
                _text.Append(_resources.Mask(gradient, Visible())).Append(" gs ");
            }
            _text.Append(_resources.Shading(gradient)).Append(" sh\n");
        }
        Restore();
    }

    private static Color Middle(GradientPaint gradient) => gradient.Stops[gradient.Stops.Count / 2].Color;

    private void Text(TextNode text)
    {
        if (text.Text.Length == 0 || text.Color.A == 0 || !(text.Size > 0) || !double.IsFinite(text.Size))
            return;
        var place = TextPlacement.Of(text, _face);
        if (_face is not GlyphTypeface face)
        {
            Group(new GroupNode([new PathNode(_face.Outline(text.Text, text.Size, text.Weight), text.Color)]) { Transform = place });
            return;
        }
        Fill(text.Color);
        var line = face.Set(text.Text, text.Weight).ToList();
        if (line.Count == 0)
            return;
        var substitute = line[0].Substitute;
        var (name, font) = _resources.Font(substitute ?? (ITypeface)face, text.Weight);
        _text.Append("BT ").Append(name).Append(' ').Real(text.Size).Append("Tf ").Matrix(place.Then(Transform.Scale(1, -1)))
            .Append("Tm [<");
        double at = 0;
        foreach (var placed in line)
        {
            if (!ReferenceEquals(placed.Substitute, substitute))
            {
                substitute = placed.Substitute;
                (name, font) = _resources.Font(substitute ?? (ITypeface)face, text.Weight);
                _text.Append(">] TJ ").Append(name).Append(' ').Real(text.Size).Append("Tf [<");
            }
            // What kerning adds, in thousandths of the em, to the left. Advances are rounded as the font has them, so that no error grows
            // along the line.
            double shift = Math.Round((at - placed.X) * 1000);
            if (shift != 0)
            {
                _text.Append('>').Append(shift.ToString(CultureInfo.InvariantCulture)).Append('<');
                at -= shift / 1000;
            }
            _text.Append(font.Number(placed).ToString("X4", CultureInfo.InvariantCulture));
            at += Math.Round(placed.Glyph.Advance * 1000) / 1000;
        }
        _text.Append(">] TJ ET\n");
    }

    private void Image(PixelsNode image)
    {
        if (image.Columns < 1 || image.Rows < 1 || !(image.Bounds is { Width: > 0, Height: > 0 }))
            return;
        double wide = Length(_toPage.A, _toPage.B) * image.Bounds.Width * CellsPerPixel,
            high = Length(_toPage.C, _toPage.D) * image.Bounds.Height * CellsPerPixel;
        bool smooth = image.Sampling == Sampling.Bilinear || image.Columns > wide || image.Rows > high;
        var reduced = Reduction.Reduce(
            image, (int)Math.Ceiling(Math.Min(wide, image.Columns)), (int)Math.Ceiling(Math.Min(high, image.Rows)));
        // Images are one by one, with their first row at the top of a page whose y points upwards.
        var r = image.Bounds;
        _text.Append("q ").Matrix(new Transform(r.Width, 0, 0, -r.Height, r.X, r.Bottom)).Append("cm ");
        var outer = _state;
        Alpha(1, 1);
        _text.Append(_resources.Object(PdfImage.Add(_file, reduced, smooth))).Append(" Do Q\n");
        _state = outer;
    }

    /// <summary>Appends an outline; points that are not finite are left out.</summary>
    /// <returns>Whether there is anything of it.</returns>
    private bool Outline(PathData data)
    {
        data = FinitePath.Of(data);
        int next = 0;
        bool open = false, any = false;
        Point start = default, current = default;
        foreach (var verb in data.Verbs)
        {
            if (verb == PathVerb.Close)
            {
                if (open)
                    _text.Append("h ");
                open = false;
                current = start;
                continue;
            }
            int count = verb switch { PathVerb.Quad => 2, PathVerb.Cubic => 3, _ => 1 };
            var end = data.Points[next + count - 1];
            bool begins = verb == PathVerb.Move || (!open && !any);
            // After a close, drawing goes on from where the closed contour began.
            if (!begins && !open)
                Step("m ", current);
            if (begins)
                Step("m ", start = end);
            else if (verb == PathVerb.Line)
                Step("l ", end);
            else if (verb == PathVerb.Quad)
                Step("c ", Toward(current, data.Points[next]), Toward(end, data.Points[next]), end);
            else
                Step("c ", data.Points[next], data.Points[next + 1], end);
            (open, any, current) = (true, true, end);
            next += count;
        }
        return any;
    }

    // The control point of the cubic that is the same curve as a quadratic.
    private static Point Toward(Point end, Point control) =>
        new(end.X + ((control.X - end.X) * 2 / 3), end.Y + ((control.Y - end.Y) * 2 / 3));

    private void Step(string command, params ReadOnlySpan<Point> points)
    {
        foreach (var p in points)
            _text.Real(p.X).Real(p.Y);
        _text.Append(command);
    }

    private void Fill(Color color)
    {
        Alpha(color.A / 255.0, _state.StrokeAlpha);
        var opaque = color with { A = 255 };
        if (_state.Fill == opaque)
            return;
        _text.Channels(opaque).Append("rg\n");
        _state = _state with { Fill = opaque };
    }

    private void Pen(Stroke stroke)
    {
        Alpha(_state.FillAlpha, stroke.Color.A / 255.0);
        var pen = stroke with { Color = stroke.Color with { A = 255 } };
        if (_state.Pen == pen)
            return;
        var old = _state.Pen;
        if (old?.Color != pen.Color)
            _text.Channels(pen.Color).Append("RG ");
        if (old is null || !old.Width.Equals(pen.Width))
            _text.Real(pen.Width).Append("w ");
        if (old is null || old.Cap != pen.Cap)
            _text.Append((int)pen.Cap).Append(" J ");
        if (old is null || old.Join != pen.Join)
            _text.Append((int)pen.Join).Append(" j ");
        bool dashed = Dasher.IsPattern(pen.Dashes);
        if (old is null || dashed || Dasher.IsPattern(old.Dashes))
        {
            _text.Append("[ ");
            foreach (double length in dashed ? pen.Dashes! : [])
                _text.Real(length);
            _text.Append("] 0 d ");
        }
        _text.Append('\n');
        _state = _state with { Pen = pen };
    }

    private void Alpha(double fill, double stroke)
    {
        if (_state.FillAlpha.Equals(fill) && _state.StrokeAlpha.Equals(stroke))
            return;
        string entries = new StringBuilder("/ca ").Real(fill).Append("/CA ").Real(stroke).ToString().TrimEnd();
        _text.Append(_resources.State(entries)).Append(" gs ");
        _state = _state with { FillAlpha = fill, StrokeAlpha = stroke };
    }

    /// <summary>What of the present coordinates lies on the page.</summary>
    private Rect Visible()
    {
        if (_toPage.Inverse() is not { } back)
            return default;
        Point[] corners =
        [
            back.Apply(new(0, 0)),
            back.Apply(new(_page.Right, 0)),
            back.Apply(new(0, _page.Bottom)),
            back.Apply(new(_page.Right, _page.Bottom)),
        ];
        double left = corners.Min(p => p.X), top = corners.Min(p => p.Y);
        return new Rect(left, top, corners.Max(p => p.X) - left, corners.Max(p => p.Y) - top);
    }

    private void Save()
    {
        _text.Append("q ");
        _saved.Push(_state);
    }

    private void Restore()
    {
        _text.Append("Q\n");
        _state = _saved.Pop();
    }

    private static double Length(double x, double y) => Math.Sqrt((x * x) + (y * y));

    /// <summary>What the stream has set so far; null where that is not known.</summary>
    private readonly record struct State(Color? Fill, Stroke? Pen, double FillAlpha, double StrokeAlpha)
    {
        public static State Unknown => new(null, null, 1, 1);
    }
}
