using Explain.Core;

namespace Explain.Render;

/// <summary>The loss about a training as a surface in space, with the path that training took over it.</summary>
public sealed class LossLandscapeFigure : Figure, IAnimatedFigure
{
    private const double Width = 640;
    private const double Height = 500;
    private const double BarWidth = 240;
    private const double Azimuth = -60;
    private const double Elevation = 38;
    private readonly LandscapeView? _view;
    private readonly string _problem;
    private readonly Camera _camera;

    /// <summary>Of a run, or of several in one plane.</summary>
    public LossLandscapeFigure(FigureRequest request)
        : base(request.Runs.Count > 1 ? RunsKind : Kind, request)
    {
        string height = request.Option(LandscapeSettings.Height);
        (var landscape, _problem) = LandscapeSettings.Get(request);
        _view = landscape is null ? null : new LandscapeView(request.Runs, landscape, height);
        _camera = request.Camera(Azimuth, Elevation);
    }

    /// <summary>Of runs of one architecture, in one plane.</summary>
    public LossLandscapeFigure(IReadOnlyList<RunFolder> runs)
        : this(new FigureRequest { Runs = runs })
    {
    }

    /// <summary>Its entry in the catalogue for one run.</summary>
    public static FigureKind Kind { get; } = new(
        "loss-landscape", "Loss landscape", "The loss over a plane through the network's parameters, with the path that training took.",
        "Every point of the floor is a whole network, the height is its loss. The line is the path of training, epoch by epoch, "
            + "at its true loss; where it floats over the surface or runs under it, dotted, the parameters have left the plane. "
            + "A wide flat valley forgives changes of the weights, a narrow one does not.",
        FigureScope.Run, PerLayer: false, [.. LandscapeSettings.All, .. CameraOptions.From(null, Elevation)],
        run => run.SnapshotEpochs.Count > 0, request => new LossLandscapeFigure(request))
    {
        Needs = LandscapeSettings.Needs,
        Unmet = _ => "it needs a snapshot of the run; this run kept none",
        Beware = "A plane is two of all the directions there are: what looks like a wall may have a way around it, "
            + "and a bowl may be a ravine across the plane. The loss is that of the samples kept in the run. "
            + "Stretching a direction changes how steep a valley looks, so compare slopes only within one picture.",
        Program = """
            new LossLandscapeFigure(run)
                .Draw(Theme.Light)
                .SavePng("loss-landscape.png");
            """,
    };

    /// <summary>Its entry in the catalogue for several runs.</summary>
    public static FigureKind RunsKind { get; } = Kind with
    {
        Name = "runs-landscape",
        Title = "Paths of all runs over one loss landscape",
        Summary = "The paths of several runs of one architecture over one plane through their parameters.",
        HowToRead = "Every point of the floor is a whole network, the height is its loss. Each line is a run, at its true loss, "
            + "from its start (circle) to its end (named). Ends in one valley found similar networks; "
            + "ends in valleys of their own found different ones, even where they do equally well.",
        Scope = FigureScope.Runs,
        Applies = run => run.SnapshotEpochs.Count > 0,
        AppliesTogether = runs =>
            LossLandscape.Misfit(runs) is { } misfit ? char.ToLowerInvariant(misfit[0]) + misfit[1..].TrimEnd('.') : null,
        Beware = "The plane passes through the mean of the ends, and only two or three ends can all lie near it; "
            + "how far each run is from it is in the table. Networks whose units are permuted compute the same and yet lie far apart: "
            + "two valleys may hold the same solution.",
        Program = """
            new LossLandscapeFigure(runs)
                .Draw(Theme.Light)
                .SavePng("runs-landscape.png");
            """,
    };

    /// <inheritdoc/>
    public override Scene Draw(Theme theme) => Draw(theme, null, turning: false);

    /// <inheritdoc/>
    public Animation Animate(Theme theme) =>
        Turntable.Of(_view is null ? _camera : From(_view), camera => Draw(theme, camera, turning: true));

    private Scene Draw(Theme theme, Camera? given, bool turning)
    {
        var kind = Request.Runs.Count > 1 ? RunsKind : Kind;
        if (_view is not { } view) return Missing(theme, _problem);
        var scale = ColorScale.Sequential(theme, view.Heights.Max, view.Heights.Min);
        var camera = given ?? From(view);
        double top = LandscapeSettings.LegendHeight(Request.Runs, Width, theme);
        var space = new Space
        {
            Bounds = new Rect(0, top, Width, Height),
            Items = LandscapeItems.Of(view, scale, theme),
            X = new Axis { Label = view.AxisLabel(first: true), Limits = LandscapeItems.Ends(view.Landscape.Surface.First) },
            Y = new Axis { Label = view.AxisLabel(first: false), Limits = LandscapeItems.Ends(view.Landscape.Surface.Second) },
            Z = new Axis { Label = "loss", Log = view.Log, Limits = view.Limits },
            Camera = camera,
            Turning = turning,
            Aspect = Aspect(view),
            Empty = "no finite loss",
        };
        return new Page
        {
            Theme = theme,
            Subtitle = Request.Runs.Count > 1 ? $"{Request.Runs.Count} runs · {view.VarianceWords}"
                : $"{Request.Run.Title()} · {view.VarianceWords}",
            BodyWidth = Width,
            BodyHeight = top + Height + 10 + ColorBar.Height,
            Body =
            [
                .. LandscapeSettings.Legend(Request.Runs, Width, theme),
                space.Draw(theme, Request.DensityFor(Width + (2 * Page.Margin))),
                .. LandscapeSettings.Bar(view, scale, new Point(0, top + Height + 10), BarWidth, theme),
            ],
            Notes = [view.SampleWords, $"{view.DistanceWords()} {view.LimitWords}".Trim()],
            Width = Request.Width,
            Info = LandscapeSettings.Info(
                Request, kind, view, $"Surface of the loss over a plane of parameters, seen {camera}: {view.Finding}."),
        }.ToScene();
    }

    private static Point3 Aspect(LandscapeView view) =>
        new(
            1,
            Math.Clamp(
                LandscapeItems.Ends(view.Landscape.Surface.Second).Span / LandscapeItems.Ends(view.Landscape.Surface.First).Span, 0.7, 1.4),
            0.62);

    // From where most of the path can be seen, unless the request says from where.
    private Camera From(LandscapeView view) =>
        Request.HasAzimuth() ? _camera : _camera with { Azimuth = LandscapeSight.Azimuth(view, Aspect(view), _camera) };
}
