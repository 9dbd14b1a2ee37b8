namespace Explain.Render;

/// <summary>Paints one band of the picture from a display list. One per worker, used for one band after the other.</summary>
internal sealed class BandPainter(DisplayList list)
{
    /// <summary>Rows of a band: its coverage and pixels stay in the second-level cache.</summary>
    public const int BandRows = 32;

    private readonly CoverageBuffer _coverage = new(list.Width, BandRows);
    private readonly ImagePainter _images = new();
    private readonly Stack<uint[]> _free = [];

    /// <summary>Paints rows <paramref name="top"/> … of <paramref name="pixels"/>, the whole picture.</summary>
    public void Paint(uint[] pixels, int top)
    {
        int rows = Math.Min(BandRows, list.Height - top);
        pixels.AsSpan(top * list.Width, rows * list.Width).Fill(Blend.Premultiply(Bitmap.Pack(list.Background)));
        var surface = new Surface(pixels, top * list.Width, list.Width, top);
        var layers = new Stack<(Surface Under, uint[] Pixels)>();
        for (int i = 0; i < list.Commands.Count; i++)
        {
            var command = list.Commands[i];
            if (!(command.Bounds.Top < top + rows && command.Bounds.Bottom > top))
            {
                // A layer that does not touch the band is skipped with all it holds.
                if (command is BeginLayerCommand skipped)
                    i = skipped.End;
                continue;
            }
            switch (command)
            {
                case FillCommand fill:
                    var solid = new SolidSpans(surface, fill.Color);
                    Cover(fill.First, fill.Count, fill.Rule, top, ref solid);
                    break;
                case ImageCommand image:
                    _images.Paint(image, surface, top, top + rows);
                    break;
                case TurnedImageCommand turned:
                    var texture = new TexturePaint(surface, turned);
                    Cover(turned.First, turned.Count, FillRule.NonZero, top, ref texture);
                    break;
                case BeginLayerCommand:
                    var apart = _free.TryPop(out var buffer) ? buffer : new uint[BandRows * list.Width];
                    Array.Clear(apart);
                    layers.Push((surface, apart));
                    surface = new Surface(apart, 0, list.Width, top);
                    break;
                case EndLayerCommand end:
                    var (under, drawn) = layers.Pop();
                    Lay(surface, under, end, top, top + rows);
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

    private void Cover<TSink>(int first, int count, FillRule rule, int top, ref TSink sink)
        where TSink : struct, ISpanSink
    {
        _coverage.Begin(top);
        _coverage.Add(list.Edges.Span.Slice(first, count));
        _coverage.Sweep(rule, ref sink);
    }

    private static void Lay(in Surface layer, in Surface under, EndLayerCommand end, int top, int bottom)
    {
        int first = Math.Max(0, end.Bounds.FirstColumn), last = Math.Min(layer.Width, end.Bounds.EndColumn);
        for (int y = Math.Max(top, end.Bounds.FirstRow); y < Math.Min(bottom, end.Bounds.EndRow); y++)
        {
            var from = layer.Row(y);
            var to = under.Row(y);
            for (int x = first; x < last; x++)
            {
                if (from[x] != 0)
                    to[x] = Blend.Over(to[x], Blend.Scale(from[x], end.Opacity));
            }
        }
    }
}
