namespace Explain.Render;

/// <summary>
/// Logarithmic to both sides of zero and linear within ±<paramref name="Threshold"/>, for signed values of several orders. The linear part
/// to each side is as long as one decade; slope and position are continuous in value but the slope jumps at the threshold, so a figure says
/// where it lies.
/// </summary>
/// <param name="Domain">The values shown.</param>
/// <param name="From">Pixel of the lower end.</param>
/// <param name="To">Pixel of the upper end.</param>
/// <param name="Threshold">Positive; magnitudes up to it are linear.</param>
public sealed record SymmetricLogScale(Limits Domain, double From, double To, double Threshold) : Scale(Domain, From, To)
{
    private const double DecadesPerUnit = 0.4342944819032518; // 1 / ln 10

    /// <inheritdoc/>
    public override double Map(double value)
    {
        double low = Bent(Domain.Min), high = Bent(Domain.Max);
        return From + ((Bent(value) - low) / (high - low) * (To - From));
    }

    /// <inheritdoc/>
    public override TickSet Ticks(TickRoom room)
    {
        if (Domain.IsEmpty || !(Domain.Span > 0) || !(Threshold > 0) || !(Length > 0)) return TickSet.None;
        if (Domain.Max <= Threshold && Domain.Min >= -Threshold) return new LinearScale(Domain, From, To).Ticks(room);
        int first = (int)Math.Ceiling(PortableMath.Log10(Threshold) - 1e-9),
            last = (int)Math.Floor(PortableMath.Log10(Math.Max(Math.Abs(Domain.Min), Math.Abs(Domain.Max))) + 1e-9);
        foreach (int every in DecadeSteps.All)
        {
            var ticks = new List<Tick>();
            for (int sign = -1; sign <= 1; sign += 2)
            {
                if (sign > 0) Add(ticks, 0, "0");
                var decades = Enumerable.Range(first, Math.Max(0, last - first + 1));
                // Counted from zero, so that both sides are labelled alike: the linear part is one decade long.
                foreach (int d in sign < 0 ? decades.Reverse() : decades)
                    Add(
                        ticks,
                        sign * DecimalTicks.Value(1, d),
                        (d - first + 1) % every == 0 ? (sign < 0 ? "−" : "") + NumberFormat.PowerOfTen(d) : "");
            }
            if (!LogScale.Enough(ticks)) break;
            double nearest = ticks.Where(t => !t.IsMinor).Zip(ticks.Where(t => !t.IsMinor).Skip(1))
                .Min(p => Math.Abs(Map(p.First.Value) - Map(p.Second.Value)));
            if (nearest >= Math.Min(room.Spacing, Length / 3) * 0.8 && room.Fits(this, ticks)) return new TickSet(ticks);
        }
        // One side and less than a decade.
        return EvenTicks.On(this, room);
    }

    private void Add(List<Tick> ticks, double value, string label)
    {
        if (value >= Domain.Min && value <= Domain.Max) ticks.Add(new Tick(value, label));
    }

    private double Bent(double value)
    {
        double magnitude = Math.Abs(value) / Threshold;
        return magnitude <= 1 ? value / Threshold : Math.CopySign(1 + (PortableMath.Log(magnitude) * DecadesPerUnit), value);
    }
}
