namespace Explain.Tool;

/// <summary>What the values of one tensor look like; mean, spread and limits over the finite values, NaN where there is none.</summary>
internal sealed record ParameterStatistics(string Name, string Type, string Shape, int Count, double Mean, double Std, double Min, double Max, int Zeros, int NotFinite)
{
    /// <summary>Statistics of <paramref name="values"/>.</summary>
    public static ParameterStatistics Of(string name, string type, string shape, ReadOnlySpan<float> values)
    {
        double sum = 0, min = double.PositiveInfinity, max = double.NegativeInfinity;
        int zeros = 0, finite = 0;
        foreach (float value in values)
        {
            if (!float.IsFinite(value)) continue;
            finite++;
            sum += value;
            min = Math.Min(min, value);
            max = Math.Max(max, value);
            if (value == 0) zeros++;
        }
        if (finite == 0) return new(name, type, shape, values.Length, double.NaN, double.NaN, double.NaN, double.NaN, 0, values.Length);
        double mean = sum / finite, squares = 0;
        foreach (float value in values)
        {
            if (float.IsFinite(value)) squares += (value - mean) * (value - mean);
        }
        return new(name, type, shape, values.Length, mean, Math.Sqrt(squares / finite), min, max, zeros, values.Length - finite);
    }
}
