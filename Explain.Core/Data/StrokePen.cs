namespace Explain.Core;

/// <summary>A round pen on a square of pixels: ink is 1 within its radius and falls to 0 over one pixel at the edge.</summary>
/// <param name="size">Pixels a side.</param>
internal sealed class StrokePen(int size)
{
    private readonly float[] _ink = new float[size * size];

    /// <summary>Draws a line of short pieces; strokes that cross do not add up.</summary>
    /// <param name="line">In pixels.</param>
    /// <param name="radius">Mean radius in pixels.</param>
    /// <param name="amplitude">Relative variation of the radius along the way.</param>
    /// <param name="phase">Of the variation, at the first point.</param>
    /// <param name="frequency">Radians of the variation a pixel.</param>
    public void Draw(IReadOnlyList<(double X, double Y)> line, double radius, double amplitude, double phase, double frequency)
    {
        double way = 0, r0 = radius * (1 + (amplitude * PortableMath.SinCos(phase).Sin));
        for (int p = 1; p < line.Count; p++)
        {
            double dx = line[p].X - line[p - 1].X, dy = line[p].Y - line[p - 1].Y;
            way += Math.Sqrt((dx * dx) + (dy * dy));
            double r1 = radius * (1 + (amplitude * PortableMath.SinCos(phase + (frequency * way)).Sin));
            DrawPiece((float)line[p - 1].X, (float)line[p - 1].Y, (float)dx, (float)dy, (float)r0, (float)r1);
            r0 = r1;
        }
    }

    /// <summary>Writes the picture, darkest ink at <paramref name="strength"/> and rounded to 256 levels, and clears the paper.</summary>
    public void Finish(double strength, Span<float> pixels)
    {
        float scale = (float)(255 * strength);
        for (int i = 0; i < _ink.Length; i++)
            pixels[i] = MathF.Floor((_ink[i] * scale) + 0.5f) / 255f;
        Array.Clear(_ink);
    }

    private void DrawPiece(float x0, float y0, float dx, float dy, float r0, float r1)
    {
        float reach = MathF.Max(r0, r1) + 0.5f, square = (dx * dx) + (dy * dy);
        // Pixel (i, j) has its centre at (i + ½, j + ½).
        int left = Math.Max(0, (int)MathF.Floor(MathF.Min(x0, x0 + dx) - reach)),
            right = Math.Min(size - 1, (int)MathF.Floor(MathF.Max(x0, x0 + dx) + reach));
        int top = Math.Max(0, (int)MathF.Floor(MathF.Min(y0, y0 + dy) - reach)),
            bottom = Math.Min(size - 1, (int)MathF.Floor(MathF.Max(y0, y0 + dy) + reach));
        for (int j = top; j <= bottom; j++)
        {
            for (int i = left; i <= right; i++)
            {
                float px = i + 0.5f - x0, py = j + 0.5f - y0;
                float along = square > 0 ? Math.Clamp(((px * dx) + (py * dy)) / square, 0, 1) : 0;
                px -= along * dx;
                py -= along * dy;
                float ink = Math.Clamp(r0 + (along * (r1 - r0)) + 0.5f - MathF.Sqrt((px * px) + (py * py)), 0, 1);
                ref float pixel = ref _ink[(j * size) + i];
                pixel = MathF.Max(pixel, ink);
            }
        }
    }
}
