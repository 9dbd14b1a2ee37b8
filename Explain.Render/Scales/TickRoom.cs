namespace Explain.Render;

/// <summary>How much room the labels of an axis have.</summary>
/// <param name="Spacing">Least distance of two labelled ticks in pixels; given up before an axis has fewer than two.</param>
public sealed record TickRoom(double Spacing)
{
    /// <summary>Labels beside each other under a horizontal axis: their measured widths must stay apart.</summary>
    public static TickRoom Along(ITypeface face) => new(46) { Face = face, Common = true };

    /// <summary>Labels below each other beside a vertical axis.</summary>
    public static TickRoom Beside { get; } = new(28) { Common = true };

    /// <summary>Size of the labels.</summary>
    public double TextSize { get; init; } = Typography.Small;

    /// <summary>Measures labels that take room along the axis by their widths; null where they take it by their height.</summary>
    public ITypeface? Face { get; init; }

    /// <summary>Whether a factor or an offset may stand once beside the axis.</summary>
    public bool Common { get; init; }

    /// <summary>
    /// Whether no two labels of the ticks touch on the scale; an em lies between labels beside each other, an eighth between those below
    /// each other.
    /// </summary>
    public bool Fits(Scale scale, IEnumerable<Tick> ticks)
    {
        double last = double.NaN, half = 0;
        double clear = TextSize * (Face is null ? 0.125 : 0.8);
        foreach (var tick in ticks)
        {
            if (tick.IsMinor) continue;
            double at = scale.Map(tick.Value), own = (Face?.Measure(tick.Label, TextSize) ?? TextSize) / 2;
            if (!double.IsNaN(last) && Math.Abs(at - last) < half + own + clear) return false;
            (last, half) = (at, own);
        }
        return true;
    }
}
