using Explain.Core;

namespace Explain.Render;

/// <summary>The loss about a training from straight above: colours and lines of equal loss, with the path that training took.</summary>
public sealed class LossContours : Figure
{
    private const double Width = 560;
    private const double BarWidth = 240;
    private const double MostHeight = 620;

    // Around the data: the axes' numbers and titles.
    private const double Left = 36;
    private const double Right = 12;
    private const double Above = 20;
    private const double Below = 34;
    private const int Lines = 12;
    private const int MostNamed = 6;
    private readonly LandscapeView? _view;
    private readonly string _problem;

    /// <summary>Of a run.</summary>
    public LossContours(FigureRequest request)
        : base(Kind, request)
    {
        string height = request.Option(LandscapeSettings.Height);
        (var landscape, _problem) = LandscapeSettings.Get(request);
        _view = landscape is null ? null : new LandscapeView(request.Runs, landscape, height);
    }

    /// <summary>Its entry in the catalogue.</summary>
    public static FigureKind Kind { get; } = new(
        "loss-contours", "Loss landscape from above",
        "Lines of equal loss over a plane through the network's parameters, with the path that training took.",
        "Every point is a whole network, its colour the loss; on a line the loss is the same. "
            + "The path leads from the start through the kept epochs to the end. Where lines crowd, the loss falls steeply; "
            + "both axes have one scale, so a path straight across the lines took the steepest way of this plane.",
        FigureScope.Run, PerLayer: false, LandscapeSettings.All, run => run.SnapshotEpochs.Count > 0, request => new LossContours(request))
    {
        Needs = LandscapeSettings.Needs,
        Unmet = _ => "it needs a snapshot of the run; this run kept none",
        Beware = "Colours are the loss on the plane, not on the path: epochs that lie away from the plane have another loss than "
            + "the ground under them, which the table gives. A plane is two of all the directions there are.",
        Program = """
            new LossContours(run)
                .Draw(Theme.Light)
                .SavePng("loss-contours.png");
            """,
    };

    /// <inheritdoc/>
    public override Scene Draw(Theme theme)
    {
        if (_view is not { } view) return Missing(theme, _problem);
        var scale = ColorScale.Sequential(theme, view.Heights.Max, view.Heights.Min);
        Limits x = LandscapeItems.Ends(view.Landscape.Surface.First), y = LandscapeItems.Ends(view.Landscape.Surface.Second);
        double top = LandscapeSettings.LegendHeight(Request.Runs, Width, theme);
        // Both axes have one scale.
        double across = Width - Left - Right, down = across * y.Span / x.Span;
        if (down > MostHeight) (across, down) = (MostHeight * x.Span / y.Span, MostHeight);
        double height = Math.Round(down) + Above + Below;
        var plot = new Plot
        {
            Bounds = new Rect(0, top, Width, height),
            Area = new Rect(Left, top + Above, across, Math.Round(down)),
            X = new Axis { Label = view.AxisLabel(first: true), Limits = x },
            Y = new Axis { Label = view.AxisLabel(first: false), Limits = y },
            Empty = "no finite loss",
            Marks = [new MapMark(view, scale, x, y)],
        };
        return new Page
        {
            Theme = theme,
            Subtitle = $"{Request.Run.Title()} · {view.VarianceWords}",
            BodyWidth = Width,
            BodyHeight = top + height + 10 + ColorBar.Height,
            Body =
            [
                .. LandscapeSettings.Legend(Request.Runs, Width, theme),
                plot.Draw(theme),
                .. LandscapeSettings.Bar(view, scale, new Point(0, top + height + 10), BarWidth, theme),
            ],
            Notes = [view.SampleWords, $"{view.DistanceWords(fromAbove: true)} {view.LimitWords}".Trim()],
            Width = Request.Width,
            Info = LandscapeSettings.Info(Request, Kind, view, $"Map of the loss over a plane of parameters: {view.Finding}."),
        }.ToScene();
    }

