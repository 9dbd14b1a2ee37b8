using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Explain.Render;

/// <summary>
/// A gradient made ready for device pixels. Each pixel takes the colour at its centre, computed afresh rather than looked up, so that hard
/// stops stand where they should and long gradients have no steps but those of 8 bits. Straight-alpha channels are interpolated, then
/// premultiplied (SVG 2, section 14.2).
/// </summary>
internal sealed class Gradient
{
    /// <summary>Offsets closer than this are one hard stop.</summary>
    private const float Hard = 1e-6f;

    private const double Far = 1e9;

    private readonly Transform _toGradient;
    private readonly bool _radial;
    private readonly List<Piece> _pieces = [];

    private Gradient(in Transform toGradient, bool radial, IReadOnlyList<GradientStop> stops)
    {
        _toGradient = toGradient;
        _radial = radial;
        float before = float.NegativeInfinity;
        var color = Channels(stops[0].Color);
        bool opaque = true;
        foreach (var stop in stops)
        {
            // As SVG says: into 0 … 1, and never before the stop before it. What is no number is there too.
            float offset = double.IsNaN(stop.Offset) ? 0 : (float)Math.Clamp(stop.Offset, 0, 1);
            offset = Math.Max(offset, before);
            var next = Channels(stop.Color);
            if (offset - before >= Hard)
                _pieces.Add(new Piece(
                    before, offset, color, float.IsInfinity(before) ? Vector128<float>.Zero : (next - color) / (offset - before)));
            else if (_pieces.Count > 0)
                _pieces[^1] = _pieces[^1] with { End = offset };
            (before, color) = (offset, next);
            opaque &= stop.Color.A == 255;
        }
        _pieces.Add(new Piece(before, float.PositiveInfinity, color, Vector128<float>.Zero));
        IsOpaque = opaque;
    }

    /// <summary>Whether no pixel shows what is under it.</summary>
    public bool IsOpaque { get; }

    /// <summary>
    /// The gradient of <paramref name="paint"/> under the map from its coordinates to the device, or null where one colour is everywhere:
    /// that of the last stop.
    /// </summary>
    public static Gradient? Of(GradientPaint paint, in Transform toDevice)
    {
        var unit = paint switch
        {
            // The unit square's x goes from From to To, its y across.
            LinearGradient g => new Transform(
                g.To.X - g.From.X, g.To.Y - g.From.Y, g.From.Y - g.To.Y, g.To.X - g.From.X, g.From.X, g.From.Y),
            RadialGradient { Radius: > 0 } g => new Transform(g.Radius, 0, 0, g.Radius, g.Center.X, g.Center.Y),
            _ => default,
        };
        if (paint.Stops.Count < 2 || toDevice.Then(unit).Inverse() is not { } toGradient || !IsFinite(toGradient))
            return null;
        return new Gradient(toGradient, paint is RadialGradient, paint.Stops);
    }

    /// <summary>Goes along a device row pixel by pixel.</summary>
    public Walk Along(int x, int y) => new(this, x, y);

    private static Vector128<float> Channels(Color c) => Vector128.Create((float)c.R, c.G, c.B, c.A);

    private static bool IsFinite(in Transform t) =>
        double.IsFinite(t.A) && double.IsFinite(t.B) && double.IsFinite(t.C) && double.IsFinite(t.D) && double.IsFinite(t.E)
        && double.IsFinite(t.F);

    /// <summary>Color + Slope · (t − Start) from Start on, before End.</summary>
    private readonly record struct Piece(float Start, float End, Vector128<float> Color, Vector128<float> Slope)
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector128<float> At(float t) => float.IsInfinity(Start) ? Color : Color + (Slope * (t - Start));
    }

    /// <summary>The place on a row; neighbours mostly lie in the same piece.</summary>
    public ref struct Walk
    {
        private readonly ReadOnlySpan<Piece> _pieces;
        private readonly Gradient _gradient;
        private readonly Point _row;
        private int _x;
        private int _piece;

        public Walk(Gradient gradient, int x, int y)
        {
            _gradient = gradient;
            _pieces = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(gradient._pieces);
            var t = gradient._toGradient;
            _row = new Point((t.C * (y + 0.5)) + t.E, (t.D * (y + 0.5)) + t.F);
            _x = x;
        }

        /// <summary>The premultiplied colour of the next pixel.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector128<float> Next()
        {
            // From x itself, not from the pixel before, so that it does not matter where a run begins.
            double x = _x++ + 0.5, u = (_gradient._toGradient.A * x) + _row.X;
            if (_gradient._radial)
            {
                double v = (_gradient._toGradient.B * x) + _row.Y;
                u = Math.Sqrt((u * u) + (v * v));
            }
            // Within what the pieces cover, also where it is infinite or no number.
            float t = u > -Far ? (float)Math.Min(u, Far) : (float)-Far;
            while (t >= _pieces[_piece].End)
                _piece++;
            while (t < _pieces[_piece].Start)
                _piece--;
            var color = _pieces[_piece].At(t);
            return _gradient.IsOpaque ? color : color * (Pixel.Alpha(color) * (1f / 255)).WithElement(3, 1f);
        }
    }
}

/// <summary>Fills runs with a gradient; four lanes a pixel, one for each channel, so there is no tail.</summary>
internal readonly struct GradientSpans(Surface surface, Gradient gradient) : ISpanSink
{
    public void Span(int x, int end, int y, float coverage)
    {
        var run = surface.Row(y)[x..end];
        var walk = gradient.Along(x, y);
        if (gradient.IsOpaque && coverage >= 1)
        {
            for (int i = 0; i < run.Length; i++)
                run[i] = Pixel.Pack(walk.Next());
            return;
        }
        for (int i = 0; i < run.Length; i++)
            run[i] = Pixel.Over(run[i], walk.Next() * coverage);
    }
}
