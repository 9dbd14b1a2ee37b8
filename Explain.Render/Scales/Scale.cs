namespace Explain.Render;

/// <summary>A mark on an axis.</summary>
/// <param name="Value">In the units of the data.</param>
/// <param name="Label">Empty for a minor tick.</param>
public readonly record struct Tick(double Value, string Label)
{
    /// <summary>True for a tick without a label.</summary>
    public bool IsMinor => Label.Length == 0;
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

    /// <summary>Ticks that stand at least <paramref name="spacing"/> pixels apart, at least two with labels wherever the domain allows it.</summary>
    /// <param name="spacing">Smallest distance of two labelled ticks.</param>
    public abstract IReadOnlyList<Tick> Ticks(double spacing);
}

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
    public override double Map(double value) => From + ((value - Domain.Min) / Domain.Span * (To - From));

    /// <inheritdoc/>
    public override IReadOnlyList<Tick> Ticks(double spacing)
    {
        double step = NiceStep(Domain.Span * Math.Max(1, spacing) / Math.Max(1, Length));
        if (Whole) step = Math.Max(1, step);
        var ticks = At(step);
        // A wide spacing on a short axis may leave one tick or none: then finer steps, until two fit.
        for (int i = 0; i < 3 && ticks.Count < 2 && !(Whole && step <= 1); i++)
        {
            step = Finer(step);
            ticks = At(step);
        }
        return ticks;
    }

    /// <summary>The domain widened to whole steps of about <paramref name="spacing"/> pixels.</summary>
    public LinearScale Nice(double spacing)
    {
        double step = NiceStep(Domain.Span * Math.Max(1, spacing) / Math.Max(1, Length));
        return this with { Domain = new Limits(Math.Floor((Domain.Min / step) + 1e-9) * step, Math.Ceiling((Domain.Max / step) - 1e-9) * step) };
    }

    /// <summary>The smallest of 1, 2, 5 times a power of ten that is not below <paramref name="least"/>.</summary>
    internal static double NiceStep(double least)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        double lead = least / power;
        return lead <= 1 + 1e-9 ? power : lead <= 2 + 1e-9 ? 2 * power : lead <= 5 + 1e-9 ? 5 * power : 10 * power;
    }

    private static double Finer(double step) => NiceStep(step / 2.5);

    private List<Tick> At(double step)
    {
        var ticks = new List<Tick>();
        long first = (long)Math.Ceiling((Domain.Min / step) - 1e-6), last = (long)Math.Floor((Domain.Max / step) + 1e-6);
        for (long i = first; i <= last && ticks.Count < 1000; i++)
        {
            double value = i * step;
            ticks.Add(new Tick(value, Percent ? NumberFormat.Tick(100 * value, 100 * step) + "\u00A0%" : NumberFormat.Tick(value, step)));
        }
        return ticks;
    }
}

/// <summary>Equal ratios, equal distances. Values that are not positive have no place on it.</summary>
/// <param name="Domain">The values shown; its lower end is positive.</param>
/// <param name="From">Pixel of the lower end.</param>
/// <param name="To">Pixel of the upper end.</param>
public sealed record LogScale(Limits Domain, double From, double To) : Scale(Domain, From, To)
{
    /// <inheritdoc/>
    public override double Map(double value) =>
        value > 0 ? From + (Math.Log(value / Domain.Min) / Math.Log(Domain.Max / Domain.Min) * (To - From)) : double.NaN;

    /// <inheritdoc/>
    public override IReadOnlyList<Tick> Ticks(double spacing)
    {
        double low = Math.Log10(Domain.Min), high = Math.Log10(Domain.Max);
        double perDecade = Length / (high - low);
        int every = Math.Max(1, (int)Math.Ceiling(spacing / perDecade));
        int first = (int)Math.Floor(low), last = (int)Math.Ceiling(high);
        var ticks = new List<Tick>();
        bool plain = Domain.Min >= 1e-3 && Domain.Max <= 1e4;
        // One or two labelled powers say little: 2 and 5 between them, or where those would crowd, 3.
        int decades = Decades(low, high, every);
        int[] inner = perDecade * 0.3 >= spacing ? [2, 5] : perDecade * 0.47 >= spacing ? [3] : [];
        bool labelInside = decades < 2 || (decades < 3 && inner.Length > 0);
        for (int decade = first; decade <= last; decade++)
        {
            bool labelled = ((decade % every) + every) % every == 0;
            for (int lead = 1; lead < 10; lead++)
            {
                double value = lead * Math.Pow(10, decade);
                if (value < Domain.Min * (1 - 1e-9) || value > Domain.Max * (1 + 1e-9)) continue;
                if (lead == 1) ticks.Add(new Tick(value, labelInside && plain ? NumberFormat.Value(value, 1) : labelled ? NumberFormat.PowerOfTen(decade) : ""));
                else if (labelInside && inner.Contains(lead)) ticks.Add(new Tick(value, plain ? NumberFormat.Value(value, 1) : $"{lead}×{NumberFormat.PowerOfTen(decade)}"));
                else if (every == 1 && perDecade >= 30) ticks.Add(new Tick(value, ""));
            }
        }
        // Less than a decade: evenly spaced ticks say more than the one or two powers inside.
        return ticks.Count(t => !t.IsMinor) >= 2 ? ticks : Even(spacing);
    }

    private static int Decades(double low, double high, int every)
    {
        int count = 0;
        for (int decade = (int)Math.Ceiling(low - 1e-9); decade <= (int)Math.Floor(high + 1e-9); decade++)
        {
            if (((decade % every) + every) % every == 0) count++;
        }
        return count;
    }

    private List<Tick> Even(double spacing)
    {
        var ticks = new List<Tick>();
        double last = double.NaN;
        foreach (var tick in new LinearScale(Domain, From, To).Ticks(spacing))
        {
            if (tick.Value <= 0 || (!double.IsNaN(last) && Math.Abs(Map(tick.Value) - last) < spacing * 0.6)) continue;
            ticks.Add(tick);
            last = Map(tick.Value);
        }
        return ticks;
    }
}

/// <summary>Equal bands for categories, in order.</summary>
/// <param name="Count">Number of bands.</param>
/// <param name="From">Pixel where the first begins.</param>
/// <param name="To">Pixel where the last ends.</param>
/// <param name="Gap">Share of a band left empty between neighbours.</param>
public sealed record BandScale(int Count, double From, double To, double Gap = 0.2)
{
    /// <summary>Distance from one band to the next.</summary>
    public double Step => (To - From) / Math.Max(1, Count);

    /// <summary>Width of a band without the gap.</summary>
    public double Width => Step * (1 - Gap);

    /// <summary>Where the band <paramref name="index"/> begins.</summary>
    public double Start(int index) => From + (Step * index) + (Step * Gap / 2);

    /// <summary>The middle of the band <paramref name="index"/>.</summary>
    public double Center(int index) => From + (Step * (index + 0.5));
}
