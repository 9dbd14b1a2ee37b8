namespace Explain.Render;

/// <summary>
/// A scatter of any number of points: few are markers; many are counted into small cells whose colour is their number (logarithmic), while
/// points that stand nearly alone stay points. Time grows with the number of points, the size of the picture does not.
/// </summary>
public sealed record DensityMark : Mark
{
    private const double Cell = 2;
    private const int Alone = 3;
    private const int MostAlone = 1500;

    /// <summary>Horizontal values; pairs that are not finite are left out.</summary>
    public required ReadOnlyMemory<float> X { get; init; }

    /// <summary>Vertical values, as many.</summary>
    public required ReadOnlyMemory<float> Y { get; init; }

    /// <summary>Colour of markers.</summary>
    public required Color Color { get; init; }

    /// <summary>The most points that are all drawn as markers.</summary>
    public int MostMarkers { get; init; } = 1500;

    /// <summary>Whether cells are shaded rather than points marked.</summary>
    public bool IsShaded => Count > MostMarkers;

    /// <summary>Its accessible name.</summary>
    public string Name { get; init; } = "";

    /// <inheritdoc/>
    public override IEnumerable<double> Xs => DataEnds.Of(X.Span[..Count]);

    /// <inheritdoc/>
    public override IEnumerable<double> Ys => DataEnds.Of(Y.Span[..Count]);

    internal override void Check()
    {
        if (X.Length != Y.Length)
            throw new ArgumentException($"DensityMark has {X.Length} horizontal and {Y.Length} vertical values; it needs as many of both.");
    }

    private int Count => Math.Min(X.Length, Y.Length);

    /// <inheritdoc/>
    public override IEnumerable<Node> Draw(PlotArea area)
    {
        if (Count == 0) yield break;
        if (!IsShaded)
        {
            var markers = Enumerable.Range(0, Count).Select(i => area.Map(X.Span[i], Y.Span[i])).Where(p => double.IsFinite(p.X + p.Y))
                .Select(p => Dot(p, Count > 300 ? 1.6 : Count > 40 ? 2.4 : 3.4)).ToArray();
            if (markers.Length > 0) yield return new GroupNode(markers) { Label = Name.Length > 0 ? Name : null };
            yield break;
        }
        var bins = Bins(area);
        int most = bins.Counts.Max();
        if (most == 0) yield break;
        bool[] alone = Lonely(bins);
        var pixels = new Color[bins.Counts.Length];
        for (int i = 0; i < pixels.Length; i++)
        {
            if (bins.Counts[i] > 0 && !alone[i]) pixels[i] = Shade(bins.Counts[i], most, area.Theme);
        }
        yield return new GroupNode([new PixelsNode(bins.Columns, bins.Rows, pixels, area.Bounds)])
        {
            Label = Name.Length > 0 ? Name : null,
        };
        var dots = new List<Node>();
        for (int i = 0; i < alone.Length; i++)
        {
            if (alone[i])
                dots.Add(Dot(
                    new Point(
                        area.Bounds.X + (((i % bins.Columns) + 0.5) * area.Bounds.Width / bins.Columns),
                        area.Bounds.Y + (((i / bins.Columns) + 0.5) * area.Bounds.Height / bins.Rows)),
                    1.2));
        }
        if (dots.Count > 0) yield return new GroupNode(dots) { Label = "points alone" };
    }

    /// <summary>The most points in a cell: the upper end of the colours.</summary>
    public int MostInCell(PlotArea area) => IsShaded ? Bins(area).Counts.Max() : 0;

    internal override MarkColors? ColorsIn(PlotArea area) => MostInCell(area) is > 0 and var most ? new CountColors(most) : null;

    /// <summary>The colour of a count: by its logarithm, and never so faint that a single point is lost.</summary>
    internal static Color Shade(int count, int most, Theme theme) =>
        ColorMap.Sequential(theme).At(0.14 + (0.86 * (most <= 1 ? 1 : PortableMath.Log(count) / PortableMath.Log(most))));

    private PathNode Dot(Point at, double radius) => new(PathData.Circle(at, radius), Color.WithAlpha(IsShaded ? 0.8 : 0.6));

    private PointBins Bins(PlotArea area)
    {
        int columns = Math.Max(1, (int)Math.Round(area.Bounds.Width / Cell)),
            rows = Math.Max(1, (int)Math.Round(area.Bounds.Height / Cell));
        var (across, down) = (columns / area.Bounds.Width, rows / area.Bounds.Height);
        return PointBins.Of(Count, columns, rows, i =>
        {
            // The last cell includes its far edge, as the largest value lies on it.
            double x = (area.X.Map(X.Span[i]) - area.Bounds.X) * across, y = (area.Y.Map(Y.Span[i]) - area.Bounds.Y) * down;
            return x >= 0 && x <= columns && y >= 0 && y <= rows ? (Math.Min(rows - 1, (int)y) * columns) + Math.Min(columns - 1, (int)x)
                : -1;
        });
    }

    // A cell of few points whose neighbours hold few too. Where there are too many of them, all are shaded.
    private static bool[] Lonely(PointBins bins)
    {
        var alone = new bool[bins.Counts.Length];
        int found = 0;
        for (int i = 0; i < alone.Length; i++)
        {
            if (bins.Counts[i] is 0 or > Alone) continue;
            int around = 0, column = i % bins.Columns, row = i / bins.Columns;
            for (int r = Math.Max(0, row - 2); r <= Math.Min(bins.Rows - 1, row + 2); r++)
            {
                for (int c = Math.Max(0, column - 2); c <= Math.Min(bins.Columns - 1, column + 2); c++)
                    around += bins.Counts[(r * bins.Columns) + c];
            }
            alone[i] = around <= Alone;
            if (alone[i]) found++;
        }
        if (found > MostAlone) Array.Clear(alone);
        return alone;
    }
}
