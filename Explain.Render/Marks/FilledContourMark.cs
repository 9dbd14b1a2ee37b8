namespace Explain.Render;

/// <summary>The values of a grid as bands of one colour each, which meet without gaps on the lines of <see cref="ContourMark"/>.</summary>
public sealed record FilledContourMark : Mark
{
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

    internal override MarkColors? ColorsIn(PlotArea area)
    {
        var limits = Limits.Of(Grid.Values.Where(double.IsFinite));
        if (limits.IsEmpty) return null;
        int first = Levels.Count(v => v <= limits.Min), last = Math.Max(first, Levels.Count(v => v < limits.Max));
        return new BandColors(
            [.. Enumerable.Range(first, last - first + 1).Select(i => Scale.At(Middle(i)))], [.. Levels.Take(last).Skip(first)]);
    }

    private double Middle(int band)
    {
        if (Levels.Count == 0) return Limits.Of(Grid.Values) is { IsEmpty: false } l ? (l.Min + l.Max) / 2 : 0;
        double step = Levels.Count > 1 ? Levels[1] - Levels[0] : Scale.Limits.Span / 2;
        return band == 0 ? Levels[0] - (step / 2) : band == Levels.Count ? Levels[^1] + (step / 2) : (Levels[band - 1] + Levels[band]) / 2;
    }
}
