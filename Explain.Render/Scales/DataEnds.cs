namespace Explain.Render;

/// <summary>The few values that decide the limits of an axis, found in one pass over many.</summary>
internal struct DataEnds()
{
    private double _least = double.PositiveInfinity;
    private double _leastPositive = double.PositiveInfinity;
    private double _largest = double.NegativeInfinity;

    /// <summary>Of the horizontal (or vertical) values of the points that are finite in both.</summary>
    public static IEnumerable<double> Of(IReadOnlyList<Point> points, bool vertical)
    {
        var ends = new DataEnds();
        for (int i = 0; i < points.Count; i++)
        {
            var (x, y) = points[i];
            if (double.IsFinite(x) && double.IsFinite(y)) ends.Add(vertical ? y : x);
        }
        return ends.Values;
    }

    /// <summary>Of the finite values.</summary>
    public static IEnumerable<double> Of(ReadOnlySpan<float> values)
    {
        var ends = new DataEnds();
        foreach (float v in values)
        {
            if (float.IsFinite(v)) ends.Add(v);
        }
        return ends.Values;
    }

    /// <summary>
    /// The least, the least positive one (the lower end of a logarithmic axis) and the largest; none where there was no value.
    /// </summary>
    private readonly double[] Values =>
        _least > _largest ? [] : double.IsFinite(_leastPositive) ? [_least, _leastPositive, _largest] : [_least, _largest];

    private void Add(double value)
    {
        if (value < _least) _least = value;
        if (value > _largest) _largest = value;
        if (value > 0 && value < _leastPositive) _leastPositive = value;
    }
}
