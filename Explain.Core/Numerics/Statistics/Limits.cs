namespace Explain.Core;

/// <summary>A closed range of finite values. <c>default</c> is empty and stands for "nothing to show".</summary>
public readonly record struct Limits
{
    private readonly bool _any;

    /// <summary>From the smaller to the larger of the two; empty where one is not finite.</summary>
    public Limits(double a, double b)
    {
        if (!double.IsFinite(a) || !double.IsFinite(b))
            return;
        _any = true;
        Min = Math.Min(a, b);
        Max = Math.Max(a, b);
    }

    /// <summary>Lower end.</summary>
    public double Min { get; }

    /// <summary>Upper end.</summary>
    public double Max { get; }

    /// <summary>True where there was no finite value.</summary>
    public bool IsEmpty => !_any;

    /// <summary>Upper minus lower end.</summary>
    public double Span => Max - Min;

    /// <summary>The range of the finite values.</summary>
    public static Limits Of(IEnumerable<double> values)
    {
        double min = double.PositiveInfinity, max = double.NegativeInfinity;
        foreach (double v in values)
        {
            if (!double.IsFinite(v)) continue;
            min = Math.Min(min, v);
            max = Math.Max(max, v);
        }
        return new Limits(min, max);
    }

    /// <summary>The smallest range that holds both.</summary>
    public Limits Union(Limits other) => IsEmpty ? other : other.IsEmpty ? this : new(Math.Min(Min, other.Min), Math.Max(Max, other.Max));

    /// <summary>The smallest range that also holds <paramref name="value"/>.</summary>
    public Limits Including(double value) => Union(new Limits(value, value));

    /// <summary>Lower and upper end each further out by the given share of the span, at most to the largest number there is.</summary>
    public Limits Padded(double share)
    {
        if (IsEmpty) return this;
        // Shares of the ends are finite where the difference of the ends is not.
        double by = double.IsFinite(Span) ? share * Span : (share * Max) - (share * Min);
        return new(Finite(Min - by), Finite(Max + by));
    }

    /// <summary>From −m to m, m being the larger magnitude.</summary>
    public Limits Symmetric() => IsEmpty ? this : new(-Math.Max(Math.Abs(Min), Math.Abs(Max)), Math.Max(Math.Abs(Min), Math.Abs(Max)));

    /// <summary>Something that can be drawn: 0 … 1 where empty, widened about the value where it is a single one.</summary>
    public Limits OrWidened()
    {
        if (IsEmpty) return new(0, 1);
        if (Span > 1e-12 * Math.Max(Math.Abs(Min), Math.Abs(Max))) return this;
        double half = Min == 0 ? 0.5 : Math.Abs(Min) / 2;
        return new(Finite(Min - half), Finite(Max + half));
    }

    // Beyond the largest number there is none; an end there is still an end.
    private static double Finite(double end) => Math.Clamp(end, double.MinValue, double.MaxValue);
}
