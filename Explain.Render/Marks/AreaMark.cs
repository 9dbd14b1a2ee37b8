namespace Explain.Render;

/// <summary>One series of a stack, see <see cref="AreaMark.Stack"/>.</summary>
/// <param name="Name">Its entry in a legend and its label at the end.</param>
/// <param name="Values">One a place, at least 0; what is not finite counts as 0.</param>
/// <param name="Color">Of its area.</param>
public sealed record AreaSeries(string Name, IReadOnlyList<double> Values, Color Color);

/// <summary>
/// The area between values and a base, zero unless it is said otherwise; several stand on each other in a <see cref="Stack"/>.
/// </summary>
public sealed record AreaMark : Mark
{
    /// <summary>Places along the horizontal axis, in rising or falling order.</summary>
    public required IReadOnlyList<double> At { get; init; }

    /// <summary>Values, one a place; one that is not finite leaves a gap.</summary>
    public required IReadOnlyList<double> Values { get; init; }

    /// <summary>Where the area begins, one a place; zero where empty, which is the lower end of a logarithmic axis.</summary>
    public IReadOnlyList<double> Base { get; init; } = [];

    /// <summary>Colour of the line over the area.</summary>
    public required Color Color { get; init; }

    /// <summary>Opacity of the area, 0 … 1.</summary>
    public double Opacity { get; init; } = 0.35;

    /// <summary>Width of the line along the values; none where 0.</summary>
    public double Width { get; init; } = 1.4;

    /// <summary>Name of the series.</summary>
    public string Name { get; init; } = "";

    /// <inheritdoc/>
    public override IEnumerable<double> Xs => At.Where(double.IsFinite);

    /// <inheritdoc/>
    public override IEnumerable<double> Ys => Values.Concat(Base.Count > 0 ? Base : [0]).Where(double.IsFinite);

    /// <inheritdoc/>
    public override LegendEntry? Key => Name.Length == 0 ? null : new(Name, Color) { Patch = Opacity };

    internal override string EndName => Name;

    // The areas of a stack reach down to its foot, each painted over by the one below it: two that met on a line would let the background
    // through along it.
    private bool ReachesFoot { get; init; }

    /// <summary>
    /// Areas on top of each other, the first at the bottom: parts of a whole over time. The marks come from the top down, in the order of a
    /// legend beside them.
    /// </summary>
    /// <param name="at">Places along the horizontal axis, in rising order.</param>
    /// <param name="series">From the bottom up.</param>
    /// <param name="shares">Whether each place is stretched to a sum of 1; a place whose sum is 0 has no area.</param>
    /// <exception cref="ArgumentException">
    /// A series has not one value a place, or a negative one, which cannot stand on the others.
    /// </exception>
    public static IReadOnlyList<AreaMark> Stack(IReadOnlyList<double> at, IReadOnlyList<AreaSeries> series, bool shares = false)
    {
        ArgumentNullException.ThrowIfNull(at);
        ArgumentNullException.ThrowIfNull(series);
        foreach (var one in series) Check(one, at.Count);
        double[] sums = [.. Enumerable.Range(0, at.Count).Select(i => shares ? series.Sum(s => Part(s, i)) : 1)];
        var foot = new double[at.Count];
        var marks = new List<AreaMark>();
        foreach (var one in series)
        {
            double[] top = [.. foot.Select((f, i) => sums[i] > 0 ? f + (Part(one, i) / sums[i]) : double.NaN)];
            marks.Add(new AreaMark
            {
                At = at,
                Values = top,
                Base = foot,
                Color = one.Color,
                Name = one.Name,
                Opacity = 1,
                Width = 0,
                ReachesFoot = true,
            });
            foot = top;
        }
        marks.Reverse();
        return marks;

        static double Part(AreaSeries series, int i) => double.IsFinite(series.Values[i]) ? series.Values[i] : 0;
    }

    /// <inheritdoc/>
    public override IEnumerable<Node> Draw(PlotArea area)
    {
        double floor = area.FloorOf(0);
        var line = Width > 0 ? new Stroke(Color, Width, Join: LineJoin.Round) : null;
        List<Node> nodes = [.. Ribbon.Draw(Math.Min(At.Count, Values.Count), i => Edges(area, i, floor), Color.WithAlpha(Opacity), line)];
        return nodes.Count == 0 ? []
            : [new GroupNode(nodes) { Label = Name.Length == 0 ? null : Name, Tooltip = Name.Length == 0 ? null : Name }];
    }

    internal override void Check()
    {
        if (Values.Count != At.Count)
            throw new ArgumentException($"AreaMark has {At.Count} places and {Values.Count} values; it needs one value a place.");
        if (Base.Count > 0 && Base.Count != At.Count)
            throw new ArgumentException(
                $"AreaMark.Base has {Base.Count} values for {At.Count} places; it needs one a place, or none for zero.");
    }

    // At the middle of the area, where it ends.
    internal override EndLabel? EndIn(PlotArea area)
    {
        double floor = area.FloorOf(0);
        for (int i = Math.Min(At.Count, Values.Count) - 1; i >= 0; i--)
        {
            double x = area.X.Map(At[i]), top = area.Y.Map(Values[i]), bottom = i < Base.Count ? area.Y.Map(Base[i]) : floor;
            if (double.IsNaN(bottom)) bottom = floor;
            if (double.IsFinite(x + top + bottom))
                return new EndLabel(Name, Math.Clamp((top + bottom) / 2, area.Bounds.Y, area.Bounds.Bottom), Color) { X = x };
        }
        return null;
    }

    private static void Check(AreaSeries series, int places)
    {
        if (series.Values.Count != places)
            throw new ArgumentException(
                $"The series '{series.Name}' of a stack has {series.Values.Count} values for {places} places; it needs one a place.");
        int negative = series.Values.TakeWhile(v => !(double.IsFinite(v) && v < 0)).Count();
        if (negative < places)
            throw new ArgumentException(
                $"The series '{series.Name}' of a stack is {NumberFormat.Short(series.Values[negative])} at place {negative}; "
                    + "values of a stack are 0 or more.");
    }

    private (Point Upper, Point Lower) Edges(PlotArea area, int i, double floor)
    {
        Point upper = area.Map(At[i], Values[i]),
            lower = i < Base.Count && !ReachesFoot ? area.Map(At[i], Base[i]) : upper with { Y = floor };
        // On a logarithmic axis what has no place stands at the lower end.
        if (double.IsNaN(upper.Y) && double.IsFinite(Values[i])) upper = upper with { Y = floor };
        if (double.IsNaN(lower.Y) && i < Base.Count && double.IsFinite(Base[i])) lower = lower with { Y = floor };
        return (upper, lower);
    }
}
