namespace Explain.Render;

/// <summary>
/// A sample's density to both sides of a place of a category axis, cut at the least and the largest value, with a small box inside (Hintze
/// and Nelson, "Violin plots", 1998).
/// </summary>
public sealed record ViolinMark : Mark
{
    /// <summary>Place on the horizontal axis.</summary>
    public required double At { get; init; }

    /// <summary>The sample; values that are not finite are left out. Not looked at where <see cref="Density"/> is given.</summary>
    public ReadOnlyMemory<float> Values { get; init; }

    /// <summary>The sample's density where it was found before, from its least to its largest value.</summary>
    public KernelDensity? Density { get; init; }

    /// <summary>The sample's box, of a density that was found before.</summary>
    public BoxSummary? Box { get; init; }

    /// <summary>Colour of the outline; the area is a lighter form of it.</summary>
    public required Color Color { get; init; }

    /// <summary>Width at its widest as a share of the distance to the next category.</summary>
    public double Width { get; init; } = 0.8;

    /// <summary>Whether it is drawn hollow, the second cue beside its colour.</summary>
    public bool Hollow { get; init; }

    /// <summary>
    /// The density that is as wide as <see cref="Width"/>; its own largest where null. Violins that share one have areas of one size.
    /// </summary>
    public double? Widest { get; init; }

    /// <summary>Its accessible name.</summary>
    public string Name { get; init; } = "";

    /// <inheritdoc/>
    public override IEnumerable<double> Xs => [At - (Width / 2), At + (Width / 2)];

    /// <inheritdoc/>
    public override IEnumerable<double> Ys => Density is { } density ? [density.Minimum, density.Maximum] : DataEnds.Of(Values.Span);

    // Of a sample whose values are all one, which has no density.
    private const double FlatStroke = 2.4;

    /// <inheritdoc/>
    public override IEnumerable<Node> Draw(PlotArea area)
    {
        var density = Density ?? KernelDensity.Of(Values.Span);
        double x = area.X.Map(At), half = Math.Min(60, Width * Math.Abs(area.X.Map(1) - area.X.Map(0)) / 2);
        var nodes = new List<Node>();
        double widest = Widest ?? density.Heights.DefaultIfEmpty(0).Max();
        if (density.Heights.Count > 1 && widest > 0)
        {
            var right = Side(density, area.Y, half / widest, half);
            var outline = PathData.Polygon(
                [.. right.Select(p => new Point(x + p.X, p.Y)), .. right.AsEnumerable().Reverse().Select(p => new Point(x - p.X, p.Y))]);
            nodes.Add(new PathNode(
                outline, Oklab.Mix(area.Theme.Background, Color, Hollow ? 0.06 : 0.35), new Stroke(Color, 1.1, Join: LineJoin.Round)));
        }
        else if (density.Heights.Count == 0 && area.Y.Map(density.Minimum) is var y && double.IsFinite(x + y + half))
        {
            // All values are one: the whole sample is as wide as can be, at one height.
            var line = new PathNode(PathData.Line(x - half, y, x + half, y), Stroke: new Stroke(Color, FlatStroke, Hollow ? [4, 2] : null));
            return
            [
                new GroupNode([line])
                {
                    Label = Name.Length > 0 ? Name : null,
                    Tooltip = $"{(Name.Length > 0 ? Name + ": " : "")}all values are {NumberFormat.Value(density.Minimum)}",
                },
            ];
        }
        nodes.AddRange(new BoxMark
        {
            At = At,
            Values = Values,
            Summary = Box,
            Color = Color,
            Width = Math.Min(0.09, 7 / Math.Max(1, Math.Abs(area.X.Map(1) - area.X.Map(0)))),
            ShowOutliers = false,
            Solid = true,
            Name = Name,
        }.Draw(area));
        return nodes;
    }

    // Half widths over heights in pixels. Where there are more places than pixels, the first of each 0.6 pixels is kept and a peak that
    // stands out among them.
    private static List<Point> Side(KernelDensity density, Scale scale, double perDensity, double most)
    {
        var side = new List<Point>();
        double skipped = 0;
        for (int i = 0; i < density.Heights.Count; i++)
        {
            var p = new Point(Math.Min(most, density.Heights[i] * perDensity), scale.Map(density.At(i)));
            if (!double.IsFinite(p.X + p.Y)) continue;
            if (side.Count > 0 && i < density.Heights.Count - 1 && Math.Abs(p.Y - side[^1].Y) < 0.6)
            {
                skipped = Math.Max(skipped, p.X);
                continue;
            }
            if (side.Count > 0 && skipped > Math.Max(side[^1].X, p.X) + 1) side[^1] = side[^1] with { X = skipped };
            skipped = 0;
            side.Add(p);
        }
        return side;
    }
}
