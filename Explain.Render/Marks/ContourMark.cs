namespace Explain.Render;

/// <summary>
/// Lines of equal value through a grid, labelled where a line is long and straight enough; the line is left out behind its label.
/// </summary>
public sealed record ContourMark : Mark
{
    private const double LabelSize = 8.5;
    private const double FromBorder = 12;
    private const double StraightEnough = 0.9;

    /// <summary>The values; their first row lies at the lower end of <see cref="Y"/>.</summary>
    public required ContourGrid Grid { get; init; }

    /// <summary>Horizontal values of the first and the last column.</summary>
    public required Limits X { get; init; }

    /// <summary>Vertical values of the first and the last row.</summary>
    public required Limits Y { get; init; }

    /// <summary>The values of the lines.</summary>
    public required IReadOnlyList<double> Levels { get; init; }

    /// <summary>Colour of lines and labels.</summary>
    public required Color Color { get; init; }

    /// <summary>
    /// The colours of the bands beneath: a line that <see cref="Color"/> would leave illegible there is drawn in ink that stands out. Null
    /// where there are none.
    /// </summary>
    public ColorScale? Ground { get; init; }

    /// <summary>Width of the lines.</summary>
    public double Width { get; init; } = 0.9;

    /// <summary>The level that is drawn twice as wide, such as the one where a decision turns.</summary>
    public double? Strong { get; init; }

    /// <summary>What a level is called; none where null.</summary>
    public Func<double, string>? Label { get; init; } = NumberFormat.Short;

    /// <summary>Pixels that labels keep away from, such as those of a path that is drawn over the lines.</summary>
    internal IReadOnlyList<Point> Avoided { get; init; } = [];

    /// <inheritdoc/>
    public override IEnumerable<double> Xs => X.IsEmpty ? [] : [X.Min, X.Max];

    /// <inheritdoc/>
    public override IEnumerable<double> Ys => Y.IsEmpty ? [] : [Y.Min, Y.Max];

    /// <inheritdoc/>
    public override IEnumerable<Node> Draw(PlotArea area)
    {
        var lines = new List<Node>();
        var texts = new List<Node>();
        List<Point> taken = [.. Avoided];
        foreach (double level in Levels)
        {
            var path = new PathBuilder();
            var ink = Ink(level, area.Theme);
            bool any = false, labelled = false;
            foreach (var line in Grid.Lines(level).OrderByDescending(l => l.Points.Count))
            {
                Point[] points = [.. line.Points.Select(p => Place(p, Grid, X, Y, area))];
                any = true;
                string text = Label?.Invoke(level) ?? "";
                if (text.Length > 0
                    && !labelled
                    && FindPlace(points, area.Theme.Face.Measure(text, LabelSize) + 6, area.Bounds, taken) is { } place)
                {
                    // One label a level is enough, two where it has another long line would crowd the plot.
                    labelled = true;
                    var (first, last) = place;
                    var middle = new Point((points[first].X + points[last].X) / 2, (points[first].Y + points[last].Y) / 2);
                    taken.Add(middle);
                    texts.Add(Text(text, points[first], points[last], middle, ink, area.Theme.Face));
                    Append(path, points.AsSpan(0, first + 1));
                    Append(path, points.AsSpan(last));
                    continue;
                }
                Append(path, points);
            }
            if (any)
                lines.Add(new GroupNode(
                [
                    new PathNode(path.Build(), Stroke: new Stroke(ink, level == Strong ? 2 * Width : Width, Join: LineJoin.Round)),
                ]) { Label = NumberFormat.Value(level) });
        }
        return [.. lines, .. texts];
    }

    internal static Point Place(Point p, ContourGrid grid, Limits x, Limits y, PlotArea area) =>
        area.Map(x.Min + (x.Span * p.X / Math.Max(1, grid.Columns - 1)), y.Min + (y.Span * p.Y / Math.Max(1, grid.Rows - 1)));

    private Color Ink(double level, Theme theme)
    {
        if (Ground is not { } ground) return Color;
        var under = ground.At(level);
        return Contrast.Ratio(Color with { A = 255 }, under) >= Contrast.Readable ? Color
            : Contrast.On(under, theme).WithAlpha(Color.A / 255.0);
    }

    private static void Append(PathBuilder path, ReadOnlySpan<Point> points)
    {
        if (points.Length < 2) return;
        bool begun = false;
        foreach (var p in points)
        {
            bool placed = double.IsFinite(p.X + p.Y);
            if (placed && begun) path.LineTo(p.X, p.Y);
            else if (placed) path.MoveTo(p.X, p.Y);
            begun = placed;
        }
    }

    // The text lies along the chord; never upside down.
    private TextNode Text(string text, Point from, Point to, Point middle, Color ink, ITypeface face)
    {
        double degrees = Math.Round(PortableMath.Atan2(to.Y - from.Y, to.X - from.X) * 180 / Math.PI, 1);
        if (degrees > 90) degrees -= 180;
        else if (degrees <= -90) degrees += 180;
        var (sin, cos) = Angle.SinCos(degrees);
        double down = face.CapHeight * LabelSize / 2;
        return new TextNode(
            text, new Point(middle.X - (sin * down), middle.Y + (cos * down)), LabelSize, ink, TextAnchor.Middle, Rotation: degrees);
    }

    // The stretch of the label's width that is straightest, within the plot and away from other labels; null where none is straight.
    private static (int First, int Last)? FindPlace(Point[] points, double width, Rect bounds, List<Point> taken)
    {
        (int, int)? best = null;
        double straightest = StraightEnough;
        var room = bounds.Inset(FromBorder);
        int last = 0;
        double along = 0;
        for (int first = 0; first < points.Length; first++)
        {
            while (last < points.Length - 1 && along < width) along += Distance(points[last], points[++last]);
            if (along < width) break;
            double straight = Distance(points[first], points[last]) / along;
            var middle = new Point((points[first].X + points[last].X) / 2, (points[first].Y + points[last].Y) / 2);
            bool free = middle.X > room.X && middle.X < room.Right && middle.Y > room.Y && middle.Y < room.Bottom && along < 2 * width
                && taken.TrueForAll(t => Distance(t, middle) > 1.6 * width);
            // Near the middle of the line where several are as straight.
            double score = straight - (0.02 * Math.Abs(first + last - points.Length) / points.Length);
            if (free && straight > StraightEnough && score > straightest) (straightest, best) = (score, (first, last));
            along = Math.Max(0, along - Distance(points[first], points[Math.Min(first + 1, points.Length - 1)]));
        }
        return best;
    }

    private static double Distance(Point a, Point b) => Math.Sqrt(((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y)));
}
