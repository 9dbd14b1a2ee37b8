namespace Explain.Render;

/// <summary>A corner of a triangle in the box.</summary>
internal readonly record struct SpatialVertex(Point3 At)
{
    /// <summary>Position on the palette, 0 … 1; NaN for its colour of what is not finite. Used where the triangle has a palette.</summary>
    public float Tone { get; init; }

    /// <summary>0 … 255; used where the triangle has none.</summary>
    public float Red { get; init; }

    /// <summary>0 … 255.</summary>
    public float Green { get; init; }

    /// <summary>0 … 255.</summary>
    public float Blue { get; init; }

    /// <summary>Light where the side is seen to which the normal points.</summary>
    public Lit Front { get; init; }

    /// <summary>Light on the other side.</summary>
    public Lit Back { get; init; }

    /// <summary>What lies the share <paramref name="t"/> of the way to <paramref name="b"/>.</summary>
    public static SpatialVertex Between(in SpatialVertex a, in SpatialVertex b, double t)
    {
        float s = (float)t;
        return new SpatialVertex(a.At.Toward(b.At, t))
        {
            Tone = Mix(a.Tone, b.Tone, s),
            Red = Mix(a.Red, b.Red, s),
            Green = Mix(a.Green, b.Green, s),
            Blue = Mix(a.Blue, b.Blue, s),
            Front = new Lit(Mix(a.Front.Body, b.Front.Body, s), Mix(a.Front.Gloss, b.Front.Gloss, s)),
            Back = new Lit(Mix(a.Back.Body, b.Back.Body, s), Mix(a.Back.Gloss, b.Back.Gloss, s)),
        };
    }

    private static float Mix(float a, float b, float t) => a + ((b - a) * t);
}

/// <summary>The colours of a scale, ready to be looked up for each pixel.</summary>
internal sealed class Palette
{
    private const int Steps = 251;
    private readonly Color[] _colors = new Color[Steps];

    private Palette()
    {
    }

    /// <summary>Triangles of this one have colours of their own.</summary>
    public static Palette None { get; } = new();

    public Color NotFinite { get; private init; }

    public static Palette Of(ColorMap map, Color notFinite)
    {
        var palette = new Palette { NotFinite = notFinite };
        for (int i = 0; i < Steps; i++)
            palette._colors[i] = map.At(i / (Steps - 1.0));
        return palette;
    }

    public Color At(float tone) => float.IsNaN(tone) ? NotFinite : _colors[(int)((Math.Clamp(tone, 0, 1) * (Steps - 1)) + 0.5f)];
}
