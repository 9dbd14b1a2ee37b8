namespace Explain.Render;

/// <summary>Points of one category as markers that face the reader. Nearer ones hide farther ones.</summary>
public sealed record PointsItem : SpaceItem
{
    private const int CueSteps = 24;

    /// <summary>Positions; those that are not finite or beyond the axes are left out.</summary>
    public required IReadOnlyList<Point3> Points { get; init; }

    /// <summary>Colour of all of them.</summary>
    public required Color Color { get; init; }

    /// <summary>A colour for each point; <see cref="Color"/> where null.</summary>
    public IReadOnlyList<Color>? Colors { get; init; }

    /// <summary>Shape.</summary>
    public Marker Marker { get; init; } = Marker.Circle;

    /// <summary>Radius in pixels, in the middle of the box.</summary>
    public double Radius { get; init; } = 3.2;

    /// <summary>A thin rim that keeps markers apart where they overlap; none where null.</summary>
    public Color? Rim { get; init; }

    /// <summary>
    /// Whether nearer points are larger and stronger, farther ones smaller and paler, by up to this much: 0 for none, 1 for the most.
    /// </summary>
    public double DepthCue { get; init; } = 1;

    internal override (Limits X, Limits Y, Limits Z) Extent => ExtentOf(Points);

    internal override void Build(Stage stage)
    {
        double cue = Math.Clamp(double.IsNaN(DepthCue) ? 0 : DepthCue, 0, 1);
        var faded = new Dictionary<(Color Color, int Step), Color>();
        for (int i = 0; i < Points.Count; i++)
        {
            var at = stage.Map(Points[i]);
            if (!stage.Holds(at)) continue;
            double nearness = stage.Nearness(at);
            double radius = Radius * (1 + (cue * 0.45 * (nearness - 0.5) * 2));
            var color = Faded(Colors is { } own && i < own.Count ? own[i] : Color, nearness);
            stage.Add(at, Marker, radius, color, Rim);
        }

        Color Faded(Color color, double nearness)
        {
            int step = (int)Math.Round(CueSteps * cue * (1 - nearness));
            if (step == 0) return color;
            if (!faded.TryGetValue((color, step), out var paler))
            {
                paler = Oklab.Mix(color, stage.Theme.Background, 0.6 * step / CueSteps) with { A = color.A };
                faded.Add((color, step), paler);
            }
            return paler;
        }
    }
}
