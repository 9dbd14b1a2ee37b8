namespace Explain.Render;

/// <summary>A triangle on the picture, in scene pixels.</summary>
internal readonly record struct Triangle
{
    public double X0 { get; private init; }

    public double Y0 { get; private init; }

    public double X1 { get; private init; }

    public double Y1 { get; private init; }

    public double X2 { get; private init; }

    public double Y2 { get; private init; }

    /// <summary>Nearness of the corners, see <see cref="Projected"/>.</summary>
    public float Q0 { get; private init; }

    public float Q1 { get; private init; }

    public float Q2 { get; private init; }

    /// <summary>Red or tone, green, blue of the first corner.</summary>
    public (float R, float G, float B) C0 { get; private init; }

    public (float R, float G, float B) C1 { get; private init; }

    public (float R, float G, float B) C2 { get; private init; }

    public Lit L0 { get; private init; }

    public Lit L1 { get; private init; }

    public Lit L2 { get; private init; }

    public float Alpha { get; private init; }

    public Palette Palette { get; private init; }

    /// <summary>Whether what the corners carry is to be weighed by their nearness.</summary>
    public bool Perspective { get; private init; }

    public static Triangle Of(
        Projected a, Projected b, Projected c, in SpatialVertex va, in SpatialVertex vb, in SpatialVertex vc, Palette palette,
        bool perspective, float alpha)
    {
        // y points down: corners that run anticlockwise in the reader's eye have a negative area here.
        bool front = ((b.X - a.X) * (c.Y - a.Y)) - ((b.Y - a.Y) * (c.X - a.X)) < 0;
        bool toned = palette != Palette.None;
        return new Triangle
        {
            X0 = a.X,
            Y0 = a.Y,
            X1 = b.X,
            Y1 = b.Y,
            X2 = c.X,
            Y2 = c.Y,
            Q0 = (float)a.Q,
            Q1 = (float)b.Q,
            Q2 = (float)c.Q,
            C0 = toned ? (va.Tone, 0, 0) : (va.Red, va.Green, va.Blue),
            C1 = toned ? (vb.Tone, 0, 0) : (vb.Red, vb.Green, vb.Blue),
            C2 = toned ? (vc.Tone, 0, 0) : (vc.Red, vc.Green, vc.Blue),
            L0 = front ? va.Front : va.Back,
            L1 = front ? vb.Front : vb.Back,
            L2 = front ? vc.Front : vc.Back,
            Alpha = alpha,
            Palette = palette,
            Perspective = perspective,
        };
    }
}

/// <summary>
/// A disc on the picture, in scene pixels: <paramref name="Color"/> within <paramref name="Inner"/>, <paramref name="Rim"/> from there to
/// <paramref name="Radius"/>.
/// </summary>
internal readonly record struct Disc(float X, float Y, float Radius, float Inner, float Q, Color Color, Color Rim);
