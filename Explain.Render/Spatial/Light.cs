namespace Explain.Render;

/// <summary>How much of its own colour a lit place shows, and how much of white.</summary>
/// <param name="Body">Factor of the colour, at most 1.</param>
/// <param name="Gloss">Share of white mixed in.</param>
internal readonly record struct Lit(float Body, float Gloss)
{
    public static Lit Unlit => new(1, 0);
}

/// <summary>
/// One lamp over the reader's left shoulder, light from everywhere, and a slight gloss (Blinn, "Models of light reflection for computer
/// synthesized pictures", 1977). Factors work on the sRGB values: a colour then keeps its hue, and its lightness falls by at most a fifth,
/// so that a scale can still be read on the surface.
/// </summary>
internal sealed class Light(Projection view)
{
    private const double Least = 0.78;
    private const double MostGloss = 0.08;
    private readonly Point3 _lamp = view.Right.Times(-0.55).Plus(view.Up.Times(0.62)).Plus(view.Toward.Times(0.56)).Unit();
    private readonly Point3 _half =
        view.Right.Times(-0.55).Plus(view.Up.Times(0.62)).Plus(view.Toward.Times(0.56)).Unit().Plus(view.Toward).Unit();

    /// <summary>The light on a place whose normal, not necessarily of length 1, points to the side that is seen.</summary>
    public Lit On(Point3 normal)
    {
        double length = normal.Length;
        if (!(length > 0) || !double.IsFinite(length)) return Lit.Unlit;
        double lambert = Math.Max(0, normal.Dot(_lamp) / length), mirror = Math.Max(0, normal.Dot(_half) / length);
        // The 16th power.
        mirror *= mirror;
        mirror *= mirror;
        mirror *= mirror;
        mirror *= mirror;
        return new Lit((float)(Least + ((1 - Least) * lambert)), (float)(MostGloss * mirror));
    }
}
