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
            throw new ArgumentException($"BandMark has {At.Count} positions, {Lower.Count} lower and {Upper.Count} upper ends; it needs one of each a position, or none where there is no band.");
    }

    /// <inheritdoc/>
    public override IEnumerable<Node> Draw(PlotArea area)
    {
        var lower = new List<Point>();
        var upper = new List<Point>();
        // What is drawn outside of a plot has not been checked.
        int count = Math.Min(At.Count, Math.Min(Lower.Count, Upper.Count));
        for (int i = 0; i <= count; i++)
        {
            var (a, b) = i == count ? (new Point(double.NaN, 0), default) : (area.Map(At[i], Lower[i]), area.Map(At[i], Upper[i]));
            // On a logarithmic axis a band that reaches zero reaches the floor.
            if (i < count && double.IsNaN(a.Y) && double.IsFinite(Lower[i]) && double.IsFinite(b.Y)) a = new Point(a.X, area.Bounds.Bottom);
            if (double.IsFinite(a.X + a.Y + b.X + b.Y))
            {
                lower.Add(a);
                upper.Add(b);
                continue;
            }
            if (lower.Count == 1) yield return new PathNode(PathData.Line(lower[0].X, lower[0].Y, upper[0].X, upper[0].Y), Stroke: new Stroke(Color.WithAlpha(Opacity), 4));
            if (lower.Count > 1) yield return new PathNode(PathData.Polygon([.. LineThinning.Where(upper), .. LineThinning.Where(lower).AsEnumerable().Reverse()]), Color.WithAlpha(Opacity));
            lower.Clear();
            upper.Clear();
        }
    }
}
