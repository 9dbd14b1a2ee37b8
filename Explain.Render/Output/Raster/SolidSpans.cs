namespace Explain.Render;

/// <summary>Fills runs with one colour.</summary>
internal readonly struct SolidSpans(Surface surface, Color color) : ISpanSink
{
    private readonly uint _solid = Bitmap.Pack(color with { A = 255 });
    private readonly float _alpha = color.A;

    public void Span(int x, int end, int y, float coverage)
    {
        uint alpha = (uint)((coverage * _alpha) + 0.5f);
        var run = surface.Row(y)[x..end];
        // Borders of shapes are runs of one or two pixels.
        if (run.Length >= 4 || alpha == 255)
        {
            SpanBlend.Mix(run, _solid, alpha);
            return;
        }
        for (int i = 0; i < run.Length; i++)
            run[i] = Blend.Mix(run[i], _solid, alpha);
    }
}
