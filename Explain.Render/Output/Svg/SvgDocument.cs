using System.Text;

namespace Explain.Render;

/// <summary>One document under construction.</summary>
internal sealed class SvgDocument(string idPrefix, ITypeface face)
{
    // A definition and its uses are shorter than what they replace from about here.
    private const int LeastUses = 3;
    private const int LeastShape = 60;

    // Pictures are embedded with at most so many cells a pixel in each direction.
    private const double CellsPerPixel = 2;

    // Blending the shapes by `plus-lighter` would be exact, but only browsers know it, and seams show where it is not known; a border of a
    // shape's own colour, half of it under the neighbour, closes them in every reader. It keeps its width of one pixel at every zoom, so
    // that no seam shows in a thumbnail either.
    private const string Seamless = "a>*{vector-effect:non-scaling-stroke}";

    private readonly StringBuilder _text = new();
    private readonly Dictionary<string, string> _gradients = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _marks = new(StringComparer.Ordinal);
    private double _textSize;
    private Color _textColor;
    private int _clips;
    private double _scale = 1;
    private bool _adjoining;
    private bool _styled;

    public override string ToString() => _text.ToString();

    public void Write(Scene scene, double scale)
    {
        _text.Append("<svg xmlns=\"http://www.w3.org/2000/svg\"");
        Attribute("width", scene.Width * scale);
        Attribute("height", scene.Height * scale);
        _text.Append(" viewBox=\"0 0 ").Number(scene.Width).Append(' ').Number(scene.Height).Append("\" role=\"img\" aria-labelledby=\"")
            .Escaped(idPrefix).Append("t\"");
        string description = string.Join(' ', new[] { scene.Info.AltText, scene.Info.Description }.Where(s => s.Length > 0));
        if (description.Length > 0)
            _text.Append(" aria-describedby=\"").Escaped(idPrefix).Append("d\"");
        _text.Append(" font-family=\"").Escaped(Fonts()).Append('"');
        TextDefaults(scene.Nodes);
        _text.Append(">\n");
        Element("title", scene.Info.Title, "t");
        _text.Append('\n');
        if (description.Length > 0)
        {
            Element("desc", description, "d");
            _text.Append('\n');
        }
        if (scene.Background.A > 0)
        {
            _text.Append("<rect");
            Attribute("width", scene.Width);
            Attribute("height", scene.Height);
            Paint("fill", scene.Background);
            _text.Append("/>\n");
        }
        Marks(scene.Nodes);
        Nodes(scene.Nodes);
        _text.Append("</svg>\n");
    }

    /// <summary>The family that the layout was measured with, then those that look most like it.</summary>
    /// <param name="substitutes">Families that lend it letters.</param>
    private string Fonts(params IEnumerable<string> substitutes)
    {
        var families = substitutes.Prepend(face.Family).Select(family => family.Replace("'", "", StringComparison.Ordinal))
            .Where(family => family.Length > 0);
        return string.Concat(families.Select(family => $"'{family}', "))
            + "'Noto Sans', 'Open Sans', 'DejaVu Sans', Verdana, Arial, sans-serif";
    }

    // Empty where the typeface has all letters of a text itself.
    private string[] Substitutes(TextNode text) =>
        [.. face.Shape(text.Text, text.Weight).Runs.Select(run => run.Font.Family).Where(family => family != face.Family)
            .Distinct(StringComparer.Ordinal)];

