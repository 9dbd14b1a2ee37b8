namespace Explain.Render;

/// <summary>Lines of a space as outlines, cut to what can be seen.</summary>
internal static class VisibleLine
{
    private const double FadedWidth = 0.6;
    private const double FadedAlpha = 0.4;
    private const int MostSteps = 20000;
    private static readonly double[] FadedDashes = [1.5, 2.5];

    /// <summary>All lines of the stage: by kind, and within a kind from far to near.</summary>
    public static IEnumerable<Node> Draw(Stage stage, DepthBuffer depth, Theme theme)
    {
        var drawn = stage.Lines.Select(line => (Line: line, Near: Nearness(stage, line))).OrderBy(l => l.Line.Order).ThenBy(l => l.Near);
        foreach (var (line, near) in drawn)
        {
            var seen = new PathBuilder();
            var hidden = new PathBuilder();
            bool anySeen = false, anyHidden = false;
            foreach (var piece in line.Pieces)
                Cut(stage, depth, line, piece, seen, hidden, ref anySeen, ref anyHidden);
            var color = line.DepthCue > 0
                ? Oklab.Mix(line.Color, theme.Background, 0.75 * Math.Min(1, line.DepthCue) * (1 - near)) with { A = line.Color.A }
                : line.Color;
            var nodes = new List<Node>();
            if (anyHidden)
                nodes.Add(new PathNode(hidden.Build(), Stroke: new Stroke(
                    color.WithAlpha(FadedAlpha * color.A / 255), line.Width * FadedWidth, FadedDashes, LineCap.Butt, LineJoin.Round)));
            if (anySeen)
                nodes.Add(new PathNode(seen.Build(), Stroke: new Stroke(color, line.Width, line.Dashes, LineCap.Round, LineJoin.Round)));
            if (nodes.Count == 0) continue;
            if (line.Name.Length > 0) yield return new GroupNode(nodes) { Label = line.Name };
            else
            {
                foreach (var node in nodes)
                    yield return node;
            }
        }
    }

    private static double Nearness(Stage stage, StageLine line)
    {
        double sum = 0;
        int count = 0;
        foreach (var piece in line.Pieces)
        {
            foreach (var p in piece)
            {
                if (!stage.Holds(p)) continue;
                sum += stage.Nearness(p);
                count++;
            }
        }
        return count == 0 ? 0 : sum / count;
    }

    private static void Cut(
        Stage stage, DepthBuffer depth, StageLine line, Point3[] piece, PathBuilder seen, PathBuilder hidden, ref bool anySeen,
        ref bool anyHidden)
    {
        // What the pen last drew: 0 nothing, 1 seen, 2 hidden. A line goes on where the one before it ended.
        int pen = 0;
        var end = new Point(double.NaN, double.NaN);
        for (int i = 0; i + 1 < piece.Length; i++)
        {
            if (!piece[i].IsFinite || !piece[i + 1].IsFinite || BoxClip.Line(stage.View.Half, piece[i], piece[i + 1]) is not var (from, to))
            {
                pen = 0;
                continue;
            }
            Projected a = stage.View.Apply(piece[i].Toward(piece[i + 1], from)), b = stage.View.Apply(piece[i].Toward(piece[i + 1], to));
            if (from > 0) pen = 0;
            if (line.Hidden == HiddenLine.Shown)
            {
                Draw(a.Point, b.Point, 1, seen, hidden, ref anySeen, ref anyHidden, ref pen, ref end);
                continue;
            }
            double length = Math.Sqrt(((b.X - a.X) * (b.X - a.X)) + ((b.Y - a.Y) * (b.Y - a.Y)));
            int steps = (int)Math.Clamp(Math.Ceiling(length / depth.Step), 1, MostSteps);
            // Runs of steps that are all seen or all hidden.
            int start = 0;
            bool run = depth.Sees(At(a, b, 0.5 / steps));
            for (int s = 1; s <= steps; s++)
            {
                bool now = s < steps && depth.Sees(At(a, b, (s + 0.5) / steps));
                if (s < steps && now == run) continue;
                int kind = run ? 1 : line.Hidden == HiddenLine.Faded ? 2 : 0;
                if (kind == 0) pen = 0;
                else
                    Draw(
                        At(a, b, (double)start / steps).Point, At(a, b, (double)s / steps).Point, kind, seen, hidden, ref anySeen,
                        ref anyHidden, ref pen, ref end);
                (start, run) = (s, now);
            }
        }
    }

    private static void Draw(
        Point from, Point to, int kind, PathBuilder seen, PathBuilder hidden, ref bool anySeen, ref bool anyHidden, ref int pen,
        ref Point end)
    {
        var path = kind == 1 ? seen : hidden;
        if (pen != kind || end != from) path.MoveTo(from.X, from.Y);
        path.LineTo(to.X, to.Y);
        if (kind == 1) anySeen = true;
        else anyHidden = true;
        (pen, end) = (kind, to);
    }

    private static Projected At(Projected a, Projected b, double t) =>
        new(a.X + ((b.X - a.X) * t), a.Y + ((b.Y - a.Y) * t), a.Q + ((b.Q - a.Q) * t));
}
