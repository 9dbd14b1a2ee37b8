using System.Globalization;

namespace Explain.Render;

/// <summary>Equal steps, equal distances.</summary>
/// <param name="Domain">The values shown.</param>
/// <param name="From">Pixel of the lower end.</param>
/// <param name="To">Pixel of the upper end.</param>
public sealed record LinearScale(Limits Domain, double From, double To) : Scale(Domain, From, To)
{
    /// <summary>True where only whole numbers are values (epochs, counts): no tick lies between them.</summary>
    public bool Whole { get; init; }

    /// <summary>True where values are shares to be labelled in percent.</summary>
    public bool Percent { get; init; }

    /// <inheritdoc/>
    public override double Map(double value) => Evenly(value);

    /// <inheritdoc/>
    public override TickSet Ticks(TickRoom room) => TickSearch.Best(this, room, Whole, Percent);

    /// <summary>The domain widened to whole steps of about <paramref name="spacing"/> pixels.</summary>
    public LinearScale Nice(double spacing)
    {
        var ticks = Ticks(spacing);
        if (ticks.Count < 2) return this;
        double step = Clean((ticks[^1].Value - ticks[0].Value) / (ticks.Count - 1));
        double low = Math.Floor((Domain.Min / step) + 1e-6), high = Math.Ceiling((Domain.Max / step) - 1e-6);
        return this with { Domain = new Limits(Clean(low * step), Clean(high * step)) };
    }

    // Steps and their multiples have few digits; the rounding of a difference of doubles is not among them.
    private static double Clean(double value) =>
        double.Parse(value.ToString("G13", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
