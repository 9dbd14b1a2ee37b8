namespace Explain.Render;

/// <summary>One distribution of a <see cref="RidgeMark"/>: heights over evenly spaced places.</summary>
/// <param name="Name">Its accessible name.</param>
/// <param name="Minimum">Place of the first height.</param>
/// <param name="Maximum">Place of the last height.</param>
/// <param name="Heights">Shares or densities; what is not finite counts as none.</param>
/// <param name="Color">Of the outline; the area is a lighter form of it.</param>
public sealed record Ridge(string Name, double Minimum, double Maximum, IReadOnlyList<double> Heights, Color Color)
{
    /// <summary>The density of samples, see <see cref="KernelDensity"/>.</summary>
    public static Ridge Of(string name, ReadOnlySpan<float> samples, Color color)
    {
        var density = KernelDensity.Of(samples);
        return new Ridge(name, density.Minimum, density.Maximum, density.Heights, color);
    }
}

/// <summary>
/// Many distributions one below the other, each hiding a little of the one behind it (Wilke, "Fundamentals of data visualization", 2019).
/// All heights are to one scale; the first stands at 0 of the vertical axis.
/// </summary>
public sealed record RidgeMark : Mark
{
    /// <summary>From the top.</summary>
    public required IReadOnlyList<Ridge> Ridges { get; init; }

    /// <summary>How many steps of the axis the highest ridge reaches up.</summary>
    public double Overlap { get; init; } = 2.2;

    /// <summary>The height that reaches so far; the largest of all where null. What is higher is cut.</summary>
    public double? Tallest { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<double> Xs =>
        Ridges.Where(r => r.Heights.Count > 0).SelectMany(r => new[] { r.Minimum, r.Maximum }).Where(double.IsFinite);

    /// <summary>Room above the first for its height.</summary>
    public override IEnumerable<double> Ys => Ridges.Count == 0 ? [] : [-Overlap, Ridges.Count - 1];

    /// <inheritdoc/>
    public override IEnumerable<Node> Draw(PlotArea area)
    {
        double tallest = Tallest ?? Ridges.SelectMany(r => r.Heights).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        if (!(tallest > 0) || !double.IsFinite(tallest)) yield break;
        double most = Overlap * Math.Abs(area.Y.Map(1) - area.Y.Map(0));
        // A logarithmic axis has no place for the first.
        if (!double.IsFinite(most)) yield break;
        for (int i = 0; i < Ridges.Count; i++)
        {
            var ridge = Ridges[i];
            double floor = area.Y.Map(i);
            yield return new PathNode(
                PathData.Line(area.Bounds.X, floor, area.Bounds.Right, floor), Stroke: new Stroke(area.Theme.Grid, 0.8));
            if (ridge.Heights.Count < 2 || !double.IsFinite(ridge.Minimum) || !double.IsFinite(ridge.Maximum)) continue;
            var top = Outline(ridge, area, floor, most / tallest, most);
            var closed = PathData.Polygon([new(top[0].X, floor), .. top, new(top[^1].X, floor)]);
            // Opaque, so that it hides the ridge behind it; fading to the background at its foot, where the next one comes up.
            var (head, foot) = (Oklab.Mix(area.Theme.Background, ridge.Color, 0.62), Oklab.Mix(area.Theme.Background, ridge.Color, 0.22));
            yield return new GroupNode(
            [
                new PathNode(closed, new LinearGradient(new Point(0, floor - most), new Point(0, floor), [new(0, head), new(1, foot)])),
                new PathNode(PathData.Polyline(top), Stroke: new Stroke(ridge.Color, 1.2, Join: LineJoin.Round)),
            ]) { Label = ridge.Name.Length > 0 ? ridge.Name : null, Tooltip = ridge.Name.Length > 0 ? ridge.Name : null };
        }
    }

    // Where there are more places than pixels, the largest of each pixel.
    private static List<Point> Outline(Ridge ridge, PlotArea area, double floor, double scale, double most)
    {
        var points = new List<Point>();
        int n = ridge.Heights.Count;
        for (int i = 0; i < n; i++)
        {
            double height = ridge.Heights[i];
            double up = double.IsFinite(height) ? Math.Clamp(height * scale, 0, most) : 0;
            var p = new Point(area.X.Map(ridge.Minimum + ((ridge.Maximum - ridge.Minimum) * i / (n - 1))), floor - up);
            if (!double.IsFinite(p.X)) continue;
            if (points.Count > 1 && i < n - 1 && Math.Abs(p.X - points[^1].X) < 0.9)
                points[^1] = new Point(points[^1].X, Math.Min(points[^1].Y, p.Y));
            else
                points.Add(p);
        }
        return points.Count > 0 ? points : [new Point(area.Bounds.X, floor)];
    }
}
