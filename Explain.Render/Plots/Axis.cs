namespace Explain.Render;

/// <summary>What an axis shows.</summary>
public sealed record Axis
{
    /// <summary>Quantity and unit, e.g. "epoch" or "loss (log)".</summary>
    public string Label { get; init; } = "";

    /// <summary>The values shown; those of the marks where null.</summary>
    public Limits? Limits { get; init; }

    /// <summary>Values that the axis must include beside those of the marks.</summary>
    public IReadOnlyList<double> Include { get; init; } = [];

    /// <summary>Names that stand at the whole numbers 0 … n − 1, where the axis has categories instead of values.</summary>
    public IReadOnlyList<string>? Categories { get; init; }

    /// <summary>Logarithmic; values that are not positive are left out.</summary>
    public bool Log { get; init; }

    /// <summary>Logarithmic to both sides of zero, linear within ± this value; null where not.</summary>
    public double? LinearWithin { get; init; }

    /// <summary>Values are seconds that passed.</summary>
    public bool Time { get; init; }

    /// <summary>Only whole numbers have ticks.</summary>
    public bool Whole { get; init; }

    /// <summary>Labels in percent.</summary>
    public bool Percent { get; init; }

    /// <summary>Whether the ends are widened to whole ticks (linear axes).</summary>
    public bool Nice { get; init; }

    /// <summary>Whether values rise to the left or downwards.</summary>
    public bool Reversed { get; init; }

    /// <summary>False where only the line is drawn.</summary>
    public bool ShowTicks { get; init; } = true;

    /// <summary>False where ticks and grid lines stand without labels, as a neighbour on the same axis has them.</summary>
    public bool ShowLabels { get; init; } = true;

    /// <summary>Positive limits moved apart by 4 % of their distance on a logarithmic axis, so that no line runs along the frame.</summary>
    internal static Limits LogPadded(Limits limits)
    {
        if (limits.Max <= limits.Min) return Apart(limits, 2);
        double factor = PortableMath.Pow(limits.Max / limits.Min, 0.04);
        return Apart(limits, factor);
    }

    // Neither beyond the largest number nor to zero.
    private static Limits Apart(Limits limits, double factor) =>
        new(Math.Max(limits.Min / factor, double.Epsilon), Math.Min(limits.Max * factor, double.MaxValue));

    /// <summary>The limits of the values on this axis, before any padding.</summary>
    internal Limits Of(IEnumerable<double> values) => Limits ?? Core.Limits.Of(values.Concat(Include).Where(v => !Log || v > 0));

    /// <summary>The scale over the given pixels.</summary>
    internal Scale Build(Limits limits, double from, double to, double spacing)
    {
        if (Reversed) (from, to) = (to, from);
        if (Categories is { } names)
        {
            // Marks that reach beyond the outer categories, as ridges do, have room.
            var scale = new CategoryScale(names, from, to);
            return scale with { Domain = scale.Domain.Union(limits) };
        }
        if (Log) return new LogScale(LogLimits(limits), from, to);
        if (LinearWithin is { } threshold and > 0) return new SymmetricLogScale(limits.OrWidened(), from, to, threshold);
        if (Time) return new TimeScale(limits.OrWidened(), from, to);
        var linear = new LinearScale(limits.OrWidened(), from, to) { Whole = Whole, Percent = Percent };
        if (Whole && limits is { IsEmpty: false, Span: 0 })
            linear = linear with { Domain = new(limits.Min - 1, limits.Max + 1) };
        return Nice ? linear.Nice(spacing) : linear;
    }

    private Limits LogLimits(Limits limits)
    {
        limits = limits.IsEmpty || limits.Max <= 0 ? new(0.1, 1) : limits;
        double low = limits.Min > 0 ? limits.Min : Math.Max(limits.Max / 1000, double.Epsilon);
        return limits.Max / low < 1.02 ? Apart(new(low, low), 2) : Limits is null ? LogPadded(new(low, limits.Max)) : new(low, limits.Max);
    }
}
