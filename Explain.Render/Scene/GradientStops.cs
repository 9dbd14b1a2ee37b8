namespace Explain.Render;

/// <summary>The stops of a gradient as canvases want them.</summary>
internal static class GradientStops
{
    /// <summary>Whether the gradient has a direction to change in; where it has none, its last colour is everywhere.</summary>
    public static bool HasExtent(this GradientPaint gradient) => gradient.Stops.Count > 1 && gradient switch
    {
        LinearGradient g => g.From != g.To && g.From.IsFinite && g.To.IsFinite,
        RadialGradient g => g.Radius > 0 && double.IsFinite(g.Radius) && g.Center.IsFinite,
        _ => false,
    };

    /// <summary>Offsets within 0 … 1 and none before the one in front of it, as SVG reads them.</summary>
    public static IReadOnlyList<GradientStop> Ordered(this GradientPaint gradient)
    {
        var stops = new List<GradientStop>(gradient.Stops.Count);
        double last = 0;
        foreach (var stop in gradient.Stops)
        {
            last = double.IsNaN(stop.Offset) ? last : Math.Max(last, Math.Clamp(stop.Offset, 0, 1));
            stops.Add(stop with { Offset = last });
        }
        return stops;
    }
}