    private void Nodes(IReadOnlyList<Node> nodes)
    {
        foreach (var node in nodes)
        {
            switch (node)
            {
                case PathNode path:
                    Path(path);
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
        if (!(group.Opacity > 0))
            return;
        string? clip = null;
        if (group.Clip is { } r)
        {
            clip = Clip();
            _text.Append("<rect");
            Rectangle(r);
            _text.Append("/></clipPath>\n");
        }
        if (group.Adjoining && !_styled)
        {
            _text.Append("<style>.").Escaped(idPrefix).Escaped(Seamless).Append("</style>\n");
            _styled = true;
        }
        _text.Append("<g");
        var t = group.Transform;
        if (t is { A: 1, B: 0, C: 0, D: 1 } && (t.E != 0 || t.F != 0))
        {
            _text.Append(" transform=\"translate(").Number(t.E).Append(' ').Number(t.F).Append(")\"");
        }
        else if (t != Transform.Identity)
        {
            // Factors are multiplied by coordinates of up to thousands of pixels, so they keep more digits than positions do.
            _text.Append(" transform=\"matrix(").Append(Factor(t.A)).Append(' ').Append(Factor(t.B)).Append(' ').Append(Factor(t.C))
                .Append(' ').Append(Factor(t.D))
                .Append(' ').Number(t.E).Append(' ').Number(t.F).Append(")\"");
        }
        if (clip is not null)
            _text.Append(" clip-path=\"url(#").Escaped(clip).Append(")\"");
        if (group.Opacity < 1)
            Attribute("opacity", group.Opacity);
        var (scale, adjoining) = (_scale, _adjoining);
        _scale *= Math.Sqrt(Math.Abs((t.A * t.D) - (t.B * t.C)));
        _adjoining = group.Adjoining;
        if (group.ClipPath is null)
            Adjoining(group);
        if (!string.IsNullOrEmpty(group.Label))
            _text.Append(" role=\"group\" aria-label=\"").Escaped(group.Label).Append('"');
        _text.Append('>');
        if (!string.IsNullOrEmpty(group.Tooltip))
            Element("title", group.Tooltip);
        _text.Append('\n');
        if (group.ClipPath is { } outline)
        {
            // A group of its own: not every reader knows a clip within a clip.
            string cut = Clip();
            SvgPath.Append(_text.Append("<path d=\""), outline).Append("\"/></clipPath>\n<g clip-path=\"url(#").Escaped(cut).Append(")\"");
            Adjoining(group);
            _text.Append(">\n");
            Nodes(group.Children);
            _text.Append("</g>\n");
        }
        else
        {
            Nodes(group.Children);
        }
        _text.Append("</g>\n");
        (_scale, _adjoining) = (scale, adjoining);
    }

    private void Adjoining(GroupNode group)
    {
        if (group.Adjoining)
            _text.Append(" class=\"").Escaped(idPrefix).Append("a\" stroke-linejoin=\"round\"");
    }

    /// <summary>Begins a clip.</summary>
    private string Clip()
    {
        string id = $"{idPrefix}c{++_clips}";
        _text.Append("<clipPath id=\"").Escaped(id).Append("\">");
        return id;
    }

    private static string Factor(double value) =>
        (double.IsFinite(value) ? Math.Round(value, 7) + 0.0 : 0).ToString("0.#######", System.Globalization.CultureInfo.InvariantCulture);

    private void Path(PathNode path)
    {
        if (!IsVisible(path))
            return;
        string? gradient = Gradient(path);
        if (gradient is null && _marks.Count > 0 && _marks.TryGetValue(Shape(path), out string? mark))
        {
            _text.Append("<use href=\"#").Escaped(mark).Append('"');
            Attribute("x", path.Data.Points[0].X);
            Attribute("y", path.Data.Points[0].Y);
            _text.Append("/>\n");
            return;
        }
        _text.Append("<path d=\"");
        SvgPath.Append(_text, path.Data);
        _text.Append('"');
        Look(path, gradient);
        _text.Append("/>\n");
    }

    private static bool IsVisible(PathNode path) =>
        path.Data.Verbs.Count > 0 && (path.Fill is { IsVisible: true } || path.Stroke is { Width: > 0, Color.A: > 0 });

    private void Look(PathNode path, string? gradient)
    {
        bool filled = path.Fill is { IsVisible: true };
        var fill = path.Fill is SolidPaint solid ? solid.Color : path.Fill is GradientPaint shaded ? shaded.Stops[^1].Color : default;
        if (gradient is not null)
            _text.Append(" fill=\"url(#").Escaped(gradient).Append(")\"");
        else if (filled)
            Paint("fill", fill);
        else
            _text.Append(" fill=\"none\"");
        if (filled && path.Rule == FillRule.EvenOdd)
            _text.Append(" fill-rule=\"evenodd\"");
        if (path.Stroke is { Width: > 0, Color.A: > 0 } stroke)
            Pen(stroke);
        else if (_adjoining && gradient is not null)
            _text.Append(" stroke=\"url(#").Escaped(gradient).Append(")\"");
        else if (_adjoining && filled && fill.A == 255)
            Paint("stroke", fill);
    }

    /// <summary>The id of the gradient that a path is filled with, defined before its first use; null where it has none.</summary>
    private string? Gradient(PathNode path)
    {
        if (path.Fill is not GradientPaint { IsVisible: true } gradient || !gradient.HasExtent())
            return null;
        string definition = SvgGradient.Of(gradient);
        if (_gradients.TryGetValue(definition, out string? id))
            return id;
        id = $"{idPrefix}g{_gradients.Count + 1}";
        _gradients.Add(definition, id);
        int name = definition.IndexOf(' ', StringComparison.Ordinal);
        _text.Append(definition, 0, name).Append(" id=\"").Escaped(id).Append('"').Append(definition, name, definition.Length - name)
            .Append('\n');
        return id;
    }

    /// <summary>Defines what is drawn many times, the markers of a scatter plot above all, once.</summary>
    private void Marks(IReadOnlyList<Node> nodes)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var path in Alike(nodes).Where(path => IsVisible(path) && path.Fill is not GradientPaint))
            counts[Shape(path)] = counts.GetValueOrDefault(Shape(path)) + 1;
        foreach (var (shape, count) in counts)
        {
            if (count < LeastUses || shape.Length < LeastShape)
                continue;
            string id = $"{idPrefix}m{_marks.Count + 1}";
            _text.Append(_marks.Count == 0 ? "<defs>\n" : "").Append("<path id=\"").Escaped(id).Append("\" ").Append(shape).Append("/>\n");
            _marks.Add(shape, id);
        }
        if (_marks.Count > 0)
            _text.Append("</defs>\n");
    }

