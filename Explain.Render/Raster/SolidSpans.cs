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
        if (alpha == 255)
        {
            run.Fill(_solid);
            return;
        }
        for (int i = 0; i < run.Length; i++)
            run[i] = Blend.Mix(run[i], _solid, alpha);
    }
}