    /// <summary>The bands, the lines with their losses, and over them the paths with their epochs.</summary>
    private sealed record MapMark(LandscapeView View, ColorScale Scale, Limits X, Limits Y) : Mark
    {
        public override IEnumerable<Node> Draw(PlotArea area)
        {
            var surface = View.Surface(View.Height);
            var grid = new ContourGrid([.. surface.Cast<double>()], surface.GetLength(0), surface.GetLength(1));
            if (!grid.Values.Any(double.IsFinite)) return [];
            var levels = View.Levels(Lines).ToDictionary(View.Height);
            var bands = new FilledContourMark { Grid = grid, X = X, Y = Y, Levels = [.. levels.Keys], Scale = Scale };
            // What the lines say stands beside the paths, and what the paths say is not written over it.
            var lines = new ContourMark
            {
                Avoided = [.. View.HasPath
                    ? View.Landscape.Paths.SelectMany(path => Along([.. path.Points.Select(p => area.Map(p.A, p.B))], 12))
                    : []],
                Grid = grid,
                X = X,
                Y = Y,
                Levels = [.. levels.Keys],
                Color = area.Theme.Foreground.WithAlpha(0.8),
                Ground = Scale,
                Width = 0.8,
                Label = height => NumberFormat.Short(levels[height]),
            };
            Node[] contours = [.. lines.Draw(area)];
            List<Rect> taken = [.. contours.OfType<TextNode>()
                .Select(text => Around(text.Origin, area.Theme.Face.Measure(text.Text, text.Size), text.Size))];
            var nodes = new List<Node>();
            var labels = new List<Node>();
            for (int r = 0; r < View.Landscape.Paths.Count; r++)
            {
                var path = View.Landscape.Paths[r];
                var color = LandscapeSettings.PathColor(r, View.Runs.Count, area.Theme);
                PathPoint[] points = View.HasPath ? [.. path.Points] : [.. path.Points.TakeLast(1)];
                Point[] at = [.. points.Select(p => View.HasPath ? area.Map(p.A, p.B) : area.Map(0, 0))];
                var line = PathData.Polyline(at);
                nodes.Add(new PathNode(line, Stroke: new Stroke(area.Theme.Background.WithAlpha(0.85), 4.2, Join: LineJoin.Round)));
                nodes.Add(new PathNode(line, Stroke: new Stroke(color, 2.2, Join: LineJoin.Round)));
                nodes.AddRange(at.Select(p => new PathNode(PathData.Circle(p, 3.2), color, new Stroke(area.Theme.Background, 0.8))));
                taken.AddRange(at.Select(p => Around(p, 7, 7)));
                taken.AddRange(Along(at, 6).Select(p => Around(p, 4, 4)));
            }
            for (int r = 0; r < View.Landscape.Paths.Count; r++) labels.AddRange(Names(View.Landscape.Paths[r], area, taken));
            return [.. bands.Draw(area), .. contours, .. nodes, .. labels];
        }

        // The last epoch chooses first, then the first; those between that find no room stay unnamed.
        private IEnumerable<Node> Names(TrainingPath path, PlotArea area, List<Rect> taken)
        {
            IReadOnlyList<PathPoint> named = View.HasPath ? LandscapeView.Named(path, (X.Span + Y.Span) / 12, MostNamed)
                : [path.Points[^1]];
            foreach (var point in named.OrderByDescending(p => p == path.Points[^1]))
            {
                bool last = point == path.Points[^1];
                var weight = last ? FontWeight.Bold : FontWeight.Regular;
                string text = point.Epoch == 0 ? "start" : $"epoch {point.Epoch}";
                double width = area.Theme.Face.Measure(text, Typography.Label, weight) + 6, height = Typography.Label * 1.3;
                var at = View.HasPath ? area.Map(point.A, point.B) : area.Map(0, 0);
                (double X, double Y)[] sides = [(1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (-1, -1), (1, 1), (-1, 1)];
                Rect[] places = [.. sides.Select(side =>
                    Around(new Point(at.X + (side.X * ((width / 2) + 6)), at.Y + (side.Y * ((height / 2) + 6))), width, height))];
                int free = Array.FindIndex(places, place => place.X >= area.Bounds.X && place.Right <= area.Bounds.Right
                    && place.Y >= area.Bounds.Y && place.Bottom <= area.Bounds.Bottom && !taken.Exists(t => Overlap(t, place)));
                if (free < 0 && !last) continue;
                var box = places[Math.Max(0, free)];
                taken.Add(box);
                yield return new PathNode(PathData.Rectangle(box, 3), area.Theme.Background.WithAlpha(0.82));
                yield return new TextNode(
                    text,
                    new Point(box.Center.X, area.Theme.Face.Centered(box.Center.Y, Typography.Label)),
                    Typography.Label,
                    area.Theme.Foreground,
                    TextAnchor.Middle,
                    weight);
            }
        }

        // Points along a line, no two farther apart than the step.
        private static IEnumerable<Point> Along(Point[] line, double step)
        {
            for (int i = 1; i < line.Length; i++)
            {
                double dx = line[i].X - line[i - 1].X, dy = line[i].Y - line[i - 1].Y, length = Math.Sqrt((dx * dx) + (dy * dy));
                for (double at = 0; at < length; at += step)
                    yield return new Point(line[i - 1].X + (dx * at / length), line[i - 1].Y + (dy * at / length));
            }
        }

        private static Rect Around(Point middle, double width, double height) =>
            new(middle.X - (width / 2), middle.Y - (height / 2), width, height);

        private static bool Overlap(Rect a, Rect b) => a.X < b.Right && b.X < a.Right && a.Y < b.Bottom && b.Y < a.Bottom;
    }
}