    /// <summary>The attributes of a path, but for its place: its first point lies at the origin.</summary>
    private string Shape(PathNode path)
    {
        int start = _text.Length;
        _text.Append("d=\"");
        SvgPath.Append(_text, path.Data, path.Data.Points[0]);
        _text.Append('"');
        Look(path, null);
        string shape = _text.ToString(start, _text.Length - start);
        _text.Length = start;
        return shape;
    }

    /// <summary>Sets size and colour of most texts once, for all.</summary>
    private void TextDefaults(IReadOnlyList<Node> nodes)
    {
        var texts = All(nodes).OfType<TextNode>().Where(text => text.Color.A == 255).ToList();
        if (texts.Count == 0)
            return;
        _textSize = texts.CountBy(text => text.Size).MaxBy(size => size.Value).Key;
        _textColor = texts.CountBy(text => text.Color).MaxBy(color => color.Value).Key;
        Attribute("font-size", _textSize);
        Paint("fill", _textColor);
    }

    private static IEnumerable<Node> All(IReadOnlyList<Node> nodes) =>
        nodes.SelectMany(node => node is GroupNode group ? All(group.Children) : [node]);

    /// <summary>The paths that may be alike. The pieces of a surface or mosaic are not worth the search.</summary>
    private static IEnumerable<PathNode> Alike(IReadOnlyList<Node> nodes) =>
        nodes.SelectMany(node => node is GroupNode group ? (group.Adjoining ? [] : Alike(group.Children))
            : node is PathNode path ? [path]
            : Enumerable.Empty<PathNode>());

    private void Pen(Stroke stroke)
    {
        Paint("stroke", stroke.Color);
        if (stroke.Width != 1)
            Attribute("stroke-width", stroke.Width);
        if (stroke.IsDashed())
            _text.Append(" stroke-dasharray=\"").AppendNumbers(stroke.Dashes!).Append('"');
        if (stroke.Cap != LineCap.Butt)
            _text.Append(stroke.Cap == LineCap.Round ? " stroke-linecap=\"round\"" : " stroke-linecap=\"square\"");
        if (stroke.Join != LineJoin.Miter)
            _text.Append(stroke.Join == LineJoin.Round ? " stroke-linejoin=\"round\"" : " stroke-linejoin=\"bevel\"");
    }

