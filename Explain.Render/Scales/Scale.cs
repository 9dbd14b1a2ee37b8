namespace Explain.Render;

/// <summary>A mark on an axis.</summary>
/// <param name="Value">In the units of the data.</param>
/// <param name="Label">Empty for a minor tick.</param>
public readonly record struct Tick(double Value, string Label)
{
    /// <summary>True for a tick without a label.</summary>
    public bool IsMinor => Label.Length == 0;
}

/// <summary>The ticks of one axis, labelled in one format.</summary>
/// <param name="Ticks">In rising order; inside the domain.</param>
/// <param name="Common">
/// What every label leaves out and the axis says once: a factor ("×10⁻³") or an offset ("+ 1,000,000"); empty where labels say all.
/// </param>
public sealed record TickSet(IReadOnlyList<Tick> Ticks, string Common = "")
{
    /// <summary>No tick.</summary>
    public static TickSet None { get; } = new([]);
}

/// <summary>Values → pixels along one direction.</summary>
/// <param name="Domain">The values shown.</param>
/// <param name="From">Pixel of the lower end.</param>
/// <param name="To">Pixel of the upper end; may be smaller than <paramref name="From"/>.</param>
public abstract record Scale(Limits Domain, double From, double To)
{
    /// <summary>Length in pixels.</summary>
    public double Length => Math.Abs(To - From);

    /// <summary>The pixel of a value, also outside the domain; NaN where the scale has none.</summary>
    public abstract double Map(double value);

    /// <summary>The best ticks for the room, at least two with labels wherever the domain allows it; no two labels touch.</summary>
    public abstract TickSet Ticks(TickRoom room);

    /// <summary>The pixel of a value where equal steps have equal distances.</summary>
    private protected double Evenly(double value) =>
        // Halves keep the difference of two huge values finite.
        double.IsFinite(Domain.Span) ? From + ((value - Domain.Min) / Domain.Span * (To - From))
            : From + (((value / 2) - (Domain.Min / 2)) / ((Domain.Max / 2) - (Domain.Min / 2)) * (To - From));

    /// <summary>Ticks that stand at least <paramref name="spacing"/> pixels apart wherever two still fit; each label says all.</summary>
    /// <param name="spacing">Smallest distance of two labelled ticks.</param>
    public IReadOnlyList<Tick> Ticks(double spacing) => Ticks(new TickRoom(spacing)).Ticks;
}
