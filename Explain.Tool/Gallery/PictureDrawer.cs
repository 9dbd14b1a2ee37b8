using System.Collections.Concurrent;
using System.Text;
using Explain.Core;
using Explain.Render;

namespace Explain.Tool;

/// <summary>Draws every figure of a gallery, in both themes and in parallel, and writes the files.</summary>
internal sealed class PictureDrawer
{
    private readonly GalleryFolder _folder;
    private readonly IReadOnlyList<RunFolder> _folders;
    private readonly Theme _light;
    private readonly Theme _dark;
    private readonly Action<int, int> _progress;
    private readonly List<Job> _jobs = [];
    private readonly ConcurrentDictionary<Job, Picture> _pictures = new();

    private PictureDrawer(GalleryFolder folder, IReadOnlyList<GalleryRun> runs, ITypeface face, Action<int, int> progress)
    {
        _folder = folder;
        // In the order in which a folder of runs is opened, so that a run has the colour here that it has in `explain render`.
        _folders = [.. runs.Select(run => run.Folder).OrderBy(run => run.Path, StringComparer.Ordinal)];
        (_light, _dark) = (Theme.Light with { Face = face }, Theme.Dark with { Face = face });
        _progress = progress;
    }

    /// <summary>Draws everything and hands each run its pictures.</summary>
    /// <param name="folder">Where to write.</param>
    /// <param name="model">The runs; their figures are set.</param>
    /// <param name="progress">Told after each picture how many are done, and of how many.</param>
    /// <param name="cancellation">Stops between two pictures.</param>
    public static void Draw(GalleryFolder folder, GalleryModel model, Action<int, int> progress, CancellationToken cancellation)
    {
        var drawer = new PictureDrawer(folder, model.Runs, model.Options.Face ?? Typeface.Default, progress);
        drawer.Plan(model.Runs);
        drawer.Draw(cancellation);
        foreach (var run in model.Runs) run.Figures = drawer.SetsOf(run);
        model.Together = drawer.SetsOf(null);
    }

    // All figures of one epoch of a run stand together, so that neighbours in the queue read the same snapshot; then comes another run, so that
    // what takes long for one run (a map of its samples) does not hold up all threads at once.
    private void Plan(IReadOnlyList<GalleryRun> runs)
    {
        foreach (var kind in Kinds(FigureScope.Runs, runs[0].Folder).Where(kind => _folders.All(kind.Applies) && kind.AppliesTogether(_folders) is null)) _jobs.Add(new Job(null, kind, null, null));
        foreach (var run in runs)
        {
            foreach (var kind in Kinds(FigureScope.Run, run.Folder))
                _jobs.AddRange(Layers(kind, run).Select(layer => new Job(run, kind, layer, null)));
        }
        for (int i = 0; i < runs.Max(run => run.Epochs.Count); i++)
        {
            foreach (var run in runs.Where(run => i < run.Epochs.Count))
            {
                foreach (var kind in Kinds(FigureScope.Epoch, run.Folder))
                    _jobs.AddRange(Layers(kind, run).Select(layer => new Job(run, kind, layer, run.Epochs[i])));
            }
        }
    }

    private void Draw(CancellationToken cancellation)
    {
        int done = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = Rows.Threads, CancellationToken = cancellation };
#pragma warning disable RS0030 // Pictures take from milliseconds to seconds, so they are handed out one by one as threads become free; none depends on another.
        Parallel.ForEach(Partitioner.Create(_jobs, EnumerablePartitionerOptions.NoBuffering), options, job =>
        {
            _pictures[job] = Draw(job);
            _progress(Interlocked.Increment(ref done), _jobs.Count);
        });
#pragma warning restore RS0030
    }

    private Picture Draw(Job job)
    {
        string path = $"{job.Folder}/{(job.Epoch is { } epoch ? epoch.ToString("00000") : "all")}";
        var request = new FigureRequest { Runs = job.Run is { } run ? [run.Folder] : _folders, Epoch = job.Epoch, Layer = job.Layer };
        var (picture, svg) = Write(job, request, path);
        if (job.Kind.GalleryScope != FigureScope.Epoch || _folders.Count == 1) return picture;
        return picture with { Shared = Write(job, request with { SharedWith = _folders }, path + ".shared", unless: svg).Picture };
    }

    // Nothing is written where the light picture is the one that is there already.
    private (Picture? Picture, string Svg) Write(Job job, FigureRequest request, string path, string? unless)
    {
        var figure = job.Kind.Create(request);
        var light = figure.Draw(_light);
        string svg = light.ToSvg();
        if (svg == unless) return (null, svg);
        _folder.Write($"{path}.light.svg", Encoding.UTF8.GetBytes(svg));
        _folder.Write($"{path}.dark.svg", Encoding.UTF8.GetBytes(figure.Draw(_dark).ToSvg()));
        return (new Picture(job.Epoch, path, light.Width, light.Height, light.Info), svg);
    }

    private (Picture Picture, string Svg) Write(Job job, FigureRequest request, string path)
    {
        var (picture, svg) = Write(job, request, path, unless: null);
        return (picture ?? throw new InvalidOperationException("A picture that is like no other is written."), svg);
    }

    private List<PictureSet> SetsOf(GalleryRun? run) =>
    [
        .. from job in _jobs
           where job.Run == run
           group job by (job.Kind, job.Layer) into same
           orderby FigureCatalog.All.ToList().IndexOf(same.Key.Kind), same.Key.Layer
           select new PictureSet(same.Key.Kind, same.Key.Layer, LayerName(run, same.Key.Layer), same.First().Folder, [.. same.Select(job => _pictures[job])]),
    ];

    private static IEnumerable<FigureKind> Kinds(FigureScope scope, RunFolder run) =>
        FigureCatalog.All.Where(kind => kind.GalleryScope == scope && kind.Applies(run));

    private static IEnumerable<int?> Layers(FigureKind kind, GalleryRun run) =>
        kind.PerLayer ? Enumerable.Range(0, Weighted(run).Count).Where(index => kind.AppliesToLayer(run.Folder, index)).Select(index => (int?)index) : [null];

    private static string LayerName(GalleryRun? run, int? layer) => run is not null && layer is { } index ? Weighted(run)[index].Name : "";

    private static List<LayerDescription> Weighted(GalleryRun run) => [.. run.Info.Network.Layers.Where(layer => layer.Parameters > 0)];

    private sealed record Job(GalleryRun? Run, FigureKind Kind, int? Layer, int? Epoch)
    {
        public string Folder => $"figures/{Run?.Slug ?? "all"}/{PictureSet.KeyOf(Kind, Layer)}";
    }
}
