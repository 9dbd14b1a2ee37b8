namespace Explain.Render;

/// <summary>Seconds that passed, with ticks at whole seconds, minutes, hours and days.</summary>
/// <param name="Domain">In seconds.</param>
/// <param name="From">Pixel of the lower end.</param>
/// <param name="To">Pixel of the upper end.</param>
public sealed record TimeScale(Limits Domain, double From, double To) : Scale(Domain, From, To)
{
    private const long Minute = 60, Hour = 3600, Day = 86400;
    private static readonly long[] Steps =
    [
        1, 2, 5, 10, 15, 30, Minute, 2 * Minute, 5 * Minute, 10 * Minute, 15 * Minute, 30 * Minute, Hour, 2 * Hour, 3 * Hour, 6 * Hour,
        12 * Hour, Day, 2 * Day, 5 * Day, 10 * Day, 20 * Day, 50 * Day, 100 * Day,
    ];

    /// <inheritdoc/>
    public override double Map(double value) => Evenly(value);

    /// <inheritdoc/>
    public override TickSet Ticks(TickRoom room)
    {
        if (Domain.IsEmpty || !(Domain.Span > 0) || !(Length > 0)) return TickSet.None;
        // Roomier than needed where three still fit.
        foreach (double spacing in new[] { 1.5 * room.Spacing, room.Spacing, Length / 3 })
        {
            foreach (long step in Steps)
            {
                double first = Math.Ceiling((Domain.Min / step) - 1e-9), last = Math.Floor((Domain.Max / step) + 1e-9);
                if (last - first < (spacing > room.Spacing ? 2 : 1)
                    || step / Domain.Span * Length < Math.Min(spacing, Length / 3)
                    || !(Math.Abs(last) < 1e12))
                    continue;
                Tick[] ticks = [.. Enumerable.Range(0, (int)(last - first) + 1)
                    .Select(i => new Tick((first + i) * step, Words((first + i) * step, units: 4)))];
                if (room.Fits(this, ticks)) return new TickSet(ticks);
            }
        }
        // Below a second, and beyond what the table of steps reaches, decimal steps of one unit.
        var (unit, name) = Domain.Max - Domain.Min > 20 * Day ? (Day, "d") : (1L, "s");
        var inner = new LinearScale(new Limits(Domain.Min / unit, Domain.Max / unit), From, To)
            .Ticks(room with { Common = false, TextSize = room.TextSize * 1.3 });
        return new TickSet([.. inner.Ticks.Select(t => new Tick(t.Value * unit, t.Value == 0 ? "0" : $"{t.Label}\u00A0{name}"))]);
    }

    /// <summary>"1 min 30 s", "2 h", "0.25 s": the <paramref name="units"/> largest units.</summary>
    public static string Words(double seconds, int units = 2)
    {
        if (!double.IsFinite(seconds)) return "n/a";
        if (seconds < 0) return "−" + Words(-seconds, units);
        if (seconds < 10 && seconds != Math.Round(seconds)) return $"{NumberFormat.Value(seconds)}\u00A0s";
        if (seconds >= 1e15) return $"{NumberFormat.Value(seconds / Day)}\u00A0d";
        long rest = (long)Math.Round(seconds);
        if (rest == 0) return "0";
        (long Size, string Name)[] all = [(Day, "d"), (Hour, "h"), (Minute, "min"), (1, "s")];
        int largest = Array.FindIndex(all, u => rest >= u.Size);
        var words = new List<string>();
        foreach (var (size, name) in all.Skip(largest).Take(units))
        {
            if (rest / size > 0) words.Add($"{NumberFormat.Count(rest / size)}\u00A0{name}");
            rest %= size;
        }
        return string.Join(' ', words);
    }
}
