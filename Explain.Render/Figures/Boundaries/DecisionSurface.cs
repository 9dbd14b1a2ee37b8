using Explain.Core;

namespace Explain.Render;

/// <summary>
/// For two inputs: the network's answer at every point of the plane as a height, with the samples and the line where the answer turns.
/// </summary>
public sealed class DecisionSurface : PlaneFigure, IAnimatedFigure
{
    private const double Width = 560;
    private const double Height = 430;
    private const int Across = PlaneAnalysis.LatticeAcross;
    private const int MostRows = 500;
    private const double Azimuth = -60;
    private const double Elevation = 38;
    private readonly Camera _camera;
    private readonly SurfaceAnswers? _surface;

    /// <summary>Of a run at an epoch; the last kept where null.</summary>
    public DecisionSurface(FigureRequest request, int? epoch = null)
        : base(Kind, request, epoch, "A decision surface needs", Across)
    {
        _camera = Request.Camera(Azimuth, Elevation);
        if (Answers is { } answers) _surface = SurfaceAnswers.Of(Run, Epoch!.Value, answers, Across);
    }

    /// <summary>Its entry in the catalogue.</summary>
    public static FigureKind Kind { get; } = new(
        "decision-surface", "Decision surface",
        "The answer of a network of two inputs as a height over the plane, with the line where it turns.",
        "Height is the network's output at a point of the plane; with more than two classes it is by how much the largest score leads the "
            + "second, and the colour is the class. The thick line, repeated on the floor, is where the answer turns. Markers are samples: "
            + "at the height that was asked for, or, with more classes, at the lead of their true class, which is below zero for mistakes.",
        FigureScope.Epoch, PerLayer: false, CameraOptions.From(Azimuth, Elevation), HasPlane, request => new DecisionSurface(request))
    {
        LastEpochOnly = true,
        Unmet = NoPlane,
        Needs = request => PlaneNeeds(request, Across),
        Beware = "Light and perspective change how high a place looks: read heights from the colours, whose bar has neither light nor "
            + "shade, and the border from the line on the floor. Far from the samples the surface is a guess that nothing has tested.",
        Program = """
            new DecisionSurface(run).Draw(Theme.Light).SavePng("decision-surface.png");
            """,
    };

    /// <inheritdoc/>
    public Animation Animate(Theme theme) =>
        Turntable.Of(_camera, camera => _surface is { } surface ? Draw(theme, surface, camera, turning: true) : MissingPlane(theme));

    private protected override Scene Draw(Theme theme, PlaneAnswers answers) => Draw(theme, _surface!, _camera, turning: false);

    private static SurfaceItem Surface(SurfaceAnswers answers, double[,] heights, double border, Theme theme) => new()
    {
        Xs = answers.Xs,
        Ys = answers.Ys,
        Heights = heights,
        LinesEvery = 10,
        LineColor = theme.Foreground.WithAlpha(0.16),
        Contours = [new Contour(border) { Width = 1.8, Color = theme.Foreground, OnFloor = true }],
    };

    private static string[] Cut(SurfaceAnswers answers) => answers.Clipped == 0 ? [] :
        [
            $"Outputs below {NumberFormat.Short(answers.Heights.Min)} and above {NumberFormat.Short(answers.Heights.Max)} are cut off "
                + $"level: {(answers.Clipped < 0.0005 ? "under 0.1\u00A0%" : NumberFormat.Percent(answers.Clipped))} of the plane.",
        ];

