namespace Explain.Render;

/// <summary>Evenly spaced values on a scale that is not linear, for domains that hold less than two of its own ticks.</summary>
internal static class EvenTicks
{
    /// <summary>The ticks of a linear axis, without those that come too near to the one above on this scale.</summary>
    public static TickSet On(Scale scale, TickRoom room)
    {
        var linear = new LinearScale(scale.Domain, scale.From, scale.To);
        for (double spacing = room.Spacing; spacing > 2; spacing /= 1.5)
        {
            var set = linear.Ticks(room with { Spacing = spacing });
            var kept = new List<Tick>();
            foreach (var tick in set.Ticks.Where(t => double.IsFinite(scale.Map(t.Value))).Reverse())
            {
                if (kept.Count == 0
                    || (Math.Abs(scale.Map(tick.Value) - scale.Map(kept[^1].Value)) >= spacing * 0.6 && room.Fits(scale, [tick, kept[^1]])))
                    kept.Add(tick);
            }
            kept.Reverse();
            if (kept.Count >= 2) return set with { Ticks = kept };
        }
        var ticks = linear.Ticks(room);
        return room.Fits(scale, ticks.Ticks) ? ticks : ticks with { Ticks = [ticks.Ticks[^1]] };
    }
}
