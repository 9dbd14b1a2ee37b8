namespace Explain.Render;

/// <summary>
/// Categories at the whole numbers 0 … n − 1, half a step from the ends unless the domain is made wider; a linear scale whose ticks are
/// names.
/// </summary>
/// <param name="Names">One a category.</param>
/// <param name="From">Pixel of the lower end, −0.5.</param>
/// <param name="To">Pixel of the upper end, n − 0.5.</param>
public sealed record CategoryScale(IReadOnlyList<string> Names, double From, double To)
    : Scale(new Limits(-0.5, Math.Max(1, Names.Count) - 0.5), From, To)
{
    /// <summary>Pixels from one category to the next.</summary>
    public double Step => Length / Domain.Span;

    /// <inheritdoc/>
    public override double Map(double value) => Evenly(value);

    /// <summary>Every n-th name, n being the least that keeps them apart; an axis wraps and shortens them first.</summary>
    public override TickSet Ticks(TickRoom room)
    {
        for (int every = 1; every < Names.Count; every++)
        {
            Tick[] ticks = [.. Names.Select((name, i) => new Tick(i, i % every == 0 ? name : ""))];
            if (room.Fits(this, ticks)) return new TickSet(ticks);
        }
        return new TickSet([.. Names.Select((name, i) => new Tick(i, i == 0 ? name : ""))]);
    }
}
