using SkiaSharp;

namespace Explain.Render;

/// <summary>Draws the nodes of a scene on a canvas of Skia.</summary>
/// <param name="canvas">Where to.</param>
/// <param name="face">Sets the texts.</param>
/// <param name="forDocument">
/// Whether the canvas is a page of a document: texts then carry their characters, so that they can be searched and copied, and images keep
/// more cells than a screen has pixels.
/// </param>
internal sealed class SkiaPainter(SKCanvas canvas, ITypeface face, bool forDocument) : IDisposable
{
    // Half of it lies under the neighbour: enough that no reader shows a seam, too little to be seen at the outer border.
    private const double SeamWidth = 0.9;

    // Cells of an image that a document keeps a pixel of the scene in each direction: 288 to the inch.
    private const double CellsPerPixel = 3;

    private readonly SKPaint _fill = new() { IsAntialias = true, Style = SKPaintStyle.Fill };
    private readonly SkiaOutline _outline = new();
    private readonly SkiaInk _ink = new();

    public void Dispose()
    {
        _fill.Dispose();
        _ink.Dispose();
        _outline.Dispose();
    }

    /// <summary>Draws background and nodes.</summary>
    public void Draw(Scene scene)
    {
        int saved = canvas.Save();
        if (scene.Background.A > 0)
        {
            _fill.Color = SkiaConvert.Color(scene.Background);
            canvas.DrawRect(new SKRect(0, 0, (float)scene.Width, (float)scene.Height), _fill);
        }
        Draw(scene.Nodes);
        canvas.RestoreToCount(saved);
    }

    private void Draw(IReadOnlyList<Node> nodes)
    {
        foreach (var node in nodes)
        {
            switch (node)
            {
                case PathNode path:
                    DrawPath(path);
                    break;
                case TextNode text:
                    DrawText(text);
                    break;
                case PixelsNode pixels:
                    DrawPixels(pixels);
                    break;
                case GroupNode group:
                    DrawGroup(group);
                    break;
                default:
                    throw new NotSupportedException($"A canvas does not know the node {node.GetType().Name}.");
            }
        }
    }

    private void DrawGroup(GroupNode group)
    {
        if (!(group.Opacity > 0))
            return;
        int saved = canvas.Save();
        if (group.Transform != Transform.Identity)
            canvas.Concat(SkiaConvert.Matrix(group.Transform));
        if (group.Clip is { } clip)
            canvas.ClipRect(SkiaConvert.Rectangle(clip), SKClipOperation.Intersect, true);
        if (group.ClipPath is { } outline)
        {
            using var path = _outline.Path(outline, FillRule.NonZero);
            canvas.ClipPath(path, SKClipOperation.Intersect, true);
        }
        if (group.Opacity < 1)
        {
            using var paint = new SKPaint { Color = new SKColor(0, 0, 0, (byte)Math.Round(255 * Math.Min(1, group.Opacity))) };
            canvas.SaveLayer(paint);
        }
        if (group.Adjoining)
            DrawAdjoining(group.Children);
        else
            Draw(group.Children);
        canvas.RestoreToCount(saved);
    }

    /// <summary>
    /// Shapes that meet edge to edge: each is a little larger first and then drawn as it is, so that the pixels they share are theirs alone
    /// and nothing under them shines through. Where they are translucent, areas add up in a layer instead, for a larger shape would be
    /// darker where it lies on its neighbour. Outlines and other nodes come on top.
    /// </summary>
    private void DrawAdjoining(IReadOnlyList<Node> nodes)
    {
        var shapes = nodes.OfType<PathNode>().Where(node => node.Fill is { IsVisible: true }).ToList();
        bool opaque = shapes.TrueForAll(node => node.Fill!.IsOpaque), adding = !opaque && !forDocument;
        if (adding)
        {
            if (SkiaConvert.Bounds(shapes) is { } bounds)
                canvas.SaveLayer(bounds, null);
            else
                canvas.SaveLayer();
        }
        if (opaque)
        {
            foreach (var shape in shapes)
                Fill(shape, SKBlendMode.SrcOver, withBorder: true);
        }
        if (!opaque || !forDocument)
        {
            foreach (var shape in shapes)
                Fill(shape, adding ? SKBlendMode.Plus : SKBlendMode.SrcOver, withBorder: false);
        }
        if (adding)
            canvas.Restore();
        Draw([.. nodes.Select(node => node is PathNode path ? path with { Fill = null } : node)]);
    }

    private void DrawPath(PathNode node)
    {
        if (node.Fill is { IsVisible: true })
            Fill(node, SKBlendMode.SrcOver, withBorder: false);
        if (node.Stroke is not { Width: > 0, Color.A: > 0 } stroke || !double.IsFinite(stroke.Width))
            return;
        using var path = _outline.Path(node.Data, node.Rule);
        using var paint = SkiaConvert.Pen(stroke);
        using var dashes = SkiaConvert.Dashes(stroke);
        if (dashes is not null)
            paint.PathEffect = dashes;
        canvas.DrawPath(path, paint);
    }

