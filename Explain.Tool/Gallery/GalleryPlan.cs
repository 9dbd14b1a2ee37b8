using Explain.Core;
using Explain.Render;

namespace Explain.Tool;

/// <summary>A picture of a gallery: a figure of a run (or of all together), of a layer and an epoch where it takes them.</summary>
internal sealed record PictureJob(GalleryRun? Run, FigureKind Kind, int? Layer, int? Epoch)
{
    /// <summary>Where its files lie, from the gallery's root.</summary>
    public string Folder => $"figures/{Run?.Slug ?? "all"}/{PictureSet.KeyOf(Kind, Layer)}";
}

/// <summary>Which pictures a gallery of runs has, and which analyses they need.</summary>
internal sealed class GalleryPlan
{
    private readonly IReadOnlyList<RunFolder> _folders;
    private readonly Analyst _analyst;

    /// <summary>Plans.</summary>
    /// <param name="runs">At least one.</param>
    /// <param name="analyst">Where the pictures have the results of analyses from.</param>
    public GalleryPlan(IReadOnlyList<GalleryRun> runs, Analyst analyst)
    {
        // In the order in which a folder of runs is opened, so that a run has the colour here that it has in `explain render`.
        _folders = [.. runs.Select(run => run.Folder).OrderBy(run => run.Path, StringComparer.Ordinal)];
        _analyst = analyst;
        Jobs = [.. Planned(runs)];
    }

    /// <summary>
    /// The pictures. All figures of one epoch of a run stand together, so that neighbours in the queue read the same snapshot; then comes
    /// another run.
    /// </summary>
    public IReadOnlyList<PictureJob> Jobs { get; }

    /// <summary>
    /// What has to be ready before it can be said which others the pictures need: densities of weights are asked for within limits.
    /// </summary>
    public IEnumerable<AnalysisRequest> First =>
        _folders.Where(run => run.SnapshotEpochs.Count > 0).Select(run => new AnalysisRequest(new LimitsAnalysis(), [run]));

    /// <summary>The analyses that the pictures need, those of a run together; the same may come twice.</summary>
    public IEnumerable<AnalysisRequest> Needs =>
        Jobs.OrderBy(job => job.Run is null ? -1 : _folders.ToList().IndexOf(job.Run.Folder)).SelectMany(NeedsOf);

    /// <summary>What a picture shows.</summary>
    public FigureRequest Request(PictureJob job) =>
        new() { Runs = job.Run is { } run ? [run.Folder] : _folders, Epoch = job.Epoch, Layer = job.Layer, Analyst = _analyst };

    /// <summary>What it shows with the limits that all runs share; null where it has no such twin.</summary>
    public FigureRequest? Shared(PictureJob job) =>
        job.Kind.GalleryScope != FigureScope.Epoch || _folders.Count == 1 ? null : Request(job) with { SharedWith = _folders };

    private IEnumerable<AnalysisRequest> NeedsOf(PictureJob job)
    {
        var needs = job.Kind.Needs(Request(job));
        return Shared(job) is { } shared ? needs.Concat(job.Kind.Needs(shared)) : needs;
    }

    private IEnumerable<PictureJob> Planned(IReadOnlyList<GalleryRun> runs)
    {
        foreach (var kind in Kinds(FigureScope.Runs, runs[0].Folder)
            .Where(kind => _folders.All(kind.Applies) && kind.AppliesTogether(_folders) is null))
            yield return new PictureJob(null, kind, null, null);
        foreach (var job in runs.SelectMany(run => Of(run, FigureScope.Run, null))) yield return job;
        for (int i = 0; i < runs.Max(run => run.Epochs.Count); i++)
        {
            foreach (var job in runs.Where(run => i < run.Epochs.Count).SelectMany(run => Of(run, FigureScope.Epoch, run.Epochs[i])))
                yield return job;
        }
    }

    private static IEnumerable<PictureJob> Of(GalleryRun run, FigureScope scope, int? epoch) =>
        Kinds(scope, run.Folder).SelectMany(kind => Layers(kind, run).Select(layer => new PictureJob(run, kind, layer, epoch)));

    private static IEnumerable<FigureKind> Kinds(FigureScope scope, RunFolder run) =>
        FigureCatalog.All.Where(kind => kind.GalleryScope == scope && kind.Applies(run));

    private static IEnumerable<int?> Layers(FigureKind kind, GalleryRun run) =>
        kind.PerLayer
            ? Enumerable.Range(0, run.Weighted.Count).Where(index => kind.AppliesToLayer(run.Folder, index)).Select(index => (int?)index)
            : [null];
}
