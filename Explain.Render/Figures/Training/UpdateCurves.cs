using Explain.Core;

namespace Explain.Render;

/// <summary>How large the updates of each layer were, against epoch: their mean magnitude, or their size relative to the weights.</summary>
public sealed class UpdateCurves : Figure
{
    private const double Width = 600;
    private const double Height = 300;
    private readonly bool _relative;

    private UpdateCurves(FigureRequest request, bool relative)
        : base(relative ? RatioKind : MagnitudeKind, request) => _relative = relative;

    /// <summary>The entry of the mean |Δw|.</summary>
    public static FigureKind MagnitudeKind { get; } = new(
        "update-magnitudes", "Update magnitudes", "Mean |Δw| of each layer against epoch, on a logarithmic axis.",
        "One line a layer. Each step down the axis is a factor of ten. Updates usually shrink as the network settles. "
            + "A layer whose line lies far below the others hardly learns; a line that shoots up announces divergence.",
        FigureScope.Run, PerLayer: false, [], _ => true, request => new UpdateCurves(request, relative: false))
    {
        Beware = "These are the last steps of each epoch, so with small batches they jump. "
            + "A mean over a layer's weights is small where most inputs are blank, whatever the rest of the layer does.",
        Program = """
        UpdateCurves.Magnitudes(run).Draw(Theme.Light).SavePng("update-magnitudes.png");
        """,
    };

    /// <summary>The entry of ‖Δw‖ / ‖w‖.</summary>
    public static FigureKind RatioKind { get; } = new(
        "update-ratio", "Update to weight ratio", "Size of each layer's updates relative to its weights against epoch.",
        "One line a layer: how much the last step of the epoch changed the layer, as a share of its weights. "
            + "Around 10⁻³ a step is usual where learning goes well; far above, steps overshoot; far below, the layer is nearly frozen.",
        FigureScope.Run, PerLayer: false, [], _ => true, request => new UpdateCurves(request, relative: true))
    {
        Beware = "10⁻³ is a rule of thumb for plain gradient descent in batches; "
            + "Adam, full batches and layers that begin at zero have other healthy values. A falling ratio may only mean growing weights.",
        Program = """
        UpdateCurves.Ratios(run).Draw(Theme.Light).SavePng("update-ratio.png");
        """,
    };

    /// <summary>Mean |Δw| of a run's layers.</summary>
    public static UpdateCurves Magnitudes(RunFolder run) => new(run, relative: false);

    /// <summary>‖Δw‖ / ‖w‖ of a run's layers.</summary>
    public static UpdateCurves Ratios(RunFolder run) => new(run, relative: true);

    /// <inheritdoc/>
    public override Scene Draw(Theme theme)
    {
        var kind = _relative ? RatioKind : MagnitudeKind;
        var run = Run;
        var names = EpochPlots.LayerNames(run);
        if (names.Count == 0)
            return Missing(theme, "No epoch of this run has finished, so there are no updates yet.");
        var limits = EpochPlots.PositiveLimits(Request.Sharing(), Value);
        if (_relative) limits = Axis.LogPadded((limits ?? default).Including(EpochPlots.HealthyRatio));
        var plot = EpochPlots.PerLayer(
            run, theme, Value, limits: limits) with { Bounds = new Rect(0, 0, Width, Height), Empty = "every update is zero" };
        plot = plot with
        {
            Y = plot.Y with { Label = _relative ? "‖Δw‖ / ‖w‖ of the epoch's last step" : "mean |Δw| of the epoch's last step" },
            Marks = _relative ? [new RuleMark { Y = EpochPlots.HealthyRatio, Label = "10⁻³ is usual", AtEnd = true }, .. plot.Marks]
                : plot.Marks,
        };
        var last = run.Metrics[^1];
        string finding = string.Join(", ", last.Layers.Select(l => $"{l.Name} {NumberFormat.Value(Value(l), 2)}"));
        int zeros = run.Metrics.Sum(m => m.Layers.Count(l => !(Value(l) > 0)));
        return new Page
        {
            Theme = theme,
            Subtitle = $"{run.Title()} · after epoch {last.Epoch}: {finding}",
            BodyWidth = Width,
            BodyHeight = Height,
            Body = [plot.Draw(theme)],
            Width = Request.Width,
            Notes = zeros > 0
                ? [$"{NumberFormat.Count(zeros)} value{(zeros == 1 ? " is" : "s are")} zero or not finite "
                    + $"and ha{(zeros == 1 ? "s" : "ve")} no place on a logarithmic axis."]
                : [],
            Info = new SceneInfo
            {
                Title = kind.Title,
                Caption = $"{kind.Summary} Logarithmic "
                    + $"axis{(limits is { } l0 ? $" from {NumberFormat.Value(l0.Min, 2)} to {NumberFormat.Value(l0.Max, 2)}" : "")}.",
                AltText = $"Line chart of {names.Count} layer{(names.Count == 1 ? "" : "s")} on a logarithmic axis: "
                    + $"after epoch {last.Epoch} the {(_relative ? "update to weight ratio" : "mean update")} is {finding}.",
                Description = string.Join(
                    " ", names.Select((name, l) => $"{name} goes from {NumberFormat.Value(Value(run.Metrics[0].Layers[l]), 2)} after epoch "
                        + $"1 to {NumberFormat.Value(Value(last.Layers[l]), 2)}.")),
                Table = new DataTable(["epoch", .. names], [.. run.Metrics.Select(m =>
                    (IReadOnlyList<string>)[$"{m.Epoch}", .. m.Layers.Select(l => NumberFormat.Value(Value(l)))])]),
                Command = Command,
            },
        }.ToScene();
    }

    private double Value(LayerMetrics layer) => _relative ? layer.UpdateRatio : layer.UpdateMean;
}
