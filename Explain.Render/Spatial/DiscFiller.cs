namespace Explain.Render;

/// <summary>Paints a disc that faces the reader into a tile, each sample by its own distance from the middle.</summary>
internal static class DiscFiller
{
    /// <summary>Paints the part of <paramref name="disc"/> that lies in the tile, see <see cref="TriangleFiller.Fill"/>.</summary>
    public static void Fill(in Disc disc, Point origin, double density, DepthTile tile, int left, int top)
    {
        float cx = (float)((disc.X - origin.X) * density) - left, cy = (float)((disc.Y - origin.Y) * density) - top;
        // A point never gets lost between samples.
        float radius = Math.Max(0.35f, (float)(disc.Radius * density)),
            inner = disc.Inner >= disc.Radius ? radius : (float)(disc.Inner * density);
        int firstX = Math.Max(0, (int)MathF.Floor(cx - radius)), lastX = Math.Min(DepthTile.Side - 1, (int)MathF.Floor(cx + radius));
        int firstY = Math.Max(0, (int)MathF.Floor(cy - radius)), lastY = Math.Min(DepthTile.Side - 1, (int)MathF.Floor(cy + radius));
        float outside = radius * radius, inside = inner * inner;
        uint body = Packed(disc.Color, disc.Color.A), rim = Packed(disc.Rim, disc.Color.A);
        bool opaque = disc.Color.A == 255;
        for (int y = firstY; y <= lastY; y++)
        {
            for (int x = firstX; x <= lastX; x++)
            {
                int pixel = ((y * DepthTile.Side) + x) * DepthTile.Samples;
                var near = tile.Near.AsSpan(pixel, DepthTile.Samples);
                var colors = tile.Colors.AsSpan(pixel, DepthTile.Samples);
                for (int i = 0; i < DepthTile.Samples; i++)
                {
                    if (disc.Q <= near[i]) continue;
                    float dx = x + OffsetX[i] - cx, dy = y + OffsetY[i] - cy, square = (dx * dx) + (dy * dy);
                    if (square > outside) continue;
                    uint color = square <= inside ? body : rim;
                    colors[i] = Blend.Over(colors[i], color);
                    if (opaque) near[i] = disc.Q;
                }
            }
        }
    }

    private static readonly float[] OffsetX = [.. Enumerable.Range(0, DepthTile.Samples).Select(i => TriangleFiller.SampleX(i) / 256f)];

    private static readonly float[] OffsetY = [.. Enumerable.Range(0, DepthTile.Samples).Select(i => TriangleFiller.SampleY(i) / 256f)];

    private static uint Packed(Color c, byte alpha) => Blend.Premultiply(c.R | ((uint)c.G << 8) | ((uint)c.B << 16) | ((uint)alpha << 24));
}