    private void Text(TextNode text)
    {
        if (text.Text.Length == 0 || text.Color.A == 0)
            return;
        _text.Append("<text");
        Attribute("x", text.Origin.X);
        Attribute("y", text.Origin.Y);
        if (text.Size != _textSize)
            Attribute("font-size", text.Size);
        if (text.Color != _textColor)
            Paint("fill", text.Color);
        if (text.Anchor != TextAnchor.Start)
            _text.Append(text.Anchor == TextAnchor.Middle ? " text-anchor=\"middle\"" : " text-anchor=\"end\"");
        if (text.Weight == FontWeight.Bold)
            _text.Append(" font-weight=\"bold\"");
        if (text.Rotation != 0)
            _text.Append(" transform=\"rotate(").Number(text.Rotation).Append(' ').Number(text.Origin.X).Append(' ').Number(text.Origin.Y)
                .Append(")\"");
        if (Substitutes(text) is { Length: > 0 } substitutes)
            _text.Append(" font-family=\"").Escaped(Fonts(substitutes)).Append('"');
        // As we lay it out, the first letter decides where the line begins.
        if (BidirectionalText.IsNeeded(text.Text))
            _text.Append(" style=\"unicode-bidi:plaintext\"");
        // All are held to the width they were laid out with, whatever letters the reader has: were short ones left alone, they would stand
        // wider or narrower beside long ones, as in the columns of a table. One letter alone has no neighbour to be set apart from, and no
        // line to run out of.
        double width = Math.Round(face.Measure(text.Text, text.Size, text.Weight), 1);
        if (width > 0 && text.Text.Length > 1)
            _text.Append(" textLength=\"").Number(width).Append("\" lengthAdjust=\"spacingAndGlyphs\"");
        if (text.Text.StartsWith(' ') || text.Text.EndsWith(' ') || text.Text.Contains("  ", StringComparison.Ordinal))
            _text.Append(" xml:space=\"preserve\"");
        _text.Append('>').Escaped(text.Text).Append("</text>\n");
    }

    private void Image(PixelsNode node)
    {
        if (node.Columns < 1 || node.Rows < 1)
            return;
        if (SvgCells.Suits(node))
        {
            SvgCells.Append(_text, node);
            return;
        }
        double most = CellsPerPixel * _scale;
        node = Reduction.Reduce(node, Cells(node.Bounds.Width * most, node.Columns), Cells(node.Bounds.Height * most, node.Rows));
        _text.Append("<image");
        Rectangle(node.Bounds);
        _text.Append(" preserveAspectRatio=\"none\"");
        // Shrunk cells are averaged, which browsers do unless they are told to keep them hard.
        if (node.Sampling == Sampling.Nearest && node.Columns <= node.Bounds.Width && node.Rows <= node.Bounds.Height)
            _text.Append(" style=\"image-rendering:pixelated\"");
        _text.Append(" href=\"data:image/png;base64,").Append(Convert.ToBase64String(Png(node))).Append("\"/>\n");
    }

    private static byte[] Png(PixelsNode node)
    {
        var pixels = new uint[node.Columns * node.Rows];
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = Bitmap.Pack(node.Pixels[i]);
        return PngFile.Encode(pixels, node.Columns, node.Rows, Blend.IsOpaque(pixels), metadata: null, PngFile.Small);
    }

    private static int Cells(double most, int cells) => most < cells ? Math.Max(1, (int)Math.Ceiling(most)) : cells;

    private void Rectangle(Rect r)
    {
        Attribute("x", r.X);
        Attribute("y", r.Y);
        Attribute("width", Math.Max(0, r.Width));
        Attribute("height", Math.Max(0, r.Height));
    }

    private void Element(string name, string content, string? id = null)
    {
        _text.Append('<').Append(name);
        if (id is not null)
            _text.Append(" id=\"").Escaped(idPrefix).Append(id).Append('"');
        _text.Append('>').Escaped(content).Append("</").Append(name).Append('>');
    }

    private void Attribute(string name, double value) => _text.Append(' ').Append(name).Append("=\"").Number(value).Append('"');

    private void Paint(string name, Color color)
    {
        _text.Append(' ').Append(name).Append("=\"").Append((color with { A = 255 }).ToString()).Append('"');
        if (color.A < 255)
            Attribute(name + "-opacity", color.A / 255.0);
    }
}
