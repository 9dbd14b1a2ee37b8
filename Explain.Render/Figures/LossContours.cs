using Explain.Core;

namespace Explain.Render;

/// <summary>The loss about a training from straight above: colours and lines of equal loss, with the path that training took.</summary>
public sealed class LossContours : IFigure
{
    private const double Width = 560;
    private const double BarWidth = 240;
    private readonly FigureRequest _request;
    private readonly LandscapeOptions _options;
    private readonly string _height;

    /// <summary>As the request says.</summary>
    public LossContours(FigureRequest request)
    {
        _request = request;
        _options = LandscapeSettings.Read(request);
        _height = request.Option(LandscapeSettings.Height);
    }

    /// <summary>Of a run.</summary>
    public LossContours(RunFolder run)
        : this(new FigureRequest { Runs = [run] })
    {
    }

    /// <summary>Its entry in the catalogue.</summary>
    public static FigureKind Kind { get; } = new(
        "loss-contours", "Loss landscape from above", "Lines of equal loss over a plane through the network's parameters, with the path that training took.",
        "Every point is a whole network, its colour the loss; on a line the loss is the same. The path leads from the start through the kept epochs to the end. Where lines crowd, the loss falls steeply; both axes have one scale, so a path straight across the lines took the steepest way of this plane.",
        FigureScope.Run, PerLayer: false, LandscapeSettings.All, run => run.SnapshotEpochs.Count > 0, request => new LossContours(request))
    {
        Unmet = _ => "it needs a snapshot of the run; this run kept none",
        Beware = "Colours are the loss on the plane, not on the path: epochs that lie away from the plane have another loss than the ground under them, which the table gives. A plane is two of all the directions there are.",
        Program = """
            new LossContours(run)
                .Draw(Theme.Light)
                .SavePng("loss-contours.png");
            """,
    };

    /// <inheritdoc/>
    public Scene Draw(Theme theme)
    {
        if (LandscapeSettings.Problem(_request, _options, out var landscape) is { } problem)
            return Page.Missing(theme, _request, Kind.Name, Kind.Title, problem);
        var view = new LandscapeView(_request.Runs, landscape!, _height);
        var scale = ColorScale.Sequential(theme, view.Heights.Max, view.Heights.Min);
        Limits x = LandscapeItems.Ends(landscape!.Surface.First), y = LandscapeItems.Ends(landscape.Surface.Second);
        double top = LandscapeSettings.LegendHeight(_request.Runs, Width), height = Math.Round(Width * Math.Clamp(y.Span / x.Span, 0.5, 1.6));
        var space = new Space
        {
            Bounds = new Rect(0, top, Width, height),
            Items = LandscapeItems.Of(view, scale, theme, flat: true),
            X = new Axis { Label = view.AxisLabel(first: true), Limits = x },
            Y = new Axis { Label = view.AxisLabel(first: false), Limits = y },
            Z = new Axis { Log = view.Log, Limits = view.Limits, ShowTicks = false },
            Camera = new Camera(-90, 90) { FieldOfView = 0 },
            Aspect = new Point3(x.Span, y.Span, 0.05 * Math.Max(x.Span, y.Span)),
            Empty = "no finite loss",
        };
        return new Page
        {
            Theme = theme,
            Subtitle = $"{_request.Run.Info.Title} · {view.VarianceWords}",
            BodyWidth = Width,
            BodyHeight = top + height + 10 + ColorBar.Height,
            Body =
            [
                .. LandscapeSettings.Legend(_request.Runs, Width, theme),
                space.Draw(theme, _request.DensityFor(Width + (2 * Page.Margin))),
                .. LandscapeSettings.Bar(view, scale, new Point(0, top + height + 10), BarWidth, theme),
            ],
            Notes = [view.SampleWords, $"{view.DistanceWords.Replace("drawn at its true loss; its epochs lie", "laid onto the plane; its epochs lie", StringComparison.Ordinal).Replace(", so it need not touch the surface", "", StringComparison.Ordinal)} {view.LimitWords}".Trim()],
            Width = _request.Width,
            Info = LandscapeSettings.Info(_request, Kind, view, $"Map of the loss over a plane of parameters: {view.Finding}."),
        }.ToScene();
    }
}
