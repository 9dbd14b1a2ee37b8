namespace Explain.Render;

/// <summary>A range at each horizontal position, as a tinted band: errors about a curve, or from the least to the largest.</summary>
public sealed record BandMark : Mark
{
    /// <summary>Horizontal positions, rising.</summary>
    public required IReadOnlyList<double> At { get; init; }

    /// <summary>Lower ends; the band is interrupted where one is not finite or has no place on the axis.</summary>
    public required IReadOnlyList<double> Lower { get; init; }

    /// <summary>Upper ends.</summary>
    public required IReadOnlyList<double> Upper { get; init; }

    /// <summary>Colour; the band is a light form of it.</summary>
    public required Color Color { get; init; }

    /// <summary>0 … 1.</summary>
    public double Opacity { get; init; } = 0.22;

    /// <summary>Its name in a legend; none where empty.</summary>
    public string Name { get; init; } = "";

    /// <inheritdoc/>
    public override IEnumerable<double> Xs => At.Where(double.IsFinite);

    /// <inheritdoc/>
    public override IEnumerable<double> Ys => Lower.Concat(Upper).Where(double.IsFinite);

    /// <inheritdoc/>
    public override LegendEntry? Key => Name.Length == 0 ? null : new(Name, Color) { Patch = Opacity };

    internal override void Check()
    {
        if ((Lower.Count > 0 && Lower.Count != At.Count) || (Upper.Count > 0 && Upper.Count != At.Count))
            throw new ArgumentException(
                $"BandMark has {At.Count} positions, {Lower.Count} lower and {Upper.Count} upper ends; it needs one of each a position, "
                    + "or none where there is no band.");
    }

    /// <inheritdoc/>
    public override IEnumerable<Node> Draw(PlotArea area) =>
        // What is drawn outside of a plot has not been checked.
        Ribbon.Draw(Math.Min(At.Count, Math.Min(Lower.Count, Upper.Count)), i => Edges(area, i), Color.WithAlpha(Opacity));

    private (Point Upper, Point Lower) Edges(PlotArea area, int i)
    {
        Point upper = area.Map(At[i], Upper[i]), lower = area.Map(At[i], Lower[i]);
        // On a logarithmic axis a band that reaches zero reaches the floor.
        if (double.IsNaN(lower.Y) && double.IsFinite(Lower[i]) && double.IsFinite(upper.Y)) lower = lower with { Y = area.Bounds.Bottom };
        return (upper, lower);
    }
}
