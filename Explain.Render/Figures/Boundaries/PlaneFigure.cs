using Explain.Core;

namespace Explain.Render;

/// <summary>What figures of a network of two inputs have in common: its answers over the plane at one epoch, and the samples.</summary>
public abstract class PlaneFigure : Figure
{
    private const double Side = 420;
    // What needs two inputs, with its verb: "Decision regions need".
    private readonly string _subject;

    private protected PlaneFigure(
        FigureKind kind, FigureRequest request, int? epoch, string subject, int across, PlanePoints points = PlanePoints.Corners)
        : base(kind, request, epoch: epoch)
    {
        _subject = subject;
        if (Asked(Request, across, points) is { } asked) Answers = Request.Analyst.Get(asked, Run);
    }

    /// <summary>What the network answers; null where it has not two inputs, or the run kept no snapshot.</summary>
    private protected PlaneAnswers? Answers { get; }

    /// <summary>How outputs become scores and classes.</summary>
    private protected Readout Readout => Run.Info.Objective.Readout();

    /// <summary>The probe samples.</summary>
    private protected Dataset Samples => Run.Probe.Samples;

    /// <summary>The classes by name.</summary>
    private protected IReadOnlyList<string> Names => Run.Info.Data.ClassNames;

    /// <summary>Both inputs with their limits, for a caption.</summary>
    private protected string PlaneWords(PlaneLimits plane, string and) =>
        $"{Run.FeatureName(0)} from {NumberFormat.Value(plane.X.Min)} to {NumberFormat.Value(plane.X.Max)}{and}{Run.FeatureName(1)} from "
        + $"{NumberFormat.Value(plane.Y.Min)} to {NumberFormat.Value(plane.Y.Max)}";

    /// <inheritdoc/>
    public sealed override Scene Draw(Theme theme) => Answers is { } answers ? Draw(theme, answers) : MissingPlane(theme);

    private protected abstract Scene Draw(Theme theme, PlaneAnswers answers);

    private protected Scene MissingPlane(Theme theme) => Missing(theme, HasPlane(Run)
        ? "This run kept no snapshot, so there is no network to ask."
        : $"{_subject} a network of two inputs; this one has {Run.Info.Network.InputShape.Size}.");

    /// <summary>A page of the legend, and under it the plane with the samples before a ground.</summary>
    /// <param name="theme">Colours.</param>
    /// <param name="plane">What is shown.</param>
    /// <param name="ground">Marks behind the samples.</param>
    /// <param name="finding">Said after run and epoch in the subtitle, with what parts it from them.</param>
    /// <param name="note">Small, under the plane.</param>
    /// <param name="info">The words that go with the picture.</param>
    private protected Scene PlanePage(Theme theme, PlaneLimits plane, IEnumerable<Mark> ground, string finding, string note, SceneInfo info)
    {
        var legend = ClassLegend(theme);
        double top = Legend.Height(legend, Side, theme.Face) + 6;
        var plot = new Plot
        {
            Bounds = new Rect(0, top, Side, Side),
            Legend = LegendPlace.None,
            X = new Axis { Limits = plane.X, Label = Run.FeatureName(0) },
            Y = new Axis { Limits = plane.Y, Label = Run.FeatureName(1) },
            Empty = "the network gives no finite output here",
            Marks = [.. ground, .. PlaneScatter.Classes(Samples, Names, theme)],
        };
        return new Page
        {
            Theme = theme,
            Subtitle = $"{Run.Title()} · {Run.EpochWords(Epoch!.Value)}{finding}",
            BodyWidth = Side,
            BodyHeight = top + Side,
            Body = [.. Legend.Draw(legend, default, Side, theme), plot.Draw(theme)],
            Notes = [note],
            Width = Request.Width,
            Info = info,
        }.ToScene();
    }

    private protected LegendEntry[] ClassLegend(Theme theme) =>
        [.. Names.Select((name, c) => new LegendEntry(name, Categories.At(c, theme), Categories.MarkerAt(c)))];

    /// <summary>How many samples are right, for a subtitle; nothing where there are none.</summary>
    private protected string RightWords(int[] predicted) =>
        Samples.Count == 0 ? "" : $" · {NumberFormat.Percent((double)Right(predicted) / Samples.Count)} of {Samples.Count} samples right";

    /// <summary>Samples that are right.</summary>
    private protected int Right(int[] predicted) => Enumerable.Range(0, Samples.Count).Count(i => predicted[i] == Samples.Labels[i]);

    /// <summary>Class by class how many samples are right.</summary>
    private protected string RightByClass(int[] predicted) =>
        string.Join(" ", Names.Select((name, c) =>
            $"{name}: {Enumerable.Range(0, Samples.Count).Count(i => Samples.Labels[i] == c && predicted[i] == c)} "
            + $"of {Samples.Labels.Count(l => l == c)} samples right."));

    /// <summary>By how much the largest score leads the second.</summary>
    private protected static double Lead(ReadOnlySpan<float> scores)
    {
        double first = double.NegativeInfinity, second = double.NegativeInfinity;
        foreach (float score in scores)
        {
            if (score > first) (first, second) = (score, first);
            else if (score > second) second = score;
        }
        return first - second;
    }

    private protected static bool HasPlane(RunFolder run) => run.Info.Network.InputShape.Size == 2;

    private protected static string NoPlane(RunFolder run) => $"it needs 2 inputs; this run has {run.Info.Network.InputShape.Size}";

    /// <summary>What has to be computed.</summary>
    private protected static IEnumerable<AnalysisRequest> PlaneNeeds(
        FigureRequest request, int across, PlanePoints points = PlanePoints.Corners) =>
        Asked(request, across, points) is { } asked ? [request.Needs(asked)] : [];

    private static PlaneAnalysis? Asked(FigureRequest request, int across, PlanePoints points) =>
        HasPlane(request.Run) && request.SnapshotEpoch() is { } epoch
            ? new PlaneAnalysis { Epoch = epoch, Across = across, Points = points }
            : null;
}
