namespace Explain.Render;

/// <summary>The values of a grid as bands of one colour each, which meet without gaps on the lines of <see cref="ContourMark"/>.</summary>
public sealed record FilledContourMark : Mark
{
    // Least room between two labels of the key.
    private const double Between = 6;

    /// <summary>The values; their first row lies at the lower end of <see cref="Y"/>.</summary>
    public required ContourGrid Grid { get; init; }

    /// <summary>Horizontal values of the first and the last column.</summary>
    public required Limits X { get; init; }

    /// <summary>Vertical values of the first and the last row.</summary>
    public required Limits Y { get; init; }

    /// <summary>Where one band ends and the next begins, rising.</summary>
    public required IReadOnlyList<double> Levels { get; init => field = [.. value.Where(double.IsFinite).Distinct().Order()]; }

    /// <summary>Colours: a band has that of its middle, the outermost that of a middle half a step beyond the last level.</summary>
    public required ColorScale Scale { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<double> Xs => X.IsEmpty ? [] : [X.Min, X.Max];

    /// <inheritdoc/>
    public override IEnumerable<double> Ys => Y.IsEmpty ? [] : [Y.Min, Y.Max];

    /// <inheritdoc/>
    public override IEnumerable<Node> Draw(PlotArea area)
    {
        var bands = new List<Node>();
        for (int i = 0; i <= Levels.Count; i++)
        {
            double low = i == 0 ? double.NegativeInfinity : Levels[i - 1], high = i == Levels.Count ? double.PositiveInfinity : Levels[i];
            var path = new PathBuilder();
            bool any = false;
            foreach (var loop in Grid.Band(low, high))
            {
                bool begun = false;
                for (int k = 0; k < loop.Count - 1; k++)
                {
                    var p = ContourMark.Place(loop[k], Grid, X, Y, area);
                    // A logarithmic axis has no place for zero.
                    if (!double.IsFinite(p.X + p.Y)) continue;
                    if (begun) path.LineTo(p.X, p.Y);
                    else path.MoveTo(p.X, p.Y);
                    any = begun = true;
                }
                if (begun) path.Close();
            }
            if (any) bands.Add(new PathNode(path.Build(), Scale.At(Middle(i)), Rule: FillRule.EvenOdd));
        }
        return bands.Count == 0 ? [] : [new GroupNode(bands) { Adjoining = true, Label = "bands of value" }];
    }

    // One step a band, all of one width, with the levels between them where they have room: levels need not be evenly spaced.
    internal override IReadOnlyList<Node> ColorKey(PlotArea area, Point at, double width, string label)
    {
        var limits = Limits.Of(Grid.Values.Where(double.IsFinite));
        if (limits.IsEmpty) return [];
        int first = Levels.Count(v => v <= limits.Min), last = Levels.Count(v => v < limits.Max), count = Math.Max(1, last - first + 1);
        double baseline = at.Y + 8 + 3 + (Typography.Small * 0.8), end = at.X - Between;
        var nodes = new List<Node> { new PixelsNode(count, 1, [.. Enumerable.Range(first, count).Select(i => Scale.At(Middle(i)))], new Rect(at.X, at.Y, width, 8)) };
        for (int i = first; i < last; i++)
        {
            string text = NumberFormat.Short(Levels[i]);
            double x = at.X + (width * (i - first + 1) / count), half = Typeface.Current.Measure(text, Typography.Small) / 2;
            if (x - half < end + Between) continue;
            end = x + half;
            nodes.Add(new PathNode(PathData.Line(x, at.Y + 8, x, at.Y + 10.5), Stroke: new Stroke(area.Theme.Muted, 0.8)));
            nodes.Add(new TextNode(text, new Point(x, baseline + 0.5), Typography.Small, area.Theme.Muted, TextAnchor.Middle));
        }
        if (label.Length > 0) nodes.Add(new TextNode(label, new Point(at.X + width + 10, Typography.Centered(at.Y + 4, Typography.Small)), Typography.Small, area.Theme.Muted));
        return nodes;
    }

    private double Middle(int band)
    {
        if (Levels.Count == 0) return Limits.Of(Grid.Values) is { IsEmpty: false } l ? (l.Min + l.Max) / 2 : 0;
        double step = Levels.Count > 1 ? Levels[1] - Levels[0] : Scale.Limits.Span / 2;
        return band == 0 ? Levels[0] - (step / 2) : band == Levels.Count ? Levels[^1] + (step / 2) : (Levels[band - 1] + Levels[band]) / 2;
    }
}
