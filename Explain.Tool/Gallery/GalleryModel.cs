using Explain.Core;

namespace Explain.Tool;

/// <summary>Everything the pages show.</summary>
public sealed class GalleryModel
{
    /// <summary>Sorts the runs, best first, and finds what differs between them.</summary>
    public GalleryModel(GalleryOptions options, IReadOnlyList<GalleryRun> runs)
    {
        Options = options;
        MetricNames = [.. runs.SelectMany(run => run.Results.Metrics).Select(metric => metric.Key).Distinct()];
        // What counts is how the network does on data it was not fitted to, and accuracy says it more plainly than loss.
        Score = Metric.Score(MetricNames)?.Name;
        Runs = Score is { } score
            ? [.. runs.OrderBy(run => Failed(run, score)).ThenBy(run => HigherIsBetter(score) ? -run.Final(score) : run.Final(score))]
            : runs;
        var settings = runs.SelectMany(run => run.Info.Settings).Select(setting => setting.Key).Distinct().ToList();
        Varying = [.. settings.Where(name => runs.Select(run => run.Setting(name)).Distinct().Skip(1).Any())];
        Common = [.. settings.Except(Varying).Select(name => KeyValuePair.Create(name, runs[0].Setting(name)))];
    }

    /// <summary>How the gallery is built.</summary>
    public GalleryOptions Options { get; }

    /// <summary>All runs, best first.</summary>
    public IReadOnlyList<GalleryRun> Runs { get; }

    /// <summary>Figures that show several runs together; set once they are drawn.</summary>
    public IReadOnlyList<PictureSet> Together { get; set; } = [];

    /// <summary>Names of all final metrics, in order of first appearance.</summary>
    public IReadOnlyList<string> MetricNames { get; }

    /// <summary>The metric that ranks the runs, or null where no run has one.</summary>
    public string? Score { get; }

    /// <summary>Settings that differ between the runs.</summary>
    public IReadOnlyList<string> Varying { get; }

    /// <summary>Settings that all runs share.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Common { get; }

    /// <summary>Whether there is anything to compare.</summary>
    public bool HasComparison =>
        Runs.Count > 1 && Runs.Any(run => run.Figures.Any(set => set.Kind.GalleryScope == Render.FigureScope.Epoch));

    /// <summary>The notes of all runs where they agree, or null.</summary>
    public string? SharedNotes =>
        Runs.Select(run => run.Info.Notes).Distinct().Count() == 1 && Runs[0].Info.Notes.Length > 0 ? Runs[0].Info.Notes : null;

    /// <summary>Whether more of a metric is better.</summary>
    public static bool HigherIsBetter(string metric) => Metric.Find(metric) is { HigherIsBetter: true };

    /// <summary>Whether a run has the best finite value of a metric; never where only one run that came to its end has a value.</summary>
    public bool IsBest(GalleryRun run, string metric)
    {
        var values = Runs.Where(other => !other.Results.OfLastEpoch).Select(other => other.Final(metric)).Where(double.IsFinite).ToList();
        return values.Count > 1 && !run.Results.OfLastEpoch && run.Final(metric) == (HigherIsBetter(metric) ? values.Max() : values.Min());
    }

    private static bool Failed(GalleryRun run, string score) => run.Outcome.Status == RunStatus.Diverged || double.IsNaN(run.Final(score));
}
