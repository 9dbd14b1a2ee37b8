namespace Explain.Render;

/// <summary>Values → colours between fixed limits. Values beyond them take the end colour; values that are not finite their own.</summary>
/// <param name="Map">The colours.</param>
/// <param name="Limits">The values of the two ends.</param>
/// <param name="NotFinite">For NaN and infinities.</param>
public sealed record ColorScale(ColorMap Map, Limits Limits, Color NotFinite)
{
    // Within this share of the limit a logarithmic scale is linear.
    private const double LinearShare = 0.01;

    /// <summary>How values between the limits are spread over the colours.</summary>
    public Spread Spread { get; init; }

    /// <summary>For signed values: −<paramref name="limit"/> … <paramref name="limit"/>, zero neutral.</summary>
    public static ColorScale Diverging(Theme theme, double limit, Spread spread = Spread.Linear) =>
        new(ColorMap.Diverging(theme), new Limits(-Usable(limit), Usable(limit)), NotFiniteColor) { Spread = spread };

    /// <summary>For magnitudes from zero (or <paramref name="minimum"/>) to <paramref name="limit"/>.</summary>
    public static ColorScale Sequential(Theme theme, double limit, double minimum = 0) =>
        new(ColorMap.Sequential(theme), new Limits(minimum, limit > minimum ? limit : minimum + 1), NotFiniteColor);

    /// <summary>For pictures, dark (or, on dark, light) where the value is high.</summary>
    public static ColorScale Grey(Theme theme, Limits limits) => new(ColorMap.Grey(theme), limits.OrWidened(), NotFiniteColor);

    private static Color NotFiniteColor => Color.FromRgb(0xFF00C8);

    /// <summary>The colour of a value.</summary>
    public Color At(double value) => double.IsFinite(value) ? Map.At(Position(value)) : NotFinite;

    /// <summary>Where a value lies between the ends, 0 … 1 and beyond.</summary>
    public double Position(double value)
    {
        // Halves, where the distance of the limits is more than the largest number.
        if (Spread == Spread.Linear)
            return double.IsFinite(Limits.Span) ? (value - Limits.Min) / Limits.Span
                : ((value / 2) - (Limits.Min / 2)) / ((Limits.Max / 2) - (Limits.Min / 2));
        double magnitude = Spread == Spread.Root
            ? Math.Sqrt(Math.Abs(value) / Limits.Max)
            : PortableMath.Log(1 + (Math.Abs(value) / (Limits.Max * LinearShare))) / PortableMath.Log(1 + (1 / LinearShare));
        return Limits.Min < 0 ? 0.5 + (Math.Sign(value) * magnitude / 2) : magnitude;
    }

    /// <summary>The share of the finite values that lie beyond the limits by more than rounding.</summary>
    public double Clipped(ReadOnlySpan<float> values)
    {
        double slack = 1e-6 * Limits.Span;
        int beyond = 0;
        foreach (float v in values)
        {
            if (float.IsFinite(v) && (v < Limits.Min - slack || v > Limits.Max + slack)) beyond++;
        }
        return values.Length == 0 ? 0 : (double)beyond / values.Length;
    }

    private static double Usable(double limit) => limit > 0 && double.IsFinite(limit) ? limit : 1;
}

/// <summary>How values are spread over the colours of a scale that begins at zero or is symmetric about it.</summary>
public enum Spread
{
    /// <summary>Evenly.</summary>
    Linear,

    /// <summary>By the square root of the magnitude: small shares beside large ones.</summary>
    Root,

    /// <summary>By the logarithm of the magnitude (linear below 1 % of the limit): values of several orders.</summary>
    Log,
}
