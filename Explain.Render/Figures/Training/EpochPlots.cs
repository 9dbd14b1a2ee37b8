using Explain.Core;

namespace Explain.Render;

/// <summary>Plots against epochs that several figures share; each is laid out by giving it bounds.</summary>
internal static class EpochPlots
{
    /// <summary>The accuracy that a digit recogniser has to beat.</summary>
    public const double Guide = 0.9;

    /// <summary>The update to weight ratio that is usual where plain gradient descent learns well.</summary>
    public const double HealthyRatio = 1e-3;

    // Losses that span more than this want a logarithmic axis.
    private const double LogRatio = 20;

    public static Plot Accuracy(RunFolder run, Theme theme, int? epoch = null) => new()
    {
        Bounds = default,
        X = Epochs,
        Y = new Axis { Percent = true, Limits = new Limits(0, 1) },
        LabelEnds = true,
        Empty = "no epoch finished yet",
        Marks =
        [
            new RuleMark { Y = Guide, Label = "90\u00A0%", OnAxis = true },
            .. Marker(run, epoch),
            .. Pair(run, theme, m => m.Accuracy, m => m.ValidationAccuracy),
        ],
    };

    public static Plot Loss(RunFolder run, Theme theme, string log = "auto")
    {
        var marks = Pair(run, theme, m => m.Loss, m => m.ValidationLoss);
        bool logarithmic = IsLog(log, marks);
        return new()
        {
            Bounds = default,
            X = Epochs,
            Y = new Axis
            {
                Log = logarithmic,
                Label = logarithmic ? "logarithmic axis" : "",
                Nice = true,
                Include = logarithmic ? [] : [0],
            },
            LabelEnds = true,
            Empty = "no epoch finished yet",
            Marks = marks,
        };
    }

    public static Plot PerLayer(RunFolder run, Theme theme, Func<LayerMetrics, double> value, int? epoch = null, Limits? limits = null) =>
        new()
        {
            Bounds = default,
            X = Epochs,
            Y = new Axis { Log = true, Limits = limits },
            LabelEnds = true,
            Empty = "no epoch finished yet",
            Marks =
            [
                .. Marker(run, epoch),
                .. LayerNames(run).Select((name, l) => new LineMark
                {
                    SumUp = true,
                    Name = name,
                    Color = Categories.At(l, theme),
                    Dashes = Categories.DashesAt(l, theme),
                    Points = [.. run.Metrics.Where(m => l < m.Layers.Count).Select(m => new Point(m.Epoch, value(m.Layers[l])))],
                }),
            ],
        };

    /// <summary>Positive values of a layer metric over all runs of a request, so that their axes agree; null where there is none.</summary>
    public static Limits? PositiveLimits(IEnumerable<RunFolder> runs, Func<LayerMetrics, double> value)
    {
        var limits = Limits.Of(runs.SelectMany(r => r.Metrics).SelectMany(m => m.Layers).Select(value).Where(v => v > 0));
        return limits.IsEmpty ? null : Axis.LogPadded(limits);
    }

    public static IReadOnlyList<string> LayerNames(RunFolder run) =>
        run.Metrics.Count == 0 ? [] : [.. run.Metrics[0].Layers.Select(l => l.Name)];

    public static Axis Epochs { get; } = new() { Label = "epoch", Whole = true };

    public static bool IsLog(string option, IEnumerable<Mark> marks)
    {
        if (option != "auto") return option == "yes";
        var limits = Limits.Of(marks.SelectMany(m => m.Ys));
        return limits is { IsEmpty: false, Min: > 0 } && limits.Max / limits.Min > LogRatio;
    }

    private static IReadOnlyList<Mark> Marker(RunFolder run, int? epoch) =>
        epoch is { } e && e >= 1 && e < run.Metrics.Count ? [new RuleMark { X = e }] : [];

    private static List<Mark> Pair(RunFolder run, Theme theme, Func<EpochMetrics, double> training, Func<EpochMetrics, double> validation)
    {
        var marks = new List<Mark> { Line("training", 0, training) };
        if (run.Metrics.Any(m => double.IsFinite(validation(m)))) marks.Add(Line("validation", 1, validation));
        return marks;

        LineMark Line(string name, int index, Func<EpochMetrics, double> value) =>
            new()
            {
                SumUp = true,
                Name = name,
                Color = Categories.At(index, theme),
                Dashes = Categories.DashesAt(index, theme),
                Points = [.. run.Metrics.Select(m => new Point(m.Epoch, value(m)))],
            };
    }
}
