namespace Explain.Render;

/// <summary>Equal ratios, equal distances. Values that are not positive have no place on it.</summary>
/// <param name="Domain">The values shown; its lower end is positive.</param>
/// <param name="From">Pixel of the lower end.</param>
/// <param name="To">Pixel of the upper end.</param>
public sealed record LogScale(Limits Domain, double From, double To) : Scale(Domain, From, To)
{
    // Labelled leads within a decade, the most first.
    private static readonly int[][] Inner = [[2, 5], [3], []];

    /// <inheritdoc/>
    public override double Map(double value) =>
        // Natural logarithms: the ratio is the same, and they take a twentieth of the time of decimal ones.
        value > 0
            ? From
                + ((PortableMath.Log(value) - PortableMath.Log(Domain.Min)) / (PortableMath.Log(Domain.Max) - PortableMath.Log(Domain.Min))
                    * (To - From))
            : double.NaN;

    /// <inheritdoc/>
    public override TickSet Ticks(TickRoom room)
    {
        if (!(Domain.Min > 0) || !(Domain.Max > Domain.Min) || !(Length > 0)) return TickSet.None;
        double perDecade = Length / (PortableMath.Log10(Domain.Max) - PortableMath.Log10(Domain.Min));
        // One or two labelled powers say little: 2 and 5 between them, or where those would crowd, 3.
        foreach (int[] inner in Inner)
        {
            double narrowest = perDecade * (inner.Length == 2 ? 0.3 : inner.Length == 1 ? 0.47 : 1);
            var ticks = At(1, inner, perDecade);
            int powers = ticks.Count(t => !t.IsMinor && IsPower(t.Value));
            bool wanted = inner.Length == 0 || powers < 2 || (powers < 3 && perDecade >= room.Spacing);
            if (wanted && narrowest >= room.Spacing * (inner.Length == 0 ? 1 : 0.97) && Enough(ticks) && room.Fits(this, ticks))
                return new TickSet(ticks);
        }
        foreach (int every in DecadeSteps.All.Where(n => n * perDecade >= room.Spacing || n > 1))
        {
            if (every * perDecade < room.Spacing * 0.999) continue;
            var ticks = At(every, [], perDecade);
            if (!Enough(ticks)) break;
            if (room.Fits(this, ticks)) return new TickSet(ticks);
        }
        // Less than a decade: evenly spaced ticks say more than the one or two powers inside.
        return EvenTicks.On(this, room);
    }

    internal static bool Enough(List<Tick> ticks) => ticks.Count(t => !t.IsMinor) >= 2;

    private static bool IsPower(double value) => Math.Abs(PortableMath.Log10(value) - Math.Round(PortableMath.Log10(value))) < 1e-9;

    private List<Tick> At(int every, int[] inner, double perDecade)
    {
        bool plain = Domain.Min >= 0.99e-3 && Domain.Max <= 1.01e4 && inner.Length > 0;
        var ticks = new List<Tick>();
        for (int decade =
            (int)Math.Floor(PortableMath.Log10(Domain.Min)); decade <= (int)Math.Ceiling(PortableMath.Log10(Domain.Max)); decade++)
        {
            for (int lead = 1; lead < 10; lead++)
            {
                double value = DecimalTicks.Value(lead, decade);
                if (!(value >= Domain.Min * (1 - 1e-9)) || !(value <= Domain.Max * (1 + 1e-9)) || value == 0 || double.IsInfinity(value))
                    continue;
                bool labelled = lead == 1 ? decade % every == 0 : inner.Contains(lead);
                if (labelled)
                    ticks.Add(new Tick(
                        value,
                        plain ? NumberFormat.Value(value, 1)
                            : lead == 1 ? NumberFormat.PowerOfTen(decade)
                            : $"{lead}×{NumberFormat.PowerOfTen(decade)}"));
                else if (lead == 1 ? perDecade >= 4 : every == 1 && perDecade >= 30) ticks.Add(new Tick(value, ""));
            }
        }
        return ticks;
    }
}