    private void Fill(PathNode node, SKBlendMode mode, bool withBorder)
    {
        using var path = _outline.Path(node.Data, node.Rule);
        using var shader = SkiaConvert.Shader(node.Fill!);
        _fill.Shader = shader;
        _fill.Color = SkiaConvert.Color(node.Fill!);
        _fill.BlendMode = mode;
        if (withBorder)
        {
            var matrix = canvas.TotalMatrix;
            double area = Math.Abs(((double)matrix.ScaleX * matrix.ScaleY) - ((double)matrix.SkewX * matrix.SkewY));
            _fill.Style = SKPaintStyle.StrokeAndFill;
            _fill.StrokeJoin = SKStrokeJoin.Round;
            _fill.StrokeWidth = (float)(SeamWidth / Math.Max(1e-3, Math.Sqrt(area)));
        }
        canvas.DrawPath(path, _fill);
        _fill.Style = SKPaintStyle.Fill;
        _fill.Shader = null;
        _fill.BlendMode = SKBlendMode.SrcOver;
    }

    private void DrawText(TextNode text)
    {
        if (text.Text.Length == 0 || text.Color.A == 0 || !(text.Size > 0) || !double.IsFinite(text.Size))
            return;
        var line = face.Shape(text.Text, text.Weight);
        using var blob = SkiaText.Blob(line, text.Size, withCharacters: forDocument);
        if (blob is null)
            return;
        double shift = text.Anchor switch { TextAnchor.Start => 0, TextAnchor.Middle => -0.5, _ => -1 } * line.Advance * text.Size;
        _fill.Color = forDocument ? SkiaConvert.Color(text.Color) : SKColors.Black;
        _fill.Shader = forDocument ? null : _ink.Of(text.Color);
        if (text.Rotation == 0)
        {
            canvas.DrawText(blob, (float)(text.Origin.X + shift), (float)text.Origin.Y, _fill);
        }
        else
        {
            canvas.Save();
            canvas.Concat(SkiaConvert.Matrix(Transform.Translate(text.Origin.X, text.Origin.Y).Then(Transform.Rotate(text.Rotation))));
            canvas.DrawText(blob, (float)shift, 0, _fill);
            canvas.Restore();
        }
        _fill.Shader = null;
    }

    private void DrawPixels(PixelsNode node)
    {
        if (node.Columns < 1 || node.Rows < 1 || !(node.Bounds is { Width: > 0, Height: > 0 }))
            return;
        if (node.Pixels.Count < node.Columns * node.Rows)
            throw new ArgumentException(
                $"An image of {node.Columns} × {node.Rows} cells has only {node.Pixels.Count} colours.", nameof(node));
        var matrix = canvas.TotalMatrix;
        double fine = forDocument ? CellsPerPixel / 0.75 : 1;
        double across = SkiaConvert.Length(matrix.ScaleX, matrix.SkewY) * node.Bounds.Width * fine,
            down = SkiaConvert.Length(matrix.SkewX, matrix.ScaleY) * node.Bounds.Height * fine;
        bool shrunk = node.Columns > across || node.Rows > down;
        // Cells smaller than a pixel are averaged by area, whatever their sampling: where the image lies along the pixels, for each of
        // them.
        if (shrunk && !forDocument && matrix is { SkewX: 0, SkewY: 0, ScaleX: > 0, ScaleY: > 0 })
        {
            var place = new Rect(
                (matrix.ScaleX * node.Bounds.X) + matrix.TransX, (matrix.ScaleY * node.Bounds.Y) + matrix.TransY, across, down);
            if (canvas.GetDeviceClipBounds(out var clip)
                && Reduction.ToPixels(node, place, new Rect(clip.Left, clip.Top, clip.Width, clip.Height)) is { } drawn)
            {
                using var exact = SkiaConvert.Image(drawn);
                canvas.Save();
                canvas.SetMatrix(SKMatrix.Identity);
                canvas.DrawImage(exact, (float)drawn.Bounds.X, (float)drawn.Bounds.Y, new SKSamplingOptions(SKFilterMode.Nearest), null);
                canvas.Restore();
            }
            return;
        }
        var reduced = shrunk ? Reduction.Reduce(node, (int)Math.Ceiling(across), (int)Math.Ceiling(down)) : node;
        bool smooth = shrunk || node.Sampling == Sampling.Bilinear;
        if (forDocument && smooth && !shrunk)
        {
            reduced = SkiaConvert.Enlarged(
                node, node.Columns == 1 ? 1 : (int)Math.Ceiling(across), node.Rows == 1 ? 1 : (int)Math.Ceiling(down));
        }
        using var image = SkiaConvert.Image(reduced);
        _fill.Color = SKColors.Black;
        canvas.DrawImage(
            image,
            SkiaConvert.Rectangle(node.Bounds),
            new SKSamplingOptions(smooth ? SKFilterMode.Linear : SKFilterMode.Nearest),
            _fill);
    }
}
