namespace Explain.Render;

/// <summary>Paints one band of the picture from a display list. One per worker, used for one band after the other.</summary>
internal sealed class BandPainter(DisplayList list)
{
    private static readonly Pool<Workspace> Workspaces = new(Environment.ProcessorCount);

    /// <summary>Rows of a band: its coverage and pixels stay in the second-level cache.</summary>
    public const int BandRows = 32;

    private readonly Workspace _workspace = Workspaces.Rent() is { } spare && spare.Width == list.Width ? spare : new Workspace(list.Width);
    private readonly Stack<uint[]> _free = [];
    private readonly Stack<(Surface Under, uint[] Pixels)> _layers = [];
    private readonly (ClipMask? Mask, int Top)[] _masks = new (ClipMask?, int)[list.Clips.Count];
    private AreaSum? _sum;

    /// <summary>Leaves what another painter can use; nothing may be painted any more.</summary>
    public void End()
    {
        _workspace.Union.Trim();
        Workspaces.Return(_workspace);
    }

    /// <summary>Paints rows <paramref name="top"/> … of <paramref name="pixels"/>, the whole picture.</summary>
    public void Paint(uint[] pixels, int top)
    {
        int rows = Math.Min(BandRows, list.Height - top), band = top / BandRows;
        pixels.AsSpan(top * list.Width, rows * list.Width).Fill(Blend.Premultiply(Bitmap.Pack(list.Background)));
        var surface = new Surface(pixels, top * list.Width, list.Width, top);
        for (int i = 0; i < list.Commands.Count(band); i++)
        {
            switch (list.Commands[band, i])
            {
                case FillCommand { Gradient: { } gradient } fill:
                    Cover(
                        fill.First, fill.Count, fill.Bounds, fill.Rule, fill.Clip, top, new GradientSpans(surface, gradient),
                        fill.Overlaps);
                    break;
                case FillCommand fill:
                    Cover(
                        fill.First, fill.Count, fill.Bounds, fill.Rule, fill.Clip, top, new SolidSpans(surface, fill.Color), fill.Overlaps);
                    break;
                case AdjoiningCommand adjoining:
                    Add(adjoining, surface, band);
                    break;
                case ImageCommand image:
                    _workspace.Images.Paint(image, Mask(image.Clip, top), surface, top, top + rows);
                    break;
                case TurnedImageCommand turned:
                    Cover(turned.First, turned.Count, turned.Bounds, FillRule.NonZero, turned.Clip, top, new TexturePaint(surface, turned));
                    break;
                case BeginLayerCommand layer:
                    var apart = _free.TryPop(out var buffer) ? buffer : new uint[BandRows * list.Width];
                    _layers.Push((surface, apart));
                    surface = new Surface(apart, 0, list.Width, top);
                    Clear(surface, layer.Bounds, top + rows);
                    break;
                case EndLayerCommand end:
                    var (under, drawn) = _layers.Pop();
                    Lay(surface, under, end, top + rows);
                    surface = under;
                    _free.Push(drawn);
                    break;
            }
        }
        if (list.Background.A < 255)
        {
            foreach (ref uint p in pixels.AsSpan(top * list.Width, rows * list.Width))
                p = Blend.Unpremultiply(p);
        }
    }

    private void Cover<TSink>(
        int first, int count, in Bounds area, FillRule rule, int clip, int top, TSink sink, bool overlaps = false,
        float least = CoverageBuffer.Least)
        where TSink : struct, ISpanSink
    {
        if (Mask(clip, top) is { } mask)
        {
            Cover(first, count, area, rule, -1, top, new ClippedSpans<TSink>(mask, sink), overlaps, least);
            return;
        }
        _workspace.Coverage.Begin(top, area);
        var edges = list.Edges.Span.Slice(first, count);
        if (overlaps)
            _workspace.Union.Add(edges, rule, top, _workspace.Coverage);
        else
            _workspace.Coverage.Add(edges);
        _workspace.Coverage.Sweep(rule, ref sink, least);
    }

    private void Add(AdjoiningCommand adjoining, in Surface surface, int band)
    {
        int top = surface.Top;
        _sum ??= new AreaSum(list.Width, BandRows);
        _sum.Begin(top);
        for (int i = 0; i < adjoining.Pieces.Count(band); i++)
        {
            var piece = adjoining.Pieces[band, i];
            if (piece.Gradient is { } gradient)
                Cover(
                    piece.First, piece.Count, piece.Bounds, piece.Rule, -1, top, new AreaSum.Shaded(_sum, gradient), piece.Overlaps,
                    AreaSum.Least);
            else
                Cover(
                    piece.First, piece.Count, piece.Bounds, piece.Rule, -1, top, new AreaSum.Solid(_sum, piece.Color), piece.Overlaps,
                    AreaSum.Least);
        }
        var layer = new AreaSum.Layer(_sum, surface);
        if (Mask(adjoining.Clip, top) is { } mask)
        {
            var clipped = new ClippedSpans<AreaSum.Layer>(mask, layer);
            _sum.Lay(adjoining.Bounds, ref clipped);
            return;
        }
        _sum.Lay(adjoining.Bounds, ref layer);
    }

    /// <summary>
    /// The mask of a clip in the band at <paramref name="top"/>, worked out when it is first asked for; null for no clip.
    /// </summary>
    private ClipMask? Mask(int clip, int top)
    {
        if (clip < 0)
            return null;
        var (mask, at) = _masks[clip];
        if (mask is not null && at == top)
            return mask;
        var shape = list.Clips[clip];
        mask ??= new ClipMask(BandRows);
        // The clip around it first: the buffer of coverage serves one shape at a time.
        _ = Mask(shape.Parent, top);
        mask.Begin(top);
        Cover(shape.First, shape.Count, shape.Bounds, FillRule.NonZero, shape.Parent, top, new ClipMask.Builder(mask), shape.Overlaps);
        mask.End();
        _masks[clip] = (mask, top);
        return mask;
    }

    private static void Clear(in Surface surface, in Bounds area, int bottom)
    {
        int first = Math.Max(0, area.FirstColumn), last = Math.Min(surface.Width, area.EndColumn);
        for (int y = Math.Max(surface.Top, area.FirstRow); y < Math.Min(bottom, area.EndRow); y++)
            surface.Row(y)[first..last].Clear();
    }

    private void Lay(in Surface layer, in Surface under, EndLayerCommand end, int bottom)
    {
        int first = Math.Max(0, end.Bounds.FirstColumn), last = Math.Min(layer.Width, end.Bounds.EndColumn);
        var mask = Mask(end.Clip, layer.Top);
        for (int y = Math.Max(layer.Top, end.Bounds.FirstRow); y < Math.Min(bottom, end.Bounds.EndRow); y++)
            RowBlend.Over(under.Row(y)[first..last], layer.Row(y)[first..last], end.Opacity, mask, first, y);
    }

    private sealed class Workspace(int width)
    {
        public int Width { get; } = width;

        public CoverageBuffer Coverage { get; } = new(width, BandRows);

        public ImagePainter Images { get; } = new();

        public UnionScan Union { get; } = new(BandRows);
    }
}
