namespace Explain.Render;

/// <summary>
/// Labels beside the ends of lines: moved apart where they would overlap, tied to their lines by thin leaders where they moved far.
/// </summary>
public static class EndLabels
{
    /// <summary>Pixels between line and label.</summary>
    public const double Gap = 11;

    // Between the end of a leader and the labels, its own and its neighbours'.
    private const double Clear = 3;

    /// <summary>Distance from one label to the next.</summary>
    public static double LineHeight => Typography.Small * 1.22;

    /// <summary>
    /// The labels' middles, in the order given: as near to the wished positions as the spacing allows, all within the range where there is
    /// room.
    /// </summary>
    /// <param name="wished">Wished middles.</param>
    /// <param name="spacing">Least distance.</param>
    /// <param name="low">Least middle.</param>
    /// <param name="high">Largest middle.</param>
    public static double[] Place(IReadOnlyList<double> wished, double spacing, double low, double high)
    {
        // Pool adjacent violators: subtracting i · spacing turns "at least spacing apart" into "not decreasing", whose least-squares
        // solution is pool means.
        int[] order = [.. Enumerable.Range(0, wished.Count).OrderBy(i => wished[i]).ThenBy(i => i)];
        var pools = new List<(double Sum, int Count)>();
        for (int k = 0; k < order.Length; k++)
        {
            pools.Add((Math.Clamp(wished[order[k]], low, Math.Max(low, high)) - (k * spacing), 1));
            while (pools.Count > 1 && pools[^2].Sum / pools[^2].Count > pools[^1].Sum / pools[^1].Count)
            {
                pools[^2] = (pools[^2].Sum + pools[^1].Sum, pools[^2].Count + pools[^1].Count);
                pools.RemoveAt(pools.Count - 1);
            }
        }
        var placed = new double[wished.Count];
        int next = 0;
        foreach (var (sum, count) in pools)
        {
            for (int j = 0; j < count; j++, next++)
                placed[order[next]] = (sum / count) + (next * spacing);
        }
        // Keep the pile within the range: push up from the bottom, then down from the top, so that too many labels run over the bottom
        // only.
        double bound = high;
        for (int k = order.Length - 1; k >= 0; k--, bound -= spacing)
            placed[order[k]] = Math.Min(placed[order[k]], bound);
        bound = low;
        for (int k = 0; k < order.Length; k++, bound += spacing)
            placed[order[k]] = Math.Max(placed[order[k]], bound);
        return placed;
    }

    /// <summary>Width that the labels need, leaders included; at most <paramref name="most"/>.</summary>
    public static double Width(IEnumerable<string> texts, double most, ITypeface face) =>
        Math.Min(most, texts.Select(t => face.Measure(t, Typography.Small)).DefaultIfEmpty(0).Max() + Gap + 2);

    /// <summary>The labels to the right of <paramref name="x"/>.</summary>
    /// <param name="labels">In the order in which colours were given.</param>
    /// <param name="x">Where the lines end.</param>
    /// <param name="width">Room to the right of it.</param>
    /// <param name="top">Upper end of the room.</param>
    /// <param name="bottom">Lower end of the room.</param>
    /// <param name="face">Measures them.</param>
    public static IEnumerable<Node> Draw(IReadOnlyList<EndLabel> labels, double x, double width, double top, double bottom, ITypeface face)
    {
        double half = LineHeight / 2;
        double spacing = LineHeight;
        double[] at = Place([.. labels.Select(l => l.Y)], spacing, top + half, bottom - half);
        for (int i = 0; i < labels.Count; i++)
        {
            var (text, y, color) = labels[i];
            if (labels[i].X is { } from && from < x - 4)
                yield return new PathNode(PathData.Line(from + 3, y, x, y), Stroke: new Stroke(color.WithAlpha(0.55), 0.8, [1, 3]));
            if (Math.Abs(at[i] - y) > 1.5)
            {
                var leader = PathData.Polyline(
                [
                    new(x + 1.5, Math.Clamp(y, top, bottom)),
                    new(x + 2.5, Math.Clamp(y, top, bottom)),
                    new(x + Gap - Clear - 1, at[i]),
                    new(x + Gap - Clear, at[i]),
                ]);
                yield return new PathNode(leader, Stroke: new Stroke(color.WithAlpha(0.6), 0.7));
            }
            yield return new TextNode(
                face.Ellipsize(text, width - Gap, Typography.Small),
                new Point(x + Gap, face.Centered(at[i], Typography.Small)),
                Typography.Small,
                color);
        }
    }
}