    private Scene Draw(Theme theme, SurfaceAnswers answers, Camera camera, bool turning)
    {
        var run = Run;
        var (names, samples) = (Names, Samples);
        bool single = answers.Margins.Count == 0;
        var scale = ColorScale.Sequential(theme, answers.Heights.Max, answers.Heights.Min);
        var legend = ClassLegend(theme);
        double top = Legend.Height(legend, Width, theme.Face) + 6;
        var space = new Space
        {
            Bounds = new Rect(0, top, Width, Height),
            Camera = camera,
            Turning = turning,
            X = new Axis { Limits = answers.X, Label = run.FeatureName(0) },
            Y = new Axis { Limits = answers.Y, Label = run.FeatureName(1) },
            Z = new Axis { Limits = answers.Heights, Label = single ? "output" : "lead" },
            Items =
            [
                .. single
                    ? [Surface(answers, answers.Surface, answers.Threshold, theme) with { Name = "answer", Colors = scale }]
                    // Each class by itself, down to where its lead ends: a grid of the largest lead alone would have teeth along the
                    // borders.
                    : answers.Margins.Select((margin, c) => Surface(answers, margin, 0, theme) with
                    {
                        Name = c < names.Count ? $"lead of {names[c]}" : "",
                        Least = 0,
                        Color = Oklab.Mix(theme.Background, Categories.At(c, theme), 0.6),
                    }),
                .. names.Select((name, c) => new PointsItem
                {
                    Name = name,
                    Points = [.. Enumerable.Range(0, samples.Count).Where(i => samples.Labels[i] == c)
                        .Select(i => new Point3(samples.Inputs[i, 0], samples.Inputs[i, 1], answers.Targets[i]))],
                    Color = Categories.At(c, theme),
                    Marker = Categories.MarkerAt(c),
                    Radius = 3.4,
                    Rim = theme.Background,
                    DepthCue = 0.6,
                }),
            ],
        };
        double bar = top + Height + 8;
        string heights = single ? $"output from {NumberFormat.Value(answers.Heights.Min)} to {NumberFormat.Value(answers.Heights.Max)}"
            : $"lead of the largest score over the second, from {NumberFormat.Value(answers.Heights.Min)} "
                + $"to {NumberFormat.Value(answers.Heights.Max)}";
        return new Page
        {
            Theme = theme,
            Aligned = true,
            Subtitle = $"{run.Title()} · {run.EpochWords(answers.Epoch)}{RightWords(answers.Predicted)}",
            BodyWidth = Width,
            BodyHeight = single ? bar + ColorBar.Height : top + Height,
            Body =
            [
                .. Legend.Draw(legend, default, Width, theme),
                space.Draw(theme, Request.DensityFor(Width + (2 * Page.Margin))),
                .. single
                    ? ColorBar.Draw(
                        scale,
                        new Point(0, bar),
                        200,
                        theme,
                        $"output; the line is at {NumberFormat.Short(answers.Threshold)}",
                        answers.Clipped)
                    : [],
            ],
            Notes = single ? Cut(answers)
                : ["Height: by how much the largest score leads the second. Markers: the lead of the true class, "
                    + "below zero where another class wins."],
            Width = Request.Width,
            Info = new SceneInfo
            {
                Title = Kind.Title,
                Caption = $"Height: {heights}, level beyond; {PlaneWords(new PlaneLimits(answers.X, answers.Y), ", ")}; seen {camera}. "
                    + $"The surface has light and shade{(single ? ", the colour bar has not" : "")}. {samples.Count} {run.ProbeWords()} "
                    + $"samples{(samples.Count > MostRows ? $"; the table holds the first {MostRows}" : "")}.",
                AltText = $"Surface of the network's answer over the plane of its two inputs after epoch {answers.Epoch}: "
                    + $"{Right(answers.Predicted)} of {samples.Count} samples lie on the side of their "
                    + $"class{(answers.Finite < 1 ? $"; {NumberFormat.Percent(1 - answers.Finite)} of the surface is not finite" : "")}.",
                Description = RightByClass(answers.Predicted),
                Table = new DataTable(
                    [run.FeatureName(0), run.FeatureName(1), "true class", "answer"],
                    [.. Enumerable.Range(0, Math.Min(MostRows, samples.Count)).Select(i => (IReadOnlyList<string>)
                    [
                        NumberFormat.Value(samples.Inputs[i, 0]),
                        NumberFormat.Value(samples.Inputs[i, 1]),
                        names[samples.Labels[i]],
                        NumberFormat.Value(answers.AtSamples[i]),
                    ])]),
                Command = Command,
            },
        }.ToScene();
    }
}
