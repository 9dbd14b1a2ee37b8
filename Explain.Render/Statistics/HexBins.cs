namespace Explain.Render;

/// <summary>One hexagon with points in it.</summary>
/// <param name="Center">In pixels.</param>
/// <param name="Count">Points.</param>
/// <param name="Sum">Of the finite third values of the points.</param>
/// <param name="Valued">Points whose third value is finite.</param>
public readonly record struct HexBin(Point Center, int Count, double Sum, int Valued)
{
    /// <summary>The mean of the finite third values; NaN where there is none.</summary>
    public double Mean => Valued == 0 ? double.NaN : Sum / Valued;
}

/// <summary>
/// Points counted into regular hexagons (Carr, Littlefield, Nicholson and Littlefield, "Scatterplot matrix techniques for large N", 1987):
/// two rectangular lattices, each shifted by half a cell against the other; a point belongs to the nearer of its two nearest lattice
/// points.
/// </summary>
public static class HexBins
{
    private const double RootThree = 1.7320508075688772;

    /// <summary>The hexagons that hold points, from the upper left.</summary>
    /// <param name="points">In pixels; those that are not finite are left out.</param>
    /// <param name="values">
    /// A third value, one a point; none where empty. Those that are not finite, and missing ones, have no part in a mean.
    /// </param>
    /// <param name="width">From one upright side to the other, in pixels.</param>
    public static IReadOnlyList<HexBin> Of(IEnumerable<Point> points, IReadOnlyList<float> values, double width)
    {
        double height = width * RootThree;
        var bins = new Dictionary<(int Row, int Column), (int Count, double Sum, int Valued)>();
        int n = -1;
        foreach (var p in points)
        {
            n++;
            double x = p.X / width, y = p.Y / height;
            if (!(Math.Abs(x) < 1e6 && Math.Abs(y) < 1e6)) continue;
            double i = Math.Round(x), j = Math.Round(y), k = Math.Floor(x), l = Math.Floor(y);
            double first = Square(x - i) + (3 * Square(y - j)), second = Square(x - k - 0.5) + (3 * Square(y - l - 0.5));
            var key = first <= second ? (2 * (int)j, 2 * (int)i) : ((2 * (int)l) + 1, (2 * (int)k) + 1);
            var old = bins.GetValueOrDefault(key);
            bool valued = n < values.Count && float.IsFinite(values[n]);
            bins[key] = (old.Count + 1, valued ? old.Sum + values[n] : old.Sum, valued ? old.Valued + 1 : old.Valued);
        }
        return [.. bins.OrderBy(b => b.Key.Row).ThenBy(b => b.Key.Column).Select(b =>
            new HexBin(new Point(b.Key.Column * width / 2, b.Key.Row * height / 2), b.Value.Count, b.Value.Sum, b.Value.Valued))];

        static double Square(double v) => v * v;
    }

    /// <summary>
    /// The hexagon about a centre, a corner at the top. Corners lie on a common grid, so that neighbours share theirs to the last bit but
    /// for rounding.
    /// </summary>
    public static PathData Outline(Point center, double width)
    {
        double half = width / 2, side = width / RootThree;
        return new PathBuilder().MoveTo(center.X, center.Y - side).LineTo(center.X + half, center.Y - (side / 2))
            .LineTo(center.X + half, center.Y + (side / 2))
            .LineTo(center.X, center.Y + side).LineTo(center.X - half, center.Y + (side / 2)).LineTo(center.X - half, center.Y - (side / 2))
            .Close().Build();
    }
}
